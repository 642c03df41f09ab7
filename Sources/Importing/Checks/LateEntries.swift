import Ledger
import Measures

/// Work dated after the invoice it is on: the day is wrong, or it was billed before it was done.
enum LateEntries: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    let invoiceDay = book.invoices.day
    return EntryTable.all(of: book, suspects).flatMap { table in
      var findings = table.findings
      let (day, invoice) = (table.day.span, table.invoice.span)
      for row in day.indices
      where invoice[row].exists && day[row] > invoiceDay[invoice[row].row] {
        let number = invoice[row].row
        findings.add(
          .warning, "entry_after_invoice", row, "date", value: day[row].text,
          "is after its invoice \(book.invoices.id[number]), of \(invoiceDay[number].text)",
          expected: "work up to the invoice's day",
          remedy: "correct the day or the invoice_id", amount: table.amount(row))
      }
      return findings.list
    }
  }
}
