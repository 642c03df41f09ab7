/// A record as it stands in its file, with the place of each field.
struct RawRecord: Sendable {
  struct Field: Sendable {
    /// The field's text, quotes resolved.
    var text: String
    /// Unicode scalars from the start of its line to its first, counted from 1.
    var column: Int
    /// Lines below the record's first.
    var lineOffset: UInt32
    var lineText: String
  }
  var names: [String]
  var fields: [Field]
  /// The whole record without its line end.
  var text: String

  /// The field under a column of the header; the record's first where there is none of the name.
  func field(named name: String) -> Field {
    let place = names.firstIndex { $0 == name || $0.asciiLowercased == name }
    if !name.isEmpty, let place, place < fields.count { return fields[place] }
    let line = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).first
    return Field(text: "", column: 1, lineOffset: 0, lineText: line.map(String.init) ?? "")
  }
}

/// Reads a source's file again, for the text of lines that findings are about.
struct RawRecords {
  let source: TableSource

  init(_ source: TableSource) { self.source = source }

  func header() throws(ImportError) -> HeaderLine {
    if source.isKept { return try keptHeader() }
    let top = try topOfFile(try decoded().map(ByteSource.bytes) ?? .file(path: source.path))
    if let names = source.dialect.header {
      let delimiter = source.dialect.delimiter ?? UInt8(ascii: ",")
      return HeaderLine(delimiter: delimiter, names: names, length: 0, lines: 0)
    }
    let known = Set(source.originalColumns.values.map(\.asciiLowercased))
    return HeaderLine.find(
      in: top, known: known, delimiter: source.dialect.delimiter,
      lookAhead: source.originalLines == nil ? 0 : Profile.linesAboveHeader)
      ?? HeaderLine(delimiter: UInt8(ascii: ","), names: [], length: 0, lines: 0)
  }

  /// The file in UTF-8 where it is written otherwise.
  private func decoded() throws(ImportError) -> [UInt8]? {
    guard source.dialect.encoding != .utf8 else { return nil }
    return try readFile(source.path).decoded(as: source.dialect.encoding)
  }

  /// The records that begin on the given lines, counted from 1; titles and header count as lines.
  func records(at lines: Set<UInt32>) throws(ImportError) -> [UInt32: RawRecord] {
    let header = try header()
    if case .bytes(let bytes) = source.bytes, source.isKept {
      return kept(bytes, at: lines, header)
    }
    let bytes = try decoded().map(ByteSource.bytes) ?? .file(path: source.path)
    let reader = try BlockReader(bytes, delimiter: header.delimiter, digest: false)
    let scanner = RecordScanner(delimiter: header.delimiter, width: 0)
    var found: [UInt32: RawRecord] = [:]
    var line: UInt32 = 1
    var isFirst = true
    let block = Block(width: 0)
    while reader.next(into: block), found.count < lines.count {
      var bytes = Array(block.bytes[block.records])
      if isFirst, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
      isFirst = false
      let count = scanner.scan(bytes).lineCount
      if lines.contains(where: { $0 >= line && $0 < line + count }) {
        collect(bytes, from: line, lines, header, &found)
      }
      line += count
    }
    return found
  }

  /// Ours, with the names that the file has for the columns.
  private func keptHeader() throws(ImportError) -> HeaderLine {
    let top = try topOfFile(source.bytes)
    var header =
      HeaderLine.find(in: top, known: [], delimiter: UInt8(ascii: ","))
      ?? HeaderLine(delimiter: UInt8(ascii: ","), names: [], length: 0, lines: 0)
    header.names = header.names.map { source.originalColumns[$0] ?? $0 }
    return header
  }

