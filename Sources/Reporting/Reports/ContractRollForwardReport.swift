internal import Billing
internal import Ledger
internal import Measures

/// `contract-rollforward`: contract assets and liabilities of every job from before the period to its
/// end (DESIGN §6; DOMAIN §2.1 [S12]).
enum ContractRollForwardReport {
  static let name = "contract-rollforward"

  private typealias Row = (job: RowID<Jobs>, moved: ContractRollForward.Movements)

  private static func rolled(_ reports: Reports) -> ContractRollForward {
    ContractRollForward(
      reports.neededWip, reports.period, before: reports.neededOpening.position)
  }

  /// The jobs with an asset, a liability or a movement, by job id.
  static func sheet(_ reports: Reports) -> Sheet {
    let (book, rolled) = (reports.book, rolled(reports).jobs)
    let net = "One figure a contract: earned less billed, and retainage held, less deposits held"
    let columns: [ReportColumn<Row>] = [
      .id("job_id", "Job", in: book.jobs.id, rule: ColumnRule.jobID) { $0.job.row },
      .id("customer_id", "Customer", rule: ColumnRule.customerID) {
        book.customerID(book.jobs.customer[$0.job.row])
      },
      .money("asset_opening", "Asset before", rule: "\(net); where it is above zero.") {
        $0.moved.assetOpening
      },
      .money(
        "asset_closing", "Asset at the end",
        rule: "Asset less liability before, and Earned less Billed, where that is above zero.",
        formula: .aboveZero("asset_opening", "-liability_opening", "earned", "-billed")
      ) { $0.moved.assetClosing },
      .money("liability_opening", "Liability before", rule: "\(net); where it is below zero.") {
        $0.moved.liabilityOpening
      },
      .money("earned", "Earned", rule: "Revenue of the period, as in contract-status.") {
        $0.moved.earned
      },
      .money(
        "billed", "Billed",
        rule: "What became a receivable or was paid in advance: subtotals less retainage withheld, "
          + "with retainage released and deposits received less those applied."
      ) { $0.moved.billed },
      .money(
        "liability_closing", "Liability at the end",
        rule: "Liability less asset before, and Billed less Earned, where that is above zero.",
        formula: .aboveZero("liability_opening", "-asset_opening", "billed", "-earned")
      ) { $0.moved.liabilityClosing },
    ]
    let rows: [Row] = book.jobs.id.order.map { RowID<Jobs>($0) }
      .map { ($0, rolled[$0]) }.filter(\.moved.isListed)
    return Sheet(
      report: name, title: "Contract roll-forward",
      subtitle: reports.periodSubtitle,
      emptySentence: "No contract was an asset or a liability, and nothing moved in the period.",
      columns: columns, rows: rows)
  }

  /// The net at the end by the control accounts; what moved it by the schedule of work in progress.
  static func tieOuts(_ reports: Reports) -> [TieOut] {
    let rolled = rolled(reports).jobs.values
    let lines = reports.neededWip.lines
    let (position, rest) = (reports.position, reports.position.documents.notOnJob)
    let accounts =
      position.earned.values.lazy.map(\.earned).sum() - (position.control.billed - rest.billed)
      + (position.control.retainage - rest.retainageHeld)
      - (position.control.depositsHeld - rest.depositsHeld)
    return [
      TieOut(
        "\(name): closing",
        rolled.map { $0.assetOpening - $0.liabilityOpening + $0.earned - $0.billed }.sum(),
        "assets − liabilities before, and movements", equals: accounts,
        "earned − billed + retainage − deposits of the control accounts"),
      TieOut(
        "\(name): assets", rolled.map(\.assetClosing).sum(), "all jobs at the end",
        equals: lines.lazy.map(\.contractAsset).sum(), "contract assets in wip and wip-completed"),
      TieOut(
        "\(name): liabilities", rolled.map(\.liabilityClosing).sum(), "all jobs at the end",
        equals: lines.lazy.map(\.contractLiability).sum(),
        "contract liabilities in wip and wip-completed"),
      TieOut(
        "\(name): earned", rolled.map(\.earned).sum(), "all jobs in the period",
        equals: lines.lazy.map(\.earnedThisPeriod).sum(),
        "earned this period in wip and wip-completed"),
    ]
  }
}

extension ReportKind {
  public static let contractRollForward = ReportKind(
    ContractRollForwardReport.name,
    "contract assets and liabilities of each job, from before the period to its end",
    rows: "each job with an asset or a liability before the period or a movement in it",
    tables: ["jobs", "invoices", "timesheets", "inventory", "costs"],
    needs: [.work, .opening, .wip], sheet: ContractRollForwardReport.sheet,
    tieOuts: ContractRollForwardReport.tieOuts)
}
