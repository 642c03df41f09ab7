public import Ledger
public import Measures

/// The work-in-progress schedule: every job on the as-of day against the day before the period
/// (DOMAIN §3; DESIGN §6).
///
///     let schedule = WipSchedule(position, work, opening: opening, period)
///     schedule.lines[0].earnedThisPeriod
///
/// A change of price or estimate is caught up in the period that knows of it, and earlier ones stay
/// as they were (DOMAIN §3.2, [S32]): a period is the difference of two days, each by what was known
/// on it.
public struct WipSchedule: Sendable {
  /// By row of `jobs`.
  public let lines: [WipLine]
  /// From here on an ended job must have had work, billing or a change to be listed: the first of
  /// January, or of the period where that is earlier.
  public let yearStart: Day
  /// Subtotals of the period on no job, voids taken off.
  public let billedOnNoJobThisPeriod: Money
  /// What a reviewer should look at (DOMAIN §3.12).
  public let findings: [Finding]
  /// The sums by other roads.
  public let control: WipControl

  /// - Parameters:
  ///   - position: as of the period's last day.
  ///   - opening: the closing of the day before its first.
  public init(_ position: Position, _ work: Work, opening: Closing, _ period: Period) {
    let book = position.book
    yearStart = min(Month(year: period.last.calendar.year, month: 1).first, period.first)
    let original = originalEstimates(book, asOf: period.last)
    var lines = [WipLine]()
    lines.reserveCapacity(book.jobs.count)
    for job in book.jobs.ids {
      lines.append(WipLine(job, position, opening.position, originalEstimate: original[job]))
    }
    let brought = BroughtAlong(book, in: period)
    brought.add(to: &lines, opening.position)
    let active = activeJobs(position, from: yearStart)
    for row in lines.indices { lines[row].isListed = lines[row].isShown(isActive: active[row]) }
    self.lines = lines
    findings = reviewFindings(book, lines, period)
    billedOnNoJobThisPeriod =
      position.documents.notOnJob.billed - opening.position.documents.notOnJob.billed
      - brought.billedOnNoJob
    control = WipControl(position, work, openingWork: opening.work, period)
  }
}

extension WipLine {
  fileprivate init(
    _ job: RowID<Jobs>, _ position: Position, _ opening: Position, originalEstimate: Money
  ) {
    self.job = job
    self.originalEstimate = originalEstimate
    contract = position.documents.contracts[job]
    isEnded = contract.isEnded
    completePercentage = position.earned[job].completePercentage
    current = WipStanding(job, in: position)
    prior = WipStanding(job, in: opening)
    uninstalled = isEnded ? .zero : uninstalledPart(of: current.cost, contract.uninstalled)
    retainageHeld = position.documents.jobs[job].retainageHeld
    depositsHeld = position.documents.jobs[job].depositsHeld
  }

  /// A job that has ended is shown while anything happens or is held on it, any other from the day
  /// of its contract, or before it where there is something to show.
  fileprivate func isShown(isActive: Bool) -> Bool {
    let isHeld =
      current.earned != current.billed || !retainageHeld.isZero || !depositsHeld.isZero
    guard !isEnded else { return isActive || isHeld }
    return contract.isAgreed || isHeld || !current.cost.isZero || !current.billed.isZero
  }
}

/// The estimate each job began with: its own, else the one of the earliest day, of one day the later
/// row; `.none` without any by the as-of day.
private func originalEstimates(_ book: Book, asOf: Day) -> PerRow<Jobs, Money> {
  var first = PerRow<Jobs, Day>(repeating: .never, count: book.jobs.count)
  var amounts = PerRow<Jobs, Money>(book.jobs.estimatedCost)
  let estimates = book.estimates
  for row in estimates.rows where estimates.day[row] <= asOf && estimates.job[row].exists {
    let job = estimates.job[row]
    guard book.jobs.estimatedCost[job.row].isNone, estimates.day[row] <= first[job] else {
      continue
    }
    first[job] = estimates.day[row]
    amounts[job] = estimates.estimatedCost[row]
  }
  return amounts
}

/// Jobs on which anything was worked, billed, voided, changed or ended from a day on.
private func activeJobs(_ position: Position, from first: Day) -> [Bool] {
  let (book, asOf) = (position.book, position.asOf)
  var isActive = [Bool](repeating: false, count: book.jobs.count)
  func mark(_ days: [Day], _ jobs: [RowID<Jobs>]) {
    for row in days.indices where days[row] >= first && days[row] <= asOf && jobs[row].exists {
      isActive[jobs[row].row] = true
    }
  }
  mark(book.timesheets.day, book.timesheets.job)
  mark(book.inventory.day, book.inventory.job)
  mark(book.costs.day, book.costs.job)
  let changes = book.changeOrders
  mark(changes.rows.map(changes.approvedFrom), changes.job)
  let ids = Array(book.jobs.ids)
  for days in [book.jobs.completionDate, book.jobs.closedDate, book.jobs.cancelledDate] {
    mark(days, ids)
  }
  let invoices = book.invoices
  let voided = invoices.rows.map { invoices.voidFrom($0) }
  mark(invoices.day, invoices.job)
  mark(voided, invoices.job)
  for row in position.documents.shares.documents {
    for share in position.documents.shares.of(row) {
      mark([invoices.day[row], voided[row]], [share.job, share.job])
    }
  }
  return isActive
}
