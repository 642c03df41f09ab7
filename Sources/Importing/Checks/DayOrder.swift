import Ledger
import Measures

/// Pairs of days of one row that come in the wrong order, such as a due day before the invoice's.
enum DayOrder: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    func look<T: Table>(
      _ rows: T, _ pairs: [(String, KeyPath<T, [Day]>, String, KeyPath<T, [Day]>)]
    ) -> [Finding] {
      var findings = RowFindings(rows, in: book, suspects)
      for (firstName, firstPath, lastName, lastPath) in pairs {
        let (first, last) = (rows[keyPath: firstPath], rows[keyPath: lastPath])
        for row in first.indices where last[row] < first[row] {
          guard let begin = first[row].orNil, let end = last[row].orNil else { continue }
          findings.add(
            .warning, "days_reversed", row, lastName, value: end.text,
            "is before \(firstName), \(begin.text)", expected: "\(begin.text) or a later day",
            remedy: "correct one of the two days")
        }
      }
      return findings.list
    }
    var found = look(
      book.invoices,
      [
        ("date", \.day, "due_date", \.dueDate),
        ("disputed_from", \.disputedFrom, "disputed_to", \.disputedTo),
      ])
    found += look(
      book.jobs,
      [
        ("start_date", \.startDate, "end_date", \.endDate),
        ("start_date", \.startDate, "completion_date", \.completionDate),
        ("completion_date", \.completionDate, "closed_date", \.closedDate),
        ("hold_from", \.holdFrom, "hold_to", \.holdTo),
      ])
    found += look(book.changeOrders, [("date", \.day, "approved_date", \.approvedDate)])
    return found
  }
}
