/// Finds the row of a key of a table.
public struct KeyIndex<Table>: Sendable {
  @usableFromInline var table = KeyTable()

  public init() {}

  public init(_ texts: some Sequence<String>) {
    for text in texts { _ = table.insert(Array(text.utf8).span) }
  }

  /// An index in which a key's row is its place in a column; of keys that are there twice the first
  /// is found, and rows keep their numbers.
  @inlinable
  public init(rowsOf column: TextColumn) { table = KeyTable(rowsOf: column) }

  @inlinable public var keys: TextColumn { table.keys }
  @inlinable public var count: Int { table.keys.count }

  /// Adds a key, or finds it: its row, and whether it is new.
  @inlinable
  public mutating func insert(_ key: Span<UInt8>) -> (id: RowID<Table>, isNew: Bool) {
    let (row, isNew) = table.insert(key)
    return (RowID(number: row), isNew)
  }

  /// Finds out whether the keys are a prefix and a counter, when all are there.
  @inlinable
  public mutating func countKeys() { table.countKeys() }

  /// The row of a key, or `.missing`.
  @inlinable
  public func find(_ key: Span<UInt8>) -> RowID<Table> { RowID(number: table.find(key)) }

  @inlinable
  public func find(_ key: String) -> RowID<Table> { find(Array(key.utf8).span) }

  /// The row of a key whose hash is known, where keys are not counted.
  @inlinable
  public func find(_ key: Span<UInt8>, hash: UInt64) -> RowID<Table> {
    RowID(number: table.find(key, hash: hash))
  }

  /// The rows of a column of keys; `.missing` for those that are in no row.
  @inlinable
  public func find(all column: TextColumn) -> [RowID<Table>] {
    table.find(all: column).map { RowID(number: $0) }
  }

  /// Finds places in the table of numbers, where keys are counted; for loops to hold.
  @inlinable public var counter: Counter? { table.counter }

  /// The number of the row of each place, where keys are counted.
  @inlinable public var rowsByPlace: [Int32] { table.rowOfNumber }

  /// Asks the memory for what a key of this hash needs, some time before it is looked for.
  @inlinable
  @inline(__always)
  public func slot(of hash: UInt64) -> Int64 {
    table.slots.isEmpty ? -1 : table.slots[Int(truncatingIfNeeded: hash) & table.mask]
  }

  /// The key of a row, for printing.
  public subscript(_ id: RowID<Table>) -> String { id.exists ? table.keys[id.row] : "" }
}
