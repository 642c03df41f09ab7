public import Ledger
public import Measures

/// Every application for payment of a book, from its schedules of values and its progress through a day
/// (DESIGN §5, "Draws").
///
/// An application is all progress of its number; rows without a number make one of their own a day, after
/// the highest number so far. A line without a row in an application is where it was in the one before.
public struct Draws: Sendable {
  private let book: Book
  private let asOf: Day
  /// Rows of `schedule_of_values`, `progress` and `change_orders` of each job.
  private let scheduleRows: RowsByJob
  private let progressRows: RowsByJob
  private let changeRows: RowsByJob
  private let certifiedBefore: [RowID<Jobs>: Money]

  public init(_ book: Book, asOf: Day) {
    self.book = book
    self.asOf = asOf
    scheduleRows = RowsByJob(book.scheduleOfValues.job, jobs: book.jobs.count)
    progressRows = RowsByJob(book.progress.job, jobs: book.jobs.count)
    changeRows = RowsByJob(book.changeOrders.job, jobs: book.jobs.count)
    var certified: [RowID<Jobs>: Money] = [:]
    OpeningSums(book, asOf: asOf).forEach(.certified) { _, job, amount in
      certified[job, default: .zero] += amount
    }
    certifiedBefore = certified
  }

  /// The applications of a job through the day, in order.
  public func of(_ job: RowID<Jobs>) -> [Draw] {
    guard !scheduleRows.of(job).isEmpty else { return [] }
    var draws: [Draw] = []
    var state = LineStates()
    var certified = certifiedBefore[job] ?? .zero
    for (number, rows) in applications(job) {
      for row in rows where book.progress.scheduleLine[row].exists {
        state.progress[book.progress.scheduleLine[row].row] = row
      }
      var draw = draw(job, number, rows, &state)
      draw.previousCertificates = certified
      if let last = draws.last {
        draw.completedBefore = last.completedAndStored
        draw.retainageBefore = last.retainage
      }
      certified += draw.certified ?? draw.paymentDue
      draws.append(draw)
    }
    return draws
  }

  /// What a reviewer would send back (DOMAIN §1.12 [S4b]): errors, so that no draw is drafted from it.
  func findings(of draw: Draw) -> [Finding] {
    var findings: [Finding] = []
    let scheduled = draw.lines.map(\.scheduled).sum()
    if scheduled != draw.contractSum {
      findings.append(
        Finding(
          .error, "schedule_does_not_add",
          at: Place(
            file: book.file(ScheduleOfValues.self),
            line: scheduleRows.of(draw.job).first.map { book.scheduleOfValues.line[Int($0)] } ?? 0,
            column: "scheduled_value"),
          value: book.jobs.id[draw.job.row],
          "the schedule comes to \(scheduled.grouped), the contract with its approved changes to "
            + draw.contractSum.grouped,
          expected: draw.contractSum.grouped,
          remedy: "correct the schedule, contract_amount or the change orders",
          amount: scheduled - draw.contractSum))
    }
    for line in draw.lines
    where line.over > .zero && !line.isLimited && book.company.billing.overSchedule == .refuse {
      findings.append(
        Finding(
          .error, "over_schedule",
          at: Place(
            file: book.file(Progress.self), line: progressLine(draw, line.number),
            column: "line_no"),
          value: line.number,
          "line \(line.number) of \(book.jobs.id[draw.job.row]) is completed and stored for "
            + "\(line.completedAndStored.grouped), above its \(line.scheduled.grouped)",
          expected: "\(line.scheduled.grouped) at most",
          remedy: "correct the progress, enter a change order, or set over_schedule = \"allow\"",
          amount: line.over))
    }
    return findings
  }

  private func progressLine(_ draw: Draw, _ number: String) -> UInt32 {
    let row = progressRows.of(draw.job).last {
      book.progress.lineNumber[Int($0)] == number && book.progress.day[Int($0)] <= asOf
    }
    return row.map { book.progress.line[Int($0)] } ?? 0
  }

  /// Applications through the day with their rows, each in order of day and file.
  private func applications(_ job: RowID<Jobs>) -> [(number: Int32, rows: [Int])] {
    let progress = book.progress
    let rows = progressRows.of(job).map(Int.init).filter { progress.day[$0] <= asOf }
      .sorted { (progress.day[$0], $0) < (progress.day[$1], $1) }
    var found: [Int32: [Int]] = [:]
    var highest: Int32 = 0
    var unnumbered: (day: Day, number: Int32) = (.none, 0)
    for row in rows {
      var number = progress.applicationNumber[row]
      if number == 0 {
        if unnumbered.day != progress.day[row] { unnumbered = (progress.day[row], highest + 1) }
        number = unnumbered.number
      }
      highest = max(highest, number)
      found[number, default: []].append(row)
    }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private func draw(
    _ job: RowID<Jobs>, _ number: Int32, _ rows: [Int], _ state: inout LineStates
  ) -> Draw {
    let progress = book.progress
    let invoice = rows.compactMap { progress.invoice[$0].orNil }
      .first { book.invoices.isLive($0.row, on: asOf) }
    let day = rows.map { progress.day[$0] }.max() ?? .none
    let counted = invoice.map { max(day, book.invoices.day[$0.row]) } ?? asOf
    let plan = SchedulePlan(
      book, job, scheduleRows.of(job), changeRows.of(job), approvedBy: counted)
    var lines = plan.lines
    let before = plan.keys.map { state.before[$0] ?? LineStates.Line() }
    var byHand: [Money?] = []
    for place in lines.indices {
      let row = plan.keys[place] >= 0 ? state.progress[plan.keys[place]] : nil
      lines[place].fill(book, line: plan.keys[place], progress: row, before[place])
      byHand.append(row.flatMap { progress.retainage[$0].orNil })
    }
    DrawRetainage(book, job).withhold(
      &lines, rates: plan.rates, before: before.map(\.retainage), byHand: byHand,
      contractSum: plan.original + plan.changes)
    for place in lines.indices { state.before[plan.keys[place]] = LineStates.Line(lines[place]) }
    var draw = Draw(
      job: job, application: number, day: day, lines: lines, original: plan.original,
      changes: plan.changes)
    draw.invoice = invoice ?? .none
    let certified = rows.compactMap { progress.certifiedAmount[$0].orNil }
    draw.certified = certified.isEmpty ? nil : certified.sum()
    return draw
  }
}

/// Where the lines of a schedule stand after an application.
private struct LineStates {
  /// The progress row that counts, by schedule row.
  var progress: [Int: Int] = [:]
  /// By the keys of `SchedulePlan`.
  var before: [Int: Line] = [:]

