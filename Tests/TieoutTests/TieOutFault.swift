import Measures
import Testing

/// What is taken from the other book.
enum FaultyPart: Sendable {
  /// Documents, and contracts, under the position.
  case documents
  /// All work, beside the position's own.
  case work
  /// The jobs' sums of the work, beside its entries.
  case jobs
  /// The day before the period.
  case opening
}

struct TieOutFault: Sendable, CustomTestStringConvertible {
  let report: String
  let part: FaultyPart
  /// The cells of one row, and what they are in the other book.
  let (file, from, to): (String, String, String)
  /// The tie-out that notices, and by how much its left side is above its right.
  let (tieOut, difference): (String, Money)

  init(
    _ report: String, _ part: FaultyPart, _ file: String, _ from: String, _ to: String,
    _ tieOut: String, _ difference: Int64
  ) {
    (self.report, self.part, self.file, self.from, self.to) = (report, part, file, from, to)
    (self.tieOut, self.difference) = (tieOut, Money(cents: difference))
  }

  var testDescription: String { "\(report), \(part) with \(to)" }
}

extension TieOutFault {
  static let asOf = "2026-10-31"

  /// F is in progress, E completed, T billed by the hour; October has a draw, a deposit that was paid
  /// and applied, a release and a write-off, September an invoice and a payment on it.
  static let company = [
    "company.toml": """
    [allowance]
    matrix = [{ days = 0, pct = "1" }]
    """,
    "customers.csv": "customer_id,name,tax_code\nC,Owner,X",
    "tax_codes.csv": "tax_code,component,rate_pct,effective_from\nX,State,10,2026-01-01",
    "jobs.csv": """
    job_id,customer_id,name,billing_method,contract_amount,estimated_cost,status,completion_date
    F,C,In progress,fixed_price,10000.00,8000.00,open,
    E,C,Completed,fixed_price,5000.00,3000.00,complete,2026-10-20
    T,C,By the hour,time_and_materials,,,open,
    """,
    "technicians.csv": "technician_id,name,role,cost_rate\nT1,Kim,Plumber,40",
    "rates.csv":
      "rate_card,role,pay_type,effective_from,bill_rate\nstandard,Plumber,REG,2026-01-01,100",
    "timesheets.csv": """
    timesheet_id,date,technician_id,job_id,hours
    S1,2026-10-05,T1,F,10
    S2,2026-10-06,T1,T,4
    """,
    "items.csv": "item_id,description\nV,Valve",
    "inventory.csv": """
    movement_id,date,item_id,type,quantity,unit_cost,job_id
    M1,2026-10-01,V,receipt,10,5.00,
    M2,2026-10-07,V,issue,4,,F
    """,
    "costs.csv": """
    cost_id,date,job_id,kind,amount
    K1,2026-10-08,F,subcontract,1000.00
    K2,2026-10-09,E,other,2500.00
    """,
    "invoices.csv": """
    invoice_id,customer_id,job_id,type,date,due_date,subtotal,tax,deposit,retainage,write_off,total
    I0,C,E,standard,2026-09-10,2026-10-10,1000.00,20.00,0,0,0,1020.00
    D1,C,F,deposit,2026-10-02,2026-10-02,0,0,500.00,0,0,500.00
    I1,C,F,progress,2026-10-10,2026-11-09,3000.00,0,0,300.00,0,2700.00
    R1,C,F,retainage_release,2026-10-30,2026-11-29,0,0,0,-100.00,0,100.00
    W1,C,,write_off,2026-10-28,,0,0,0,0,10.00,-10.00
    """,
    "payments.csv": """
    payment_id,customer_id,date,amount
    P0,C,2026-09-20,300.00
    P1,C,2026-10-12,500.00
    P2,C,2026-10-25,1000.00
    """,
    "applications.csv": """
    application_id,date,source_type,source_id,invoice_id,amount
    A0,2026-09-20,payment,P0,I0,300.00
    A1,2026-10-12,payment,P1,D1,500.00
    A2,2026-10-25,payment,P2,I1,1000.00
    A3,2026-10-15,deposit,D1,I1,200.00
    A4,2026-10-28,write_off,W1,I0,10.00
    """,
  ]

