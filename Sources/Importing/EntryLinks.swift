import Ledger

/// Puts entries on the invoice whose line names them in `entry_id`, where their own `invoice_id` is blank:
/// so the lines of a draft, entered as invoice lines, bill the entries behind them.
///
/// A cell names one entry, or several with blanks between, as `draft-lines.csv` writes them. An entry keeps
/// the invoice that it names itself, unless that is void; of several lines the first counts whose invoice
/// is not.
func linkEntries(of book: inout Book) {
  let lines = book.invoiceLines
  guard lines.namesEntries else { return }
  let status = book.invoices.status
  func isVoid(_ invoice: RowID<Invoices>) -> Bool {
    invoice.exists && status[invoice.row] == .void
  }
  var names = KeyIndex<InvoiceLines>()
  var invoices: [RowID<Invoices>] = []
  for row in lines.rows where lines.invoice[row].exists && !lines.entryID.isEmpty(row) {
    let invoice = lines.invoice[row]
    let cell = lines.entryID[row]
    for id in Set([cell] + cell.split(separator: " ").map(String.init)) {
      let (place, isNew) = names.insert(Array(id.utf8).span)
      if isNew {
        invoices.append(invoice)
      } else if isVoid(invoices[place.row]) {
        invoices[place.row] = invoice
      }
    }
  }
  func link(_ ids: TextColumn, _ column: inout [RowID<Invoices>]) {
    for row in ids.indices where column[row] == .none || isVoid(column[row]) {
      let name = ids.withBytes(row) { names.find($0) }
      if name.exists { column[row] = invoices[name.row] }
    }
  }
  link(book.timesheets.id, &book.timesheets.invoice)
  link(book.inventory.id, &book.inventory.invoice)
  link(book.costs.id, &book.costs.invoice)
}
