import Ledger
import Measures

/// An opening balance belongs to a job or a customer, the job to that customer, and what is
/// unapplied is a credit: zero or below (DESIGN §4).
enum OpeningBalanceRows: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    let rows = book.openingBalances
    var findings = RowFindings(rows, in: book, suspects)
    for row in rows.rows {
      let (customer, job) = (rows.customer[row], rows.job[row])
      if customer == .none, job == .none {
        findings.add(
          .error, "opening_of_nobody", row, "customer_id", "is blank, and so is job_id",
          expected: "a customer, a job, or both", remedy: "say whose balance it is",
          amount: rows.amount[row])
      }
      if customer.exists, job.exists, book.jobs.customer[job.row].exists,
        book.jobs.customer[job.row] != customer
      {
        findings.add(
          .error, "wrong_reference", row, "customer_id", value: book.customers.id[customer.row],
          "is not the customer of job \(book.jobs.id[job.row])",
          expected: book.customers.id[book.jobs.customer[job.row].row], amount: rows.amount[row])
      }
      if rows.measure[row] == .unapplied, rows.amount[row] > .zero {
        findings.add(
          .error, "wrong_sign", row, "amount", value: rows.amount[row].text,
          "is positive, and money not applied is a credit", expected: "zero or below zero",
          amount: rows.amount[row])
      }
    }
    return findings.list
  }
}
