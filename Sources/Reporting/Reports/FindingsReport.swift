public import Ledger
import Measures

/// Everything that was noticed about the input and the figures: what a person should look at.
public enum FindingsReport {
  public static func sheet(_ findings: [Finding], subtitle: String) -> Sheet {
    Sheet(
      report: "findings", title: "Findings", subtitle: subtitle,
      emptySentence: "Nothing was found that needs a person.", columns: columns, rows: findings)
  }

  static let columns: [ReportColumn<Finding>] = [
    .text(
      "severity", "Severity",
      rule: "warning: worth a look, and the run went on; an error refuses the run and is printed "
        + "instead."
    ) { $0.severity.rawValue },
    .text("code", "Code", rule: "A short name of what was found, the same in every run.", width: 24)
    { $0.code },
    .text(
      "file", "File", rule: "The file it was found in; empty where it is about none.", width: 20
    ) { $0.place.file },
    .integer(
      "line", "Line",
      rule: "Line of that file, counted from 1; empty where the file as a whole is meant."
    ) { finding in
      let line = finding.fieldLine > 0 ? finding.fieldLine : finding.place.line
      return line > 0 ? Int(line) : nil
    },
    .text(
      "column", "Column", rule: "Column of that file; empty where the whole line is meant.",
      width: 18
    ) { $0.place.column },
    .text(
      "value", "Value", rule: "The cell as it was read, at most 64 characters of it.", width: 24
    ) { $0.value },
    .text("message", "Message", rule: "What was found, in a sentence.", width: 80) { $0.message },
    .money(
      "amount", "Amount", total: .none, rule: "The money at stake, where there is some."
    ) { $0.amount },
  ]
}

extension ReportKind {
  public static let findings = ReportKind(
    "findings", "what was noticed about the input and the figures",
    rows: "each finding", tables: [],
    sheet: { FindingsReport.sheet($0.findings, subtitle: $0.subtitle) })
}
