import Ledger
public import Measures

/// What the files say of work through the day, read by themselves: the other road to the hours and
/// costs of entries and jobs.
public struct FileTotals: Sendable {
  /// Hours of timesheet lines on jobs.
  public var hours = Hours.zero
  /// Costs on jobs.
  public var costs = Money.zero
  /// Of subcontractors, and of equipment, among them.
  public var subcontract = Money.zero
  public var equipment = Money.zero

  init(_ book: Book, asOf: Day) {
    let (days, jobs) = (book.timesheets.day.span, book.timesheets.job.span)
    let hoursOf = book.timesheets.hours
    for row in days.indices where days[row] <= asOf && jobs[row].exists { hours += hoursOf[row] }
    let lines = book.costs
    for row in lines.rows where lines.day[row] <= asOf && lines.job[row].exists {
      let amount = lines.amount[row].orZero
      costs += amount
      if lines.kind[row] == .subcontract { subcontract += amount }
      if lines.kind[row] == .equipment { equipment += amount }
    }
  }
}
