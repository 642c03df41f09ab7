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

  /// A job's row.
  public struct Row: Sendable {
    public var jobID, job, customerID, customer, method, status: String
    public var work: JobWork
  }

  public static func sheet(_ work: Work, _ book: Book) -> Sheet {
    Sheet(
      report: name, title: "Unbilled work",
      subtitle:
        "\(book.company.name), worked through \(work.asOf.text) and billed after it or not yet",
      emptySentence: "No job has unbilled work on this day.", columns: columns,
      rows: rows(work, book))
  }

  public static func rows(_ work: Work, _ book: Book) -> [Row] {
    work.jobs.ids.filter { work.jobs[$0].unbilledEntries > 0 }
      .sorted { book.jobs.id.precedes($0.row, $1.row) }
      .map { job in
        let customer = book.jobs.customer[job.row]
        return Row(
          jobID: book.jobs.id[job.row], job: book.jobs.jobName[job.row],
          customerID: customer.exists ? book.customers.id[customer.row] : "",
          customer: customer.exists ? book.customers.customerName[customer.row] : "",
          method: book.jobs.method[job.row].rawValue,
          status: JobStanding(book.jobs, job.row, on: work.asOf).status.rawValue,
          work: work.jobs[job])
      }
  }

  public static var columns: [ReportColumn<Row>] {
    var columns: [ReportColumn<Row>] = [
      .id("job_id", "Job") { $0.jobID },
      .text("job", "Job name") { $0.job },
      .id("customer_id", "Customer") { $0.customerID },
      .text("customer", "Customer name") { $0.customer },
      .text("billing_method", "Billing method") { $0.method },
      .text("status", "Status", width: 11) { $0.status },
      .hours("labor_hours", "Hours") { $0.work.unbilledHours },
      .money("labor", "Labor") { $0.work.unbilledLabor },
      .money("material", "Material") { $0.work.unbilledMaterial },
      .money("other", "Other") { $0.work.unbilledOther },
      .money("total", "Unbilled", rule: "Labor + material + other, at billing prices") {
        $0.work.unbilled
      },
      .money("ready", "Ready to bill") { $0.work.ready },
      .money("blocked", "Blocked", alert: .notZero) { $0.work.blocked },
      .money(
        "billed_later", "Billed later", rule: "On an invoice dated after the as-of day"
      ) { $0.work.billedLater },
    ]
    for reason in BlockedReason.allCases {
      columns.append(
        .money(
          "blocked_\(reason.name)", "Blocked: \(reason.title)",
          rule: "To be cleared by \(reason.clearedBy)"
        ) { $0.work.blocked(reason) })
    }
    let rule = "By the day of the work"
    columns += [
      .money("days_0_30", "Days 0–30", rule: rule) { $0.work.aged[0] },
      .money("days_31_60", "Days 31–60", rule: rule) { $0.work.aged[1] },
      .money("days_61_90", "Days 61–90", rule: rule) { $0.work.aged[2] },
      .money("over_90", "Over 90 days", alert: .notZero, rule: rule) { $0.work.aged[3] },
      .day("oldest_date", "Oldest work") { $0.work.oldestDay },
    ]
    return columns
  }
}

extension BlockedReason {
  /// The reason in words: "not approved".
  var title: String { String(name.map { $0 == "_" ? " " : $0 }) }
}

