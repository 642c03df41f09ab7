public import Ledger
public import Measures

/// Unbilled work of each job from the day before a period to its last day, entry by entry.
///
///     closing = opening + worked + billed + repriced + excluded
public struct UnbilledRollForward: Sendable {
  /// What became of a job's entries; each as it moves the balance.
  public struct Movements: Sendable, Hashable {
    public var opening = Money.zero
    /// Work of the period, at its price on the last day.
    public var worked = Money.zero
    /// On a document of the period; above zero where a void gives it back.
    public var billed = Money.zero
    /// Entries that wait on both days, or were billed in between, at another price.
    public var repriced = Money.zero
    /// Waived, or no longer to be billed; above zero where it is to be billed again.
    public var excluded = Money.zero

    public var closing: Money { opening + worked + billed + repriced + excluded }

    public var isListed: Bool { self != Self() }
  }

  public let jobs: PerRow<Jobs, Movements>

  /// - Parameters:
  ///   - work: as of the period's last day, with its rows.
  ///   - before: as of the day before its first, with its rows.
  public init(_ book: Book, _ work: Work, before: Work) {
    var jobs = PerRow<Jobs, Movements>(repeating: Movements(), count: book.jobs.count)
    let methods = book.jobs.method
    func add(_ kind: EntryKind, _ owner: [RowID<Jobs>]) {
      let (old, new) = (before.entries(kind), work.entries(kind))
      for row in new.rows where owner[row].exists && methods[owner[row].row].billsEntries {
        jobs[owner[row]].add(from: old[row], to: new[row])
      }
    }
    add(.labor, book.timesheets.job)
    add(.material, book.inventory.job)
    add(.other, book.costs.job)
    self.jobs = jobs
  }
}

extension UnbilledRollForward.Movements {
  fileprivate mutating func add(from old: Entry, to new: Entry) {
    let (was, waits) = (old.state.isUnbilled, new.state.isUnbilled)
    if was { opening += old.price }
    if old.state == .notYet, new.state.hasPrice { worked += new.price }
    switch (was, waits) {
    case (true, true): repriced += new.price - old.price
    case (true, false):
      // What it was billed or waived at, where it has a price in its new state.
      let price = new.state.hasPrice ? new.price : old.price
      repriced += price - old.price
      if new.state == .billed { billed -= price } else { excluded -= price }
    case (false, true):
      if old.state == .billed { billed += new.price }
      if old.state != .billed, old.state != .notYet { excluded += new.price }
    case (false, false):
      guard old.state == .notYet, new.state.hasPrice else { return }
      if new.state == .billed { billed -= new.price } else { excluded -= new.price }
    }
  }
}
