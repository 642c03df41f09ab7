import Ledger
import Measures

/// Hours, parts and costs after the day a job was closed (DOMAIN §7). Parts that come back are no
/// work.
enum ClosedJobWork: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    let closed = book.jobs.rows.map { row in
      book.jobs.status[row] == .closed ? book.jobs.closedDate[row].orNil ?? .never : .never
    }
    guard closed.contains(where: { $0 != .never }) else { return [] }
    return EntryTable.all(of: book, suspects).flatMap { table in
      var findings = table.findings
      let (day, job) = (table.day.span, table.job.span)
      for row in day.indices where job[row].exists && day[row] > closed[job[row].row] {
        if table.isReturn(row) { continue }
        let number = job[row].row
        findings.add(
          .warning, "work_after_close", row, "date", value: day[row].text,
          "is after job \(book.jobs.id[number]) was closed on \(closed[number].text)",
          expected: "\(table.word) up to the day the job was closed",
          remedy: "correct the job or the day, or open the job again", amount: table.amount(row))
      }
      return findings.list
    }
  }
}