  /// Records of a table that a book keeps: each has a line of its own in the file it came from.
  private func kept(
    _ bytes: [UInt8], at lines: Set<UInt32>, _ header: HeaderLine
  ) -> [UInt32: RawRecord] {
    var found: [UInt32: RawRecord] = [:]
    let originals = source.originalLines ?? []
    var (place, line) = (header.length, 0)
    while place < bytes.count, line < originals.count {
      var walker = RecordWalker(bytes: bytes, place: place, delimiter: header.delimiter)
      let fields = walker.fields()
      if lines.contains(originals[line]) {
        found[originals[line]] = RawRecord(
          names: header.names, fields: fields,
          text: String(decoding: bytes[place..<walker.recordEnd], as: UTF8.self))
      }
      place = walker.place
      line += Int(walker.lines)
    }
    return found
  }

  private func collect(
    _ bytes: [UInt8], from first: UInt32, _ wanted: Set<UInt32>, _ header: HeaderLine,
    _ found: inout [UInt32: RawRecord]
  ) {
    var place = 0
    var line = first
    while place < bytes.count {
      var walker = RecordWalker(bytes: bytes, place: place, delimiter: header.delimiter)
      let fields = walker.fields()
      if wanted.contains(line) {
        found[line] = RawRecord(
          names: header.names, fields: fields,
          text: String(decoding: bytes[place..<walker.recordEnd], as: UTF8.self))
      }
      line += walker.lines
      place = walker.place
    }
  }
}

/// Walks over one record and notes where its fields are; for the few lines that are shown.
private struct RecordWalker {
  let bytes: [UInt8]
  var place: Int
  let delimiter: UInt8
  var lines: UInt32 = 1
  var recordEnd = 0
  private var lineStart: Int

  init(bytes: [UInt8], place: Int, delimiter: UInt8) {
    self.bytes = bytes
    self.place = place
    self.delimiter = delimiter
    lineStart = place
  }

  mutating func fields() -> [RawRecord.Field] {
    var fields = [RawRecord.Field]()
    while true {
      fields.append(field())
      guard place < bytes.count, bytes[place] == delimiter else { break }
      place += 1
    }
    recordEnd = place
    if place < bytes.count, bytes[place] == UInt8(ascii: "\r") { place += 1 }
    if place < bytes.count, bytes[place] == UInt8(ascii: "\n"),
      recordEnd == place || bytes[place - 1] == UInt8(ascii: "\r")
    {
      place += 1
    }
    return fields
  }

  private mutating func field() -> RawRecord.Field {
    while place < bytes.count, bytes[place] == 32 { place += 1 }
    let begin = place
    let (line, start) = (lines - 1, lineStart)
    var text = [UInt8]()
    if place < bytes.count, bytes[place] == UInt8(ascii: "\"") {
      place += 1
      while place < bytes.count {
        let byte = bytes[place]
        place += 1
        if byte == UInt8(ascii: "\"") {
          guard place < bytes.count, bytes[place] == byte else { break }
          place += 1
        } else if byte == UInt8(ascii: "\n")
          || (byte == UInt8(ascii: "\r") && (place == bytes.count || bytes[place] != 10))
        {
          lines += 1
          lineStart = place
        }
        text.append(byte)
      }
    }
    while place < bytes.count, bytes[place] != delimiter, bytes[place] != 10, bytes[place] != 13 {
      text.append(bytes[place])
      place += 1
    }
    var lineEnd = start
    while lineEnd < bytes.count, bytes[lineEnd] != 10, bytes[lineEnd] != 13 { lineEnd += 1 }
    let before = String(decoding: bytes[start..<min(begin, lineEnd)], as: UTF8.self)
    return RawRecord.Field(
      text: String(decoding: text, as: UTF8.self).trimmingBlanks,
      column: before.unicodeScalars.count + 1, lineOffset: line,
      lineText: String(decoding: bytes[start..<lineEnd], as: UTF8.self))
  }
}

extension String {
  /// Without outer blanks: blank, TAB, U+00A0.
  var trimmingBlanks: String {
    let isBlank = { (scalar: Unicode.Scalar) in
      scalar == " " || scalar == "\t" || scalar == "\u{A0}"
    }
    var scalars = unicodeScalars[...]
    while let first = scalars.first, isBlank(first) { scalars.removeFirst() }
    while let last = scalars.last, isBlank(last) { scalars.removeLast() }
    return String(scalars)
  }
}
