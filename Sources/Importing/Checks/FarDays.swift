import Ledger
import Measures

/// A day that lies more than a month after the as-of day is probably a slip of the year.
///
/// Days that name a plan (due_date, end_date, effective_from) may be as late as they like. Where many
/// rows of a column lie there, the files were made later than the day that is asked about, which is one
/// remark and no slip.
enum FarDays: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    guard let asOf else { return [] }
    let limit = asOf.month.advanced(by: 1).day(asOf.calendar.day)
    func look<T: Table>(_ rows: T, _ columns: [(String, KeyPath<T, [Day]>)]) -> [Finding] {
      var findings = RowFindings(rows, in: book, suspects)
      for (name, path) in columns {
        let days = rows[keyPath: path]
        let far = days.indices.filter { days[$0] > limit }
        guard far.count <= 100 else {
          findings.add(
            .warning, "far_day", far[0], name, value: days[far[0]].text,
            "and \(far.count - 1) more days of this column are more than a month after "
              + asOf.text, expected: "\(limit.text) or an earlier day",
            remedy: "nothing to do where the files were exported later; nothing dated after the "
              + "as-of day counts on it")
          continue
        }
        for row in far {
          findings.add(
            .warning, "far_day", row, name, value: days[row].text,
            "is more than a month after \(asOf.text)", expected: "\(limit.text) or an earlier day",
            remedy: "correct the day; nothing dated after the as-of day counts on it")
        }
      }
      return findings.list
    }
    var found = look(
      book.jobs,
      [
        ("completion_date", \.completionDate), ("closed_date", \.closedDate),
        ("cancelled_date", \.cancelledDate),
      ])
    found += look(book.changeOrders, [("date", \.day), ("approved_date", \.approvedDate)])
    found += look(book.estimates, [("date", \.day)])
    found += look(book.progress, [("date", \.day)])
    found += look(book.timesheets, [("date", \.day), ("approved_date", \.approvedDate)])
    found += look(book.inventory, [("date", \.day)])
    found += look(book.costs, [("date", \.day)])
    found += look(book.invoices, [("date", \.day), ("void_date", \.voidDate)])
    found += look(book.payments, [("date", \.day)])
    found += look(book.applications, [("date", \.day)])
    found += look(book.openingBalances, [("date", \.day)])
    found += look(book.adjustments, [("date", \.day)])
    return found
  }
}
