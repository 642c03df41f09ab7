import Ledger
import Measures

/// `terms.csv`: payment terms beside the built-in ones.
struct TermsImport: TableImport {
  static let columns: [Column<TermsTable>] = [
    .id("terms", \.id),
    .integer("due_days", \.dueDays),
    .integer("day_of_month", \.dayOfMonth),
    .integer("months_ahead", \.monthsAhead),
    .percentage("discount_pct", \.discountPercentage),
    .integer("discount_days", \.discountDays),
    .percentage("second_discount_pct", \.secondDiscountPercentage),
    .integer("second_discount_days", \.secondDiscountDays),
  ]

  static func check(_ rows: inout TermsTable, _ report: inout RowReport) {
    for row in rows.rows where report.isSound(row) {
      let day = rows.dayOfMonth[row]
      if day != TermsTable.none, !(1...31).contains(day) {
        report.fault(
          row, "day_of_month", "out_of_range", value: "\(day)", "is no day of a month",
          expected: "1 to 31; 29 to 31 mean the month's last day where it is shorter")
      }
    }
  }

  static func place(
    _ rows: consuming TermsTable, pending: [String: References], in book: inout Book
  ) -> [CellFault] {
    rows.index = KeyIndex(rowsOf: rows.id)
    book.terms = rows
    return []
  }
}

/// `tax_codes.csv`: the components of each tax code.
struct TaxCodeImport: TableImport {
  static let columns: [Column<TaxCodes>] = [
    .id("tax_code", \.id),
    .text("component", \.component, required: true, limit: 200),
    .percentage("rate_pct", \.rate, blank: nil),
    .flag("labor", \.taxesLabor, blank: false),
    .flag("material", \.taxesMaterial, blank: true),
    .flag("other", \.taxesOther, blank: false),
    .day("effective_from", \.effectiveFrom),
  ]

  static func place(
    _ rows: consuming TaxCodes, pending: [String: References], in book: inout Book
  ) -> [CellFault] {
    for row in rows.rows { _ = rows.id.withBytes(row) { rows.index.insert($0) } }
    book.taxCodes = rows
    return []
  }
}

/// `adjustments.csv`: what a person changed about the billing of a job.
struct AdjustmentImport: TableImport {
  static let columns: [Column<Adjustments>] = [
    .id("adjustment_id", \.id),
    .key("job_id", \.job, in: \.jobs.index, of: "jobs", required: true),
    .text("target", \.target, limit: 64),
    .choice("action", \.action),
    .text("value", \.value, limit: 64),
    .text("description", \.description),
    .text("reason", \.reason, required: true),
    .text("by", \.author, limit: 200),
    .day("date", \.day, required: true),
  ]

  static func place(
    _ rows: consuming Adjustments, pending: [String: References], in book: inout Book
  ) -> [CellFault] {
    book.adjustments = rows
    return []
  }
}

/// `retainage_rules.csv`: the user's own table of legal caps.
struct RetainageRuleImport: TableImport {
  static let columns: [Column<RetainageRules>] = [
    .text("region", \.region, required: true, limit: 200),
    .day("effective_from", \.effectiveFrom, required: true),
    .percentage("cap_pct", \.cap),
    .percentage("step_at_pct", \.stepAt),
    .percentage("step_to_pct", \.stepTo),
    .text("source", \.source),
  ]

  static func place(
    _ rows: consuming RetainageRules, pending: [String: References], in book: inout Book
  ) -> [CellFault] {
    book.retainageRules = rows
    return []
  }
}

/// `gl_balances.csv`: the general ledger's own figures.
struct GLBalanceImport: TableImport {
  static let columns: [Column<GLBalances>] = [
    .day("date", \.day, required: true),
    .text("account", \.account, required: true, limit: 200),
    .money("balance", \.balance, blank: nil),
  ]

  static func place(
    _ rows: consuming GLBalances, pending: [String: References], in book: inout Book
  ) -> [CellFault] {
    book.glBalances = rows
    return []
  }
}
