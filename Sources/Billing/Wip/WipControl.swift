internal import Ledger
public import Measures

/// The sums of the work-in-progress schedule by other roads: entries and not jobs, documents and not
/// balances, prices and estimates and not percentages.
public struct WipControl: Sendable {
  /// Cost of entries through the as-of day, and of opening balances.
  public let cost: Money
  /// Cost of the entries of the period.
  public let costThisPeriod: Money
  /// Subtotals of revenue documents dated in the period, less of those voided in it; on jobs and on
  /// none.
  public let billedThisPeriod: Money
  /// What the fixed-price contracts in progress that will lose come to: price less estimate, or less
  /// cost where that is more. All of it shows at once (DOMAIN §3.6, [S23]).
  public let wholeLosses: Money
  /// Contract amounts of fixed prices that were completed, with the changes approved by the day.
  public let completedContracts: Money

  init(_ position: Position, _ work: Work, openingWork: Work, _ period: Period) {
    let book = position.book
    cost = work.totals.cost + work.jobs.opening.total
    costThisPeriod = work.totals.cost - openingWork.totals.cost
    var billed = Money.zero
    let invoices = book.invoices
    for row in invoices.rows where invoices.type[row].billsRevenue {
      let subtotal = invoices.subtotal[row].orZero
      if period.contains(invoices.day[row]) { billed += subtotal }
      // Void from the day it was issued, it never counted.
      if period.contains(invoices.voidFrom(row)) { billed -= subtotal }
    }
    billedThisPeriod = billed
    var losses = Money.zero
    for job in book.jobs.ids where book.jobs.method[job.row] == .fixedPrice {
      let contract = position.documents.contracts[job]
      guard contract.isLossExpected, let estimate = contract.estimate.orNil else { continue }
      losses += contract.revised - max(estimate, position.work.cost(job))
    }
    wholeLosses = losses
    var contracts = Money.zero
    func isCompleted(_ job: Int) -> Bool {
      let status = JobStanding(book.jobs, job, on: period.last).status
      return book.jobs.method[job] == .fixedPrice && (status == .complete || status == .closed)
    }
    for job in book.jobs.rows where isCompleted(job) {
      contracts += book.jobs.contractAmount[job].orNil ?? book.jobs.notToExceed[job].orZero
    }
    let changes = book.changeOrders
    for row in changes.rows where changes.approvedFrom(row) <= period.last {
      if changes.job[row].exists, isCompleted(changes.job[row].row) {
        contracts += changes.amount[row]
      }
    }
    completedContracts = contracts
  }
}

extension ContractValue {
  /// Whether a fixed price that was agreed lies below the estimate, and work is still to be done.
  public var isLossExpected: Bool {
    guard !isEnded, hasAmount, isAgreed, let estimate = estimate.orNil else { return false }
    return estimate > revised
  }
}
