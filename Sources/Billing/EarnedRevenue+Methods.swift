internal import Ledger
internal import Measures

/// Earns the jobs of a book, one after the other, and notes what needs a person.
struct Earning {
  let book: Book
  let asOf: Day
  /// Quantity × price of unit-price jobs, by job.
  private let installed: [Money]
  private let heldBack: HeldBack
  private(set) var findings: [Finding] = []

  init(_ book: Book, asOf: Day) {
    self.book = book
    self.asOf = asOf
    installed = installedWork(book, asOf: asOf)
    heldBack = HeldBack(book, asOf: asOf)
  }

  /// - Parameter brought: what opening balances say was earned, in place of what the method earns.
  mutating func earn(
    _ job: Int, _ contract: ContractValue, _ documents: JobDocuments, cost: Money,
    approvedUnbilled: Money, brought: Money? = nil
  ) -> EarnedRevenue {
    var result = EarnedRevenue()
    result.completePercentage = completePercentage(
      cost: cost, estimate: contract.estimate, uninstalled: contract.uninstalled)
    switch book.jobs.method[job] {
    case .timeAndMaterials, .costPlus:
      let value = documents.billed + approvedUnbilled + heldBack.of(RowID(job))
      result.earned = contract.cap.orNil.map { min($0, value) } ?? value
    case .fixedPrice:
      result.earned = fixedPrice(job, contract, documents, cost: cost)
      if contract.isCompleted, result.completePercentage != nil {
        result.completePercentage = .whole
      }
    case .unitPrice:
      result.earned = installed[job]
    case .serviceAgreement:
      result.earned = serviceAgreement(job, contract, documents)
    case .noCharge:
      break
    }
    if let brought { result.earned = brought }
    if let price = contract.price(book.jobs.method[job]), let estimate = contract.estimate.orNil {
      result.lossProvision = lossProvision(
        contract: price, cost: cost, estimate: estimate, earned: result.earned)
    }
    result.underbilled = max(.zero, result.earned - documents.billed)
    result.overbilled = max(.zero, documents.billed - result.earned)
    noteOverrun(job, contract, cost: cost)
    return result
  }

  /// Cost to cost; on completion the contract (DOMAIN §3.10); a cancelled contract earns what was
  /// billed, as nothing more will be. Without an estimate, cost as far as the contract goes.
  private mutating func fixedPrice(
    _ job: Int, _ contract: ContractValue, _ documents: JobDocuments, cost: Money
  ) -> Money {
    let price = contract.revised
    if contract.isCompleted { return price }
    if contract.status == .cancelled { return documents.billed }
    guard let estimate = contract.estimate.orNil,
      let earned = costToCost(
        contract: price, cost: cost, estimate: estimate, uninstalled: contract.uninstalled,
        rounding: book.company.rounding)
    else {
      noteMissingEstimate(job, cost: cost)
      return min(max(cost, .zero), price)
    }
    return isBelowThreshold(contract, estimate, cost: cost) ? min(max(cost, .zero), price) : earned
  }

  /// Too early for a margin: revenue equals cost until a percent complete; never on a loss job, whose
  /// loss is shown at once (DOMAIN §3.7, [S26]).
  private func isBelowThreshold(
    _ contract: ContractValue, _ estimate: Money, cost: Money
  ) -> Bool {
    let threshold = book.company.zeroMarginBelow
    guard threshold > .zero, estimate <= contract.revised else { return false }
    let apart = uninstalledPart(of: cost, contract.uninstalled)
    return Int128((cost - apart).units) * Int128(Percentage.whole.units)
      < Int128(threshold.units) * Int128((estimate - apart).units)
  }

