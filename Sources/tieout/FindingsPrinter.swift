import Ledger

/// Findings as a person reads them: the place, the line with the cell marked, what to do (STYLE, "An
/// error helps someone fix a file").
enum FindingsPrinter {
  /// The most that a terminal gets; `tieout check --format csv` has all.
  static let limit = 100

  /// Prints errors in full and warnings a line each, or in full too.
  static func print(_ findings: [Finding], inFull: Bool, consequence: String) {
    let shown = findings.filter { $0.severity != .note || inFull }
    for finding in shown.prefix(limit) {
      complain(text(finding, inFull: inFull || finding.severity == .error))
    }
    if shown.count > limit {
      complain("… and \(shown.count - limit) more: tieout check SOURCE --format csv has all\n")
    }
    let errors = findings.filter { $0.severity == .error }
    if !errors.isEmpty {
      let files = Set(errors.map(\.place.file)).count
      complain("\(count(errors.count, "error")) in \(count(files, "file")); \(consequence)\n")
    }
  }

  static func text(_ finding: Finding, inFull: Bool) -> String {
    var place = finding.place.file
    let line = finding.fieldLine > 0 ? finding.fieldLine : finding.place.line
    if line > 0 { place += ":\(line)" }
    if finding.column > 0 { place += ":\(finding.column)" }
    var text = "\(place): "
    if finding.severity == .warning { text += "warning: " }
    if finding.severity == .note { text += "note: " }
    if !finding.place.column.isEmpty { text += "\(finding.place.column): " }
    if !finding.value.isEmpty { text += "\(oneLine(finding.value)) " }
    text += finding.message + "\n"
    guard inFull else { return text }
    text += excerpt(finding)
    if !finding.expected.isEmpty { text += "  expected  \(finding.expected)\n" }
    if !finding.remedy.isEmpty { text += "  to do     \(finding.remedy)\n" }
    return text
  }

  /// The line of the file with the cell marked below; a long line is cut around the cell.
  private static func excerpt(_ finding: Finding) -> String {
    guard !finding.excerpt.isEmpty else { return "" }
    let scalars = Array(oneLine(finding.excerpt).unicodeScalars)
    let first = max(0, finding.column - 61)
    let window = scalars.dropFirst(first).prefix(120)
    let cut = (first > 0 ? "…" : "", first + window.count < scalars.count ? "…" : "")
    var text = "  \(cut.0)\(String(String.UnicodeScalarView(window)))\(cut.1)\n"
    guard !finding.place.column.isEmpty, finding.column > 0 else { return text }
    let blanks = finding.column - 1 - first + cut.0.count
    let marks = max(1, min(finding.value.unicodeScalars.count, 120))
    text += "  \(String(repeating: " ", count: blanks))\(String(repeating: "^", count: marks))\n"
    return text
  }

  /// Control characters must not reach a terminal.
  private static func oneLine(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : $0 }))
  }
}

/// "1 error", "3 errors".
func count(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
  "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
}
