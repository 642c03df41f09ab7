import Ledger
import Measures

/// What hours, movements and costs have in common for checks: the columns by which they are billed.
struct EntryTable {
  let day: [Day]
  let job: [RowID<Jobs>]
  let invoice: [RowID<Invoices>]
  /// A word for one row: `hours`.
  let word: String
  let isReturn: (Int) -> Bool
  let amount: (Int) -> Money
  var findings: RowFindings

  static func all(of book: Book, _ suspects: Suspects) -> [EntryTable] {
    let (hours, movements, costs) = (book.timesheets, book.inventory, book.costs)
    return [
      EntryTable(
        day: hours.day, job: hours.job, invoice: hours.invoice, word: "hours",
        isReturn: { _ in false }, amount: { _ in .none },
        findings: RowFindings(hours, in: book, suspects)),
      EntryTable(
        day: movements.day, job: movements.job, invoice: movements.invoice,
        word: "parts", isReturn: { movements.type[$0] != .issue }, amount: { _ in .none },
        findings: RowFindings(movements, in: book, suspects)),
      EntryTable(
        day: costs.day, job: costs.job, invoice: costs.invoice, word: "cost",
        isReturn: { _ in false }, amount: { costs.amount[$0] },
        findings: RowFindings(costs, in: book, suspects)),
    ]
  }
}
