import Ledger
import Measures

/// A schedule line that belongs to a change order belongs to a change order of its own job.
enum ScheduleChangeOrders: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    let rows = book.scheduleOfValues
    var findings = RowFindings(rows, in: book, suspects)
    for row in rows.rows where rows.changeOrder[row] != .none {
      let order = rows.changeOrder[row]
      guard order.exists else {
        findings.add(
          .error, "unknown_reference", row, "change_order_id",
          "is in no row of \(book.file(ChangeOrders.self))",
          expected: "an id that \(book.file(ChangeOrders.self)) has",
          amount: rows.scheduledValue[row])
        continue
      }
      guard book.changeOrders.job[order.row] != rows.job[row] else { continue }
      findings.add(
        .error, "wrong_reference", row, "change_order_id", value: book.changeOrders.id[order.row],
        "is a change order of another job", expected: "a change order of this row's job",
        amount: rows.scheduledValue[row])
    }
    return findings.list
  }
}
