import Ledger

/// The entries that invoice lines name in `entry_id`: so the lines of a draft, entered as invoice lines,
/// bill the entries behind them.
///
/// A cell names one entry, or several with blanks between, as `draft-lines.csv` writes them; where the
/// whole cell is an id, blanks belong to it. An apostrophe that guards an id such as =A1 in a CSV file is no
/// part of it. The line's kind says in which table: labor in timesheets, material in inventory, other in costs; where that has no
/// such id, the only table that has it.
func entryBillings(in book: Book) -> [EntryBilling] {
  let lines = book.invoiceLines
  guard lines.namesEntries else { return [] }
  var names = KeyIndex<InvoiceLines>()
  var named: [[(line: Int, isWhole: Bool)]] = []  // by name: the lines that name it
  for row in lines.rows where lines.invoice[row].exists && !lines.entryID.isEmpty(row) {
    let cell = lines.entryID[row]
    let parts = cell.split(separator: " ").map(String.init)
    for id in Set([cell] + parts).flatMap({ [$0] + unguarded($0) }) {
      let (place, isNew) = names.insert(Array(id.utf8).span)
      if isNew { named.append([]) }
      named[place.row].append((row, id == cell || [id] == unguarded(cell)))
    }
  }
  var found: [[(kind: EntryKind, row: Int)]] = named.map { _ in [] }
  func look(_ ids: TextColumn, _ kind: EntryKind) {
    for row in ids.indices {
      let name = ids.withBytes(row) { names.find($0) }
      if name.exists { found[name.row].append((kind, row)) }
    }
  }
  look(book.timesheets.id, .labor)
  look(book.inventory.id, .material)
  look(book.costs.id, .other)
  var wholes = Set<Int>()
  for (name, entries) in found.enumerated() where !entries.isEmpty {
    for (line, isWhole) in named[name] where isWhole { wholes.insert(line) }
  }
  var billings: [EntryBilling] = []
  for (name, entries) in found.enumerated() where !entries.isEmpty {
    for (line, isWhole) in named[name] where isWhole || !wholes.contains(line) {
      let own = entries.first { $0.kind == lines.kind[line] }
      guard let entry = own ?? (entries.count == 1 ? entries[0] : nil) else { continue }
      billings.append(
        EntryBilling(kind: entry.kind, row: entry.row, invoice: lines.invoice[line]))
    }
  }
  return billings
}

/// The id behind an apostrophe that a CSV file puts before text that would start a formula.
private func unguarded(_ id: String) -> [String] {
  guard id.first == "'", let next = id.dropFirst().first, "=+-@".contains(next) else { return [] }
  return [String(id.dropFirst())]
}
