/// A set of rows that knows the place of each of its rows among them, so that what belongs to a few
/// rows of a long table is kept in an array as long as the set: two bits a row of the table.
struct RankedRows {
  private var words: [UInt64]
  /// How many rows stand in the words before each.
  private var before: [Int32] = []
  private(set) var count = 0

  init(of table: Int) { words = Array(repeating: 0, count: table / 64 + 1) }

  mutating func insert(_ row: Int) { words[row / 64] |= 1 << UInt64(row % 64) }

  /// Call it when all rows are in.
  mutating func rank() {
    before.reserveCapacity(words.count)
    for word in words {
      before.append(Int32(count))
      count += word.nonzeroBitCount
    }
  }

  /// The place of a row; nil where it is not in the set.
  @inline(__always)
  func place(of row: Int) -> Int? {
    let (word, bit) = (words[row / 64], UInt64(1) << UInt64(row % 64))
    guard word & bit != 0 else { return nil }
    return Int(before[row / 64]) + (word & (bit - 1)).nonzeroBitCount
  }
}