  struct Line {
    var completed = Money.zero
    var billable = Money.zero
    var retainage = DrawRetainage.Before()

    init() {}

    init(_ line: DrawLine) {
      completed = line.completed
      billable = line.billable
      retainage = DrawRetainage.Before(
        work: line.billable - line.stored, stored: line.stored, onWork: line.retainageOnWork,
        onStored: line.retainageOnStored)
    }
  }
}

extension DrawLine {
  /// Columns D to F from the progress that counts and the application before.
  fileprivate mutating func fill(
    _ book: Book, line: Int, progress row: Int?, _ before: LineStates.Line
  ) {
    previous = before.completed
    billableBefore = before.billable
    retainageBefore = before.retainage.onWork + before.retainage.onStored
    guard let row else { return }
    thisPeriod = book.completedValue(ofLine: line, progress: row) - previous
    stored = book.progress.storedMaterials[row].orNil ?? .zero
    quantity = book.progress.completedQuantity[row]
  }
}

/// The lines that count for an application, without progress.
private struct SchedulePlan {
  var lines: [DrawLine] = []
  var rates: [DrawRetainage.Rates] = []
  /// Of each line its row of `schedule_of_values`; of a change order without one, below zero.
  var keys: [Int] = []
  var original = Money.zero
  var changes = Money.zero

  /// Only changes approved by a day count (DOMAIN §1.9); an approved one that no line of the schedule
  /// belongs to has its own line at the end.
  init(
    _ book: Book, _ job: RowID<Jobs>, _ scheduleRows: ArraySlice<Int32>,
    _ changeRows: ArraySlice<Int32>, approvedBy day: Day
  ) {
    let (schedule, orders) = (book.scheduleOfValues, book.changeOrders)
    let ownRate = book.jobs.retainagePercentage[job.row].orNil ?? .zero
    let ownStored = book.jobs.retainageStoredPercentage[job.row].orNil
    let allows = book.company.billing.overSchedule == .allow
    var hasLine = Set<RowID<ChangeOrders>>()
    var scheduled = Money.zero
    for row in scheduleRows.lazy.map(Int.init) {
      let order = schedule.changeOrder[row]
      if order.exists {
        hasLine.insert(order)
        guard orders.approvedFrom(order.row) <= day else { continue }
      } else {
        scheduled += schedule.scheduledValue[row]
      }
      let price = schedule.unitPrice[row]
      lines.append(
        DrawLine(
          number: schedule.lineNumber[row], description: schedule.description[row],
          scheduled: schedule.scheduledValue[row], kind: schedule.taxKind[row], unitPrice: price,
          isLimited: !price.isNone && !allows))
      let rate = schedule.retainagePercentage[row].orNil ?? ownRate
      rates.append(DrawRetainage.Rates(work: rate, stored: ownStored ?? rate))
      keys.append(row)
    }
    for row in changeRows.lazy.map(Int.init) where orders.approvedFrom(row) <= day {
      changes += orders.amount[row]
      guard !hasLine.contains(RowID(row)) else { continue }
      let text = orders.description[row]
      lines.append(
        DrawLine(
          number: orders.id[row], description: text.isEmpty ? orders.id[row] : text,
          scheduled: orders.amount[row], kind: .other, unitPrice: .none, isLimited: false))
      rates.append(DrawRetainage.Rates(work: ownRate, stored: ownStored ?? ownRate))
      keys.append(-1 - row)
    }
    original = book.jobs.contractAmount[job.row].orNil ?? scheduled
  }
}

/// Rows of a table by their job, in the order of the file.
struct RowsByJob {
  private let starts: [Int32]
  private let rows: [Int32]

  init(_ jobs: [RowID<Jobs>], jobs count: Int) {
    var starts = [Int32](repeating: 0, count: count + 1)
    for job in jobs where job.exists { starts[job.row + 1] += 1 }
    for job in 0..<count { starts[job + 1] += starts[job] }
    var next = starts
    var rows = [Int32](repeating: 0, count: Int(starts[count]))
    for row in jobs.indices where jobs[row].exists {
      rows[Int(next[jobs[row].row])] = Int32(row)
      next[jobs[row].row] += 1
    }
    self.starts = starts
    self.rows = rows
  }

  func of(_ job: RowID<Jobs>) -> ArraySlice<Int32> {
    rows[Int(starts[job.row])..<Int(starts[job.row + 1])]
  }
}
