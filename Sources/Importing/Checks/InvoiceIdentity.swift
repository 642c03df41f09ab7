import Ledger
import Measures

/// `total = subtotal + tax + deposit − retainage − write_off`, in every document (DESIGN §4).
enum InvoiceIdentity: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    let rows = book.invoices
    var findings = RowFindings(rows, in: book, suspects)
    for row in rows.rows {
      let sum =
        rows.subtotal[row].units + rows.tax[row].units + rows.deposit[row].units
        - rows.retainage[row].units - rows.writeOff[row].units
      guard sum != rows.total[row].units else { continue }
      let (total, right) = (rows.total[row], Money(units: sum))
      findings.add(
        .error, "broken_identity", row, "total", value: total.text,
        "is not subtotal + tax + deposit - retainage - write_off, which is \(right.text)",
        expected: "\(right.text), or other parts",
        remedy: "correct the total or the part that is wrong; the difference is "
          + (total - right).text,
        amount: total - right)
    }
    return findings.list
  }
}
