internal import Billing
internal import Ledger
internal import Measures

/// The columns of both schedules: the same keys, and the rules that differ once a job has ended.
struct WipColumns {
  private typealias Column = ReportColumn<WipLine>

  private let book: Book
  /// Whether they are of the contracts that have ended.
  private let isEnded: Bool

  init(_ reports: Reports, isEnded: Bool) {
    book = reports.book
    self.isEnded = isEnded
  }

  var all: [ReportColumn<WipLine>] {
    jobColumns + contractColumns + costColumns + revenueColumns + profitColumns + estimateColumns
      + balanceColumns
  }

  private var jobColumns: [Column] {
    let (jobs, customers) = (book.jobs, book.customers)
    let (owner, methods) = (jobs.customer, jobs.method)
    return [
      .id("job_id", "Job", in: jobs.id, rule: ColumnRule.jobID) { $0.job.row },
      .text("job", "Job name", in: jobs.jobName, rule: ColumnRule.jobName) { $0.job.row },
      .id("customer_id", "Customer", in: customers.id, rule: ColumnRule.customerID) {
        Int(owner[$0.job.row].number)
      },
      .text("customer", "Name", in: customers.customerName, rule: ColumnRule.customerName) {
        Int(owner[$0.job.row].number)
      },
      .text("manager", "Manager", in: jobs.manager, rule: ColumnRule.manager) { $0.job.row },
      .text("billing_method", "Method", rule: ColumnRule.billingMethod) {
        methods[$0.job.row].rawValue
      },
    ]
  }

  private var contractColumns: [Column] {
    [
      .money(
        "original_contract", "Original contract", rule: ColumnRule.originalContract
      ) { $0.contract.original },
      .money(
        "approved_changes", "Approved changes", rule: ColumnRule.approvedChanges
      ) { $0.contract.approved },
      .money(
        "revised_contract", "Revised contract", rule: ColumnRule.revisedContract,
        formula: .sum("original_contract", "approved_changes")
      ) { $0.contract.revised },
      .money(
        "original_estimate", "Original estimate",
        rule: "Total cost as first estimated: the job's own estimate, else the first dated one."
      ) { $0.originalEstimate },
      .money(
        "original_estimated_gross_profit", "Original estimated gross profit",
        rule: "Original contract less original estimate; empty without either.",
        formula: .sum("original_contract", "-original_estimate")
      ) { $0.originalEstimatedGrossProfit },
      .money(
        "estimated_cost", "Estimated cost", rule: ColumnRule.estimatedCost
      ) { $0.contract.estimate },
      .day(
        "estimate_date", "Estimate date",
        rule: "Day of the latest dated estimate; empty where the estimate is the job's own."
      ) { $0.contract.estimateDay },
    ]
  }

  private var costColumns: [Column] {
    [
      .money(
        "cost_this_period", "Cost this period", rule: "Cost to date less that before the period."
      ) { $0.costThisPeriod },
      .money("cost_to_date", "Cost to date", rule: ColumnRule.costToDate) { $0.current.cost },
      .money(
        "uninstalled_cost", "Uninstalled cost",
        rule: "Material bought and not installed: it earns its cost, and is in no percentage."
      ) { $0.uninstalled },
      .money(
        "cost_to_complete", "Cost to complete", alert: .belowZero,
        rule: isEnded
          ? "Zero, as nothing more is to come."
          : "Estimated cost less cost to date; empty without an estimate.",
        formula: isEnded ? nil : .sum("estimated_cost", "-cost_to_date")
      ) { $0.costToComplete },
      .percentage(
        "complete_pct", "Complete %", rule: ColumnRule.completePercentage
      ) { $0.completePercentage },
    ]
  }

