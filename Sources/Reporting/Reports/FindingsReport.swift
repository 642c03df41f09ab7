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
    .text("severity", "Severity") { $0.severity.rawValue },
    .text("code", "Code", width: 24) { $0.code },
    .text("file", "File", width: 20) { $0.place.file },
    .integer("line", "Line") { finding in
      let line = finding.fieldLine > 0 ? finding.fieldLine : finding.place.line
      return line > 0 ? Int(line) : nil
    },
    .text("column", "Column", width: 18) { $0.place.column },
    .text("value", "Value", width: 24) { $0.value },
    .text("message", "Message", width: 80) { $0.message },
    .money(
      "amount", "Amount", total: .none, rule: "The money at stake, where there is some."
    ) { $0.amount },
  ]
}

extension ReportKind {
  public static let findings = ReportKind(
    "findings", "what was noticed about the input and the figures", tables: [],
    sheet: { FindingsReport.sheet($0.findings, subtitle: $0.subtitle) })
}
