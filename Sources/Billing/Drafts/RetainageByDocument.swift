import Ledger
import Measures

/// What a document withheld on a job, and what became of it.
///
///     amount + tax = withheld − released − writtenOff
struct HeldRetainage: Equatable {
  /// `.none`: the opening balance.
  var invoice: RowID<Invoices>
  var customer: RowID<Customers>
  var day: Day
  /// Held on the day, without its tax.
  var amount: Money
  /// The tax that is held with it.
  var tax: Money
  /// The document's amount before tax, less that of the credit memos taken off here.
  var base = Money.zero
  /// With its tax, less what credit memos and later draws gave back.
  private(set) var withheld = Money.zero
  /// The tax in it.
  private(set) var withheldTax = Money.zero
  /// Billed by releases.
  private(set) var released = Money.zero
  private(set) var writtenOff = Money.zero

  fileprivate init(opening amount: Money, _ customer: RowID<Customers>) {
    (invoice, day, tax) = (.none, .none, .zero)
    (self.amount, self.customer) = (amount, customer)
    withheld = amount
  }

  fileprivate init(_ book: Book, _ row: Int, amount: Money, tax: Money, base: Money) {
    invoice = RowID(row)
    customer = book.invoices.customer[row].orNil ?? .none
    day = book.invoices.day[row]
    (self.amount, self.tax, self.base) = (amount, tax, base)
    note(-amount, tax: -tax, by: book.invoices.type[row])
  }

  /// Takes off what a document of a type gives back.
  fileprivate mutating func take(_ amount: Money, tax: Money, by type: InvoiceType) {
    self.amount -= amount
    self.tax -= tax
    note(amount, tax: tax, by: type)
  }

  private mutating func note(_ amount: Money, tax: Money, by type: InvoiceType) {
    switch type {
    case .retainageRelease: released += amount + tax
    case .writeOff: writtenOff += amount + tax
    default:
      withheld -= amount + tax
      withheldTax -= tax
    }
  }
}

/// Retainage of every job document by document: what lowers it, a release, a draw whose rate stepped
/// down, a write-off, is taken from the customer's oldest first, a credit memo's share from the document
/// it credits (DESIGN §5, "oldest draw first"; DOMAIN §2.4 [S14b]).
///
/// The sum over a job's documents is the retainage held on the job.
struct RetainageByDocument {
  /// Of every job, and of `.none`, the oldest first.
  let documents: [RowID<Jobs>: [HeldRetainage]]

  init(_ book: Book, _ documents: Documents) {
    let invoices = book.invoices
    var held: [RowID<Jobs>: [HeldRetainage]] = [:]
    OpeningSums(book, asOf: documents.asOf).forEach(.retainage) { customer, job, amount in
      held[job, default: []].append(HeldRetainage(opening: amount, customer))
    }
    let rows = invoices.rows
      .filter { !invoices.retainage[$0].orZero.isZero && documents.balances[$0].isLive }
      .sorted { (invoices.day[$0], $0) < (invoices.day[$1], $1) }
    for row in rows {
      let tax = invoices.retainageTax[row].orZero
      let parts =
        documents.shares.has(row)
        ? documents.shares.of(row).map { ($0.job, $0.retainage, $0.subtotal) }
        : [
          (
            invoices.job[row].orNil ?? .none, invoices.retainage[row].orZero,
            invoices.subtotal[row].orZero
          )
        ]
      let taxes = documents.shares.has(row) ? documents.shares.of(row).split(tax) : [tax]
      for ((job, retainage, base), tax) in zip(parts, taxes) {
        held[job, default: []].take(
          HeldRetainage(book, row, amount: retainage - tax, tax: tax, base: base),
          invoices.type[row], credits: invoices.credits[row])
      }
    }
    self.documents = held
  }

  /// The documents of a job on which something is held, the oldest first.
  func of(_ job: RowID<Jobs>) -> [HeldRetainage] {
    (documents[job] ?? []).filter { !$0.amount.isZero || !$0.tax.isZero }
  }
}

extension [HeldRetainage] {
  /// Adds what a document withholds, or takes off what it gives back; the two parts apart.
  fileprivate mutating func take(
    _ document: HeldRetainage, _ type: InvoiceType, credits: RowID<Invoices>
  ) {
    var rest = document
    for place in order(of: document, credits: credits) {
      let amount = part(of: rest.amount, self[place].amount)
      let tax = part(of: rest.tax, self[place].tax)
      guard !amount.isZero || !tax.isZero else { continue }
      if type == .creditMemo, !amount.isZero {
        let base =
          amount == -rest.amount
          ? rest.base : rest.base.scaled(amount.units, of: -rest.amount.units, .halfAwayFromZero)
        self[place].base += base ?? .zero
        rest.base -= base ?? .zero
      }
      self[place].take(amount, tax: tax, by: type)
      rest.take(-amount, tax: -tax, by: type)
    }
    append(rest)
  }

  /// The documents that one which gives something back takes it from: the one it names, then the oldest
  /// of the same customer.
  private func order(of document: HeldRetainage, credits: RowID<Invoices>) -> [Int] {
    guard document.amount < .zero || document.tax < .zero else { return [] }
    let own = indices.filter { self[$0].customer == document.customer }
    guard credits.exists else { return own }
    return own.filter { self[$0].invoice == credits } + own.filter { self[$0].invoice != credits }
  }

  private func part(of given: Money, _ held: Money) -> Money {
    given < .zero && held > .zero ? Swift.min(held, -given) : .zero
  }
}