  private var revenueColumns: [Column] {
    [
      .money(
        "earned_to_date", "Earned to date",
        rule: isEnded
          ? "The revised contract; of a cancelled one what was billed; others by their method."
          : "Of a fixed price (revised contract − uninstalled cost) × complete, not rounded before, "
            + "+ uninstalled cost; others by their method, as in contract-status."
      ) { $0.current.earned },
      .money(
        "earned_this_period", "Earned this period",
        rule: "Earned to date less that before the period, by what was known then."
      ) { $0.earnedThisPeriod },
      .money("billed_to_date", "Billed to date", rule: ColumnRule.billed) { $0.current.billed },
      .money(
        "billed_this_period", "Billed this period",
        rule: "Billed to date less that before the period: voids of the period are taken off."
      ) { $0.billedThisPeriod },
      .money(
        "underbilled", "Underbilled",
        rule: "Earned less billed where above zero, else zero, before the loss provision.",
        formula: .aboveZero("earned_to_date", "-billed_to_date")
      ) { $0.current.underbilled },
      .money(
        "overbilled", "Overbilled",
        rule: "Billed less earned where above zero, else zero, before the loss provision.",
        formula: .aboveZero("billed_to_date", "-earned_to_date")
      ) { $0.current.overbilled },
    ]
  }

  private var profitColumns: [Column] {
    [
      .money(
        "loss_provision", "Loss provision", alert: .aboveZero,
        rule: "The part of an expected loss that cost and earned do not show yet."
      ) { $0.current.lossProvision },
      .money(
        "loss_provision_change", "Loss provision change",
        rule: "The provision less that before the period; below zero where it unwinds as work "
          + "proceeds."
      ) { $0.lossProvisionChange },
      .money(
        "gross_profit_to_date", "Gross profit to date", alert: .belowZero,
        rule: "Earned less cost less loss provision.",
        formula: .sum("earned_to_date", "-cost_to_date", "-loss_provision")
      ) { $0.current.grossProfit },
      .money(
        "gross_profit_this_period", "Gross profit this period", alert: .belowZero,
        rule: "Earned less cost less change of the loss provision, all of the period.",
        formula: .sum("earned_this_period", "-cost_this_period", "-loss_provision_change")
      ) { $0.grossProfitThisPeriod },
    ]
  }

  private var estimateColumns: [Column] {
    [
      .money(
        "estimated_gross_profit", "Estimated gross profit", alert: .belowZero,
        rule: isEnded
          ? "What the job made: earned less cost."
          : "Revised contract less estimated cost; empty without either.",
        formula: isEnded
          ? .sum("earned_to_date", "-cost_to_date") : .sum("revised_contract", "-estimated_cost")
      ) { $0.current.estimatedGrossProfit },
      .percentage(
        "margin_pct", "Margin %", alert: .belowZero,
        rule: "Estimated gross profit as a part of "
          + (isEnded ? "what was earned." : "the revised contract."),
        formula: .percentage(
          ["estimated_gross_profit"], of: [isEnded ? "earned_to_date" : "revised_contract"])
      ) { $0.marginPercentage },
      .money(
        "prior_estimated_gross_profit", "Prior estimated gross profit",
        rule: "As it stood before the period; empty where the contract came later."
      ) { $0.prior.estimatedGrossProfit },
      .money(
        "fade_amount", "Fade",
        rule: "Estimated gross profit lost since the original estimate; below zero where it grew.",
        formula: .sum("original_estimated_gross_profit", "-estimated_gross_profit")
      ) { $0.fade },
      .percentage(
        "fade_pct", "Fade %",
        rule: "Fade as a part of the original estimated gross profit, where there was any.",
        formula: .percentage(["fade_amount"], of: ["original_estimated_gross_profit"])
      ) { $0.fadePercentage },
    ]
  }

  private var balanceColumns: [Column] {
    [
      .money("retainage_held", "Retainage held", rule: ColumnRule.retainageHeld) {
        $0.retainageHeld
      },
      .money(
        "contract_asset", "Contract asset",
        rule: "Underbilled less overbilled, plus retainage, less deposits held, where above zero."
      ) { $0.contractAsset },
      .money(
        "contract_liability", "Contract liability",
        rule: "Overbilled less underbilled, less retainage, plus deposits held, where above zero; "
          + "contracts are not set off against each other."
      ) { $0.contractLiability },
      .money(
        "backlog", "Backlog",
        rule: isEnded
          ? "Zero, as nothing is left to earn."
          : "Revised contract not yet earned; zero where the job has no contract amount."
      ) { $0.backlog },
    ]
  }
}
