/// What a byte means to the scanner.
private enum ByteClass {
  static let plain: UInt8 = 0
  static let delimiter: UInt8 = 1
  static let lineFeed: UInt8 = 2
  static let carriageReturn: UInt8 = 3
  static let quote: UInt8 = 4
  static let control: UInt8 = 5
  static let high: UInt8 = 6
}

/// Cuts CSV into records and fields byte by byte: RFC 4180 quotes, the three line ends.
///
/// A quote inside an unquoted field is text, as CPython's reader has it; empty lines are passed over.
/// `BlockScanner` reads plain records faster and leaves all others to this one.
struct RecordScanner: Sendable {
  let delimiter: UInt8
  /// Fields in each record; 0 takes whatever comes, for the header line.
  let width: Int
  let classes: [UInt8]

  init(delimiter: UInt8, width: Int) {
    self.delimiter = delimiter
    self.width = width
    var classes = [UInt8](repeating: ByteClass.plain, count: 256)
    for byte in 0..<32 { classes[byte] = ByteClass.control }
    for byte in 128..<256 { classes[byte] = ByteClass.high }
    classes[127] = ByteClass.control
    classes[Int(UInt8(ascii: "\t"))] = ByteClass.plain
    classes[Int(delimiter)] = ByteClass.delimiter
    classes[Int(UInt8(ascii: "\n"))] = ByteClass.lineFeed
    classes[Int(UInt8(ascii: "\r"))] = ByteClass.carriageReturn
    classes[Int(UInt8(ascii: "\""))] = ByteClass.quote
    self.classes = classes
  }

  /// Cuts a block that begins and ends with whole records.
  ///
  /// The bytes are changed in place where a doubled quote becomes one.
  func scan(_ bytes: [UInt8]) -> ScannedBlock {
    var block = ScannedBlock(bytes: bytes, width: width)
    block.starts.reserveCapacity(bytes.count / 6)
    block.ends.reserveCapacity(bytes.count / 6)
    block.lines.reserveCapacity(bytes.count / 40)
    var state = RecordScan(width: width)
    // Unsafe: every byte of every file passes here, and bounds checks on the read and on the two
    // appended places cost a third of the time. `place` is below `count` at each read.
    block.bytes.withUnsafeMutableBufferPointer { bytes in
      classes.withUnsafeBufferPointer { classes in
        state.run(bytes, classes)
      }
    }
    block.starts = state.starts
    block.ends = state.ends
    block.lines = state.lines
    block.lineCount = state.line
    block.faults = state.faults
    return block
  }
}

/// The state of one pass over a block.
struct RecordScan {
  let width: Int
  var starts: [UInt32] = []
  var ends: [UInt32] = []
  var lines: [UInt32] = []
  var faults: [RecordFault] = []
  var line: UInt32 = 0
  /// The row of the first of `lines`.
  var firstRow = 0
  private var fields = 0
  private var hasHigh = false

  init(width: Int) { self.width = width }

  mutating func run(
    _ bytes: UnsafeMutableBufferPointer<UInt8>, _ classes: UnsafeBufferPointer<UInt8>
  ) {
    starts.reserveCapacity(bytes.count / 6)
    ends.reserveCapacity(bytes.count / 6)
    var place = 0
    while place < bytes.count { place = record(bytes, classes, from: place) }
  }

  /// Forgets the record before; the next is the given row.
  mutating func startRecord(row: Int) {
    starts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
    firstRow = row
  }

  /// Reads one record and returns the place behind its line end.
  mutating func record(
    _ bytes: UnsafeMutableBufferPointer<UInt8>, _ classes: UnsafeBufferPointer<UInt8>,
    from begin: Int
  ) -> Int {
    var place = begin
    let recordLine = line
    fields = 0
    hasHigh = false
    let first = starts.count
    while true {
      place = field(bytes, classes, from: place)
      guard place < bytes.count, classes[Int(bytes[place])] == ByteClass.delimiter else { break }
      place += 1
    }
    let recordEnd = place
    if place < bytes.count {
      let isReturn = bytes[place] == UInt8(ascii: "\r")
      place += 1
      if isReturn, place < bytes.count, bytes[place] == UInt8(ascii: "\n") { place += 1 }
    }
    line += 1
    if hasHigh { checkUTF8(bytes, first) }
    if recordEnd - begin > 1 << 20 { fault(.tooLong, field: 0) }
    endRecord(first: first, line: recordLine)
    return place
  }

