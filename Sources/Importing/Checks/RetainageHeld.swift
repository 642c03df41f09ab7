import Ledger
import Measures

/// No job gives back or releases more retainage than is held on it (DOMAIN §2.4, [S15]).
///
/// Documents are followed in order of day, then file, with the opening balance first; void ones are
/// left out. A warning, as the input may begin after the retainage was withheld.
enum RetainageHeld: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    let rows = book.invoices
    var findings = RowFindings(rows, in: book, suspects)
    var held = [Money](repeating: .zero, count: book.jobs.count)
    let opening = book.openingBalances
    for row in opening.rows where opening.measure[row] == .retainage && opening.job[row].exists {
      held[opening.job[row].row].add(opening.amount[row])
    }
    let steps = rows.rows
      .filter { row in
        !rows.retainage[row].isZero && rows.job[row].exists && rows.status[row] == .issued
          && !findings.isSuspect(row)
      }
      .sorted { (rows.day[$0], $0) < (rows.day[$1], $1) }
    for row in steps {
      let job = rows.job[row].row
      let before = held[job]
      held[job].add(rows.retainage[row])
      guard held[job] < .zero, rows.retainage[row] < .zero else { continue }
      findings.add(
        .warning, "retainage_below_zero", row, "retainage", value: rows.retainage[row].text,
        "takes back more than is held on job \(book.jobs.id[job]), \(before.text)",
        expected: "\((-max(before, .zero)).text) at most",
        remedy: "correct the amount, or add the opening balance of the job's retainage",
        amount: -held[job])
      held[job] = max(before, .zero)
    }
    return findings.list
  }
}
