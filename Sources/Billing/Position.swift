public import Ledger
public import Measures

/// Where a company stands on a day: every customer, job and document, with the work on them.
public struct Position: Sendable {
  public let book: Book
  public let asOf: Day
  public let documents: Documents
  public let customers: CustomerBalances
  public let work: PerRow<Jobs, JobWork>
  public let earned: PerRow<Jobs, EarnedRevenue>
  /// Unbilled work of each customer's jobs.
  public let unbilled: PerRow<Customers, Money>
  /// The control accounts, by another road than everything above.
  public let control: ControlTotals
  /// Findings of documents and contracts; those of the work are in `Work`.
  public let findings: [Finding]

  public init(book: Book, asOf: Day, work: Work, documents: Documents? = nil) {
    self.init(book: book, asOf: asOf, work: work.jobs, documents: documents)
  }

  /// - Parameters:
  ///   - work: what was done on each job, as of the same day.
  ///   - documents: those of the same day, where they were made for the work already.
  public init(
    book: Book, asOf: Day, work: PerRow<Jobs, JobWork>, documents: Documents? = nil
  ) {
    let documents = documents ?? Documents(book, asOf: asOf)
    precondition(documents.asOf == asOf, "documents and position are of one day")
    var earning = Earning(book, asOf: asOf)
    earned = PerRow(
      book.jobs.rows.map { job in
        earning.earn(
          job, documents.contracts.values[job], documents.jobs.values[job], work.values[job])
      })
    customers = CustomerBalances(book, documents.balances)
    findings =
      documents.balances.unknownTerms.map { book.unknownTerms(ofInvoice: $0) } + earning.findings
      + balanceFindings(book, documents, customers)
    unbilled = unbilledByCustomer(book, work)
    control = ControlTotals(book, asOf: asOf)
    self.book = book
    self.asOf = asOf
    self.documents = documents
    self.work = work
  }

  /// What a job has earned less what it cost, before a provision for losses still to come.
  public func grossProfit(_ job: RowID<Jobs>) -> Money { earned[job].earned - work[job].cost }

  /// Net, unbilled and retainage above the credit limit; never below zero, `.none` without a limit.
  public func overLimit(_ customer: RowID<Customers>) -> Money {
    guard let limit = book.customers.creditLimit[customer.row].orNil else { return .none }
    let balance = customers[customer]
    return max(.zero, balance.net + unbilled[customer] + balance.retainageHeld - limit)
  }
}

private func unbilledByCustomer(
  _ book: Book, _ work: PerRow<Jobs, JobWork>
) -> PerRow<Customers, Money> {
  var unbilled = PerRow<Customers, Money>(repeating: .zero, count: book.customers.count)
  for job in book.jobs.ids where book.jobs.customer[job.row].exists {
    unbilled[book.jobs.customer[job.row]] += work[job].unbilled
  }
  return unbilled
}

/// Balances that cannot be: a deposit applied beyond what was received (DOMAIN §4.2, [S45b]), more
/// retainage released than withheld (DOMAIN §2.4, [S15]).
private func balanceFindings(
  _ book: Book, _ documents: Documents, _ customers: CustomerBalances
) -> [Finding] {
  var findings = [Finding]()
  func check(_ amount: Money, _ code: String, _ what: String, _ place: Place, _ remedy: String) {
    guard amount < .zero else { return }
    findings.append(
      Finding(
        .warning, code, at: place, "\(what) is \(amount.grouped), below zero",
        expected: "zero or more", remedy: remedy, amount: amount))
  }
  for job in book.jobs.rows {
    let place = Place(file: book.file(Jobs.self), line: book.jobs.line[job])
    let sums = documents.jobs.values[job]
    check(
      sums.depositsHeld, "negative_deposit", "the deposit held on \(book.jobs.id[job])", place,
      "name the job on the deposit that was applied, or apply less")
    check(
      sums.retainageHeld, "negative_retainage", "the retainage held on \(book.jobs.id[job])", place,
      "name the job on the document that withheld it, or release less")
  }
  // A customer whose jobs explain it is not named again.
  let explained = Set(
    book.jobs.rows.filter { documents.jobs.values[$0].depositsHeld < .zero }
      .map { book.jobs.customer[$0] })
  for customer in book.customers.ids where !explained.contains(customer) {
    let place = Place(file: book.file(Customers.self), line: book.customers.line[customer.row])
    check(
      customers[customer].depositsHeld, "negative_deposit",
      "the deposit held for \(book.customers.id[customer.row])", place,
      "enter the deposit that was received, or apply less")
  }
  return findings
}
