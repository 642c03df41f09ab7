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
      .id("invoice_id", "Draft", rule: "The draft that it is a line of.", width: 36) {
        $0.draft.id
      },
      .integer("line_no", "Line", rule: "Counted from 1 on each draft.") { $0.number + 1 },
      .id("job_id", "Job", rule: "The job it bills; empty where it is on none.") {
        book.jobID($0.draft.job)
      },
      .id(
        "sov_line_no", "Schedule line",
        rule: "The line of the schedule of values that a draw bills; empty on other lines."
      ) { $0.line.scheduleLine },
      .id(
        "entry_id", "Entries",
        rule: "The entries it bills, with blanks between; else the adjustment that added it or the "
          + "invoice it charges finance on, and not_to_exceed or fixed_fee for what a cap or a "
          + "fee changes."
      ) { book.entryIDs($0.line) },
      .text("kind", "Kind", rule: "What the line is for tax: \(EntryKind.words).", width: 9) {
        $0.line.kind.rawValue
      },
      .text("description", "Description", rule: "As the customer reads it.", width: 44) {
        $0.line.description
      },
      ReportColumn(
        SheetColumn(
          key: "quantity", title: "Quantity", kind: .quantity,
          rule: "Hours, parts or units; empty where the line is an amount.")
      ) { rows, block in
        for row in rows { block.append(row.line.quantity.units) }
      },
      ReportColumn(
        SheetColumn(
          key: "unit_price", title: "Unit price", kind: .unitPrice,
          rule:
            "Of one, to four decimals; the amount is not made from it but the sum of the entries, "
            + "each rounded once.")
      ) { rows, block in
        for row in rows { block.append(row.line.unitPrice.units) }
      },
      .money(
        "amount", "Amount",
        rule: "What it bills before tax; of a release what is released, of a deposit request what "
          + "is asked for."
      ) { $0.line.amount },
      .id("tax_code", "Tax code", rule: "The code in force; empty where there is none.") {
        book.taxCodes.index[$0.line.taxCode]
      },
      .flag(
        "taxable", "Taxable",
        rule:
          "Whether the customer, and of material the item, can be taxed; the code says the rest "
          + "by kind."
      ) { $0.line.isTaxable },
      .money("tax", "Tax", rule: "Its share of the draft's tax.") { $0.line.tax },
      .money(
        "retainage", "Retainage",
        rule: "Withheld on the line, without the tax that is withheld with it; below zero where it "
          + "is given back."
      ) { $0.line.retainage },
      .money(
        "amount_before", "Without adjustments", total: .none,
        rule: "What its entries would bill without the adjustments, zero on a line that one added; "
          + "empty where no adjustment changed them."
      ) { $0.line.before },
      .text(
        "adjustment_id", "Adjustment", rule: "The rows of adjustments.csv that changed or added it."
      ) { row in
        row.line.adjustments.map { adjustments.id[$0] }.joined(separator: " ")
      },
      .text("reason", "Reason", rule: "The reasons of those adjustments.", width: 40) { row in
        row.line.adjustments.map { adjustments.reason[$0] }.joined(separator: "; ")
      },
      .text("adjusted_by", "By", rule: "Who entered those adjustments.") { row in
        row.line.adjustments.map { adjustments.author[$0] }.joined(separator: "; ")
      },
      .day("adjusted_on", "On", rule: "The day of the last of those adjustments.") { row in
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
    rows: "each line of a draft",
    tables: ["jobs", "timesheets", "inventory", "costs"], needs: [.work, .entries, .drafts],
    sheet: { DraftLinesReport.sheet($0.neededDrafts, $0.book) })
}
