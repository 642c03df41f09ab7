public import Billing
public import Ledger
internal import Measures

/// What was worked and is on no invoice yet, job by job, and what stands in its way (DESIGN §6).
///
/// Jobs billed by time and material or cost plus, with an entry that is ready, blocked or billed only
/// after the day. Each amount is shown by kind, by state and by age, and the three add up to the same
/// total. Hours without a rate count, with no amount: see the findings.
public enum UnbilledReport {
  public static let name = "unbilled"

  public static func sheet(_ work: Work, _ book: Book) -> Sheet {
    Sheet(
      report: name, title: "Unbilled work",
      subtitle:
        "\(book.company.name), worked through \(work.asOf.text) and billed after it or not yet",
      emptySentence: "No job has unbilled work on this day.", columns: columns(work, book),
      rows: book.jobs.id.order.map { RowID($0) }.filter { work.jobs.unbilled($0).entries > 0 })
  }

  static func columns(_ work: Work, _ book: Book) -> [ReportColumn<RowID<Jobs>>] {
    jobColumns(work, book) + stateColumns(work.jobs) + ageColumns(work.jobs)
  }

  private static func jobColumns(_ work: Work, _ book: Book) -> [ReportColumn<RowID<Jobs>>] {
    let (jobs, customers, asOf) = (book.jobs, book.customers, work.asOf)
    let owner = jobs.customer
    return [
      .id("job_id", "Job", in: jobs.id, rule: ColumnRule.jobID) { $0.row },
      .text("job", "Job name", in: jobs.jobName, rule: ColumnRule.jobName) { $0.row },
      .id("customer_id", "Customer", in: customers.id, rule: ColumnRule.customerID) {
        Int(owner[$0.row].number)
      },
      .text(
        "customer", "Customer name", in: customers.customerName,
        rule: ColumnRule.customerName
      ) { Int(owner[$0.row].number) },
      .text("billing_method", "Billing method", rule: ColumnRule.billingMethod) {
        jobs.method[$0.row].rawValue
      },
      .text("status", "Status", rule: ColumnRule.status, width: 11) {
        JobStanding(jobs, $0.row, on: asOf).status.rawValue
      },
    ]
  }

  private static func stateColumns(_ jobs: JobWorks) -> [ReportColumn<RowID<Jobs>>] {
    var columns: [ReportColumn<RowID<Jobs>>] = [
      .hours(
        "labor_hours", "Hours",
        rule: "Hours behind Labor, as worked; those without a rate are among them, with no amount."
      ) { jobs.unbilled($0).hours },
      .money("labor", "Labor", rule: "Hours on no invoice, at their billing prices.") {
        jobs.unbilled($0).labor
      },
      .money(
        "material", "Material",
        rule: "Parts on no invoice, at their billing prices; what was returned is taken off."
      ) { jobs.unbilled($0).material },
      .money(
        "other", "Other",
        rule: "Subcontracts, equipment and other costs on no invoice, with their markup or fee."
      ) { jobs.unbilled($0).other },
      .money(
        "total", "Unbilled",
        rule: "Labor, material and other at billing prices: what was worked by the day and was on "
          + "no invoice dated by then.",
        formula: .sum("labor", "material", "other")
      ) { jobs.unbilled($0).total },
      .money("ready", "Ready to bill", rule: "What can be billed now, as nothing blocks it.") {
        jobs.unbilled($0).ready
      },
      .money(
        "blocked", "Blocked", alert: .notZero,
        rule: "What cannot be billed yet, each entry under the first of the reasons that applies.",
        formula: .sum(BlockedReason.allCases.map { "blocked_\($0.name)" })
      ) { jobs.unbilled($0).blocked },
      .money(
        "billed_later", "Billed later", rule: "On an invoice dated after the as-of day."
      ) { jobs.unbilled($0).billedLater },
    ]
    for reason in BlockedReason.allCases {
      columns.append(
        .money(
          "blocked_\(reason.name)", "Blocked: \(reason.title)", rule: reason.rule
        ) { jobs.unbilled($0).blocked(reason) })
    }
    return columns
  }