extension UnbilledReport {
  /// The totals by other roads: by state and by age against by kind, entries against jobs, cost of
  /// jobs against the files and the stock they came from.
  public static func tieOuts(_ work: Work, _ book: Book) -> [TieOut] {
    var sum = JobSums()
    for job in work.jobs.values { sum.add(job) }
    let scan = EntryScan(work, book)
    var ties = [
      TieOut(
        "Unbilled", sum.byKind, "labor + material + other", equals: sum.byState,
        "ready + blocked + billed later"),
      TieOut("Unbilled by age", sum.byKind, "labor + material + other", equals: sum.byAge, "ages"),
      TieOut("Blocked", sum.blocked, "blocked", equals: sum.byReason, "its ten reasons"),
      TieOut(
        "Unbilled entries", sum.byState, "jobs", equals: scan.unbilled,
        "entries ready, blocked or billed later"),
      TieOut(
        "Prices in all states", scan.prices, "all entries", equals: scan.byState.sum(),
        "entries by billing state"),
      TieOut(
        "Labor cost", sum.laborCost, "jobs", equals: scan.laborCost, "timesheet lines, with burden"),
      TieOut(
        "Material cost", sum.materialCost, "issues less returns, by job", equals: scan.stockCost,
        "received + adjusted − on hand − variance"),
      TieOut("Other cost", sum.otherCost, "jobs", equals: scan.otherCost, "costs through the day"),
      TieOut(
        "Opening cost", sum.cost - scan.cost, "job cost less cost of all entries",
        equals: sum.openingCost, "opening balances"),
    ]
    ties.append(hoursTieOut(scan))
    return ties
  }

  /// Hours, compared in full and shown in hundredths.
  private static func hoursTieOut(_ scan: EntryScan) -> TieOut {
    func shown(_ hours: Hours) -> Money {
      Money(cents: roundedProduct(hours.units, 1, per: 100, .halfAwayFromZero) ?? 0)
    }
    let right = shown(scan.hoursInFile)
    var left = shown(scan.hoursInStates)
    if left == right, scan.hoursInStates != scan.hoursInFile { left.units += 1 }
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
  var openingCost = Money.zero

  mutating func add(_ job: JobWork) {
    byKind += job.unbilledLabor + job.unbilledMaterial + job.unbilledOther
    byState += job.unbilled
    for age in 0..<4 { byAge += job.aged[age] }
    blocked += job.blocked
    for reason in BlockedReason.allCases { byReason += job.blocked(reason) }
    cost += job.cost
    openingCost += job.openingCost
    laborCost += job.labor + job.burden - job.openingLabor
    materialCost += job.material - job.openingMaterial
    otherCost += job.subcontract + job.equipment + job.other - job.openingOther
  }
}

/// Totals over the entries and the files, without the jobs.
private struct EntryScan {
  var unbilled = Money.zero
  var prices = Money.zero
  var byState = [Money](repeating: .zero, count: EntryState.allCases.count)
  var laborCost = Money.zero
  var stockCost = Money.zero
  var otherCost = Money.zero
  var hoursInStates = Hours.zero
  var hoursInFile = Hours.zero
  var cost = Money.zero

  init(_ work: Work, _ book: Book) {
    add(work.labor)
    for row in work.labor.state.indices where work.labor.state[row].isOnTheDay {
      hoursInStates += book.timesheets.hours[row]
    }
    laborCost = cost
    add(work.material)
    add(work.other)
    let (lines, costs) = (book.timesheets, book.costs)
    for row in lines.rows where lines.day[row] <= work.asOf && lines.job[row].exists {
      hoursInFile += lines.hours[row]
    }
    for row in costs.rows where costs.day[row] <= work.asOf && costs.job[row].exists {
      otherCost += costs.amount[row].orNil ?? .zero
    }
    for item in work.stock.levels.values {
      stockCost += item.received + item.adjusted - item.value - item.variance
    }
  }

  private mutating func add(_ entries: Entries) {
    for row in entries.state.indices {
      let (state, price) = (entries.state[row], entries.price[row])
      prices += price
      byState[Int(state.rawValue)] += price
      if state.isUnbilled { unbilled += price }
      if state.isOnTheDay { cost += entries.burdenedCost(row) }
    }
  }
}

extension EntryState {
  /// Whether the entry was there on the day and belongs to a job.
  fileprivate var isOnTheDay: Bool { self != .notYet && self != .noEntry }
}
