import Ledger
import Measures

/// `jobs.csv`: contracts and service jobs.
struct JobImport: TableImport {
  static let columns: [Column<Jobs>] = [
    .id("job_id", \.id),
    .key("customer_id", \.customer, in: \.customers.index, of: "customers", required: true),
    .text("name", \.jobName, required: true, limit: 200),
    .choice("billing_method", \.method),
    .money("contract_amount", \.contractAmount),
    .money("estimated_cost", \.estimatedCost),
    .money("not_to_exceed", \.notToExceed),
    .percentage("fee_pct", \.feePercentage),
    .money("fee_amount", \.feeAmount),
    .percentage("deposit_pct", \.depositPercentage, within: share),
    .money("deposit_amount", \.depositAmount),
    .percentage("deposit_recovery_pct", \.depositRecoveryPercentage, within: share),
    .percentage("deposit_recovery_start_pct", \.depositRecoveryStart, within: share),
    .percentage("retainage_pct", \.retainagePercentage, within: share),
    .percentage("retainage_stored_pct", \.retainageStoredPercentage, within: share),
    .optionalChoice("retainage_policy", \.retainagePolicy),
    .percentage("retainage_step_at_pct", \.retainageStepAt, within: share),
    .percentage("retainage_step_to_pct", \.retainageStepTo, within: share),
    .percentage("retainage_cap_pct", \.retainageCap, within: share),
    .choice("status", \.status, blank: .open),
    .day("contract_date", \.contractDate),
    .day("start_date", \.startDate),
    .day("end_date", \.endDate),
    .day("completion_date", \.completionDate),
    .day("closed_date", \.closedDate),
    .day("hold_from", \.holdFrom),
    .day("hold_to", \.holdTo),
    .day("cancelled_date", \.cancelledDate),
    .flag("signature_on_file", \.hasSignature, blank: false),
    .flag("photos_on_file", \.hasPhotos, blank: false),
    .text("terms", \.terms, limit: 64),
    .key("tax_code", \.taxCode, in: \.taxCodes.index, of: "tax_codes"),
    .key("rate_card", \.rateCard, in: \.rates.cards, of: "rates"),
    .key("markup_schedule", \.markupSchedule, in: \.markups.schedules, of: "markups"),
    .text("region", \.region, limit: 200),
    .text("branch", \.branch, limit: 200),
    .text("manager", \.manager, limit: 200),
    .ownKey("parent_job_id", \.parent),
    .text("po_number", \.poNumber, limit: 64),
  ]

  private static let share = Percentage.zero...Percentage.whole

  static func place(
    _ rows: consuming Jobs, pending: [String: References], in book: inout Book
  ) -> [CellFault] {
    rows.index = KeyIndex(rowsOf: rows.id)
    let (links, faults) = linkOwn(
      pending["parent_job_id"], rows: rows.count, column: "parent_job_id",
      table: Jobs.self, find: rows.index.find)
    rows.parent = links
    book.jobs = rows
    return faults
  }
}
