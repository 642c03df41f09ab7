import Ledger
import Measures

/// The lines of an invoice add up to it: amounts to the subtotal (on a deposit to the deposit), tax
/// and retainage where any line gives them. Where the invoice has only its total, all of them to
/// the total.
enum LineSums: Check {
  private struct Sums {
    var amount = Money.zero
    var tax = Money.zero
    var retainage = Money.zero
    var hasLines = false
    var hasTax = false
    var hasRetainage = false
    var isDoubtful = false
  }

  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    guard book.invoiceLines.count > 0 else { return [] }
    let sums = sums(book, RowFindings(book.invoiceLines, in: book, suspects))
    let rows = book.invoices
    var findings = RowFindings(rows, in: book, suspects)
    func compare(_ row: Int, _ column: String, _ value: Money, _ sum: Money) {
      guard value != sum else { return }
      findings.add(
        .warning, "lines_do_not_add", row, column, value: value.text,
        "is not the sum of its lines in \(book.file(InvoiceLines.self)), \(sum.text)",
        expected: sum.text, remedy: "see whether a line is missing or there twice",
        amount: value - sum)
    }
    for row in rows.rows where sums[row].hasLines && !sums[row].isDoubtful {
      let sum = sums[row]
      switch rows.type[row] {
      case .deposit: compare(row, "deposit", rows.deposit[row], sum.amount)
      case .standard, .progress, .creditMemo, .financeCharge:
        if rows.isTotalOnly[row] {
          compare(row, "total", rows.total[row], sum.amount + sum.tax - sum.retainage)
          continue
        }
        compare(row, "subtotal", rows.subtotal[row], sum.amount)
        if sum.hasTax { compare(row, "tax", rows.tax[row], sum.tax) }
        // Lines may leave out the tax that is withheld with them.
        if sum.hasRetainage, rows.retainage[row] - rows.retainageTax[row] != sum.retainage {
          compare(row, "retainage", rows.retainage[row], sum.retainage)
        }
      case .retainageRelease, .writeOff, .depositForfeit: continue
      }
    }
    return findings.list
  }

  private static func sums(_ book: Book, _ lines: RowFindings) -> [Sums] {
    let rows = book.invoiceLines
    var sums = [Sums](repeating: Sums(), count: book.invoices.count)
    for row in rows.rows where rows.invoice[row].exists {
      let invoice = rows.invoice[row].row
      sums[invoice].hasLines = true
      if lines.isSuspect(row) { sums[invoice].isDoubtful = true }
      sums[invoice].amount.add(rows.amount[row])
      if let tax = rows.tax[row].orNil {
        sums[invoice].tax.add(tax)
        sums[invoice].hasTax = true
      }
      if let retainage = rows.retainage[row].orNil {
        sums[invoice].retainage.add(retainage)
        sums[invoice].hasRetainage = true
      }
    }
    return sums
  }
}
