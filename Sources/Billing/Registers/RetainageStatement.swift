public import Ledger
public import Measures

/// What one document, or one line of it, withheld on a job, and what became of it through a day.
public struct RetainageRow: Sendable {
  public var job: RowID<Jobs>
  public var customer: RowID<Customers>
  /// `.none`: brought along in an opening balance.
  public var invoice: RowID<Invoices>
  /// Of `invoice_lines`, where the document's lines carry its retainage; else nil.
  public var line: Int?
  /// Before tax, less the credit memos of the document.
  public var base = Money.zero
  /// Its tax included; less what credit memos and later draws gave back.
  public var withheld = Money.zero
  /// The tax in it.
  public var withheldTax = Money.zero
  /// Billed by releases.
  public var released = Money.zero
  public var writtenOff = Money.zero
  /// What of it a release dated on the day could bill.
  public var releasable = Money.zero

  public var held: Money { withheld - released - writtenOff }

  /// Withheld before tax as a part of the base; nil without a base.
  public var rate: Percentage? { (withheld - withheldTax).percentage(of: base) }
}

/// Retainage document by document as of a day (DESIGN §6; DOMAIN §2).
///
/// What a release, a write-off or a later draw takes back is taken from the job's oldest documents first,
/// a credit memo's share from the document it credits, as releases are proposed. Where the lines of a
/// document carry retainage that adds up to the document's, it has a row a line, and what is taken back
/// is shared by what is left of them, exactly.
///
/// Releasable is what `RetainageReleases` would bill on the day: all of a complete and billed job whose
/// closeout is there, less what somebody keeps, or what somebody asks for.
public struct RetainageStatement: Sendable {
  /// By job in the order of the file, jobless documents first; then by document, the oldest first.
  public private(set) var rows: [RetainageRow] = []

  public init(_ position: Position) {
    let (book, documents) = (position.book, position.documents)
    let byDocument = RetainageByDocument(book, documents)
    let releases = RetainageReleases(book, documents, byDocument, earned: position.earned)
    let retained = book.invoiceLines.retainage
    let lines = LinesByDocument(book) { !retained[$0].orZero.isZero }
    for job in byDocument.documents.keys.sorted() {
      var parts = byDocument.documents[job] ?? []
      var releasable = job.exists ? releases.releasable(job) : []
      releasable.reverse()
      parts.removeAll { $0.withheld.isZero && $0.released.isZero && $0.writtenOff.isZero }
      for part in parts {
        var row = RetainageRow(job: job, customer: part.customer, invoice: part.invoice)
        (row.base, row.withheld, row.withheldTax) = (part.base, part.withheld, part.withheldTax)
        (row.released, row.writtenOff) = (part.released, part.writtenOff)
        if let next = releasable.last, next.part == part {
          row.releasable = next.amount
          releasable.removeLast()
        }
        rows += split(row, of: job, book, documents, lines)
      }
    }
  }

  /// A row a line, where the lines carry what the document withheld on the job.
  private func split(
    _ row: RetainageRow, of job: RowID<Jobs>, _ book: Book, _ documents: Documents,
    _ lines: LinesByDocument
  ) -> [RetainageRow] {
    guard let document = row.invoice.orNil?.row else { return [row] }
    let columns = book.invoiceLines
    let header = book.invoices.job[document].orNil ?? .none
    let own = lines.of(document).filter { (columns.job[$0].orNil ?? header) == job }
    let share = documents.shares.of(document).first { $0.job == job }
    let whole = share?.retainage ?? book.invoices.retainage[document].orZero
    var left = own.map { columns.retainage[$0].orZero }
    guard !left.isEmpty, left.sum() == whole, left.allSatisfy({ $0 > .zero }) else { return [row] }
    /// Takes an amount off what is left of the lines, in proportion.
    func take(_ amount: Money) -> [Money] {
      let parts = amount.split(by: left.map(\.units))
      for place in parts.indices { left[place] -= parts[place] }
      return parts
    }
    let subtotal = share?.subtotal ?? book.invoices.subtotal[document].orZero
    let credited = (subtotal - row.base).split(by: left.map(\.units))
    let taxes = row.withheldTax.split(by: left.map(\.units))
    _ = take(whole - row.withheld)
    let withheld = left
    let (released, writtenOff) = (take(row.released), take(row.writtenOff))
    let releasable = row.releasable.split(by: left.map(\.units))
    return own.enumerated().map { place, line in
      var part = row
      part.line = line
      part.base = columns.amount[line].orZero - credited[place]
      (part.withheld, part.withheldTax) = (withheld[place], taxes[place])
      (part.released, part.writtenOff) = (released[place], writtenOff[place])
      part.releasable = releasable[place]
      return part
    }
  }
}

extension RetainageReleases {
  /// What of each document a release of the day would bill, its tax included; the oldest first.
  fileprivate func releasable(_ job: RowID<Jobs>) -> [(part: HeldRetainage, amount: Money)] {
    guard let draft = release(job).draft else { return [] }
    return shares(job, draft.lines.map(\.amount).sum()).map { ($0.part, $0.amount + $0.tax) }
  }
}
