import Ledger

/// Finds the rows whose key an earlier row has, in millions of rows without a dictionary.
///
/// Every hash sets a bit; a hash that finds its bit set may be a repeat (or, in one case of
/// sixteen, a coincidence), and only those rows are sorted and compared by bytes.
enum RepeatedKeys {
  struct Pair {
    /// The later row.
    var row: Int
    /// The first row with the same key.
    var first: Int
  }

  /// Rows of a column of ids that repeat an earlier one, in order of rows; blank ids are left out.
  static func pairs(in column: TextColumn) -> [Pair] {
    guard !isAscending(column) else { return [] }
    var hashes = [UInt64]()
    hashes.reserveCapacity(column.count)
    for row in column.indices { hashes.append(column.withBytes(row) { hashOfKey($0) }) }
    return pairs(hashes) { column.slice($0) == column.slice($1) }
      .filter { !column.isEmpty($0.row) }
  }

  /// Rows with equal hashes that `isSame` confirms, in order of rows.
  static func pairs(_ hashes: [UInt64], isSame: (Int, Int) -> Bool) -> [Pair] {
    let suspected = rowsWithRepeatedBit(hashes).sorted { (hashes[$0], $0) < (hashes[$1], $1) }
    var found = [Pair]()
    var start = 0
    while start < suspected.count {
      var end = start + 1
      while end < suspected.count, hashes[suspected[end]] == hashes[suspected[start]] { end += 1 }
      var firsts = [Int]()  // more than one only where different keys have one hash
      for row in suspected[start..<end] {
        if let first = firsts.first(where: { isSame($0, row) }) {
          found.append(Pair(row: row, first: first))
        } else {
          firsts.append(row)
        }
      }
      start = end
    }
    return found.sorted { $0.row < $1.row }
  }

  private static func rowsWithRepeatedBit(_ hashes: [UInt64]) -> [Int] {
    var size: UInt64 = 64
    while size < UInt64(hashes.count) * 16 { size *= 2 }
    let mask = size - 1
    var seen = [UInt64](repeating: 0, count: Int(size / 64))
    var repeated = seen
    var isAnyRepeated = false
    for hash in hashes {
      let word = Int((hash & mask) >> 6)
      let bit: UInt64 = 1 << (hash & 63)
      if seen[word] & bit != 0 {
        repeated[word] |= bit
        isAnyRepeated = true
      } else {
        seen[word] |= bit
      }
    }
    guard isAnyRepeated else { return [] }
    return hashes.indices.filter { row in
      let hash = hashes[row]
      return repeated[Int((hash & mask) >> 6)] & (1 << (hash & 63)) != 0
    }
  }

  /// Whether every id comes after the one before it, by bytes or by length and bytes (TS-9, TS-10):
  /// most exports are written so, and then no id is there twice.
  static func isAscending(_ column: TextColumn) -> Bool {
    var byBytes = true
    var byLength = true
    for row in column.indices.dropFirst() {
      column.withBytes(row - 1) { before in
        column.withBytes(row) { after in
          let order = order(before, after)
          if before.count != after.count {
            byLength = byLength && before.count < after.count
            byBytes = byBytes && (order < 0 || (order == 0 && before.count < after.count))
          } else if order >= 0 {
            byBytes = false
            byLength = false
          }
        }
      }
      if !byBytes, !byLength { return false }
    }
    return true
  }

  /// Below zero where the first difference puts `a` before `b`; zero where one begins with the
  /// other.
  private static func order(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Int {
    let count = min(a.count, b.count)
    var place = 0
    while place < count {
      let (x, y) = (a[unchecked: place], b[unchecked: place])
      if x != y { return x < y ? -1 : 1 }
      place += 1
    }
    return 0
  }

  /// One hash of several, in their order.
  @inline(__always)
  static func combine(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = (a ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: b ^ 0xE703_7ED1_A0B4_28DB)
    return (product.high ^ product.low) &+ a &* 0xA076_1D64_78BD_642F
  }
}