  /// Reads one field and returns the place of the byte that ends it.
  private mutating func field(
    _ bytes: UnsafeMutableBufferPointer<UInt8>, _ classes: UnsafeBufferPointer<UInt8>,
    from begin: Int
  ) -> Int {
    let count = bytes.count
    var start = begin
    while start < count, bytes[start] == 32 { start += 1 }
    if start < count, bytes[start] == UInt8(ascii: "\"") {
      return quotedField(bytes, classes, from: start + 1)
    }
    var place = start
    scanning: while place < count {
      switch classes[Int(bytes[place])] {
      case ByteClass.plain, ByteClass.quote: break
      case ByteClass.delimiter, ByteClass.lineFeed, ByteClass.carriageReturn: break scanning
      case ByteClass.control: fault(.controlCharacter, field: fields)
      default: hasHigh = true
      }
      place += 1
    }
    add(bytes, start, place)
    return place
  }

  /// Reads a field whose opening quote was passed; doubled quotes are made one in place.
  private mutating func quotedField(
    _ bytes: UnsafeMutableBufferPointer<UInt8>, _ classes: UnsafeBufferPointer<UInt8>,
    from begin: Int
  ) -> Int {
    let count = bytes.count
    var place = begin
    var end = begin
    var isClosed = false
    while place < count {
      let byte = bytes[place]
      if byte == UInt8(ascii: "\"") {
        guard place + 1 < count, bytes[place + 1] == UInt8(ascii: "\"") else {
          isClosed = true
          place += 1
          break
        }
        place += 1
      } else if byte == UInt8(ascii: "\n") {
        if bytes[place - 1] != UInt8(ascii: "\r") { line += 1 }
      } else if byte == UInt8(ascii: "\r") {
        line += 1
      } else if classes[Int(byte)] == ByteClass.control {
        fault(.controlCharacter, field: fields)
      } else if byte >= 128 {
        hasHigh = true
      }
      bytes[end] = byte
      end += 1
      place += 1
    }
    if !isClosed { fault(.unterminatedQuote, field: fields) }
    var hasText = false
    while place < count {
      let kind = classes[Int(bytes[place])]
      if kind == ByteClass.delimiter || kind == ByteClass.lineFeed
        || kind == ByteClass.carriageReturn
      {
        break
      }
      if bytes[place] != 32, bytes[place] != 9 { hasText = true }
      place += 1
    }
    if hasText { fault(.textAfterQuote, field: fields) }
    add(bytes, begin, end)
    return place
  }

  /// Takes the outer blanks off (blank, TAB, U+00A0) and keeps the field.
  private mutating func add(
    _ bytes: UnsafeMutableBufferPointer<UInt8>, _ begin: Int, _ finish: Int
  ) {
    var (start, end) = (begin, finish)
    while start < end {
      if bytes[start] == 32 || bytes[start] == 9 {
        start += 1
      } else if bytes[start] == 0xC2, start + 1 < end, bytes[start + 1] == 0xA0 {
        start += 2
      } else {
        break
      }
    }
    while end > start {
      if bytes[end - 1] == 32 || bytes[end - 1] == 9 {
        end -= 1
      } else if bytes[end - 1] == 0xA0, end - 2 >= start, bytes[end - 2] == 0xC2 {
        end -= 2
      } else {
        break
      }
    }
    if end - start > 1 << 16 { fault(.tooLong, field: fields) }
    fields += 1
    guard width == 0 || fields <= width else { return }
    starts.append(UInt32(truncatingIfNeeded: start))
    ends.append(UInt32(truncatingIfNeeded: end))
  }

  private var row: Int { firstRow + lines.count }

  private mutating func fault(_ kind: RecordFault.Kind, field: Int) {
    if let last = faults.last, last.row == row, last.field == field { return }
    faults.append(RecordFault(row: row, field: field, kind: kind))
  }

  private mutating func checkUTF8(_ bytes: UnsafeMutableBufferPointer<UInt8>, _ first: Int) {
    for place in first..<starts.count {
      let field = bytes[Int(starts[place])..<Int(ends[place])]
      if String(validating: field, as: UTF8.self) == nil {
        fault(.invalidUTF8, field: place - first)
      }
    }
  }

  private mutating func endRecord(first: Int, line recordLine: UInt32) {
    if fields == 1, starts[first] == ends[first], width != 1 {
      starts.removeLast()
      ends.removeLast()
      let empty = row
      faults.removeAll { $0.row == empty }
      return  // an empty line
    }
    if width > 0, fields != width {
      fault(.fieldCount(fields), field: 0)
      while starts.count < first + width {
        starts.append(0)
        ends.append(0)
      }
    }
    lines.append(recordLine)
  }
}
