import Ledger
import Measures

/// A payment or credit put against an invoice of a customer who is not of the same family.
enum OtherCustomers: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    let top = topmost(book.customers.parent)
    let rows = book.applications
    var findings = RowFindings(rows, in: book, suspects)
    for row in rows.rows where rows.invoice[row].exists {
      var giver = RowID<Customers>.none
      if rows.payment[row].exists { giver = book.payments.customer[rows.payment[row].row] }
      if rows.document[row].exists { giver = book.invoices.customer[rows.document[row].row] }
      let owner = book.invoices.customer[rows.invoice[row].row]
      guard giver.exists, owner.exists, top[giver.row] != top[owner.row] else { continue }
      findings.add(
        .warning, "other_customer", row, "invoice_id",
        value: book.invoices.id[rows.invoice[row].row],
        "is of customer \(book.customers.id[owner.row]), and \(rows.sourceID[row]) of "
          + book.customers.id[giver.row],
        expected: "an invoice of customer \(book.customers.id[giver.row]) or of its family",
        remedy: "correct the invoice or the source", amount: rows.amount[row])
    }
    return findings.list
  }
}
