public import Ledger
public import Measures

/// What became of each row of one of the three files that jobs are charged through: `timesheets`,
/// `inventory` or `costs`. Row `i` is row `i` of that table.
public struct Entries: Sendable {
  public internal(set) var state: [EntryState]
  /// Why it is blocked; nil in every other state.
  public internal(set) var reason: [BlockedReason?]
  /// What it costs the job, burden of labor apart; a return is negative.
  public internal(set) var cost: [Money]
  /// Of labor only; empty for the other two.
  public internal(set) var burden: [Money]
  /// What it bills, discounts and caps apart; zero where it has no price of its own.
  public internal(set) var price: [Money]
  /// What one unit or hour of it bills, to four decimals, for the reader; `.none` where it is unknown.
  public internal(set) var unitPrice: [UnitPrice]

  public var count: Int { state.count }

  /// The cost with its burden.
  @inlinable
  public func burdenedCost(_ row: Int) -> Money {
    burden.isEmpty ? cost[row] : cost[row] + burden[row]
  }
}

extension Entries {
  init(count: Int) {
    state = Array(repeating: .notYet, count: count)
    reason = Array(repeating: nil, count: count)
    cost = Array(repeating: .zero, count: count)
    burden = []
    price = Array(repeating: .zero, count: count)
    unitPrice = Array(repeating: .none, count: count)
  }
}

/// An entry named by its kind and its row: labor is a row of timesheets, material of inventory, other
/// of costs.
public struct EntryID: Hashable, Comparable, Sendable {
  public var kind: EntryKind
  public var row: Int

  public init(_ kind: EntryKind, _ row: Int) {
    self.kind = kind
    self.row = row
  }

  /// Labor before material before other, then the order of the file.
  public static func < (a: Self, b: Self) -> Bool {
    a.kind == b.kind ? a.row < b.row : a.kind.order < b.kind.order
  }
}

extension EntryKind {
  var order: Int { self == .labor ? 0 : self == .material ? 1 : 2 }
}
