import Ledger
import Measures

/// `change_orders.csv`: changes of a job's contract.
struct ChangeOrderImport: TableImport {
  static let columns: [Column<ChangeOrders>] = [
    .id("change_order_id", \.id),
    .key("job_id", \.job, in: \.jobs.index, of: "jobs", required: true),
    .day("date", \.day, required: true),
    .day("approved_date", \.approvedDate),
    .text("description", \.description),
    .money("amount", \.amount, blank: nil),
    .money("estimated_cost", \.estimatedCost),
    .choice("status", \.status),
  ]

  static func place(
    _ rows: consuming ChangeOrders, pending: [String: References], in book: inout Book
  ) -> [CellFault] {
    rows.index = KeyIndex(rowsOf: rows.id)
    book.changeOrders = rows
    return []
  }
}

/// `estimates.csv`: what a job was expected to cost in all, as estimated on a day.
struct EstimateImport: TableImport {
  static let columns: [Column<Estimates>] = [
    .key("job_id", \.job, in: \.jobs.index, of: "jobs", required: true),
    .day("date", \.day, required: true),
    .money("estimated_cost", \.estimatedCost, blank: nil),
    .money("uninstalled_cost", \.uninstalledCost, blank: .some(.zero)),
  ]

  static func place(
    _ rows: consuming Estimates, pending: [String: References], in book: inout Book
  ) -> [CellFault] {
    book.estimates = rows
    return []
  }
}

/// `schedule_of_values.csv`: a contract split into priced lines of work.
struct ScheduleOfValuesImport: TableImport {
  static let columns: [Column<ScheduleOfValues>] = [
    .key("job_id", \.job, in: \.jobs.index, of: "jobs", required: true),
    .id("line_no", \.lineNumber),
    .text("description", \.description, required: true),
    .money("scheduled_value", \.scheduledValue, blank: nil),
    .choice("tax_kind", \.taxKind, blank: .other),
    .key("change_order_id", \.changeOrder, in: \.changeOrders.index, of: "change_orders"),
    .percentage("retainage_pct", \.retainagePercentage),
    .text("unit", \.unit, limit: 64),
    .unitPrice("unit_price", \.unitPrice),
    .quantity("quantity", \.quantity),
  ]

  static func place(
    _ rows: consuming ScheduleOfValues, pending: [String: References], in book: inout Book
  ) -> [CellFault] {
    var keys = TextColumn()
    for row in rows.rows {
      keys.append(scheduleKey(rows.job[row], rows.lineNumber[row]))
    }
    rows.index = KeyIndex(rowsOf: keys)
    book.scheduleOfValues = rows
    return []
  }
}

/// A job and a line number as one key.
func scheduleKey(_ job: RowID<Jobs>, _ line: String) -> String { "\(job.number)\0\(line)" }

/// `progress.csv`: how far each line of a schedule of values was on a day.
struct ProgressImport: TableImport {
  static let columns: [Column<Progress>] = [
    .key("job_id", \.job, in: \.jobs.index, of: "jobs", required: true),
    .id("line_no", \.lineNumber),
    .day("date", \.day, required: true),
    .integer("application_no", \.applicationNumber, blank: 0),
    .percentage("percent_complete", \.percentComplete),
    .money("completed_amount", \.completedAmount),
    .quantity("completed_quantity", \.completedQuantity),
    .money("stored_materials", \.storedMaterials, blank: .some(.zero)),
    .money("retainage", \.retainage),
    .money("certified_amount", \.certifiedAmount),
    .key("invoice_id", \.invoice, in: \.invoices.index, of: "invoices"),
  ]

  static func place(
    _ rows: consuming Progress, pending: [String: References], in book: inout Book
  ) -> [CellFault] {
    rows.scheduleLine = rows.rows.map { row in
      book.scheduleOfValues.index.find(scheduleKey(rows.job[row], rows.lineNumber[row]))
    }
    book.progress = rows
    return []
  }
}

/// `opening_balances.csv`: what a job or customer brought along from before the input begins.
struct OpeningBalanceImport: TableImport {
  static let columns: [Column<OpeningBalances>] = [
    .day("date", \.day, required: true),
    .key("customer_id", \.customer, in: \.customers.index, of: "customers"),
    .key("job_id", \.job, in: \.jobs.index, of: "jobs"),
    .text("line_no", \.lineNumber, limit: 64),
    .choice("measure", \.measure),
    .money("amount", \.amount, blank: nil),
  ]

  static func place(
    _ rows: consuming OpeningBalances, pending: [String: References], in book: inout Book
  ) -> [CellFault] {
    book.openingBalances = rows
    return []
  }
}
