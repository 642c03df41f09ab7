import Ledger
import Measures

/// Which applications for payment of a job are still to be billed.
///
/// An application is billed where a progress row of it names a live invoice, and billed later where that
/// is dated after the day. An application to which the job's subtotals come exactly is billed too, and
/// where no row of the job names an invoice all that they cover, so that the files of a system that keeps
/// no link are not billed twice.
struct DrawDrafts {
  private let book: Book
  private let position: Position
  private let all: Draws
  private let hasSchedule: [Bool]

  init(_ book: Book, _ position: Position) {
    (self.book, self.position) = (book, position)
    all = Draws(book, asOf: position.asOf)
    var hasSchedule = [Bool](repeating: false, count: book.jobs.count)
    for job in book.scheduleOfValues.job where job.exists { hasSchedule[job.row] = true }
    self.hasSchedule = hasSchedule
  }

  /// What a reviewer would send back of a job's applications.
  func findings(of job: RowID<Jobs>) -> [Finding] { all.findings(of: job) }

  /// Whether the job is billed by draws: it has a schedule of values and a price.
  func covers(_ job: RowID<Jobs>) -> Bool {
    let method = book.jobs.method[job.row]
    return hasSchedule[job.row] && (method == .fixedPrice || method == .unitPrice)
  }

  func draws(
    of job: RowID<Jobs>
  ) -> (draws: [Draw], notBilled: [NotBilled], findings: [Finding]) {
    let applications = all.of(job)
    var notBilled: [NotBilled] = []
    var open: [Draw] = []
    let last = lastBilled(applications, job)
    for (place, draw) in applications.enumerated() {
      if place == applications.count - 1 { notBilled += overruns(draw) }
      guard place > last, draw.thisPeriod != .zero || draw.retainageChange != .zero else {
        continue
      }
      if draw.state == .billedLater {
        notBilled.append(note(draw, "billed_later", draw.thisPeriod, "on a later invoice"))
      } else {
        open.append(draw)
      }
    }
    return (open, notBilled, difference(applications, open, last, job))
  }

  /// The place of the last application that is billed; -1 where none is.
  private func lastBilled(_ applications: [Draw], _ job: RowID<Jobs>) -> Int {
    let billed = position.documents.jobs[job].billed
    let linked = applications.lastIndex { $0.state == .billed } ?? -1
    if billed.isZero || linked >= 0 && applications[linked].completedAndStored == billed {
      return linked
    }
    // What was billed beyond the links is an application that was entered without one.
    let exact = applications.lastIndex { $0.completedAndStored == billed } ?? -1
    if exact > linked || linked >= 0 { return max(exact, linked) }
    return applications.lastIndex { $0.completedAndStored <= billed } ?? -1
  }

  private func overruns(_ draw: Draw) -> [NotBilled] {
    draw.lines.filter { $0.over > .zero && book.company.billing.overSchedule == .refuse }.map {
      note(
        draw, "over_schedule", $0.over,
        "line \($0.lineNumber): a change order, or over_schedule = \"allow\"")
    }
  }

  private func note(
    _ draw: Draw, _ reason: String, _ amount: Money, _ remedy: String
  ) -> NotBilled {
    NotBilled(
      job: draw.job, customer: book.jobs.customer[draw.job.row],
      what: "application \(draw.application)", reason: reason, amount: amount, remedy: remedy)
  }

  /// What was billed and what was applied for must be the same: the second road to a draw's subtotal.
  private func difference(
    _ applications: [Draw], _ open: [Draw], _ last: Int, _ job: RowID<Jobs>
  ) -> [Finding] {
    guard !open.isEmpty else { return [] }
    let opening = applications.first?.before.completed ?? .zero
    let before = last >= 0 ? applications[last].completedAndStored : opening
    let billed = position.documents.jobs[job].billed
    guard billed != before else { return [] }
    return [
      Finding(
        .warning, "billed_differs_from_applications",
        at: Place(file: book.file(Jobs.self), line: book.jobs.line[job.row]),
        value: book.jobs.id[job.row],
        "was billed \(billed.grouped), and its applications so far come to \(before.grouped)",
        expected: "invoices for what was applied for",
        remedy: "correct the invoices or progress.csv before the draw is issued",
        amount: billed - before)
    ]
  }
}
