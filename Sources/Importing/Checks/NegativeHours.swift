import Ledger
import Measures

/// Negative hours correct an earlier line: worth a look, and counted as they are.
enum NegativeHours: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    let rows = book.timesheets
    var findings = RowFindings(rows, in: book, suspects)
    let hours = rows.hours
    for row in hours.indices where hours[row] < .zero {
      findings.add(
        .warning, "negative_hours", row, "hours", value: hours[row].shortText(),
        "are negative: taken as the correction of an earlier line",
        expected: "hours worked on that day, 0 to 24",
        remedy: "see that the line it corrects is here")
    }
    return findings.list
  }
}
