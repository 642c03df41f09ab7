internal import Billing
internal import Ledger
internal import Measures

/// `wip`: the contracts in progress (DOMAIN §3; DESIGN §6).
public enum WipReport {
  public static let name = "wip"

  static func sheet(_ reports: Reports) -> Sheet {
    Sheet(
      report: name, title: "Work in progress", subtitle: reports.periodSubtitle,
      emptySentence: "No job is in progress on this day.",
      columns: WipColumns(reports, isEnded: false).all,
      rows: reports.wipLines(isEnded: false))
  }
}

/// `wip-completed`: the contracts that are complete, closed or cancelled (DOMAIN §3.9, §3.10 [S28]).
///
/// Those on which anything was worked, billed, changed or ended since the first of January, or since
/// the period's first day where that is earlier, and those with something still to bill or held. A
/// completed contract has earned its price; what of it is not billed stays under- or overbilled until
/// it is (DESIGN §5), so that the revenue is in one account or the other.
public enum WipCompletedReport {
  public static let name = "wip-completed"

  static func sheet(_ reports: Reports) -> Sheet {
    Sheet(
      report: name, title: "Completed contracts",
      subtitle: reports.periodSubtitle
        + " · active since \(reports.neededWip.yearStart.text)",
      emptySentence: "No job was completed or cancelled, or had work since, in the year.",
      columns: WipColumns(reports, isEnded: true).all,
      rows: reports.wipLines(isEnded: true))
  }
}

extension Reports {
  /// The lines of a schedule, by job id.
  fileprivate func wipLines(isEnded: Bool) -> [WipLine] {
    let lines = neededWip.lines
    return book.jobs.id.order.map { lines[$0] }
      .filter { $0.isListed && $0.isEnded == isEnded }
  }
}

extension ReportKind {
  public static let wip = ReportKind(
    WipReport.name,
    "contracts in progress: estimates, earnings, over- and underbilling, fade, backlog",
    rows: "each job in progress, once it is agreed or has cost or billing",
    tables: wipTables, needs: [.work, .opening, .wip], sheet: WipReport.sheet,
    tieOuts: WipReport.tieOuts)

  public static let wipCompleted = ReportKind(
    WipCompletedReport.name, "contracts completed or cancelled, with what they made in the end",
    rows: "each job complete, closed or cancelled with anything done on it in the year, or still "
      + "to bill or held",
    tables: wipTables, needs: [.work, .opening, .wip], sheet: WipCompletedReport.sheet,
    tieOuts: WipCompletedReport.tieOuts)

  private static let wipTables = [
    "jobs", "estimates", "invoices", "timesheets", "inventory", "costs",
  ]
}
