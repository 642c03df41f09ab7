public import Ledger
public import Measures

/// What a job's contract and its estimate come to on a day.
public struct ContractValue: Sendable {
  /// The contract amount, or the not-to-exceed amount where there is none; zero without either.
  public var original = Money.zero
  /// Whether the job has one of the two, so that there is something left to bill.
  public var hasAmount = false
  /// Whether it was agreed by the day: its contract date has come, or there is none.
  public var isAgreed = true
  /// Changes approved by the day (DOMAIN §3.2, [S32]).
  public var approved = Money.zero
  /// Changes raised by the day and not yet approved on it, those approved later among them.
  public var pending = Money.zero
  /// The not-to-exceed amount with the approved changes; `.none` where the job has no such limit.
  public var cap = Money.none
  /// Total cost at completion as estimated on the day; `.none` without an estimate.
  public var estimate = Money.none
  /// The day of the estimate; `.none` where it is the job's own.
  public var estimateDay = Day.none
  /// Bought and not yet installed, by the same estimate (DOMAIN §3.5, [S22]).
  public var uninstalled = Money.zero
  public var status = JobStatus.open

  public init() {}

  public var revised: Money { original + approved }
}

/// The contract of every job on a day.
public func contractValues(_ book: Book, asOf: Day) -> PerRow<Jobs, ContractValue> {
  var values = [ContractValue](inLargePages: ContractValue(), count: book.jobs.count)
  let latest = latestEstimates(book.estimates, jobs: book.jobs.count, asOf: asOf)
  for job in book.jobs.rows {
    let agreed = book.jobs.contractAmount[job].orNil ?? book.jobs.notToExceed[job].orNil
    values[job].original = agreed ?? .zero
    values[job].hasAmount = agreed != nil
    values[job].isAgreed = book.jobs.contractDate[job] <= asOf  // none lies before every day
    values[job].cap = book.jobs.notToExceed[job]
    values[job].status = JobStanding(book.jobs, job, on: asOf).status
    let row = Int(latest[job])
    if row >= 0 {
      values[job].estimate = book.estimates.estimatedCost[row]
      values[job].estimateDay = book.estimates.day[row]
      values[job].uninstalled = book.estimates.uninstalledCost[row].orZero
    } else {
      values[job].estimate = book.jobs.estimatedCost[job]
    }
  }
  addChanges(book.changeOrders, asOf: asOf, to: &values)
  return PerRow(values)
}

/// The estimate that counts for each job: the latest day, of one day the later row; -1 for none.
private func latestEstimates(_ estimates: Estimates, jobs: Int, asOf: Day) -> [Int32] {
  var latest = [Int32](repeating: -1, count: jobs)
  for row in estimates.rows where estimates.day[row] <= asOf && estimates.job[row].exists {
    let job = estimates.job[row].row
    let other = Int(latest[job])
    if other < 0 || estimates.day[other] <= estimates.day[row] { latest[job] = Int32(row) }
  }
  return latest
}

/// A change that was approved after the estimate's day is not in it yet, so its cost is added.
private func addChanges(_ changes: ChangeOrders, asOf: Day, to values: inout [ContractValue]) {
  for row in changes.rows where changes.job[row].exists {
    let job = changes.job[row].row
    let from = changes.approvedFrom(row)
    if from <= asOf {
      values[job].approved += changes.amount[row]
      if !values[job].cap.isNone { values[job].cap += changes.amount[row] }
      let cost = changes.estimatedCost[row].orZero
      if !values[job].estimate.isNone, from > values[job].estimateDay {
        values[job].estimate += cost
      }
    } else if changes.day[row] <= asOf, changes.status[row] != .rejected {
      values[job].pending += changes.amount[row]
    }
  }
}
