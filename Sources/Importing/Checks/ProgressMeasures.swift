import Ledger
import Measures

/// A progress row says once how far a line of the schedule is: by percentage, amount or quantity,
/// all to date; and the line exists. Above 100 % it follows the company's `over_schedule`.
enum ProgressMeasures: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    let rows = book.progress
    let schedule = book.scheduleOfValues
    let refuses = book.company.billing.overSchedule == .refuse
    var findings = RowFindings(rows, in: book, suspects)
    for row in rows.rows {
      let line = rows.scheduleLine[row]
      if line == .missing, rows.job[row].exists {
        findings.add(
          .error, "unknown_reference", row, "line_no", value: rows.lineNumber[row],
          "is no line of the schedule of values of \(book.jobs.id[rows.job[row].row])",
          expected: "a line_no that \(book.file(ScheduleOfValues.self)) has for this job",
          remedy: "correct the cell, or add the line to \(book.file(ScheduleOfValues.self))")
      }
      countMeasures(rows, row, &findings)
      let percentage = rows.percentComplete[row]
      if percentage > .whole {
        findings.add(
          refuses ? .error : .warning, "over_schedule", row, "percent_complete",
          value: percentage.shortText(), "is more than the whole line",
          expected: "0 to 100",
          remedy: refuses
            ? "correct the cell, or allow it with over_schedule = \"allow\" in company.toml"
            : "see whether a change order is missing")
      }
      if rows.completedQuantity[row].orNil != nil, line.exists,
        schedule.unitPrice[line.row].isNone, schedule.quantity[line.row].isNone
      {
        findings.add(
          .error, "no_unit_price", row, "completed_quantity",
          value: rows.completedQuantity[row].shortText(),
          "belongs to a line without unit_price and quantity",
          expected: "percent_complete or completed_amount",
          remedy: "give the line a unit_price, or say the progress another way")
      }
    }
    return findings.list
  }

  private static func countMeasures(_ rows: Progress, _ row: Int, _ findings: inout RowFindings) {
    let isThere = [
      !rows.percentComplete[row].isNone, !rows.completedAmount[row].isNone,
      !rows.completedQuantity[row].isNone,
    ]
    let names = ["percent_complete", "completed_amount", "completed_quantity"]
    let given = zip(names, isThere).filter(\.1).map(\.0)
    guard given.count != 1 else { return }
    findings.add(
      .error, given.isEmpty ? "no_measure" : "several_measures", row,
      given.last ?? "percent_complete",
      given.isEmpty
        ? "is blank, and so are completed_amount and completed_quantity"
        : "stands beside \(given[0])",
      expected: "one of \(names.joined(separator: ", "))",
      remedy: given.isEmpty ? "fill in one of them, 0 where nothing is done" : "clear all but one")
  }
}
