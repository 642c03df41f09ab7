import Ledger
import Measures

/// What not-to-exceed amounts held back on invoices so far: shown on them, taken away in a negative line,
/// and billed when a change order raises the cap (DOMAIN §6.7 [S75]: kept, visible, unbilled).
///
/// Such a line names `not_to_exceed` in `entry_id`, and so does the one that bills it later; a void takes
/// both along.
struct HeldBack {
  private let sums: [RowID<Jobs>: Money]

  init(_ book: Book, asOf: Day) {
    let lines = book.invoiceLines
    guard lines.namesEntries else {
      sums = [:]
      return
    }
    let standings = invoiceStandings(book.invoices, asOf: asOf)
    var sums: [RowID<Jobs>: Money] = [:]
    for row in lines.rows where lines.entryID[row] == DraftLine.notToExceed {
      guard let invoice = lines.invoice[row].orNil?.row, standings[invoice] != .frees else {
        continue
      }
      let job = lines.job[row].orNil ?? book.invoices.job[invoice]
      sums[job, default: .zero] -= lines.amount[row].orZero
    }
    self.sums = sums
  }

  /// Held back on a job; never below zero.
  func of(_ job: RowID<Jobs>) -> Money { max(.zero, sums[job] ?? .zero) }
}
