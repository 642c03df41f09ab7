internal import Billing
internal import Ledger
internal import Measures

extension WipReport {
  /// The sums of both schedules, and of ended jobs that neither lists, by other roads.
  static func tieOuts(_ reports: Reports) -> [TieOut] {
    let schedule = reports.neededWip
    let (position, control) = (reports.position, schedule.control)
    let rest = position.documents.notOnJob
    func sum(_ amount: (WipLine) -> Money) -> Money { schedule.lines.map(amount).sum() }
    let earned = position.earned.values.lazy.map(\.earned).sum()
    let jobs = "jobs in progress and completed"
    let difference = sum { $0.current.underbilled - $0.current.overbilled }
    return [
      TieOut(
        "wip: billed", sum(\.current.billed) + rest.billed, "\(jobs), and what is on no job",
        equals: position.control.billed, "subtotals of revenue documents, less those void"),
      TieOut(
        "wip: billed this period", sum(\.billedThisPeriod) + schedule.billedOnNoJobThisPeriod,
        "\(jobs), and what is on no job", equals: control.billedThisPeriod,
        "subtotals of the period's revenue documents, less those voided in it"),
      TieOut(
        "wip: cost", sum(\.current.cost), jobs, equals: control.cost,
        "hours, parts and costs, and opening balances"),
      TieOut(
        "wip: cost this period", sum(\.costThisPeriod), jobs, equals: control.costThisPeriod,
        "hours, parts and costs through the day, less those before the period"),
      TieOut(
        "wip: under- and overbilled", difference, "underbilled − overbilled of \(jobs)",
        equals: earned - (position.control.billed - rest.billed),
        "earned in contract-status − subtotals billed on jobs"),
      TieOut(
        "wip: gross profit", sum(\.current.grossProfit), jobs,
        equals: earned - control.cost - sum(\.current.lossProvision),
        "earned in contract-status − cost of entries − loss provision"),
      TieOut(
        "wip: contract assets and liabilities", sum { $0.contractAsset - $0.contractLiability },
        "assets − liabilities of \(jobs)",
        equals: difference + (position.control.retainage - rest.retainageHeld)
          - (position.control.depositsHeld - rest.depositsHeld),
        "underbilled − overbilled + retainage − deposits of the control accounts"),
      lossTieOut(schedule, reports.book),
    ]
  }

  /// A loss contract shows its whole loss, however far it is (DOMAIN §3.6, [S23]).
  private static func lossTieOut(_ schedule: WipSchedule, _ book: Book) -> TieOut {
    let shown = schedule.lines.lazy.filter {
      $0.contract.isLossExpected && book.jobs.method[$0.job.row] == .fixedPrice
    }.map(\.current.grossProfit).sum()
    return TieOut(
      "wip: loss contracts", shown, "gross profit to date of fixed prices below their estimate",
      equals: schedule.control.wholeLosses, "price − estimate, or − cost where that is more")
  }
}

extension WipCompletedReport {
  /// A fixed price that was completed has earned its contract, whatever it cost.
  static func tieOuts(_ reports: Reports) -> [TieOut] {
    let (schedule, methods) = (reports.neededWip, reports.book.jobs.method)
    let earned = schedule.lines.lazy.filter {
      $0.contract.isCompleted && methods[$0.job.row] == .fixedPrice
    }.map(\.current.earned).sum()
    return [
      TieOut(
        "wip-completed: earned", earned, "completed fixed prices",
        equals: schedule.control.completedContracts,
        "their contract amounts and the changes approved by the day")
    ]
  }
}
