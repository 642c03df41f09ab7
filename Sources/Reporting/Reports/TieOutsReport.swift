import Measures

/// Every total that was reached by two roads, and whether they met.
public enum TieOutsReport {
  public static func sheet(_ tieOuts: [TieOut], subtitle: String) -> Sheet {
    Sheet(
      report: "tie-outs", title: "Tie-outs", subtitle: subtitle,
      emptySentence: "No report was asked for, so there is nothing to tie out.", columns: columns,
      rows: tieOuts)
  }

  static let columns: [ReportColumn<TieOut>] = [
    .text("tie_out", "Tie-out", rule: "What is proved, and the two roads to it.", width: 100) {
      "\($0.name): \($0.leftRoad) = \($0.rightRoad)"
    },
    .money("left", "Left", total: .none, rule: "The figure by the first road.") { $0.left },
    .money("right", "Right", total: .none, rule: "The figure by the second road.") { $0.right },
    .money(
      "difference", "Difference", alert: .notZero,
      rule: "Left less right; zero in every pack that is written.", formula: .sum("left", "-right")
    ) { $0.difference },
    .flag("passed", "Passed", rule: "Whether both are equal to the cent.") { $0.passed },
  ]
}

extension ReportKind {
  public static let tieOuts = ReportKind(
    "tie-outs", "every total reached by two roads",
    rows: "each total", tables: [],
    sheet: { TieOutsReport.sheet($0.tieOuts, subtitle: $0.subtitle) })
}