  /// By days of the term, through a cancellation; without a term what was billed.
  private mutating func serviceAgreement(
    _ job: Int, _ contract: ContractValue, _ documents: JobDocuments
  ) -> Money {
    let jobs = book.jobs
    guard let end = jobs.endDate[job].orNil,
      let start = jobs.startDate[job].orNil ?? jobs.contractDate[job].orNil
    else {
      note(
        .warning, "no_term", job, column: "end_date",
        "\(jobs.id[job]) is a service agreement without start and end, so it has earned what was "
          + "billed",
        expected: "the first and the last day of the agreement",
        remedy: "enter start_date and end_date")
      return documents.billed
    }
    var last = asOf
    if contract.status == .cancelled, let day = jobs.cancelledDate[job].orNil {
      last = min(last, day)
    }
    return earnedByDays(
      contract: contract.revised, start: start, end: end, through: last,
      rounding: book.company.rounding) ?? documents.billed
  }

  private mutating func noteMissingEstimate(_ job: Int, cost: Money) {
    guard !cost.isZero else { return }
    note(
      .warning, "no_estimate", job, column: "estimated_cost",
      "\(book.jobs.id[job]) has cost and no estimate, so it has earned its cost and no profit",
      expected: "the total cost at completion",
      remedy: "enter estimated_cost, or a row in estimates.csv", amount: cost)
  }

  /// A sign that the estimate needs review (DOMAIN §3.12, [S36]).
  private mutating func noteOverrun(_ job: Int, _ contract: ContractValue, cost: Money) {
    guard !contract.isEnded, book.jobs.method[job] != .noCharge,
      let estimate = contract.estimate.orNil, estimate > .zero, cost > estimate
    else { return }
    note(
      .warning, "cost_above_estimate", job, column: "estimated_cost",
      "\(book.jobs.id[job]) has cost of \(cost.grouped), above its estimate of "
        + estimate.grouped,
      expected: "an estimate of the cost at completion, at least the cost to date",
      remedy: "enter a new estimate in estimates.csv", amount: cost - estimate)
  }

  private mutating func note(
    _ severity: Severity, _ code: String, _ job: Int, column: String, _ message: String,
    expected: String, remedy: String, amount: Money = .none
  ) {
    findings.append(
      Finding(
        severity, code,
        at: Place(file: book.file(Jobs.self), line: book.jobs.line[job], column: column),
        message, expected: expected, remedy: remedy, amount: amount))
  }
}

extension ContractValue {
  public var isCompleted: Bool { status == .complete || status == .closed }
  /// Nothing more is expected of it.
  var isEnded: Bool { isCompleted || status == .cancelled }

  /// What all of a contract brings, where more is still to be done on it, so that a loss can be
  /// expected: its amount with the approved changes, of time and material its not-to-exceed amount.
  /// Nil where nothing was agreed by the day.
  func price(_ method: BillingMethod) -> Money? {
    guard !isEnded, hasAmount, isAgreed, method != .noCharge else { return nil }
    return method.billsEntries ? cap.orNil : revised
  }
}

/// Completed work of unit-price jobs: of each schedule line the latest progress on or before the day,
/// quantity × unit price, rounded once a line; stored material has not been installed.
private func installedWork(_ book: Book, asOf: Day) -> [Money] {
  let (schedule, progress) = (book.scheduleOfValues, book.progress)
  var latest = [Int32](repeating: -1, count: schedule.count)
  for row in progress.rows where progress.day[row] <= asOf && progress.scheduleLine[row].exists {
    let line = progress.scheduleLine[row].row
    let other = Int(latest[line])
    let order = (progress.day[row], progress.applicationNumber[row])
    if other < 0 || (progress.day[other], progress.applicationNumber[other]) <= order {
      latest[line] = Int32(row)
    }
  }
  var installed = [Money](repeating: .zero, count: book.jobs.count)
  for line in schedule.rows where latest[line] >= 0 && schedule.job[line].exists {
    installed[schedule.job[line].row] +=
      completedValue(book, line: line, progress: Int(latest[line])) ?? .zero
  }
  OpeningSums(book, asOf: asOf).forEach(.earned) { _, job, amount in
    // What was earned before the input, where no progress in it restates the work to date.
    if job.exists, installed[job.row].isZero { installed[job.row] = amount }
  }
  return installed
}
