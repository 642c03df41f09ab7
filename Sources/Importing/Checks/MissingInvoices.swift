import Ledger
import Measures

/// An entry on an invoice that is not in the input is taken as billed, so that it is never billed
/// twice (DESIGN §3). The invoice's id is in the file; the book keeps only that it is missing.
///
/// Where there is no file of invoices at all, one finding a table says so at its first such row.
enum MissingInvoices: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    let invoices = book.file(Invoices.self)
    let isWholeTable = book.missingTables.contains(Invoices.name)
    return EntryTable.all(of: book, suspects).flatMap { table in
      var findings = table.findings
      let invoice = table.invoice.span
      var count = 0
      for row in invoice.indices where invoice[row] == .missing {
        count += 1
        if isWholeTable && count > 1 { continue }
        findings.add(
          .warning, "invoice_not_in_input", row, "invoice_id",
          isWholeTable
            ? "cannot be looked up without \(invoices); every entry that names an invoice is taken "
              + "as billed"
            : "is in no row of \(invoices); the entry is taken as billed",
          expected: "an id that \(invoices) has",
          remedy: isWholeTable
            ? "export the invoices too"
            : "add the invoice, or clear the cell if the entry was never billed",
          amount: isWholeTable ? .none : table.amount(row))
      }
      return findings.list
    }
  }
}
