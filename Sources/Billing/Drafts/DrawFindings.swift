import Ledger
import Measures

/// Something that a row of progress says and no draw can bill.
struct DrawFault {
  enum Kind { case overSchedule, overflow }
  var kind: Kind
  var row: Int
  var line: DrawLine
  /// The draw it is in, by its place.
  var draw: Int
}

extension DrawSeries {
  /// What a reviewer would send back (DOMAIN §1.12, [S4b]): an error on an application that is still to
  /// be billed, a warning on one that was.
  func findings() -> [Finding] {
    faults.compactMap(finding) + sumFinding()
  }

  /// The schedule adds up to line 3.
  private func sumFinding() -> [Finding] {
    guard let last = draws.last else { return [] }
    let scheduled = last.lines.lazy.map(\.scheduled).sum()
    guard scheduled != last.contractSum else { return [] }
    let id = book.jobs.id[job.row]
    return [
      Finding(
        draws.contains { $0.state == .ready } ? .error : .warning, "schedule_does_not_add",
        at: Place(
          file: book.file(Jobs.self), line: book.jobs.line[job.row], column: "contract_amount"),
        "the schedule of values of \(id) adds up to \(scheduled.grouped), its contract with approved "
          + "changes to \(last.contractSum.grouped)",
        expected: "lines that add up to the contract and its approved change orders",
        remedy:
          "correct \(book.file(ScheduleOfValues.self)), the contract_amount, or the change order",
        amount: scheduled - last.contractSum)
    ]
  }

  private func finding(_ fault: DrawFault) -> Finding? {
    let (progress, row, line) = (book.progress, fault.row, fault.line)
    let percentage = progress.percentComplete[row]
    let column =
      !percentage.isNone
      ? "percent_complete"
      : !progress.completedAmount[row].isNone ? "completed_amount" : "completed_quantity"
    let place = Place(
      file: book.file(Progress.self), line: progress.line[row], column: column)
    let subject = "line \(line.lineNumber) of \(book.jobs.id[job.row])"
    let isReady = draws[fault.draw].state == .ready
    switch fault.kind {
    case .overflow:
      return Finding(
        .error, "overflow", at: place,
        "the work to date on \(subject) has more than ten digits before the point",
        expected: "amounts below 10,000,000,000.00",
        remedy: "correct the quantity, percentage or price that is too large")
    case .overSchedule:
      let allows = book.company.billing.overSchedule == .allow
      // Import has warned of a percentage above 100 that is allowed.
      if allows, percentage > .whole { return nil }
      let done = line.scheduled + line.over
      return Finding(
        allows || !isReady ? .warning : .error, "over_schedule", at: place,
        "\(subject) is completed and stored to \(done.grouped), above its scheduled value of "
          + line.scheduled.grouped,
        expected: "\(line.scheduled.grouped) at most, stored material in it",
        remedy: allows
          ? "see whether a change order is missing"
          : "correct the progress, enter the change order, or set over_schedule = \"allow\"",
        amount: line.over)
    }
  }
}

/// Only a change order takes away from a contract: any other line below zero is an error.
func negativeLines(_ book: Book) -> [Finding] {
  let lines = book.scheduleOfValues
  return lines.rows.filter { lines.scheduledValue[$0] < .zero && lines.changeOrder[$0] == .none }
    .map { row in
      let value = lines.scheduledValue[row]
      return Finding(
        .error, "negative_schedule_value",
        at: Place(
          file: book.file(ScheduleOfValues.self), line: lines.line[row], column: "scheduled_value"),
        value: value.text,
        "line \(lines.lineNumber[row]) is below zero and belongs to no change order",
        expected: "an amount of zero or more, or a change_order_id",
        remedy: "correct the amount, or name the change order that takes it away", amount: value)
    }
}
