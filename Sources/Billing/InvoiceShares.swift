public import Ledger
public import Measures

/// The part of a document that belongs to one job; the parts add up to the document.
public struct InvoiceShare: Sendable {
  /// `.none`: on no job.
  public var job: RowID<Jobs>
  public var subtotal = Money.zero
  public var tax = Money.zero
  public var deposit = Money.zero
  public var retainage = Money.zero
  public var writeOff = Money.zero
  public var total: Money { subtotal + tax + deposit - retainage - writeOff }
}

/// Documents that their lines spread over several jobs, or over another one than the header's.
///
/// Amounts and retainage go to jobs by line, exactly; tax by line where the lines' tax adds up to the
/// header's, else in proportion to the amounts. A line without a job is the header's, and so is what
/// the lines leave of a header. Everything else is split by largest remainders (DESIGN §2).
public struct InvoiceShares: Sendable {
  /// Where each document's shares start in `shares`; empty where no document has any.
  private var starts: [Int32] = []
  private var shares: [InvoiceShare] = []
  /// The documents that have shares.
  public private(set) var documents: [Int] = []

  public init(_ book: Book) {
    let lines = linesByInvoice(book)
    guard !lines.isEmpty else { return }
    starts.reserveCapacity(book.invoices.count + 1)
    for row in book.invoices.rows {
      starts.append(Int32(shares.count))
      let own = lines.of(row)
      guard !own.isEmpty else { continue }
      shares += split(book, row, lines: own)
      documents.append(row)
    }
    starts.append(Int32(shares.count))
  }

  @inline(__always)
  func has(_ row: Int) -> Bool { !starts.isEmpty && starts[row] != starts[row + 1] }

  /// The shares of a document; none where all of it is on its header's job.
  @inline(__always)
  public func of(_ row: Int) -> ArraySlice<InvoiceShare> {
    starts.isEmpty ? [] : shares[Int(starts[row])..<Int(starts[row + 1])]
  }
}

extension ArraySlice<InvoiceShare> {
  /// Splits what became of a document, such as its open balance, by the shares' part of its total.
  func split(_ amount: Money) -> [Money] {
    amount.isZero ? map { _ in .zero } : amount.split(by: weights(of: map(\.total)))
  }
}

/// Amounts as weights: those that run against the sum weigh nothing.
private func weights(of amounts: [Money]) -> [Int64] {
  let sign: Int64 = amounts.sum() < .zero ? -1 : 1
  return amounts.map { max(0, $0.units * sign) }
}

private func split(_ book: Book, _ row: Int, lines: ArraySlice<Int32>) -> [InvoiceShare] {
  let (invoices, columns) = (book.invoices, book.invoiceLines)
  let header = invoices.job[row].orNil ?? .none
  var shares = [InvoiceShare]()
  var hasRetainage = false
  var places: [RowID<Jobs>: Int] = [:]
  func place(of job: RowID<Jobs>) -> Int {
    if let place = places[job] { return place }
    places[job] = shares.count
    shares.append(InvoiceShare(job: job))
    return shares.count - 1
  }
  for line in lines.lazy.map(Int.init) {
    let part = place(of: columns.job[line].orNil ?? header)
    shares[part].subtotal += columns.amount[line].orZero
    shares[part].tax += columns.tax[line].orZero
    shares[part].retainage += columns.retainage[line].orZero
    hasRetainage = hasRetainage || columns.retainage[line].orZero != .zero
  }
  let rest = invoices.subtotal[row].orZero - shares.map(\.subtotal).sum()
  if !rest.isZero { shares[place(of: header)].subtotal += rest }
  let (tax, retainage) = (invoices.tax[row].orZero, invoices.retainage[row].orZero)
  if hasRetainage {
    let rest = retainage - shares.map(\.retainage).sum()
    if !rest.isZero { shares[place(of: header)].retainage += rest }
  }
  let byAmount = weights(of: shares.map(\.subtotal))
  if shares.map(\.tax).sum() != tax {
    for (part, tax) in tax.split(by: byAmount).enumerated() { shares[part].tax = tax }
  }
  if !hasRetainage {
    for (part, amount) in retainage.split(by: byAmount).enumerated() {
      shares[part].retainage = amount
    }
  }
  for (part, amount) in invoices.deposit[row].orZero.split(by: byAmount).enumerated() {
    shares[part].deposit = amount
  }
  for (part, amount) in invoices.writeOff[row].orZero.split(by: byAmount).enumerated() {
    shares[part].writeOff = amount
  }
  return shares
}

/// The lines of those documents that have one on another job than the header's, by document.
private struct GroupedLines {
  var starts: [Int32] = []
  var lines: [Int32] = []
  var isEmpty: Bool { lines.isEmpty }

  func of(_ row: Int) -> ArraySlice<Int32> { lines[Int(starts[row])..<Int(starts[row + 1])] }
}

private func linesByInvoice(_ book: Book) -> GroupedLines {
  let (invoice, job) = (book.invoiceLines.invoice, book.invoiceLines.job)
  let header = book.invoices.job
  var isSpread = [Bool](repeating: false, count: header.count)
  var isAny = false
  for line in invoice.indices where invoice[line].exists && job[line].exists {
    guard job[line] != header[invoice[line].row] else { continue }
    isSpread[invoice[line].row] = true
    isAny = true
  }
  guard isAny else { return GroupedLines() }
  var starts = [Int32](repeating: 0, count: header.count + 1)
  for row in invoice where row.exists && isSpread[row.row] { starts[row.row + 1] += 1 }
  for row in header.indices { starts[row + 1] += starts[row] }
  var next = starts
  var lines = [Int32](repeating: 0, count: Int(starts[header.count]))
  for line in invoice.indices where invoice[line].exists && isSpread[invoice[line].row] {
    lines[Int(next[invoice[line].row])] = Int32(line)
    next[invoice[line].row] += 1
  }
  return GroupedLines(starts: starts, lines: lines)
}
