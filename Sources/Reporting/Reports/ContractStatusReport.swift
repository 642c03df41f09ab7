public import Billing
internal import Ledger
internal import Measures

/// `contract-status`: every job's contract, billing, cash, cost and earnings as of a day.
public enum ContractStatusReport {
  public static let name = "contract-status"

  /// Every job, by job id.
  public static func sheet(_ position: Position) -> Sheet {
    Sheet(
      report: name, title: "Contract status", subtitle: position.subtitle(),
      emptySentence: "There is no job.", columns: columns(position),
      rows: position.book.jobs.id.order.map { RowID<Jobs>($0) })
  }

  static func columns(_ position: Position) -> [ReportColumn<RowID<Jobs>>] {
    jobColumns(position) + contractColumns(position) + billingColumns(position)
      + earningColumns(position) + lastColumns(position)
  }

  private static func jobColumns(_ position: Position) -> [ReportColumn<RowID<Jobs>>] {
    let (jobs, customers) = (position.book.jobs, position.book.customers)
    let (owner, methods, contracts) = (jobs.customer, jobs.method, position.documents.contracts)
    return [
      .id("job_id", "Job", in: jobs.id, rule: ColumnRule.jobID) { $0.row },
      .text("job", "Job name", in: jobs.jobName, rule: ColumnRule.jobName) { $0.row },
      .id("customer_id", "Customer", in: customers.id, rule: ColumnRule.customerID) {
        Int(owner[$0.row].number)
      },
      .text("customer", "Name", in: customers.customerName, rule: ColumnRule.customerName) {
        Int(owner[$0.row].number)
      },
      .text("manager", "Manager", in: jobs.manager, rule: ColumnRule.manager) { $0.row },
      .text("billing_method", "Method", rule: ColumnRule.billingMethod) {
        methods[$0.row].rawValue
      },
      .text("status", "Status", rule: ColumnRule.status) { contracts[$0].status.rawValue },
    ]
  }

  private static func contractColumns(_ position: Position) -> [ReportColumn<RowID<Jobs>>] {
    let contracts = position.documents.contracts
    return [
      .money(
        "original_contract", "Original contract", rule: ColumnRule.originalContract
      ) { contracts[$0].original },
      .money(
        "approved_changes", "Approved changes", rule: ColumnRule.approvedChanges
      ) { contracts[$0].approved },
      .money(
        "pending_changes", "Pending changes",
        rule:
          "Change orders raised by the as-of day and not approved on it; rejected ones are left "
          + "out."
      ) { contracts[$0].pending },
      .money(
        "revised_contract", "Revised contract", rule: ColumnRule.revisedContract,
        formula: .sum("original_contract", "approved_changes")
      ) { contracts[$0].revised },
    ]
  }

  private static func billingColumns(_ position: Position) -> [ReportColumn<RowID<Jobs>>] {
    let (contracts, jobs) = (position.documents.contracts, position.documents.jobs)
    return [
      .money("billed", "Billed", rule: ColumnRule.billed) { jobs[$0].billed },
      .percentage(
        "billed_pct", "Billed %", total: .percentage(of: "billed", in: "revised_contract"),
        rule: "Billed as a part of the revised contract; empty where that is zero.",
        formula: .percentage(["billed"], of: ["revised_contract"])
      ) { jobs[$0].billed.percentage(of: contracts[$0].revised) },
      .money(
        "tax_billed", "Tax billed",
        rule: "All tax of the documents in Billed, with what is withheld with retainage."
      ) { jobs[$0].taxBilled },
      .money("retainage_held", "Retainage held", rule: ColumnRule.retainageHeld) {
        jobs[$0].retainageHeld
      },
      .money(
        "retainage_released", "Retainage released",
        rule: "Billed by release invoices; what a draw gives back lowers Retainage held instead."
      ) { jobs[$0].retainageReleased },
      .money(
        "received", "Received",
        rule:
          "Cash applied to the job's documents and its deposits, less refunds; discounts are no "
          + "cash."
      ) { jobs[$0].received },
      .money("open_ar", "Open AR", rule: "Open on its documents, as in ar-aging.") {
        jobs[$0].openAR
      },
      .money(
        "deposits_held", "Deposits held",
        rule: "Received on its deposits, less applied, refunded and forfeited; a liability."
      ) { jobs[$0].depositsHeld },
      .money(
        "left_to_bill", "Left to bill", alert: .belowZero,
        rule: "Revised contract less billed, below zero where more was billed; empty where the job "
          + "has no contract amount.",
        formula: .sum("revised_contract", "-billed")
      ) { contracts[$0].hasAmount ? contracts[$0].revised - jobs[$0].billed : .none },
    ]
  }

