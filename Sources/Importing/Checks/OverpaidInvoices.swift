import Ledger
import Measures

/// An invoice that more was applied to than its total shows a credit balance (DESIGN §4). Named is
/// the application that first goes beyond, in order of day, then file.
///
/// Applications whose payment was reversed, or whose document is void, have gone back and do not
/// count. A refund lowers what was applied, but on a deposit, where it pays back what is held.
enum OverpaidInvoices: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    let rows = book.applications
    var findings = RowFindings(rows, in: book, suspects)
    let invoices = RowFindings(book.invoices, in: book, suspects)
    var applied = [Money](repeating: .zero, count: book.invoices.count)
    var isPaid = [Bool](repeating: false, count: book.invoices.count)
    for row in rows.rows where counts(row, book) && !findings.isSuspect(row) {
      applied[rows.invoice[row].row].add(effect(row, book))
      if rows.sourceType[row] != .refund { isPaid[rows.invoice[row].row] = true }
    }
    let isOver = applied.indices.map { invoice in
      isPaid[invoice] && applied[invoice] > book.invoices.total[invoice]
        && book.invoices.status[invoice] == .issued && !invoices.isSuspect(invoice)
    }
    guard isOver.contains(true) else { return [] }
    let steps = rows.rows
      .filter { counts($0, book) && isOver[rows.invoice[$0].row] && !findings.isSuspect($0) }
      .sorted { (rows.day[$0], $0) < (rows.day[$1], $1) }
    var running = [Money](repeating: .zero, count: book.invoices.count)
    var isNamed = [Bool](repeating: false, count: book.invoices.count)
    for row in steps {
      let invoice = rows.invoice[row].row
      running[invoice].add(effect(row, book))
      guard !isNamed[invoice], running[invoice] > book.invoices.total[invoice],
        rows.sourceType[row] != .refund
      else { continue }
      isNamed[invoice] = true
      let excess = applied[invoice] - book.invoices.total[invoice]
      findings.add(
        .warning, "overpaid_invoice", row, "amount", value: rows.amount[row].text,
        "brings \(book.invoices.id[invoice]) beyond its total of "
          + "\(book.invoices.total[invoice].text): it shows a credit of \(excess.text)",
        expected: "applications up to the invoice's total",
        remedy: "apply the rest to another invoice, or pay it back", amount: excess)
    }
    return findings.list
  }

  private static func counts(_ row: Int, _ book: Book) -> Bool {
    let rows = book.applications
    guard rows.invoice[row].exists else { return false }
    if rows.payment[row].exists {
      return book.payments.reversedFrom[rows.payment[row].row] == .never
    }
    return !rows.document[row].exists || book.invoices.status[rows.document[row].row] == .issued
  }

  /// What a row takes off the invoice's open balance.
  private static func effect(_ row: Int, _ book: Book) -> Money {
    let rows = book.applications
    if rows.sourceType[row] == .refund {
      let isDeposit = book.invoices.type[rows.invoice[row].row] == .deposit
      return isDeposit ? .zero : -rows.amount[row]
    }
    return rows.amount[row] + rows.discount[row]
  }
}
