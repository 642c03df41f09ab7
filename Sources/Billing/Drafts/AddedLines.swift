import Ledger
import Measures

/// Lines that people add to the next invoice of a job, by `add_line` in adjustments.csv.
///
/// A line is added once: where a live document has a line whose `entry_id` is the adjustment's id, it
/// was billed with that.
struct AddedLines {
  private let book: Book
  /// Rows of `adjustments` that are still to be billed, by job.
  private let rows: [RowID<Jobs>: [Int]]

  init(_ book: Book, asOf: Day) {
    self.book = book
    let table = book.adjustments
    let billed = billedIDs(book, asOf: asOf)
    var rows: [RowID<Jobs>: [Int]] = [:]
    for row in table.rows where table.action[row] == .addLine && table.day[row] <= asOf {
      guard table.job[row].exists, !billed.contains(table.id[row]) else { continue }
      rows[table.job[row], default: []].append(row)
    }
    self.rows = rows
  }

  func lines(
    of job: RowID<Jobs>, taxCode: RowID<TaxCodes>, isTaxable: Bool
  ) -> [DraftLine] {
    (rows[job] ?? []).compactMap { row in
      guard let amount = Money(book.adjustments.value[row]) else { return nil }
      let text = book.adjustments.description[row]
      var line = DraftLine(
        EntryKind(rawValue: book.adjustments.target[row]) ?? .other,
        text.isEmpty ? book.adjustments.reason[row] : text, amount)
      line.quantity = Quantity(units: 1_0000)
      line.unitPrice = UnitPrice(units: amount.units * 100)
      (line.taxCode, line.isTaxable) = (taxCode, isTaxable)
      line.adjustments = [row]
      line.before = .zero
      return line
    }
  }
}

/// What lines of documents name that bill on the day, or later.
private func billedIDs(_ book: Book, asOf: Day) -> Set<String> {
  var ids = Set<String>()
  let lines = book.invoiceLines
  let standings = invoiceStandings(book.invoices, asOf: asOf)
  for row in lines.rows where !lines.entryID.isEmpty(row) {
    guard let invoice = lines.invoice[row].orNil?.row, standings[invoice] != .frees else {
      continue
    }
    ids.insert(lines.entryID[row])
  }
  return ids
}
