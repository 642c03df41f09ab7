import Ledger
import Measures

/// A reversal undoes one payment of the same customer and amount, not before it, and no payment is
/// reversed twice.
enum Reversals: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    let rows = book.payments
    var findings = RowFindings(rows, in: book, suspects)
    var reversal = [Int32](repeating: -1, count: rows.count)
    for row in rows.rows where rows.reverses[row].exists {
      let payment = rows.reverses[row].row
      let name = rows.id[payment]
      // A refund may name the direct deposit that it pays back, as no application can: those name
      // invoices.
      if rows.type[row] == .refund, rows.type[payment] == .deposit {
        if rows.amount[row] > rows.amount[payment], !findings.isSuspect(payment) {
          findings.add(
            .error, "wrong_reversal", row, "amount", value: rows.amount[row].text,
            "is more than the deposit \(name) of \(rows.amount[payment].text)",
            expected: "\(rows.amount[payment].text) at most",
            amount: rows.amount[row] - rows.amount[payment])
        }
        continue
      }
      guard rows.type[row] == .reversal else {
        findings.add(
          .error, "wrong_reversal", row, "reverses", value: name,
          "stands on a \(rows.type[row].rawValue), which undoes nothing",
          expected: "type reversal, a refund of a deposit, or a blank cell",
          amount: rows.amount[row])
        continue
      }
      func wrong(_ column: String, _ value: String, _ message: String, _ expected: String) {
        findings.add(
          .error, "wrong_reversal", row, column, value: value, message, expected: expected,
          amount: rows.amount[row])
      }
      if findings.isSuspect(row) || findings.isSuspect(payment) { continue }
      if rows.type[payment] == .reversal {
        wrong("reverses", name, "is a reversal itself", "a payment, a deposit or a refund")
      } else if reversal[payment] >= 0 {
        let line = findings.line(Int(reversal[payment]))
        wrong("reverses", name, "is reversed on line \(line) already", "each payment once")
      } else if rows.customer[row] != rows.customer[payment] {
        wrong(
          "customer_id", idOf(rows.customer[row], book),
          "is not the customer of \(name)", idOf(rows.customer[payment], book))
      } else if rows.amount[row] != rows.amount[payment] {
        wrong(
          "amount", rows.amount[row].text, "is not the amount of \(name)",
          rows.amount[payment].text)
      } else if rows.day[row] < rows.day[payment] {
        wrong(
          "date", rows.day[row].text, "is before \(name), of \(rows.day[payment].text)",
          "the payment's day or a later one")
      }
      if reversal[payment] < 0 { reversal[payment] = Int32(row) }
    }
    return findings.list
  }

  private static func idOf(_ customer: RowID<Customers>, _ book: Book) -> String {
    customer.exists ? book.customers.id[customer.row] : ""
  }
}
