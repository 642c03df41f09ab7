/// A set of rows that knows the place of each of its rows among them, so that what belongs to a few
/// rows of a long table is kept in an array as long as the set: one and a half bits a row of the table.
public struct RankedRows: Sendable {
  @usableFromInline var words: [UInt64]
  /// How many rows stand in the words before each.
  @usableFromInline var before: [Int32] = []
  @usableFromInline var size = 0
  @inlinable public var count: Int { size }

  @inlinable public init() { words = [] }

  /// For `insert` in any order, and then `rank`.
  public init(of table: Int) { words = Array(repeating: 0, count: table / 64 + 1) }

  @inlinable
  public mutating func insert(_ row: Int) { words[row &>> 6] |= 1 &<< UInt64(row & 63) }

  /// Call it when all rows are in.
  public mutating func rank() {
    before.reserveCapacity(words.count)
    for word in words {
      before.append(Int32(size))
      size += word.nonzeroBitCount
    }
  }

  /// A row behind all others of the set, which is ranked and stays so.
  @inlinable
  public mutating func append(_ row: Int) {
    while words.count <= row &>> 6 {
      words.append(0)
      before.append(Int32(size))
    }
    insert(row)
    size += 1
  }

  /// The place of a row; nil where it is not in the set.
  @inlinable
  @inline(__always)
  public func place(of row: Int) -> Int? {
    let index = row &>> 6
    guard index < words.count else { return nil }
    let (word, bit) = (words[index], UInt64(1) &<< UInt64(row & 63))
    guard word & bit != 0 else { return nil }
    return Int(before[index]) &+ (word & (bit &- 1)).nonzeroBitCount
  }
}
