import Ledger

/// A block of whole records, cut into fields, in memory that is used for one block after another.
///
/// The bounds of a row's fields stand side by side in `marks`, from `rowMarks[row]` on: field `f` lies
/// behind the mark `f` and before the mark `f + 1`. Quotes are resolved and outer blanks taken off.
final class Block {
  /// Bytes that may be read before and behind the records, so that words need no test.
  static let margin = 64

  /// Fields in each record, as many as the header has.
  let width: Int
  /// The block's place in the file.
  var number = 0
  var bytes: [UInt8] = []
  /// Where the records stand in `bytes`; texts that had to be changed stand behind them.
  var records = 0..<0
  var marks: [UInt32] = []
  /// Marks for the records as they stand; those of texts that had to be changed follow.
  var markRoom = 0
  var rowMarks: [UInt32] = []
  /// Where records begin, counted in lines from the block's first, which is 0: from each of these rows
  /// on every record is one line, up to the next.
  var lineBreaks: [(row: Int, line: UInt32)] = []
  /// Lines in the block.
  var lineCount: UInt32 = 0
  var faults: [RecordFault] = []
  let days = DayMemo()
  /// Keeps the slots that were asked for from being left out as unused.
  var touched: Int64 = 0

  init(width: Int) { self.width = width }

  var rows: Int { rowMarks.count }

  /// The line of each record, counted from the block's first.
  var lines: [UInt32] {
    lineBreaks.indices.flatMap { number in
      let (row, line) = lineBreaks[number]
      let end = number + 1 < lineBreaks.count ? lineBreaks[number + 1].row : rows
      return (0..<UInt32(end - row)).map { line + $0 }
    }
  }

  /// The bytes of a cell; for the few that are looked at one by one.
  func bounds(_ row: Int, _ field: Int) -> Range<Int> {
    let mark = Int(rowMarks[row]) + field
    return Int(marks[mark]) + 1..<Int(marks[mark + 1])
  }

  func text(_ row: Int, _ field: Int) -> String {
    String(decoding: bytes[bounds(row, field)], as: UTF8.self)
  }

  /// Calls the body with the cells of a column.
  func withCells<Result>(_ field: Int, _ body: (Cells) -> Result) -> Result {
    // Unsafe: every cell of every file is read here, some in a dozen instructions. The marks of every
    // row lie within `marks`, and what they name within `bytes` with a margin on both sides.
    bytes.withUnsafeBufferPointer { bytes in
      marks.withUnsafeBufferPointer { marks in
        rowMarks.withUnsafeBufferPointer { rowMarks in
          guard let bytes = bytes.baseAddress, let marks = marks.baseAddress,
            let first = rowMarks.baseAddress
          else { preconditionFailure("an array has an address") }
          return body(
            Cells(count: rowMarks.count, bytes: bytes, marks: marks + field, rowMarks: first))
        }
      }
    }
  }
}

/// The cells of one column of a block, valid while `Block.withCells` runs.
struct Cells {
  let count: Int
  /// Unsafe: see `Block.withCells`, which alone makes these.
  private let bytes: UnsafePointer<UInt8>
  private let marks: UnsafePointer<UInt32>
  private let rowMarks: UnsafePointer<UInt32>

  fileprivate init(
    count: Int, bytes: UnsafePointer<UInt8>, marks: UnsafePointer<UInt32>,
    rowMarks: UnsafePointer<UInt32>
  ) {
    self.count = count
    self.bytes = bytes
    self.marks = marks
    self.rowMarks = rowMarks
  }

  /// Where the row's cell begins and ends.
  @inline(__always)
  func bounds(_ row: Int) -> (start: Int, end: Int) {
    let mark = marks + Int(rowMarks[row])
    return (Int(mark[0]) &+ 1, Int(mark[1]))
  }

  /// Eight bytes as a number, the first the lowest; it may reach into the margins.
  @inline(__always)
  func word(_ place: Int) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(bytes + place).loadUnaligned(as: UInt64.self))
  }

  /// The first bytes of a cell, eight at most, and nothing of its neighbours.
  @inline(__always)
  func head(_ start: Int, _ length: Int) -> UInt64 {
    let bits = UInt64(truncatingIfNeeded: length) &* 8
    return length >= 8 ? word(start) : word(start) & ((1 &<< bits) &- 1)
  }

  /// The hash of a cell, as `hashOfKey` has it.
  @inline(__always)
  func hash(_ start: Int, _ end: Int) -> UInt64 {
    var hash = KeyHash(length: end &- start)
    var place = start
    while place < end {
      hash.add(head(place, end &- place))
      place &+= 8
    }
    return hash.value
  }

  @inline(__always)
  func byte(_ place: Int) -> UInt8 { bytes[place] }

  /// Calls the body with the bytes of a cell.
  @inline(__always)
  func withBytes<Result>(
    _ start: Int, _ end: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    body(UnsafeBufferPointer(start: bytes + start, count: end - start))
  }
}
