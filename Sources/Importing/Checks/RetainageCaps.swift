import Ledger
import Measures

/// Retainage above the user's own table of legal caps (DOMAIN §2.5): a warning that cites its row.
///
/// The rule of the job's region (else its customer's) that held on the day of the contract counts.
/// Where the rule steps down and the job does not, later draws will go beyond it, unless the job's
/// policy is `stop_at`, which withholds no more from then on.
enum RetainageCaps: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    guard book.retainageRules.count > 0 else { return [] }
    let rows = book.jobs
    let rules = RegionRules(book.retainageRules)
    var jobs = RowFindings(rows, in: book, suspects)
    let ruleOf = rows.rows.map { rules.row(of: $0, in: book, asOf: asOf) }
    for row in rows.rows {
      guard let rule = ruleOf[row] else { continue }
      for (column, rate) in [
        ("retainage_pct", rows.retainagePercentage[row]),
        ("retainage_stored_pct", rows.retainageStoredPercentage[row]),
      ] where isAbove(rate, rule, book) {
        report(&jobs, row, column, rate, rule, book)
      }
      step(row, rule, book, &jobs)
    }
    let schedule = book.scheduleOfValues
    var lines = RowFindings(schedule, in: book, suspects)
    for row in schedule.rows where schedule.job[row].exists {
      guard let rule = ruleOf[schedule.job[row].row] else { continue }
      let rate = schedule.retainagePercentage[row]
      if isAbove(rate, rule, book) { report(&lines, row, "retainage_pct", rate, rule, book) }
    }
    return jobs.list + lines.list
  }

  private static func isAbove(_ rate: Percentage, _ rule: Int, _ book: Book) -> Bool {
    guard let rate = rate.orNil, let cap = book.retainageRules.cap[rule].orNil else { return false }
    return rate > cap
  }

  private static func report(
    _ findings: inout RowFindings, _ row: Int, _ column: String, _ rate: Percentage, _ rule: Int,
    _ book: Book
  ) {
    let cap = book.retainageRules.cap[rule].shortText()
    findings.add(
      .warning, "retainage_above_cap", row, column, value: rate.shortText(),
      "is above the cap of \(cap) % of \(book.citation(ofRetainageRule: rule))",
      expected: "\(cap) at most",
      remedy: "lower the rate, or see whether the rule applies to this contract")
  }

  private static func step(
    _ row: Int, _ rule: Int, _ book: Book, _ findings: inout RowFindings
  ) {
    let (jobs, rules) = (book.jobs, book.retainageRules)
    let policy = jobs.retainagePolicy[row] ?? book.company.retainagePolicy
    let isOver = jobs.status[row] == .closed || jobs.status[row] == .cancelled
    guard !isOver, policy != .stopAt, let at = rules.stepAt[rule].orNil,
      let to = rules.stepTo[rule].orNil,
      let rate = jobs.retainagePercentage[row].orNil, rate > to
    else { return }
    if let ownAt = jobs.retainageStepAt[row].orNil, let ownTo = jobs.retainageStepTo[row].orNil,
      ownAt <= at, ownTo <= to
    {
      return
    }
    findings.add(
      .warning, "retainage_step_missing", row, "retainage_step_to_pct",
      value: jobs.retainageStepTo[row].shortText(),
      "does not bring the \(rate.shortText()) % down to \(to.shortText()) % at "
        + "\(at.shortText()) % complete, as \(book.citation(ofRetainageRule: rule)) asks",
      expected: "retainage_step_at_pct \(at.shortText()), retainage_step_to_pct \(to.shortText())",
      remedy: "set both, or see whether the rule applies to this contract")
  }
}
