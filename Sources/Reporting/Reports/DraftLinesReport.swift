public import Billing
public import Ledger
internal import Measures

/// The lines of the proposed documents, in the columns of `invoice_lines.csv`, with the entries behind
/// each and what people changed: reason, author, day, and what the line would have been.
public enum DraftLinesReport {
  public static let name = "draft-lines"

  /// A line and its document.
  struct Row: Sendable {
    var draft: Draft
    var number: Int
    var line: DraftLine { draft.lines[number] }
  }

  public static func sheet(_ drafts: Drafts, _ book: Book) -> Sheet {
    let rows = drafts.drafts.flatMap { draft in
      draft.lines.indices.map { Row(draft: draft, number: $0) }
    }
    return Sheet(
      report: name, title: "Lines of the draft invoices",
      subtitle: book.subtitle(asOf: drafts.asOf),
      emptySentence: "Nothing can be billed on this day.", columns: columns(book), rows: rows)
  }

  static func columns(_ book: Book) -> [ReportColumn<Row>] {
    let adjustments = book.adjustments
    return [
      .id("invoice_id", "Draft", width: 36) { $0.draft.id },
      .integer("line_no", "Line") { $0.number + 1 },
      .id("job_id", "Job") { book.jobID($0.draft.job) },
      .id("sov_line_no", "Schedule line") { $0.line.scheduleLine },
      .id("entry_id", "Entries") { book.entryIDs($0.line) },
      .text("kind", "Kind", width: 9) { $0.line.kind.rawValue },
      .text("description", "Description", width: 44) { $0.line.description },
      ReportColumn(SheetColumn(key: "quantity", title: "Quantity", kind: .quantity)) {
        rows, block in
        for row in rows { block.append(row.line.quantity.units) }
      },
      ReportColumn(
        SheetColumn(
          key: "unit_price", title: "Unit price", kind: .unitPrice,
          rule: "To four decimals; the amount is the sum of the entries, each rounded once.")
      ) { rows, block in
        for row in rows { block.append(row.line.unitPrice.units) }
      },
      .money("amount", "Amount") { $0.line.amount },
      .id("tax_code", "Tax code") { book.taxCodes.index[$0.line.taxCode] },
      .flag("taxable", "Taxable") { $0.line.isTaxable },
      .money("tax", "Tax") { $0.line.tax },
      .money("retainage", "Retainage", rule: "Without the tax that is withheld with it.") {
        $0.line.retainage
      },
      .money("amount_before", "Without adjustments", total: .none) { $0.line.before },
      .text("adjustment_id", "Adjustment") { row in
        row.line.adjustments.map { adjustments.id[$0] }.joined(separator: " ")
      },
      .text("reason", "Reason", width: 40) { row in
        row.line.adjustments.map { adjustments.reason[$0] }.joined(separator: "; ")
      },
      .text("adjusted_by", "By") { row in
        row.line.adjustments.map { adjustments.author[$0] }.joined(separator: "; ")
      },
      .day("adjusted_on", "On") { row in
        row.line.adjustments.last.map { adjustments.day[$0] } ?? .none
      },
    ]
  }
}

extension Book {
  /// The entries of a line, or the adjustment that added it, with blanks between.
  fileprivate func entryIDs(_ line: DraftLine) -> String {
    if !line.reference.isEmpty { return line.reference }
    if line.entries.isEmpty {
      return line.adjustments.filter { adjustments.action[$0] == .addLine }
        .map { adjustments.id[$0] }.joined(separator: " ")
    }
    return line.entries.map { id(of: $0) }.joined(separator: " ")
  }
}

extension ReportKind {
  public static let draftLines = ReportKind(
    DraftLinesReport.name,
    "the lines of the drafts, with the entries behind them and every adjustment",
    tables: ["jobs", "timesheets", "inventory", "costs"], needs: [.work, .entries, .drafts],
    sheet: { DraftLinesReport.sheet($0.neededDrafts, $0.book) })
}
