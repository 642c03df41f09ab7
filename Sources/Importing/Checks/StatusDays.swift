import Ledger
import Measures

/// A void has its day, and so has a completion; for a day before them the document counts and the
/// job was open (DESIGN §3). A closed job needs one of completion_date and closed_date.
enum StatusDays: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    voids(book, suspects) + jobs(book, suspects)
  }

  private static func voids(_ book: Book, _ suspects: Suspects) -> [Finding] {
    let rows = book.invoices
    var findings = RowFindings(rows, in: book, suspects)
    for row in rows.rows {
      let day = rows.voidDate[row]
      if rows.status[row] == .void, day.isNone {
        findings.add(
          .error, "void_without_date", row, "void_date", "is blank on a void document",
          expected: "the day from which the document is void",
          remedy: "fill in the day; before it the document counts", amount: rows.total[row])
      } else if rows.status[row] == .issued, !day.isNone {
        findings.add(
          .error, "void_date_without_void", row, "void_date", value: day.text,
          "is filled in and the status is issued",
          expected: "status void, or a blank void_date",
          remedy: "correct the status or clear the day", amount: rows.total[row])
      } else if !day.isNone, day < rows.day[row] {
        findings.add(
          .error, "void_before_date", row, "void_date", value: day.text,
          "is before the document's own day, \(rows.day[row].text)",
          expected: "the document's day or a later one", amount: rows.total[row])
      }
    }
    return findings.list
  }

  private static func jobs(_ book: Book, _ suspects: Suspects) -> [Finding] {
    let rows = book.jobs
    var findings = RowFindings(rows, in: book, suspects)
    for row in rows.rows where rows.completionDate[row].isNone {
      let isClosedWithoutDay = rows.status[row] == .closed && rows.closedDate[row].isNone
      guard rows.status[row] == .complete || isClosedWithoutDay else { continue }
      findings.add(
        .error, "completion_without_date", row, "completion_date",
        "is blank on a job that is \(rows.status[row].rawValue)",
        expected: rows.status[row] == .complete
          ? "the day the job was completed" : "the day the job was completed, or a closed_date",
        remedy: "fill in the day; before it the job was open")
    }
    return findings.list
  }
}
