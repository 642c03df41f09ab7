public import Ledger
public import Measures

/// Draws against the schedules of values of a book, as they stand on a day: of every job that has a
/// schedule each application with progress on or before the day (DESIGN §5; DOMAIN §1).
///
/// Jobs are computed when they are asked for, so that a book of many draws is not held at once.
public struct Draws: Sendable {
  /// Jobs with a schedule and an application, in the order of their file.
  public let jobs: [RowID<Jobs>]
  /// Schedules that do not add up to their contract, lines above their value and the like. An error
  /// refuses the run; where every application concerned is billed it is a warning.
  public private(set) var findings: [Finding] = []
  private let book: Book
  private let schedule: DrawRows
  private let progress: DrawRows
  private let changes: DrawRows
  private let opening: DrawRows
  private let applications: DrawApplications

  /// Nothing dated after the day counts: progress, approvals of change orders, documents.
  public init(_ book: Book, asOf: Day) {
    self.book = book
    let count = book.jobs.count
    let schedule = DrawRows(book.scheduleOfValues.job, jobs: count)
    let (days, owners) = (book.progress.day, book.progress.job)
    let progress = DrawRows(owners, jobs: count) { row in
      days[row] <= asOf && !schedule.isEmpty(owners[row])
    }
    let orders = book.changeOrders
    changes = DrawRows(orders.job, jobs: count) { row in
      !progress.isEmpty(orders.job[row]) && orders.approvedFrom(row) <= asOf
    }
    let balances = book.openingBalances
    opening = DrawRows(balances.job, jobs: count) { row in
      !progress.isEmpty(balances.job[row]) && balances.day[row] <= asOf
    }
    jobs = book.jobs.ids.filter { !progress.isEmpty($0) }
    (self.schedule, self.progress) = (schedule, progress)
    applications = DrawApplications(book, asOf: asOf)
    findings = negativeLines(book)
    for job in jobs { findings += series(job).findings() }
  }

  /// The applications of a job in order of their number; none without schedule or progress.
  public func of(_ job: RowID<Jobs>) -> [Draw] {
    job.exists && !progress.isEmpty(job) ? series(job).draws : []
  }

  /// Those of one job.
  public func findings(of job: RowID<Jobs>) -> [Finding] {
    let negative = negativeLines(book).filter { finding in
      schedule[job].contains { book.scheduleOfValues.line[$0] == finding.place.line }
    }
    return negative + (progress.isEmpty(job) ? [] : series(job).findings())
  }

  private func series(_ job: RowID<Jobs>) -> DrawSeries {
    var series = DrawSeries(
      book, job, DrawSchedule(book, job, schedule: schedule[job], changes: changes[job]),
      DrawOpening(book.openingBalances, rows: opening[job]))
    for application in applications(progress[job]) { series.add(application) }
    return series
  }
}
