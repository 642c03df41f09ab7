internal import Billing
internal import Ledger
internal import Measures

/// `job-cost`: what each job has cost by the end of a day, by kind, against what was estimated and
/// billed.
public enum JobCostReport {
  public static let name = "job-cost"

  /// Every job, by job id.
  static func sheet(_ position: Position) -> Sheet {
    Sheet(
      report: name, title: "Job cost", subtitle: position.subtitle(),
      emptySentence: "There is no job.", columns: columns(position),
      rows: position.book.jobs.id.order.map { RowID<Jobs>($0) })
  }

  private static func columns(_ position: Position) -> [ReportColumn<RowID<Jobs>>] {
    let (jobs, customers) = (position.book.jobs, position.book.customers)
    let owner = jobs.customer
    return [
      .id("job_id", "Job", in: jobs.id, rule: ColumnRule.jobID) { $0.row },
      .text("job", "Job name", in: jobs.jobName, rule: ColumnRule.jobName) { $0.row },
      .id("customer_id", "Customer", in: customers.id, rule: ColumnRule.customerID) {
        Int(owner[$0.row].number)
      },
    ] + costColumns(position.work.allCosts) + marginColumns(position)
  }

  private static func costColumns(_ costs: [JobCost]) -> [ReportColumn<RowID<Jobs>>] {
    [
      .money(
        "labor", "Labor",
        rule: "Hours × cost rate × the pay type's multiplier, without burden, and labor cost "
          + "brought along."
      ) { costs[$0.row].labor },
      .money(
        "burden", "Burden",
        rule: "The burden percentage of the labor, rounded apart from it."
      ) { costs[$0.row].burden },
      .money(
        "material", "Material",
        rule: "Issues from stock less returns, at cost, and material cost brought along."
      ) { costs[$0.row].material },
      .money("subcontract", "Subcontract", rule: "Costs of the kind subcontract through the day.") {
        costs[$0.row].subcontract
      },
      .money("equipment", "Equipment", rule: "Costs of the kind equipment through the day.") {
        costs[$0.row].equipment
      },
      .money(
        "other", "Other",
        rule: "Permits, freight, expenses and other costs, and other cost brought along."
      ) { costs[$0.row].other },
      .money(
        "total_cost", "Total cost", rule: "All kinds, opening balances among them.",
        formula: .sum("labor", "burden", "material", "subcontract", "equipment", "other")
      ) { costs[$0.row].total },
    ]
  }

  private static func marginColumns(_ position: Position) -> [ReportColumn<RowID<Jobs>>] {
    let (contracts, documents) = (position.documents.contracts, position.documents.jobs)
    let work = position.work
    return [
      .money(
        "estimated_cost", "Estimated cost", rule: ColumnRule.estimatedCost
      ) { contracts[$0].estimate },
      .money("billed", "Billed", rule: ColumnRule.billed) { documents[$0].billed },
      .money(
        "margin", "Margin",
        rule: "Billed less total cost; what was earned and not billed is in contract-status.",
        formula: .sum("billed", "-total_cost")
      ) { documents[$0].billed - work.cost($0) },
      .percentage(
        "margin_pct", "Margin %", total: .percentage(of: "margin", in: "billed"),
        rule: "Margin as a part of billed; empty where nothing is billed.",
        formula: .percentage(["margin"], of: ["billed"])
      ) { (documents[$0].billed - work.cost($0)).percentage(of: documents[$0].billed) },
    ]
  }

  static func tieOuts(_ position: Position, _ work: Work) -> [TieOut] {
    let (costs, opening) = (position.work.allCosts, position.work.opening)
    func sum(_ kind: (JobCost) -> Money) -> Money { costs.map(kind).sum() }
    let billed = position.documents.jobs.values.lazy.map(\.billed).sum()
    let rest = position.documents.notOnJob.billed
    return [
      TieOut(
        "job-cost: labor and burden", sum { $0.labor + $0.burden } - opening.labor, "all jobs",
        equals: work.totals.laborCost, "timesheet lines, with burden"),
      TieOut(
        "job-cost: material", sum(\.material) - opening.material, "all jobs",
        equals: work.totals.materialCost, "issues less returns"),
      TieOut(
        "job-cost: subcontract", sum(\.subcontract), "all jobs", equals: work.files.subcontract,
        "costs of the kind through the day"),
      TieOut(
        "job-cost: equipment", sum(\.equipment), "all jobs", equals: work.files.equipment,
        "costs of the kind through the day"),
      TieOut(
        "job-cost: other", sum(\.other) - opening.other, "all jobs",
        equals: work.files.costs - work.files.subcontract - work.files.equipment,
        "costs of all other kinds through the day"),
      TieOut(
        "job-cost: margin", billed - sum(\.total), "billed less cost of all jobs",
        equals: position.control.billed - rest - work.totals.cost - opening.total,
        "revenue documents on jobs less entries and opening balances"),
    ]
  }
}

extension ReportKind {
  public static let jobCost = ReportKind(
    JobCostReport.name, "cost of every job by kind, against estimate and billing",
    rows: "each job",
    tables: ["jobs", "timesheets", "inventory", "costs", "invoices"],
    sheet: { JobCostReport.sheet($0.position) },
    tieOuts: { JobCostReport.tieOuts($0.position, $0.work) })
}
