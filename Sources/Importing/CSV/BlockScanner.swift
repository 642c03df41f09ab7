import CVector

/// Cuts blocks into records and fields 64 bytes at a time.
///
/// Bits say where delimiters and line ends stand, and which records have anything else to look at:
/// quotes, control characters, bytes that are not ASCII, outer blanks, another number of fields. Those
/// are read again by `RecordScanner`, byte by byte, so that what a record means is said once. The whole
/// import of a million timesheet lines takes 0.33 s of a core so, and 1.55 s byte by byte.
struct BlockScanner: Sendable {
  private let plain: RecordScanner
  /// Reads every record byte by byte, as the tests do to compare.
  private let readsPlainly: Bool
  fileprivate static let wholeField = 1 << 16

  init(delimiter: UInt8, width: Int, readsPlainly: Bool) {
    plain = RecordScanner(delimiter: delimiter, width: width)
    self.readsPlainly = readsPlainly
  }

  /// Cuts `block.records`, which begin and end with whole records.
  func scan(_ block: Block) {
    block.rowMarks.removeAll(keepingCapacity: true)
    block.lineBreaks = [(row: 0, line: 0)]
    block.faults = []
    block.lineCount = 0
    var pass = Pass(block, plain)
    var bits = readsPlainly ? Bits() : Bits(of: block, delimiter: plain.delimiter)
    pass.run(&bits)
    // A margin behind the texts that were added.
    block.bytes.append(contentsOf: repeatElement(0, count: Block.margin))
  }

  /// What 64 bytes at a time have shown: all marks are in `block.marks`, the first of them before the
  /// records.
  private struct Bits {
    /// The marks that are line feeds, by their number.
    var lineFeeds: [UInt32] = []
    /// Where something odd stands, and an end.
    var odd: [UInt32] = [.max]

    init() {}

    init(of block: Block, delimiter: UInt8) {
      odd = []
      let records = block.records
      if block.markRoom < records.count + 16 {
        block.markRoom = records.count + records.count / 4 + 16
        block.marks = Array(repeating: 0, count: block.markRoom)
      }
      block.marks.removeLast(block.marks.count - block.markRoom)
      lineFeeds = Array(unsafeUninitializedCapacity: records.count + 16) { lineFeeds, count in
        // Unsafe: there are no more marks than bytes, and each step writes up to twelve beyond
        // the last, for which there is room.
        block.bytes.withUnsafeBufferPointer { bytes in
          block.marks.withUnsafeMutableBufferPointer { marks in
            guard let bytes = bytes.baseAddress, let marks = marks.baseAddress,
              let lineFeeds = lineFeeds.baseAddress
            else { return }
            count = find(records, delimiter, bytes, marks, lineFeeds)
          }
        }
      }
      odd.append(.max)
    }

    private mutating func find(
      _ records: Range<Int>, _ delimiter: UInt8, _ bytes: UnsafePointer<UInt8>,
      _ marks: UnsafeMutablePointer<UInt32>, _ lineFeeds: UnsafeMutablePointer<UInt32>
    ) -> Int {
      marks[0] = UInt32(truncatingIfNeeded: records.lowerBound &- 1)
      var markCount = 1
      var lineCount = 0
      // The last bit of the 64 bytes before: a mark, a carriage return, a blank.
      var (markBefore, returnBefore, blankBefore): (UInt64, UInt64, UInt64) = (1, 0, 0)
      var place = records.lowerBound
      while place < records.upperBound {
        let masks = tieout_masks(bytes + place, delimiter)
        let left = records.upperBound &- place
        let valid: UInt64 = left >= 64 ? .max : (1 &<< UInt64(truncatingIfNeeded: left)) &- 1
        let feeds = masks.line_feed & valid
        let all = (masks.delimiter | masks.line_feed | masks.carriage_return) & valid
        // Alone a carriage return ends a record; the byte behind it says so.
        let loneReturns = (masks.carriage_return &<< 1 | returnBefore) & ~feeds
        let outerBlanks =
          masks.blank & (all &<< 1 | markBefore) | all & (masks.blank &<< 1 | blankBefore)
        var strange = (masks.odd | loneReturns | outerBlanks) & valid
        while strange != 0 {
          odd.append(UInt32(truncatingIfNeeded: place &+ strange.trailingZeroBitCount))
          strange &= strange &- 1
        }
        markBefore = all &>> 63
        returnBefore = masks.carriage_return &>> 63
        blankBefore = masks.blank &>> 63

        var feed = feeds
        while feed != 0 {
          let before = (feed & (0 &- feed)) &- 1
          lineFeeds[lineCount] = UInt32(
            truncatingIfNeeded: markCount &+ (all & before).nonzeroBitCount)
          lineCount &+= 1
          feed &= feed &- 1
        }
        // Twelve at a time, whether there are as many or not: a loop that asks after each mark guesses
        // wrong once in every 64 bytes.
        var rest = all
        var next = markCount
        repeat {
          for step in 0..<12 {
            marks[next &+ step] = UInt32(truncatingIfNeeded: place &+ rest.trailingZeroBitCount)
            rest &= rest &- 1
          }
          next &+= 12
        } while rest != 0
        markCount &+= all.nonzeroBitCount
        place &+= 64
      }
      return lineCount
    }
  }

