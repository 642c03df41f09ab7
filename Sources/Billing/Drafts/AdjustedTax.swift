import Ledger
import Measures

/// Tax codes that people set for all labor, material or other of a job, on lines without entries of their
/// own: draws, contracts, visits, added lines.
struct AdjustedTax {
  private let book: Book
  /// By job and kind: the row of `adjustments` that counts, the last of the file.
  private let rows: [RowID<Jobs>: [EntryKind: Int]]

  init(_ book: Book, asOf: Day) {
    self.book = book
    let table = book.adjustments
    var rows: [RowID<Jobs>: [EntryKind: Int]] = [:]
    for row in table.rows where table.action[row] == .setTaxCode && table.day[row] <= asOf {
      guard let kind = EntryKind(rawValue: table.target[row]) else { continue }
      rows[table.job[row], default: [:]][kind] = row
    }
    self.rows = rows
  }

  func apply(to draft: inout Draft) {
    guard let own = rows[draft.job] else { return }
    for place in draft.lines.indices where draft.lines[place].entries.isEmpty {
      guard draft.lines[place].isTaxable, let row = own[draft.lines[place].kind] else { continue }
      draft.lines[place].taxCode = book.adjustments.value.withBytes(row) {
        book.taxCodes.index.find($0)
      }
      draft.lines[place].adjustments.append(row)
    }
  }
}
