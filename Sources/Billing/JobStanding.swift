public import Ledger
public import Measures

/// The status of a job on a day: what was decided later had not happened on it (DESIGN §4).
public struct JobStanding: Sendable {
  public let status: JobStatus

  /// A job is cancelled, closed or on hold from the date that says so; where the status has no date
  /// it holds for every day. A hold that has ended still counts for the days between its dates.
  public init(_ jobs: borrowing Jobs, _ job: Int, on asOf: Day) {
    let current = jobs.status[job]
    let (from, to) = (jobs.holdFrom[job], jobs.holdTo[job])
    let isDatedHold = !from.isNone && !to.isNone
    let isInHold = (from.isNone || from <= asOf) && (to.isNone || to >= asOf)
    if current == .cancelled, hasCome(jobs.cancelledDate[job], by: asOf) {
      status = .cancelled
    } else if current == .closed, hasCome(jobs.closedDate[job], by: asOf) {
      status = .closed
    } else if isInHold, current == .onHold || isDatedHold {
      status = .onHold
    } else if let completed = jobs.completionDate[job].orNil, completed <= asOf {
      status = .complete
    } else {
      status = .open
    }
  }

  /// What the status blocks, if anything.
  var block: BlockedReason? {
    switch status {
    case .cancelled: .jobCancelled
    case .closed: .jobClosed
    case .onHold: .jobOnHold
    case .open, .complete: nil
    }
  }
}

private func hasCome(_ day: Day, by asOf: Day) -> Bool { day.isNone || day <= asOf }
