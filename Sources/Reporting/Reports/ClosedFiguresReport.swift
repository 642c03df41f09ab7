internal import Billing
internal import Ledger
import Measures

/// `closed-figures`: a closed period's balances as closed, and what late entries would have made of them.
enum ClosedFiguresReport {
  static func sheet(_ reports: Reports) -> Sheet {
    let closed = reports.closed
    return Sheet(
      report: "closed-figures", title: "Closed figures", subtitle: reports.subtitle,
      emptySentence: closed.map { "No late entry moves a figure of \($0.period)." }
        ?? "No period before was closed in a book.",
      columns: columns(closed?.period ?? ""), rows: closed?.figures ?? [])
  }

  private static func columns(_ period: String) -> [ReportColumn<ClosedFigure>] {
    [
      .text("period", "Period", rule: "The last period that was closed before the as-of day.") {
        _ in period
      },
      .text("report", "Report", rule: "The report that shows it.", width: 20) { $0.report },
      .text("figure", "Figure", rule: "The total of that column of it.", width: 24) { $0.title },
      .money(
        "as_closed", "As closed", total: .none,
        rule: "What the closed pack shows: it stays so."
      ) { $0.asClosed },
      .money(
        "late", "Late", total: .none, rule: "What came since moves it by so much, row by row."
      ) { $0.late },
      .money(
        "now", "Now", total: .none, rule: "What the same day would show now.",
        formula: .sum("as_closed", "late")
      ) { $0.now },
    ]
  }

  /// The closed pack and what moved since against the same day as known now; and that against the opening
  /// of this pack's roll-forwards, where its period follows the closed one.
  static func tieOuts(_ reports: Reports) -> [TieOut] {
    guard let closed = reports.closed else { return [] }
    let figures = closed.figures.map {
      TieOut(
        "\($0.report) \($0.title.lowercased()) of \(closed.period)", $0.asClosed + $0.late,
        "as closed, and what late entries moved", equals: $0.now, "the same day as known now")
    }
    guard let opening = reports.opening, opening.position.asOf == closed.last,
      let net = closed.figures.first(where: { $0.report == "ar-aging" && $0.title == "Net" })
    else { return figures }
    return figures + [
      TieOut(
        "AR carried into the period", net.asClosed + net.late,
        "\(closed.period) as closed, and late",
        equals: opening.position.customers.customers.values.map(\.net).sum(),
        "opening of ar-rollforward")
    ]
  }
}

extension ReportKind {
  public static let closedFigures = ReportKind(
    "closed-figures", "balances of a closed period, as closed and as known now",
    rows: "each balance, where something came late", tables: [], needs: [],
    sheet: ClosedFiguresReport.sheet, tieOuts: ClosedFiguresReport.tieOuts)

  /// Whether it tells of a closed period only: no part of a pack where none was closed.
  public var isOfClosedPeriod: Bool { name == "late-entries" || name == "closed-figures" }
}