  /// Records that are taken as they stand, up to one that has something odd or another number of
  /// fields.
  private struct PlainRecords {
    let width: UInt32
    /// Where the next odd byte is.
    let odd: Int
    var feed: Int
    var row: Int
    var begin: Int
    /// The mark before the record.
    var before: UInt32

    mutating func take(
      _ marks: Span<UInt32>, _ bytes: Span<UInt8>, _ feeds: Span<UInt32>,
      into rowMarks: inout [UInt32]
    ) {
      var rows = rowMarks.mutableSpan
      while feed < feeds.count {
        let mark = feeds[feed]
        let end = Int(marks[Int(mark)])
        guard end < odd, end &- begin <= BlockScanner.wholeField else { return }
        let isPair: UInt32 = end > begin && bytes[end &- 1] == 13 ? 1 : 0
        guard mark &- before == width &+ isPair else { return }
        rows[row] = before
        row &+= 1
        before = mark
        begin = end &+ 1
        feed &+= 1
      }
    }
  }

  /// Makes rows of marks.
  private struct Pass {
    private let block: Block
    private let plain: RecordScanner
    private var scan: RecordScan
    private var bytes: [UInt8] = []
    private var marks: [UInt32] = []
    private var rowMarks: [UInt32] = []
    private var rows = 0
    /// Where the next record begins.
    private var begin: Int

    init(_ block: Block, _ plain: RecordScanner) {
      self.block = block
      self.plain = plain
      scan = RecordScan(width: plain.width)
      begin = block.records.lowerBound
    }

    mutating func run(_ bits: inout Bits) {
      let feeds = bits.lineFeeds
      // There is a row for each line feed at most, and one for each record read plainly.
      rowMarks = block.rowMarks
      block.rowMarks = []
      rowMarks.append(contentsOf: repeatElement(0, count: feeds.count))
      swap(&bytes, &block.bytes)
      swap(&marks, &block.marks)
      // The mark before the record, where there is one.
      var before: UInt32? = feeds.isEmpty ? nil : 0
      var feed = 0
      var nextOdd = 0
      while feed < feeds.count {
        if let first = before {
          let firstFeed = feed
          var records = PlainRecords(
            width: UInt32(plain.width), odd: Int(bits.odd[nextOdd]), feed: feed, row: rows,
            begin: begin, before: first)
          var taken = [UInt32]()
          swap(&taken, &rowMarks)
          records.take(marks.span, bytes.span, feeds.span, into: &taken)
          swap(&taken, &rowMarks)
          (feed, rows, begin, before) = (
            records.feed, records.row, records.begin, records.before
          )
          scan.line += UInt32(feed - firstFeed)
          guard feed < feeds.count else { break }
        }
        let end = Int(marks[Int(feeds[feed])])
        while begin <= end { readPlainly() }
        while Int(bits.odd[nextOdd]) < begin { nextOdd += 1 }
        before = begin == end + 1 ? feeds[feed] : nil
        feed += 1
      }
      while begin < block.records.upperBound { readPlainly() }
      rowMarks.removeLast(rowMarks.count - rows)
      swap(&rowMarks, &block.rowMarks)
      swap(&bytes, &block.bytes)
      swap(&marks, &block.marks)
      block.lineCount = scan.line
      block.faults = scan.faults
    }

    /// Reads one record byte by byte; its fields are written behind the block, with marks of their own.
    private mutating func readPlainly() {
      scan.startRecord(row: rows)
      let end = block.records.upperBound
      let start = begin
      let lineBefore = scan.line
      // Unsafe: the record is read where it stands; `RecordScan` stays within the bounds given.
      begin += bytes.withUnsafeMutableBufferPointer { bytes in
        plain.classes.withUnsafeBufferPointer { classes in
          scan.record(
            UnsafeMutableBufferPointer(rebasing: bytes[start..<end]), classes, from: 0)
        }
      }
      if !scan.lines.isEmpty { addRow(from: start) }
      let lines = scan.line - lineBefore
      if lines != 1 || scan.lines.isEmpty {
        block.lineBreaks.append((row: rows, line: scan.line))
      }
    }

    /// Writes the fields of a record behind the block, with marks of their own.
    private mutating func addRow(from start: Int) {
      if rows == rowMarks.count { rowMarks.append(0) }
      rowMarks[rows] = UInt32(marks.count)
      rows += 1
      // One more for the row that this one took.
      rowMarks.append(0)
      var place = bytes.count
      marks.append(UInt32(place) - 1)
      let fields = zip(scan.starts, scan.ends)
      let length = fields.reduce(0) { $0 + Int($1.1 - $1.0) + 1 }
      bytes.append(contentsOf: repeatElement(0, count: length))
      // Unsafe: texts move within the array that was just made longer by their length.
      bytes.withUnsafeMutableBufferPointer { bytes in
        guard let base = bytes.baseAddress else { return }
        for (first, last) in fields {
          let count = Int(last - first)
          (base + place).update(from: base + start + Int(first), count: count)
          place += count
          marks.append(UInt32(place))
          place += 1
        }
      }
    }
  }
}
