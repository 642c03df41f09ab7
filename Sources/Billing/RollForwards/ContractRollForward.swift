public import Ledger
public import Measures

/// What a contract was an asset or a liability of, from the day before a period to its last day.
///
/// One net figure a contract: earned less billed, and retainage, less deposits (DOMAIN §2.1 [S12]).
///
///     asset − liability at the end = asset − liability before + earned − billed
public struct ContractRollForward: Sendable {
  public struct Movements: Sendable {
    fileprivate var before: JobContract
    fileprivate var after: JobContract

    public var assetOpening: Money { max(.zero, before.net) }
    public var liabilityOpening: Money { max(.zero, -before.net) }
    public var assetClosing: Money { max(.zero, after.net) }
    public var liabilityClosing: Money { max(.zero, -after.net) }
    public var earned: Money { after.earned - before.earned }
    /// What became a receivable or was paid in advance: billed before tax, less retainage withheld,
    /// with retainage released and deposits received less what was made of them (DOMAIN §4.7 [S54]).
    public var billed: Money { after.billed - before.billed }

    public var isListed: Bool {
      !before.net.isZero || !after.net.isZero || !earned.isZero || !billed.isZero
    }
  }

  public let jobs: PerRow<Jobs, Movements>

  /// - Parameters:
  ///   - schedule: of the period; what the input opens with in it stands with the day before.
  ///   - before: as of that day.
  public init(_ schedule: WipSchedule, _ period: Period, before: Position) {
    var jobs = schedule.lines.map { line in
      let documents = before.documents.jobs[line.job]
      return Movements(
        before: JobContract(
          earned: line.prior.earned, subtotals: line.prior.billed,
          retainage: documents.retainageHeld, deposits: documents.depositsHeld),
        after: JobContract(
          earned: line.current.earned, subtotals: line.current.billed,
          retainage: line.retainageHeld, deposits: line.depositsHeld))
    }
    let brought = OpeningSums(before.book, in: period)
    brought.forEach(.retainage) { _, job, amount in
      if job.exists { jobs[job.row].before.retainage += amount }
    }
    brought.forEach(.deposit) { _, job, amount in
      if job.exists { jobs[job.row].before.deposits += amount }
    }
    self.jobs = PerRow(jobs)
  }
}

private struct JobContract: Sendable {
  let earned: Money
  let subtotals: Money
  var retainage: Money
  var deposits: Money

  var billed: Money { subtotals - retainage + deposits }
  var net: Money { earned - billed }
}
