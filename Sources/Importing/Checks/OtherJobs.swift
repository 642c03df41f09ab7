import Ledger
import Measures

/// An entry billed on an invoice of another job, or, where the invoice names none, of another
/// customer.
///
/// Invoices with lines say by themselves what they bill and are left out; so are jobs and customers
/// that have a parent in common.
enum OtherJobs: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    let jobTop = topmost(book.jobs.parent)
    let customerTop = topmost(book.customers.parent)
    var hasLines = [Bool](repeating: false, count: book.invoices.count)
    for invoice in book.invoiceLines.invoice where invoice.exists { hasLines[invoice.row] = true }
    return EntryTable.all(of: book, suspects).flatMap { table in
      var findings = table.findings
      let (job, invoice) = (table.job.span, table.invoice.span)
      for row in job.indices where invoice[row].exists && job[row].exists {
        let number = invoice[row].row
        let billed = book.invoices.job[number]
        if billed == job[row] || hasLines[number] { continue }
        let own = book.jobs.customer[job[row].row]
        let (message, expected): (String, String)
        if billed.exists {
          if jobTop[billed.row] == jobTop[job[row].row] { continue }
          message = "bills job \(book.jobs.id[billed.row]), not \(book.jobs.id[job[row].row])"
          expected = "an invoice of job \(book.jobs.id[job[row].row])"
        } else {
          let customer = book.invoices.customer[number]
          guard customer.exists, own.exists else { continue }
          if customerTop[customer.row] == customerTop[own.row] { continue }
          message =
            "bills customer \(book.customers.id[customer.row]), not "
            + book.customers.id[own.row]
          expected = "an invoice to customer \(book.customers.id[own.row])"
        }
        findings.add(
          .warning, "other_job", row, "invoice_id", value: book.invoices.id[number], message,
          expected: expected, remedy: "correct invoice_id or job_id", amount: table.amount(row))
      }
      return findings.list
    }
  }
}
