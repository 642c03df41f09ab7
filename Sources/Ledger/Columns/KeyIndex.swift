/// Finds the row of a key: an open-addressing table of 32-bit row numbers beside the keys' bytes.
///
/// Keys are compared by bytes (RELIABILITY D7).
public struct KeyIndex<Table>: Sendable {
  public private(set) var keys = TextColumn()
  @usableFromInline var hashes: [UInt64] = []
  @usableFromInline var slots: [Int32] = []
  @usableFromInline var mask = 0

  public init() {}

  @inlinable public var count: Int { keys.count }

  public init(_ texts: some Sequence<String>) {
    for text in texts { _ = insert(Array(text.utf8).span) }
  }

  /// Adds a key, or finds it: its row, and whether it is new.
  @inlinable
  public mutating func insert(_ key: Span<UInt8>) -> (id: RowID<Table>, isNew: Bool) {
    insert(key, hash: hashOfKey(key))
  }

  public mutating func insert(_ key: Span<UInt8>, hash: UInt64) -> (id: RowID<Table>, isNew: Bool) {
    if keys.count * 2 >= slots.count { grow(to: max(16, slots.count * 2)) }
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      let row = Int(slots[slot])
      if hashes[row] == hash, keys.equals(row, key) { return (RowID(row), false) }
      slot = (slot + 1) & mask
    }
    slots[slot] = Int32(keys.count)
    keys.append(key)
    hashes.append(hash)
    return (RowID(keys.count - 1), true)
  }

  /// An index in which a key's row is its place in a column; of keys that are there twice the first
  /// is found, and rows keep their numbers.
  public init(rowsOf column: TextColumn) {
    reserveCapacity(column.count)
    keys = column
    hashes.reserveCapacity(column.count)
    for row in column.indices {
      let hash = column.withBytes(row) { hashOfKey($0) }
      hashes.append(hash)
      var slot = Int(truncatingIfNeeded: hash) & mask
      var isNew = true
      while slots[slot] >= 0 {
        let other = Int(slots[slot])
        if hashes[other] == hash, column.slice(other) == column.slice(row) {
          isNew = false
          break
        }
        slot = (slot + 1) & mask
      }
      if isNew { slots[slot] = Int32(row) }
    }
  }

  public mutating func reserveCapacity(_ count: Int) {
    var size = 16
    while size < count * 2 { size *= 2 }
    if size > slots.count { grow(to: size) }
  }

  private mutating func grow(to size: Int) {
    slots = Array(repeating: -1, count: size)
    mask = size - 1
    for row in hashes.indices {
      var slot = Int(truncatingIfNeeded: hashes[row]) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(row)
    }
  }

  /// The row of a key, or `.missing`.
  @inlinable
  public func find(_ key: Span<UInt8>) -> RowID<Table> { find(key, hash: hashOfKey(key)) }

  @inlinable
  public func find(_ key: String) -> RowID<Table> { find(Array(key.utf8).span) }

  @inlinable
  public func find(_ key: Span<UInt8>, hash: UInt64) -> RowID<Table> {
    guard !slots.isEmpty else { return .missing }
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      let row = Int(slots[slot])
      if hashes[row] == hash, keys.equals(row, key) { return RowID(row) }
      slot = (slot + 1) & mask
    }
    return .missing
  }

  /// The key of a row, for printing.
  public subscript(_ id: RowID<Table>) -> String { id.exists ? keys[id.row] : "" }
}

/// A 64-bit hash of a key's bytes, the same in every run: eight bytes at a time, multiplied and
/// folded (as wyhash does).
@inlinable
public func hashOfKey(_ key: Span<UInt8>) -> UInt64 {
  var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: key.count)
  var place = 0
  while place < key.count {
    var word: UInt64 = 0
    var shift: UInt64 = 0
    let end = min(place + 8, key.count)
    while place < end {
      word |= UInt64(key[unchecked: place]) &<< shift
      shift &+= 8
      place += 1
    }
    let product = (hash ^ word).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    hash = product.high ^ product.low
  }
  let last = (hash ^ 0xE703_7ED1_A0B4_28DB).multipliedFullWidth(by: 0x8EBC_6AF0_9C88_C6E3)
  return last.high ^ last.low
}
