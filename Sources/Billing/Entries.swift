public import Ledger
public import Measures

/// What became of one row of the three files that jobs are charged through.
public struct Entry: Sendable {
  public internal(set) var state = EntryState.notYet
  /// Why it is blocked; nil in every other state.
  public internal(set) var reason: BlockedReason?
  /// What it costs the job, burden of labor apart; a return is negative.
  public internal(set) var cost = Money.zero
  /// Of labor only.
  public internal(set) var burden = Money.zero
  /// What it bills, discounts and caps apart; zero where it has no price of its own.
  public internal(set) var price = Money.zero
  /// What one unit or hour of it bills, to four decimals, for the reader; `.none` where it is unknown.
  public internal(set) var unitPrice = UnitPrice.none

  init() {}

  init(_ state: EntryState) { self.state = state }

  /// The cost with its burden.
  @inlinable public var burdenedCost: Money { cost + burden }
}

/// What became of each row of `timesheets`, `inventory` or `costs`. Row `i` is row `i` of that table.
///
/// Kept in blocks, so that every core fills blocks of its own and none is copied.
public struct Entries: Sendable {
  static let blockSize = 65_536
  var blocks: [[Entry]]
  public private(set) var count: Int

  /// Of so many rows that are not settled yet.
  init(count: Int) {
    self.count = count
    blocks = Self.pieces(of: count).map { Array(repeating: Entry(), count: $0.count) }
  }

  /// - Parameter blocks: all but the last of `blockSize` rows.
  init(_ blocks: [[Entry]]) {
    self.blocks = blocks
    count = blocks.reduce(0) { $0 + $1.count }
  }

  public var rows: Range<Int> { 0..<count }

  public internal(set) subscript(_ row: Int) -> Entry {
    _read { yield blocks[row / Self.blockSize][row % Self.blockSize] }
    _modify { yield &blocks[row / Self.blockSize][row % Self.blockSize] }
  }

  /// The rows of each block.
  static func pieces(of count: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: blockSize).map { $0..<min($0 + blockSize, count) }
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
