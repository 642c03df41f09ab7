import Ledger
import Measures

/// A line of a schedule of values is worth something; only a change order takes away (DOMAIN §1.9).
enum ScheduledValues: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    let rows = book.scheduleOfValues
    var findings = RowFindings(rows, in: book, suspects)
    for row in rows.rows where rows.scheduledValue[row] < .zero && rows.changeOrder[row] == .none {
      findings.add(
        .error, "negative_schedule_value", row, "scheduled_value",
        value: rows.scheduledValue[row].text, "is below zero on a line of no change order",
        expected: "zero or more, or a change_order_id",
        remedy: "correct the amount, or name the change order that takes it away",
        amount: rows.scheduledValue[row])
    }
    return findings.list
  }
}
