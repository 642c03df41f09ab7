import Ledger
import Measures

/// An id of at most 16 bytes as numbers that compare as its bytes do, shorter ids first: the order in
/// which counters are written, `TS-9` before `TS-10`.
struct OrderedID: Comparable {
  var high: UInt64
  var low: UInt64
  var length: Int

  @inline(__always)
  static func < (a: Self, b: Self) -> Bool {
    if a.length != b.length { return a.length < b.length }
    return a.high != b.high ? a.high < b.high : a.low < b.low
  }
}

/// References to rows of their own table, of the rows that have one.
struct References {
  var rows: [Int] = []
  var texts = TextColumn()

  mutating func append(_ other: References, from base: Int) {
    rows += other.rows.map { $0 + base }
    texts.append(contentsOf: other.texts)
  }
}

/// The words of a choice, compared eight bytes at a time.
struct ChoiceWords<C: Choice>: Sendable where C.AllCases == [C] {
  private let words: [(head: UInt64, tail: UInt64, length: Int)]
  private let middles: [[UInt8]]

  init() {
    let all = C.allCases.map { Array($0.rawValue.utf8) }
    words = all.map { bytes in
      let words = keyWords(bytes.span)
      return (words.head, words.tail, bytes.count)
    }
    middles = all.map { Array($0.dropFirst(8).dropLast(8)) }
  }

  /// The choice that a cell names, if any.
  @inline(__always)
  func choice(_ cells: Cells, _ start: Int, _ end: Int) -> C? {
    let length = end &- start
    guard length > 0 else { return nil }
    let shift = UInt64(truncatingIfNeeded: 64 &- 8 &* min(length, 8))
    let head = (cells.word(start) &<< shift) &>> shift
    let tail = (cells.word(end &- 8) &>> shift) &<< shift
    for number in words.indices {
      let word = words[number]
      if word.head == head, word.tail == tail, word.length == length,
        length <= 16 || isSame(middles[number], cells, start &+ 8)
      {
        return C.allCases[number]
      }
    }
    return nil
  }

  private func isSame(_ middle: [UInt8], _ cells: Cells, _ start: Int) -> Bool {
    middle.indices.allSatisfy { middle[$0] == cells.byte(start + $0) }
  }
}

/// Days by the bytes they are written with: a file has few different ones, so nearly all are found
/// here, in 44 instructions where reading a day took 280.
final class DayMemo {
  private struct Entry {
    var head: UInt64 = 0
    var tail: UInt64 = 0
    var day = Day.none
  }
  /// Unsafe: an array in a class is guarded against overlapping changes at each use.
  /// `place` is below 1024.
  private let entries = UnsafeMutablePointer<Entry>.allocate(capacity: 1024)

  init() { entries.initialize(repeating: Entry(), count: 1024) }

  deinit { entries.deallocate() }

  /// The day that ten bytes write: the first eight of them, and the last eight; nil for anything else
  /// and for days that are not among `days`.
  @inline(__always)
  func day(_ head: UInt64, _ tail: UInt64, _ days: ClosedRange<Day>) -> Day? {
    let entry = entries[place(head, tail)]
    return entry.head == head && entry.tail == tail ? entry.day : newDay(head, tail, days)
  }

  @inline(never)
  private func newDay(_ head: UInt64, _ tail: UInt64, _ days: ClosedRange<Day>) -> Day? {
    guard let day = isoDay(head: head, tail: tail), days.contains(day) else { return nil }
    entries[place(head, tail)] = Entry(head: head, tail: tail, day: day)
    return day
  }

  @inline(__always)
  private func place(_ head: UInt64, _ tail: UInt64) -> Int {
    Int(truncatingIfNeeded: ((head ^ tail &>> 7) &* 0x9E37_79B9_7F4A_7C15) &>> 54)
  }
}
