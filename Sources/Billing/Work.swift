public import Ledger
public import Measures

/// Everything worked on jobs through a day: the cost, price and billing state of every timesheet
/// line, issue of stock and cost, and what they add up to for each job (DESIGN §5).
///
///     let work = Work(book: book, asOf: day, billed: billedToDate, cap: caps)
///     work.jobs[job].unbilled       // ready + blocked + billed later
///     work.labor.state[row]         // of row `row` of timesheets.csv
public struct Work: Sendable {
  public let asOf: Day
  public let jobs: PerRow<Jobs, JobWork>
  /// By row of `timesheets`.
  public let labor: Entries
  /// By row of `inventory`; receipts and adjustments of stock are `.noEntry`.
  public let material: Entries
  /// By row of `costs`.
  public let other: Entries
  /// Quantity, value and variance of every item, and the unit cost of every movement.
  public let stock: Stock
  /// Of an entry that a not-to-exceed amount cuts in two, the part that is still ready.
  public let readyParts: [EntryID: Money]
  /// The adjustment that excludes or holds an entry, as a row of `adjustments`.
  public let adjustedBy: [EntryID: Int]
  public let findings: [Finding]

  /// - Parameters:
  ///   - billed: subtotals billed to date on each job.
  ///   - cap: its not-to-exceed amount with the changes approved by the day; `.none` without one.
  public init(book: Book, asOf: Day, billed: PerRow<Jobs, Money>, cap: PerRow<Jobs, Money>) {
    var jobs = [JobWork](repeating: JobWork(), count: book.jobs.count)
    var notes = WorkNotes(rounding: book.company.rounding)
    var adjustments = AdjustmentRules(book, asOf: asOf, notes: &notes)
    let terms = WorkTerms(book, asOf: asOf, adjustments: adjustments)

    var labor = laborEntries(
      book, terms, adjustments: &adjustments, jobs: &jobs, notes: &notes)
    let stock = Stock(book, asOf: asOf, notes: &notes)
    var material = materialEntries(
      book, terms, stock, adjustments: &adjustments, jobs: &jobs, notes: &notes)
    var other = costEntries(
      book, terms, adjustments: &adjustments, jobs: &jobs, notes: &notes)
    adjustments.reportUnmatched(book, notes: &notes)

    let limit = NotToExceed(billed: billed, cap: cap)
    readyParts = limit.cut(book, labor: &labor, material: &material, other: &other)
    addOpeningCosts(book, asOf: asOf, to: &jobs)
    addUnbilled(
      book, asOf: asOf, readyParts: readyParts, labor: labor, material: material, other: other,
      to: &jobs, notes: &notes)

    self.asOf = asOf
    self.jobs = PerRow(jobs)
    self.labor = labor
    self.material = material
    self.other = other
    self.stock = stock
    adjustedBy = adjustments.decided
    findings = notes.findings
  }

  public func entries(_ kind: EntryKind) -> Entries {
    switch kind {
    case .labor: labor
    case .material: material
    case .other: other
    }
  }
}
