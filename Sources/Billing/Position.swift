public import Ledger
public import Measures

/// Where a company stands on a day: every customer, job and document, with the work on them.
public struct Position: Sendable {
  public let book: Book
  public let asOf: Day
  public let documents: Documents
  public let customers: CustomerBalances
  public let work: JobWorks
  public let earned: PerRow<Jobs, EarnedRevenue>
  /// Unbilled work of each customer's jobs.
  public let unbilled: PerRow<Customers, Money>
  /// The control accounts, by another road than everything above.
  public let control: ControlTotals
  /// Findings of documents and contracts; those of the work are in `Work`.
  public let findings: [Finding]

  /// - Parameters:
  ///   - work: what was done on each job, as of the same day.
  ///   - documents: those of the same day, where they were made for the work already.
  public init(book: Book, asOf: Day, work: JobWorks, documents: Documents? = nil) {
    let documents = documents ?? Documents(book, asOf: asOf)
    self.init(
      book, work, documents, CustomerBalances(book, documents.balances),
      ControlTotals(book, asOf: asOf))
  }

  init(
    _ book: Book, _ work: JobWorks, _ documents: Documents, _ customers: CustomerBalances,
    _ control: ControlTotals
  ) {
    let asOf = documents.asOf
    let ((earned, overruns), (unbilled, impossible)) = sideBySide(
      {
        var earning = Earning(book, asOf: asOf)
        var earned = [EarnedRevenue]()
        earned.reserveInLargePages(work.count)
        for job in work.ids {
          earned.append(
            earning.earn(
              job.row, documents.contracts[job], documents.jobs[job], cost: work.cost(job),
              approvedUnbilled: work.unbilled(job).approved))
        }
        return (earned, earning.findings)
      },
      { (unbilledByCustomer(book, work), balanceFindings(book, documents, customers)) })
    findings =
      documents.balances.unknownTerms.map { book.unknownTerms(ofInvoice: $0) } + overruns
      + impossible + retainageBreaches(book, documents)
    self.earned = PerRow(earned)
    self.unbilled = unbilled
    self.book = book
    self.asOf = asOf
    self.documents = documents
    self.customers = customers
    self.work = work
    self.control = control
  }

  /// What a job has earned less what it cost, before a provision for losses still to come.
  public func grossProfit(_ job: RowID<Jobs>) -> Money { earned[job].earned - work.cost(job) }

  /// Net, unbilled and retainage above the credit limit; never below zero, `.none` without a limit.
  public func overLimit(_ customer: RowID<Customers>) -> Money {
    guard let limit = book.customers.creditLimit[customer.row].orNil else { return .none }
    let balance = customers[customer]
    return max(.zero, balance.net + unbilled[customer] + balance.retainageHeld - limit)
  }
}

private func unbilledByCustomer(_ book: Book, _ work: JobWorks) -> PerRow<Customers, Money> {
  let owner = book.jobs.customer
  var unbilled = PerRow<Customers, Money>(repeating: .zero, count: book.customers.count)
  for job in work.ids where owner[job.row].exists {
    unbilled[owner[job.row]] += work.unbilled(job).total
  }
  return unbilled
}

/// Balances that cannot be: a deposit applied beyond what was received (DOMAIN §4.2, [S45b]), more
/// retainage released than withheld (DOMAIN §2.4, [S15]).
private func balanceFindings(
  _ book: Book, _ documents: Documents, _ customers: CustomerBalances
) -> [Finding] {
  var findings = [Finding]()
  // Sentences are made for the few that need one: jobs are many.
  func check(
    _ amount: Money, _ code: String, _ what: @autoclosure () -> String,
    _ place: @autoclosure () -> Place, _ remedy: String
  ) {
    guard amount < .zero else { return }
    findings.append(
      Finding(
        .warning, code, at: place(), "\(what()) is \(amount.grouped), below zero",
        expected: "zero or more", remedy: remedy, amount: amount))
  }
  for job in book.jobs.rows {
    let sums = documents.jobs.values[job]
    guard sums.depositsHeld < .zero || sums.retainageHeld < .zero else { continue }
    let place = Place(file: book.file(Jobs.self), line: book.jobs.line[job])
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
    check(
      customers[customer].depositsHeld, "negative_deposit",
      "the deposit held for \(book.customers.id[customer.row])",
      Place(file: book.file(Customers.self), line: book.customers.line[customer.row]),
      "enter the deposit that was received, or apply less")
  }
  return findings
}
