/// What became of an entry, a line of time, an issue or return of material or a cost, by the as-of
/// day: every entry is in exactly one state, so that hours and amounts of all states add up to the
/// whole (DESIGN §5; the unbilled audit of DOMAIN §7 [S36]).
public enum EntryState: UInt8, Sendable, CaseIterable {
  /// A receipt or an adjustment of stock: a row of the file that no job is charged for.
  case noEntry
  /// Dated after the as-of day.
  case notYet
  /// On a document dated on or before the day and live on it.
  case billed
  /// On a document dated after the day: unbilled on it.
  case billedLater
  case ready
  case blocked
  /// Waived by an adjustment, which has the reason.
  case excluded
  /// By its own flag, or on a job without charge.
  case notBillable
  /// Cost of a contract that is billed by draws, units or schedule.
  case inContract

  /// The word of the reports.
  public var name: String {
    switch self {
    case .noEntry: "no_entry"
    case .notYet: "not_yet"
    case .billed: "billed"
    case .billedLater: "billed_later"
    case .ready: "ready"
    case .blocked: "blocked"
    case .excluded: "excluded"
    case .notBillable: "not_billable"
    case .inContract: "in_contract"
    }
  }

  /// Whether entries in it have a price, on jobs that bill entries.
  var hasPrice: Bool { isUnbilled || self == .billed || self == .excluded }

  /// Worked and on no invoice on the day, with a price that waits to be billed.
  @inlinable
  public var isUnbilled: Bool { self == .billedLater || self == .ready || self == .blocked }
}

/// Why an entry cannot be billed; of several, the first in this order (DESIGN §5).
public enum BlockedReason: UInt8, Sendable, CaseIterable {
  case jobCancelled
  case jobClosed
  case jobOnHold
  case customerOnHold
  case held
  case notApproved
  case noRate
  case noCost
  case closeoutIncomplete
  case notToExceed

  /// The word of the reports.
  public var name: String {
    switch self {
    case .jobCancelled: "job_cancelled"
    case .jobClosed: "job_closed"
    case .jobOnHold: "job_on_hold"
    case .customerOnHold: "customer_on_hold"
    case .held: "held"
    case .notApproved: "not_approved"
    case .noRate: "no_rate"
    case .noCost: "no_cost"
    case .closeoutIncomplete: "closeout_incomplete"
    case .notToExceed: "not_to_exceed"
    }
  }

  /// Who can clear it, where the book names no person.
  public var clearedBy: String {
    switch self {
    case .jobCancelled, .jobOnHold: "project manager"
    case .jobClosed: "accounting: reopen the job"
    case .customerOnHold: "credit manager"
    case .held: "who placed the hold"
    case .notApproved: "approver of the time"
    case .noRate: "accounting: rates.csv or items.csv"
    case .noCost: "purchasing: the item's cost"
    case .closeoutIncomplete: "technician: signature and photos"
    case .notToExceed: "customer: a change order"
    }
  }

  /// Whether the job's own manager is the one to clear it.
  public var isForTheManager: Bool { self == .jobCancelled || self == .jobOnHold }
}