  private static func ageColumns(_ jobs: JobWorks) -> [ReportColumn<RowID<Jobs>>] {
    func age(
      _ key: String, _ title: String, _ place: Int, _ days: String, alert: Alert = .never
    ) -> ReportColumn<RowID<Jobs>> {
      let rule = "The part of Unbilled that was worked \(days) before the as-of day."
      return .money(key, title, alert: alert, rule: rule) { jobs.unbilled($0).aged[place] }
    }
    return [
      age("days_0_30", "Days 0–30", 0, "up to 30 days"),
      age("days_31_60", "Days 31–60", 1, "31 to 60 days"),
      age("days_61_90", "Days 61–90", 2, "61 to 90 days"),
      age("over_90", "Over 90 days", 3, "more than 90 days", alert: .notZero),
      .day("oldest_date", "Oldest work", rule: "Day of the oldest unbilled work.") {
        jobs.unbilled($0).oldestDay
      },
    ]
  }
}

extension UnbilledReport {
  /// The totals by other roads: by state and by age against by kind, entries against jobs, cost of
  /// jobs against the files and the stock they came from.
  public static func tieOuts(_ work: Work, _ book: Book) -> [TieOut] {
    var sum = JobSums()
    for job in work.jobs.allUnbilled { sum.add(job) }
    for job in work.jobs.allCosts { sum.add(job) }
    let (entries, opening) = (work.totals, work.jobs.opening)
    var stockCost = Money.zero
    for item in work.stock.levels.values {
      stockCost += item.received + item.adjusted - item.value - item.variance
    }
    var ties = [
      TieOut(
        "Unbilled", sum.byKind, "labor + material + other", equals: sum.byState,
        "ready + blocked + billed later"),
      TieOut("Unbilled by age", sum.byKind, "labor + material + other", equals: sum.byAge, "ages"),
      TieOut("Blocked", sum.blocked, "blocked", equals: sum.byReason, "its ten reasons"),
      TieOut(
        "Unbilled entries", sum.byState, "jobs", equals: entries.unbilled,
        "entries ready, blocked or billed later"),
      TieOut(
        "Prices in all states", entries.prices, "all entries", equals: entries.allStates,
        "entries by billing state"),
      TieOut(
        "Labor cost", sum.laborCost - opening.labor, "jobs", equals: entries.laborCost,
        "timesheet lines, with burden"),
      TieOut(
        "Material cost", sum.materialCost - opening.material, "issues less returns, by job",
        equals: stockCost, "received + adjusted − on hand − variance"),
      TieOut(
        "Other cost", sum.otherCost - opening.other, "jobs", equals: work.files.costs,
        "costs through the day"),
      TieOut(
        "Opening cost", sum.cost - entries.cost, "job cost less cost of all entries",
        equals: opening.total, "opening balances"),
    ]
    ties.append(hoursTieOut(work))
    return ties
  }

  /// Hours, compared in full and shown in hundredths.
  private static func hoursTieOut(_ work: Work) -> TieOut {
    func shown(_ hours: Hours) -> Money {
      Money(cents: roundedProduct(hours.units, 1, per: 100, .halfAwayFromZero) ?? 0)
    }
    let right = shown(work.files.hours)
    var left = shown(work.totals.hours)
    if left == right, work.totals.hours != work.files.hours { left.units += 1 }
    return TieOut(
      "Hours", left, "hours in all billing states", equals: right,
      "hours of the timesheets through the day")
  }
}

/// Totals over the jobs.
private struct JobSums {
  var byKind = Money.zero
  var byState = Money.zero
  var byAge = Money.zero
  var blocked = Money.zero
  var byReason = Money.zero
  var cost = Money.zero
  var laborCost = Money.zero
  var materialCost = Money.zero
  var otherCost = Money.zero

  mutating func add(_ job: UnbilledWork) {
    byKind += job.labor + job.material + job.other
    byState += job.total
    for age in job.aged.indices { byAge += job.aged[age] }
    blocked += job.blocked
    byReason += job.allReasons
  }

  mutating func add(_ job: JobCost) {
    cost += job.total
    laborCost += job.labor + job.burden
    materialCost += job.material
    otherCost += job.subcontract + job.equipment + job.other
  }
}

extension ReportKind {
  public static let unbilled = ReportKind(
    UnbilledReport.name, "work on no invoice, by job, reason and age",
    rows: "each job billed by time and materials or cost plus with work on no invoice dated by the "
      + "day",
    tables: ["jobs", "timesheets", "inventory", "costs"],
    sheet: { UnbilledReport.sheet($0.work, $0.book) },
    tieOuts: { UnbilledReport.tieOuts($0.work, $0.book) })
}
