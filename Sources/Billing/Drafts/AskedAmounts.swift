public import Ledger
public import Measures

/// What a person asks for by job, whatever the job's terms propose.
public struct AskedAmounts: Sendable {
  /// Deposits to request beyond what was requested, before work is billed.
  public var deposits: [RowID<Jobs>: Money]
  /// Retainage to release, before completion too; never more than is held.
  public var releases: [RowID<Jobs>: Money]

  public init(deposits: [RowID<Jobs>: Money] = [:], releases: [RowID<Jobs>: Money] = [:]) {
    (self.deposits, self.releases) = (deposits, releases)
  }
}
