/// A table of the book: the CSV contract's columns, kept as the texts that were imported.
///
/// Texts are kept and not numbers, so that a book gives the reports and the findings of the files it
/// was fed, byte for byte.
struct StoredTable: Sendable {
  let name: String
  /// In the order of DESIGN §3.
  let columns: [String]
  /// What makes two rows the same one in two exports.
  let key: [String]

  private init(_ name: String, key: String, _ others: String) {
    self.name = name
    self.key = key.split(separator: " ").map(String.init)
    columns = self.key + others.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  static func named(_ name: String) -> StoredTable? { all.first { $0.name == name } }

  /// Masters first, as they are imported.
  static let all: [StoredTable] = [
    StoredTable("company", key: "file", "text"),
    StoredTable(
      "terms", key: "terms",
      """
      due_days day_of_month months_ahead discount_pct discount_days second_discount_pct
      second_discount_days
      """),
    StoredTable(
      "tax_codes", key: "tax_code component effective_from", "rate_pct labor material other"),
    StoredTable("pay_types", key: "pay_type effective_from", "bill_multiplier cost_multiplier"),
    StoredTable("rates", key: "rate_card role pay_type effective_from", "bill_rate"),
    StoredTable(
      "markups", key: "markup_schedule category cost_over effective_from", "markup_pct"),
    StoredTable(
      "customers", key: "customer_id",
      """
      name parent_id terms tax_code tax_exempt rate_card markup_schedule credit_limit on_hold region
      email phone address_1 address_2 city postal_code country
      """),
    StoredTable(
      "jobs", key: "job_id",
      """
      customer_id name billing_method contract_amount estimated_cost not_to_exceed fee_pct fee_amount
      deposit_pct deposit_amount deposit_recovery_pct deposit_recovery_start_pct retainage_pct
      retainage_stored_pct retainage_policy retainage_step_at_pct retainage_step_to_pct
      retainage_cap_pct status contract_date start_date end_date completion_date closed_date hold_from
      hold_to cancelled_date signature_on_file photos_on_file terms tax_code rate_card
      markup_schedule region branch manager parent_job_id po_number
      """),
    StoredTable(
      "technicians", key: "technician_id effective_from", "name role cost_rate burden_pct"),
    StoredTable(
      "items", key: "item_id effective_from",
      "description category unit list_price standard_cost taxable"),
    StoredTable(
      "change_orders", key: "change_order_id",
      "job_id date approved_date description amount estimated_cost status"),
    StoredTable("estimates", key: "job_id date", "estimated_cost uninstalled_cost"),
    StoredTable(
      "schedule_of_values", key: "job_id line_no",
      "description scheduled_value tax_kind change_order_id retainage_pct unit unit_price quantity"),
    StoredTable(
      "invoices", key: "invoice_id",
      """
      customer_id job_id type date due_date terms subtotal tax deposit retainage retainage_tax
      write_off total status void_date disputed disputed_from disputed_to credits_invoice_id rebill
      reference po_number
      """),
    StoredTable(
      "invoice_lines", key: "invoice_id line_no",
      """
      job_id sov_line_no entry_id kind description quantity unit_price amount tax_code taxable tax
      retainage
      """),
    StoredTable(
      "progress", key: "job_id line_no date",
      """
      application_no percent_complete completed_amount completed_quantity stored_materials retainage
      certified_amount invoice_id
      """),
    StoredTable(
      "timesheets", key: "timesheet_id",
      """
      date technician_id job_id line_no pay_type hours billable approved approved_date bill_rate
      cost_rate invoice_id note
      """),
    StoredTable(
      "inventory", key: "movement_id",
      """
      date item_id type quantity unit_cost job_id line_no reverses billable bill_price invoice_id
      """),
    StoredTable(
      "costs", key: "cost_id",
      "date job_id kind vendor description amount billable invoice_id"),
    StoredTable(
      "payments", key: "payment_id",
      "customer_id date type job_id method reference reverses amount"),
    StoredTable(
      "applications", key: "application_id",
      "date source_type source_id invoice_id amount discount_taken"),
    StoredTable(
      "opening_balances", key: "date customer_id job_id line_no measure", "amount"),
    StoredTable(
      "adjustments", key: "adjustment_id",
      "job_id target action value description reason by date"),
    StoredTable(
      "retainage_rules", key: "region effective_from",
      "cap_pct step_at_pct step_to_pct source"),
    StoredTable("gl_balances", key: "date account", "balance"),
  ]
}
