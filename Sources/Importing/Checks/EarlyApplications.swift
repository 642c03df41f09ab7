import Ledger
import Measures

/// An application before its source or its invoice takes effect when all three are there (DESIGN
/// §4).
enum EarlyApplications: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    let rows = book.applications
    var findings = RowFindings(rows, in: book, suspects)
    for row in rows.rows {
      let day = rows.day[row]
      if day.isNone { continue }
      var source = Day.none
      if rows.payment[row].exists { source = book.payments.day[rows.payment[row].row] }
      if rows.document[row].exists { source = book.invoices.day[rows.document[row].row] }
      let invoice = rows.invoice[row].exists ? book.invoices.day[rows.invoice[row].row] : .none
      guard day < source || day < invoice else { continue }
      let other =
        source >= invoice
        ? "its source \(rows.sourceID[row]), of \(source.text)"
        : "its invoice \(book.invoices.id[rows.invoice[row].row]), of \(invoice.text)"
      findings.add(
        .warning, "early_application", row, "date", value: day.text,
        "is before \(other), and takes effect on that day",
        expected: "the day of its source and its invoice, or a later one",
        remedy: "correct the day if it is wrong", amount: rows.amount[row])
    }
    return findings.list
  }
}
