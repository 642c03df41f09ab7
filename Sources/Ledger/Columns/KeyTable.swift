/// Finds the number of a key's row: by the key's own number where all keys are a prefix and a counter
/// (`CounterForm`), else in an open-addressing table of row numbers beside the keys' bytes.
///
/// Keys are compared by bytes (RELIABILITY D7). Of no table in particular, as loops of a generic type
/// that another module calls ask for their types at every step: 1,900 instructions a key, and not 60.
@usableFromInline
struct KeyTable: Sendable {
  @usableFromInline var keys = TextColumn()
  /// Of each key, while there is no counter; the upper half stands in `slots` too.
  private var hashes: [UInt64] = []
  /// The upper half of a key's hash and its row; -1 where a slot is free. One miss of the cache a
  /// probe: the row's own bytes are looked at only where half of the hash agrees.
  @usableFromInline var slots: [Int64] = []
  @usableFromInline var mask = 0
  @usableFromInline var form: CounterForm?
  @usableFromInline var lowest: Int64 = 0
  /// The row of each number from the lowest on, `missing` where no key has it.
  @usableFromInline var rowOfNumber: [Int32] = []

  @usableFromInline init() {}

  /// Adds a key, or finds it: its row, and whether it is new.
  @usableFromInline
  mutating func insert(_ key: Span<UInt8>) -> (row: Int32, isNew: Bool) {
    precondition(hashes.count == keys.count, "a finished index takes no more keys")
    let hash = hashOfKey(key)
    let found = find(key, hash: hash)
    if found >= 0 { return (found, false) }
    if keys.count * 2 >= slots.count { grow(to: max(16, slots.count * 2)) }
    put(hash, keys.count)
    keys.append(key)
    hashes.append(hash)
    return (Int32(keys.count - 1), true)
  }

  /// An index in which a key's row is its place in a column; of keys that are there twice the first
  /// is found, and rows keep their numbers.
  @usableFromInline
  init(rowsOf column: TextColumn) {
    keys = column
    countKeys()
    guard form == nil else { return }
    var size = 16
    while size < column.count * 2 { size *= 2 }
    grow(to: size)
    for row in column.indices {
      let hash = column.withBytes(row) { hashOfKey($0) }
      let isNew = column.withBytes(row) { find($0, hash: hash) < 0 }
      if isNew { put(hash, row) }
    }
  }

  /// Finds out whether the keys are a prefix and a counter, when all are there.
  @usableFromInline
  mutating func countKeys() {
    guard keys.count > 0 else { return }
    let (first, last) = (keys.range(0).count, keys.range(keys.count - 1).count)
    guard let form = keys.withBytes(0, { CounterForm(of: $0, padded: first == last) }) else {
      return
    }
    var numbers = [Int32]()
    numbers.reserveCapacity(keys.count)
    var (low, high) = (Int64.max, Int64.min)
    keys.forEachWords { head, tail, length in
      let number = form.number(head: head, tail: tail, length: length)
      low = min(low, number)
      high = max(high, number)
      numbers.append(Int32(truncatingIfNeeded: number))
      return number >= 0
    }
    guard low >= 0 else { return }
    // Numbers that lie far apart would fill the memory with gaps.
    guard high - low < 4 * Int64(keys.count) + 1024 else { return }
    rowOfNumber = Array(repeating: Self.missing, count: Int(high - low) + 1)
    for (row, number) in numbers.enumerated() {
      let place = Int(Int64(number) - low)
      if rowOfNumber[place] == Self.missing { rowOfNumber[place] = Int32(row) }
    }
    (self.form, lowest) = (form, low)
    (hashes, slots, mask) = ([], [], 0)
  }

  private mutating func grow(to size: Int) {
    slots = Array(repeating: -1, count: size)
    mask = size - 1
    for row in hashes.indices { put(hashes[row], row) }
  }

  private mutating func put(_ hash: UInt64, _ row: Int) {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 { slot = (slot + 1) & mask }
    slots[slot] = Int64(hash >> 33) << 32 | Int64(row)
  }

  /// The row of a key, or `.missing`.
  @usableFromInline
  func find(_ key: Span<UInt8>) -> Int32 {
    guard form == nil else {
      let words = keyWords(key)
      let place = counter?.place(head: words.head, tail: words.tail, length: key.count) ?? -1
      return place < 0 ? Self.missing : rowOfNumber[Int(place)]
    }
    return find(key, hash: hashOfKey(key))
  }

  /// The rows of a column of keys; `.missing` for those that are in no row.
  @usableFromInline
  func find(all column: TextColumn) -> [Int32] {
    guard let counter else {
      return column.indices.map { row in column.withBytes(row) { find($0, hash: hashOfKey($0)) } }
    }
    var found = [Int32]()
    found.reserveCapacity(column.count)
    column.forEachWords { head, tail, length in
      let place = counter.place(head: head, tail: tail, length: length)
      found.append(place < 0 ? Self.missing : rowOfNumber[Int(place)])
      return true
    }
    return found
  }

  /// The row of a key whose hash is known, where keys are not counted.
  @usableFromInline
  func find(_ key: Span<UInt8>, hash: UInt64) -> Int32 {
    guard !slots.isEmpty else { return Self.missing }
    let tag = Int64(hash >> 33)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      let row = Int(slots[slot] & 0xFFFF_FFFF)
      if slots[slot] >> 32 == tag, keys.equals(row, key) { return Int32(row) }
      slot = (slot + 1) & mask
    }
    return Self.missing
  }

  /// Finds places in the table of numbers, where keys are counted; for loops to hold.
  @usableFromInline var counter: Counter? {
    form.map { Counter(form: $0, lowest: lowest, count: UInt64(rowOfNumber.count)) }
  }

  private static let missing = RowID<Never>.missing.number
}
