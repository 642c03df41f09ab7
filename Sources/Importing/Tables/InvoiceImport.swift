import Ledger
import Measures

/// `invoices.csv`: every document that moves receivables.
struct InvoiceImport: TableImport {
  static let columns: [Column<Invoices>] = [
    .id("invoice_id", \.id),
    .key("customer_id", \.customer, in: \.customers.index, of: "customers", required: true),
    .key("job_id", \.job, in: \.jobs.index, of: "jobs"),
    .choice("type", \.type),
    .day("date", \.day, required: true),
    .day("due_date", \.dueDate),
    .text("terms", \.terms, limit: 64),
    .money("subtotal", \.subtotal),
    .money("tax", \.tax),
    .money("deposit", \.deposit),
    .money("retainage", \.retainage),
    .money("retainage_tax", \.retainageTax),
    .money("write_off", \.writeOff),
    .money("total", \.total, blank: nil),
    .choice("status", \.status, blank: .issued),
    .day("void_date", \.voidDate),
    .flag("disputed", \.isDisputed, blank: false),
    .day("disputed_from", \.disputedFrom),
    .day("disputed_to", \.disputedTo),
    .ownKey("credits_invoice_id", \.credits),
    .flag("rebill", \.isRebill, blank: false),
    .text("reference", \.reference),
    .text("po_number", \.poNumber, limit: 64),
    .derived(\.isTotalOnly, false),
  ]

  /// Where only the total is given, it is the subtotal; of a deposit the deposit, of a release minus
  /// the retainage, of a write-off minus what is given up (DESIGN §4).
  static func check(_ rows: inout Invoices, _ report: inout RowReport) {
    for row in rows.rows {
      let isTotalOnly =
        rows.subtotal[row].isNone && rows.tax[row].isNone && rows.deposit[row].isNone
        && rows.retainage[row].isNone && rows.writeOff[row].isNone
      rows.isTotalOnly[row] = isTotalOnly && !rows.total[row].isZero
      if rows.subtotal[row].isNone { rows.subtotal[row] = .zero }
      if rows.tax[row].isNone { rows.tax[row] = .zero }
      if rows.deposit[row].isNone { rows.deposit[row] = .zero }
      if rows.retainage[row].isNone { rows.retainage[row] = .zero }
      if rows.retainageTax[row].isNone { rows.retainageTax[row] = .zero }
      if rows.writeOff[row].isNone { rows.writeOff[row] = .zero }
      guard isTotalOnly else { continue }
      let total = rows.total[row]
      switch rows.type[row] {
      case .deposit: rows.deposit[row] = total
      case .retainageRelease: rows.retainage[row] = -total
      case .writeOff: rows.writeOff[row] = -total
      default: rows.subtotal[row] = total
      }
    }
  }

  static func place(
    _ rows: consuming Invoices, pending: [String: References], in book: inout Book
  ) -> [CellFault] {
    rows.index = KeyIndex(rowsOf: rows.id)
    let references = pending["credits_invoice_id"] ?? References()
    let (links, faults) = linkOwn(
      references, column: "credits_invoice_id", table: Invoices.self, find: rows.index.find)
    rows.credits = BlankColumn(links: links, of: references.rows, count: rows.count)
    book.invoices = rows
    return faults
  }
}

/// `invoice_lines.csv`: the lines of documents, where the source has them.
struct InvoiceLineImport: TableImport {
  static let columns: [Column<InvoiceLines>] = [
    .key("invoice_id", \.invoice, in: \.invoices.index, of: "invoices", required: true),
    .id("line_no", \.lineNumber),
    .key("job_id", \.job, in: \.jobs.index, of: "jobs"),
    .text("sov_line_no", \.scheduleLineNumber, limit: 64),
    .text("entry_id", \.entryID, limit: 32_000),
    .choice("kind", \.kind, blank: .other),
    .text("description", \.description),
    .quantity("quantity", \.quantity),
    .signedUnitPrice("unit_price", \.unitPrice),
    .money("amount", \.amount, blank: nil),
    .key("tax_code", \.taxCode, in: \.taxCodes.index, of: "tax_codes"),
    .optionalFlag("taxable", \.isTaxable),
    .money("tax", \.tax),
    .money("retainage", \.retainage),
  ]

  static func place(
    _ rows: consuming InvoiceLines, pending: [String: References], in book: inout Book
  ) -> [CellFault] {
    book.invoiceLines = rows
    return []
  }
}
