public import Ledger
public import Measures

/// Unapplied cash that may be put against an open document.
public struct ProposedApplication: Sendable {
  public var payment: RowID<Payments>
  public var invoice: RowID<Invoices>
  public var amount: Money
  public var discount: Money
  public var why: String
}

/// Puts unapplied cash against open documents of its customer: those of the payment's own job first,
/// then the oldest due, then the oldest, of equals the one with the better discount (DOMAIN §6.11
/// [S81]).
///
/// Payments in order of day and file. Disputed documents and credit memos are left to a person. Cash that
/// a refund without application paid back is not there any more: that of the same amount first, then
/// the oldest.
func proposedApplications(_ book: Book, _ documents: Documents) -> [ProposedApplication] {
  let asOf = documents.asOf
  let cash = unappliedCash(book, documents)
  guard !cash.isEmpty else { return [] }
  var open: [Int: Money] = [:]
  var ofCustomer: [RowID<Customers>: [Int]] = [:]
  let payers = Set(cash.map { book.payments.customer[$0.payment] })
  for row in book.invoices.rows where documents.balances[row].open > .zero {
    guard payers.contains(book.invoices.customer[row]), book.invoices.type[row] != .creditMemo,
      book.invoices.type[row] != .writeOff, book.isReceivable(row),
      !book.invoices.isDisputed(row, on: asOf)
    else { continue }
    open[row] = documents.balances[row].open
    ofCustomer[book.invoices.customer[row], default: []].append(row)
  }
  var proposed: [ProposedApplication] = []
  var terms = KnownTerms(book)
  for (payment, amount) in cash {
    let day = book.payments.day[payment]
    let candidates = (ofCustomer[book.payments.customer[payment]] ?? [])
      .map { row in
        (row: row, discount: EarlyDiscount(book, row, terms.terms(ofInvoice: row), on: day))
      }
      .sorted { comesFirst($0, $1, payment, book, documents) }
    var left = amount
    for (row, discount) in candidates where left > .zero {
      guard let isOpen = open[row], isOpen > .zero else { continue }
      let settled = discount.settle(
        isOpen, with: left, tolerance: book.company.discounts.tolerance, book.company.rounding)
      guard settled.applied > .zero else { continue }
      left -= settled.applied
      open[row] = isOpen - settled.applied - settled.discount
      proposed.append(
        ProposedApplication(
          payment: RowID(payment), invoice: RowID(row), amount: settled.applied,
          discount: settled.discount,
          why: "Due \(documents.balances[row].dueDate.text), open \(isOpen.grouped)."))
    }
  }
  return proposed
}

private func comesFirst(
  _ a: (row: Int, discount: EarlyDiscount), _ b: (row: Int, discount: EarlyDiscount),
  _ payment: Int, _ book: Book, _ documents: Documents
) -> Bool {
  let job = book.payments.job[payment]
  let (ownA, ownB) = (
    job.exists && book.invoices.job[a.row] == job, job.exists && book.invoices.job[b.row] == job
  )
  if ownA != ownB { return ownA }
  let (dueA, dueB) = (documents.balances[a.row].dueDate, documents.balances[b.row].dueDate)
  if dueA != dueB { return dueA < dueB }
  let (dayA, dayB) = (book.invoices.day[a.row], book.invoices.day[b.row])
  if dayA != dayB { return dayA < dayB }
  if a.discount.percentage != b.discount.percentage {
    return a.discount.percentage > b.discount.percentage
  }
  return book.invoices.id.precedes(a.row, b.row)
}

/// Payments with money left, in order of day and file.
private func unappliedCash(
  _ book: Book, _ documents: Documents
) -> [(payment: Int, amount: Money)] {
  let payments = book.payments
  var cash: [(payment: Int, amount: Money)] = []
  var refunds: [RowID<Customers>: [Money]] = [:]
  for row in payments.rows where payments.isLive(row, on: documents.asOf) {
    let left = payments.amount[row] - documents.balances.used.values[row]
    guard left > .zero else { continue }
    switch payments.type[row] {
    case .payment: cash.append((row, left))
    case .refund: refunds[payments.customer[row], default: []].append(left)
    case .deposit, .reversal: continue
    }
  }
  cash.sort { (payments.day[$0.payment], $0.payment) < (payments.day[$1.payment], $1.payment) }
  for (customer, amounts) in refunds {
    for amount in amounts {
      var left = amount
      let own = cash.indices.filter { payments.customer[cash[$0].payment] == customer }
      for place in own.filter({ cash[$0].amount == amount }) + own where left > .zero {
        let part = min(left, cash[place].amount)
        cash[place].amount -= part
        left -= part
      }
    }
  }
  return cash.filter { $0.amount > .zero }
}

/// Terms of documents, each text read once.
private struct KnownTerms {
  private let book: Book
  private var known: [String: PaymentTerms] = [:]

  init(_ book: Book) { self.book = book }

  mutating func terms(ofInvoice row: Int) -> PaymentTerms {
    let text = book.termsText(ofInvoice: row)
    if let terms = known[text] { return terms }
    let terms = PaymentTerms(named: text, in: book.terms) ?? .dueOnReceipt
    known[text] = terms
    return terms
  }
}
