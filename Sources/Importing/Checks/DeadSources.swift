import Ledger
import Measures

/// Nothing is applied from a payment after its reversal or from a document after its void, as the
/// source has nothing then. Applied to a void document it stays at its source, which is a warning.
enum DeadSources: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    let rows = book.applications
    var findings = RowFindings(rows, in: book, suspects)
    for row in rows.rows {
      let day = rows.day[row]
      var end = Day.never
      var isReversed = false
      if rows.payment[row].exists {
        end = book.payments.reversedFrom[rows.payment[row].row]
        isReversed = true
      } else if rows.document[row].exists {
        end = book.invoices.voidFrom(rows.document[row].row)
      }
      if day > end {
        findings.add(
          .error, "dead_source", row, "source_id", value: rows.sourceID[row],
          "was \(isReversed ? "reversed" : "void") on \(end.text), before this application",
          expected: "a source that still counts on \(day.text)",
          remedy: "remove the application, or correct its day or its source",
          amount: rows.amount[row])
        continue
      }
      guard rows.invoice[row].exists else { continue }
      let void = book.invoices.voidFrom(rows.invoice[row].row)
      if day > void {
        findings.add(
          .warning, "applied_to_void", row, "invoice_id",
          value: book.invoices.id[rows.invoice[row].row],
          "is void since \(void.text); the amount stays at its source",
          expected: "a document that still counts on \(day.text)",
          remedy: "apply the amount to the document that took its place", amount: rows.amount[row])
      }
    }
    return findings.list
  }
}