  private static func earningColumns(_ position: Position) -> [ReportColumn<RowID<Jobs>>] {
    let (work, earned) = (position.work, position.earned)
    return [
      .money("cost_to_date", "Cost to date", rule: ColumnRule.costToDate) { work.cost($0) },
      .percentage(
        "complete_pct", "Complete %", rule: ColumnRule.completePercentage
      ) { earned[$0].completePercentage },
      .money(
        "earned", "Earned",
        rule: "Revenue to date by the billing method: fixed price by cost to cost, unit price by "
          + "quantity, service agreements by days, time and materials and cost plus by what is "
          + "billed and what is approved to be."
      ) { earned[$0].earned },
      .money(
        "gross_profit", "Gross profit", alert: .belowZero,
        rule: "Earned less cost to date, before a provision for losses still to come.",
        formula: .sum("earned", "-cost_to_date")
      ) { earned[$0].earned - work.cost($0) },
      .money(
        "underbilled", "Underbilled",
        rule: "Earned less Billed where that is above zero, else zero.",
        formula: .aboveZero("earned", "-billed")
      ) { earned[$0].underbilled },
      .money(
        "overbilled", "Overbilled",
        rule: "Billed less Earned where that is above zero, else zero.",
        formula: .aboveZero("billed", "-earned")
      ) { earned[$0].overbilled },
    ]
  }

  private static func lastColumns(_ position: Position) -> [ReportColumn<RowID<Jobs>>] {
    let (jobs, asOf) = (position.documents.jobs, position.asOf)
    return [
      .day(
        "last_invoice_date", "Last invoice",
        rule: "Day of the latest invoice, draw, deposit request or retainage release."
      ) { jobs[$0].lastInvoice },
      .integer(
        "days_since_invoice", "Days since invoice",
        rule: "Days from the last invoice to the as-of day; empty where there is none."
      ) { job in
        jobs[job].lastInvoice.orNil.map { asOf - $0 }
      },
    ]
  }

  public static func tieOuts(_ position: Position) -> [TieOut] {
    let control = position.control
    let (jobs, rest) = (position.documents.jobs.values, position.documents.notOnJob)
    let (contracts, earned) = (position.documents.contracts.values, position.earned.values)
    let roads = "all jobs, and what is on no job"
    return [
      TieOut(
        "contract-status: billed", jobs.lazy.map(\.billed).sum() + rest.billed, roads,
        equals: control.billed, "subtotals of revenue documents, less those void"),
      TieOut(
        "contract-status: tax billed", jobs.lazy.map(\.taxBilled).sum() + rest.taxBilled, roads,
        equals: control.taxBilled, "tax of revenue documents, less those void"),
      TieOut(
        "contract-status: retainage held",
        jobs.lazy.map(\.retainageHeld).sum() + rest.retainageHeld,
        roads, equals: control.retainage, "retainage of all documents, less those void"),
      TieOut(
        "contract-status: received", jobs.lazy.map(\.received).sum() + rest.received, roads,
        equals: control.received, "cash applied and direct deposits, less refunds on them"),
      TieOut(
        "contract-status: open AR", jobs.lazy.map(\.openAR).sum() + rest.openAR, roads,
        equals: position.customers.customers.values.lazy.map(\.open).sum(),
        "open of all customers in ar-aging"),
      TieOut(
        "contract-status: deposits held", jobs.lazy.map(\.depositsHeld).sum() + rest.depositsHeld,
        roads, equals: control.depositsHeld, "deposits received − applied − refunded − forfeited"),
      TieOut(
        "contract-status: revised contract", contracts.lazy.map(\.revised).sum(), "all jobs",
        equals: control.contracts, "contract amounts, and changes approved by the day"),
      TieOut(
        "contract-status: under- and overbilled",
        earned.lazy.map(\.underbilled).sum() - earned.lazy.map(\.overbilled).sum(),
        "underbilled − overbilled of all jobs",
        equals: earned.lazy.map(\.earned).sum() - control.billed + rest.billed,
        "earned − subtotals billed on jobs"),
    ]
  }
}

extension ReportKind {
  public static let contractStatus = ReportKind(
    ContractStatusReport.name,
    "every job: contract, billed, received, cost, earned, over- and underbilled",
    rows: "each job, whatever became of it",
    tables: ["jobs", "invoices", "timesheets", "inventory", "costs"],
    sheet: { ContractStatusReport.sheet($0.position) },
    tieOuts: { ContractStatusReport.tieOuts($0.position) })
}