  static let draw = (
    "invoices.csv", "3000.00,0,0,300.00,0,2700.00", "3007.00,0,0,300.00,0,2707.00"
  )
  static let earlier = (
    "invoices.csv", "1000.00,20.00,0,0,0,1020.00", "1007.00,20.00,0,0,0,1027.00"
  )

  static func draw(_ report: String, _ tieOut: String, _ difference: Int64) -> TieOutFault {
    TieOutFault(report, .documents, draw.0, draw.1, draw.2, tieOut, difference)
  }

  static let faults: [TieOutFault] = [
    draw("ar-aging", "ar-aging: AR control", 7_00),
    draw("ar-aging", "ar-aging: buckets", 7_00),
    draw("ar-aging-detail", "ar-aging-detail: open", 7_00),
    draw("contract-status", "contract-status: billed", 7_00),
    // Four hours at 100.00, five in the other book.
    TieOutFault(
      "unbilled", .jobs, "timesheets.csv", "T1,T,4", "T1,T,5", "Unbilled entries", 100_00),
    TieOutFault(
      "unbilled-detail", .jobs, "timesheets.csv", "T1,T,4", "T1,T,5", "Unbilled detail", -100_00),
    TieOutFault(
      "wip", .work, "costs.csv", "subcontract,1000.00", "subcontract,1007.00", "wip: cost", -7_00),
    draw("wip", "wip: billed", 7_00),
    TieOutFault(
      "wip", .opening, earlier.0, earlier.1, earlier.2, "wip: billed this period", -7_00),
    TieOutFault(
      "wip-completed", .documents, "jobs.csv", "5000.00", "5007.00", "wip-completed: earned", 7_00),
    TieOutFault(
      "retainage", .documents, "invoices.csv", "-100.00,0,100.00", "-107.00,0,107.00",
      "retainage: released", -7_00),
    TieOutFault(
      "deposits", .documents, "applications.csv", "P1,D1,500.00", "P1,D1,493.00",
      "deposits: held by customer", 7_00),
    TieOutFault(
      "invoice-register", .opening, earlier.0, earlier.1, earlier.2, "invoice-register: billed",
      7_00),
    // What was left of the payment before October is 7.00 and not nothing.
    TieOutFault(
      "cash-receipts", .opening, "applications.csv", "P0,I0,300.00", "P0,I0,293.00",
      "cash-receipts: unapplied", 7_00),
    TieOutFault(
      "sales-tax", .opening, "invoices.csv", "20.00,0,0,0,1020.00", "27.00,0,0,0,1027.00",
      "sales-tax: tax", 7_00),
    TieOutFault(
      "job-cost", .work, "costs.csv", "subcontract,1000.00", "subcontract,1007.00",
      "job-cost: subcontract", -7_00),
    draw("collections", "collections: ending AR", -7_00),
    draw("collections-customers", "collections-customers: open", 7_00),
    draw("allowance", "allowance: open", 7_00),
    // Six left at 6.00 against 50.00 received less 24.00 issued.
    TieOutFault(
      "inventory", .work, "inventory.csv", "receipt,10,5.00", "receipt,10,6.00",
      "inventory: value", 10_00),
    draw("borrowing-base", "borrowing-base: open", 7_00),
    draw("journal", "Journal: Accounts receivable", -7_00),
    draw("ar-rollforward", "ar-rollforward: closing by customer", 7_00),
    // Held before October is 7.00 and not nothing.
    TieOutFault(
      "retainage-rollforward", .opening, earlier.0, earlier.1, "1000.00,20.00,0,7.00,0,1013.00",
      "retainage-rollforward: movements", 7_00),
    TieOutFault(
      "deposit-rollforward", .documents, "applications.csv", "P1,D1,500.00", "P1,D1,493.00",
      "deposit-rollforward: closing by customer", 7_00),
    TieOutFault(
      "unbilled-rollforward", .jobs, "timesheets.csv", "T1,T,4", "T1,T,5",
      "unbilled-rollforward: closing by job", 100_00),
    draw("contract-rollforward", "contract-rollforward: closing", -7_00),
  ]
}
