import Dispatch
import Ledger
import Measures
import Synchronization

/// One file, or one rule of a profile, that feeds a table.
struct TableSource: Sendable {
  /// The name in messages: `timesheets.csv`.
  var file: String
  var bytes: ByteSource
  /// The file to read again for excerpts and rejects.
  var path: String
  /// For translated sources: the line of the original file of each row, and its column names.
  var originalLines: [UInt32]?
  var originalColumns: [String: String] = [:]
  /// How the original is written, for reading it again.
  var dialect = Dialect()
}

/// What reading the sources of one table gave.
struct TableReading<Rows: Table>: Sendable {
  var rows = Rows()
  /// The source of each row, as the end of its run of rows.
  var sourceEnds: [Int] = []
  var pending: [String: TextColumn] = [:]
  var faults: [CellFault] = []
  /// Findings that belong to no row, such as a missing column.
  var findings: [Finding] = []
  var rowsRead: [Int] = []
  var rowsLeftOut: [Int] = []
  var digests: [(file: String, digest: [UInt8])] = []
}

/// Reads the sources of a table: blocks on all cores, joined in the order of the file.
struct TableReader<Importer: TableImport>: Sendable {
  typealias Rows = Importer.Rows
  let book: Book
  let workers: Int
  /// Lines to leave out, by file: rows that were refused before.
  let skip: [String: Set<UInt32>]
  let wantsDigest: Bool
  let onRows: @Sendable (_ rows: Int) -> Void

  private struct Chunk: Sendable {
    var rows = Rows()
    var pending: [String: TextColumn] = [:]
    var faults: [CellFault] = []
    var lineCount: UInt32 = 0
    var leftOut = 0
  }

  func read(_ sources: [TableSource]) throws(ImportError) -> TableReading<Rows> {
    var reading = TableReading<Rows>()
    for source in sources {
      try read(source, into: &reading)
      reading.sourceEnds.append(reading.rows.count)
    }
    return reading
  }

  private func read(
    _ source: TableSource, into reading: inout TableReading<Rows>
  ) throws(ImportError) {
    let top = try topOfFile(source.bytes)
    let known = Set(Importer.columns.map(\.name).filter { !$0.isEmpty })
    guard let header = HeaderLine.find(in: top, known: known) else {
      reading.findings.append(
        Finding(
          .warning, "empty_file", at: Place(file: source.file), "is empty: not even a header",
          expected: "a header line with the column names"))
      reading.rowsRead.append(0)
      reading.rowsLeftOut.append(0)
      return
    }
    guard let plan = columnPlan(header, source, &reading.findings) else {
      reading.rowsRead.append(0)
      reading.rowsLeftOut.append(0)
      return
    }
    let reader = try BlockReader(source.bytes, delimiter: header.delimiter, digest: wantsDigest)
    let scanner = RecordScanner(delimiter: header.delimiter, width: header.names.count)
    let skipped = skip[source.file] ?? []
    let chunks = Mutex<[Int: Chunk]>([:])
    // Rows are left out by their line, which is known only when the blocks come one by one.
    let sequential = !skipped.isEmpty
    let lineBase = Mutex(UInt32(header.lines))
    let work = { @Sendable in
      while let block = reader.next() {
        var bytes = block.bytes
        if block.number == 0 { bytes.removeFirst(min(header.length, bytes.count)) }
        let scanned = scanner.scan(bytes)
        var leftOut = Set<Int>()
        if sequential {
          let base = lineBase.withLock { base in
            defer { base += scanned.lineCount }
            return base
          }
          for row in 0..<scanned.rows {
            var line = base + scanned.lines[row] + 1
            if let lines = source.originalLines { line = lines[Int(line) - 2] }
            if skipped.contains(line) { leftOut.insert(row) }
          }
        }
        let chunk = self.parse(scanned.removing(leftOut), plan, leftOut: leftOut.count)
        self.onRows(chunk.rows.count)
        chunks.withLock { $0[block.number] = chunk }
      }
    }
    if workers == 1 || sequential {
      work()
    } else {
      DispatchQueue.concurrentPerform(iterations: workers) { _ in work() }
    }
    let (_, digest) = try reader.finish()
    if let digest { reading.digests.append((source.file, digest)) }
    join(chunks.withLock { $0 }, source, header, into: &reading)
  }

  private func parse(_ block: ScannedBlock, _ plan: [Int?], leftOut: Int) -> Chunk {
    var chunk = Chunk()
    chunk.lineCount = block.lineCount
    chunk.leftOut = leftOut
    chunk.rows.line = block.lines
    chunk.faults = block.faults.map { Self.cellFault($0, width: block.width) }
    for (column, field) in zip(Importer.columns, plan) {
      guard let field else {
        column.fill(block.rows, book, &chunk.rows)
        continue
      }
      var reader = ColumnReader(
        block: block, field: field, name: column.name, book: book, faults: [])
      column.read(&reader, &chunk.rows)
      chunk.faults += reader.faults
      chunk.pending.merge(reader.pending) { $1 }
    }
    if !chunk.faults.isEmpty {
      // A row that is no record has one fault, not one for each of its cells.
      let broken = Set(block.faults.map(\.row))
      chunk.faults.removeAll { broken.contains($0.row) && !$0.column.isEmpty }
    }
    var report = RowReport(chunk.faults)
    Importer.check(&chunk.rows, &report)
    chunk.faults = report.faults
    return chunk
  }

  private static func cellFault(_ fault: RecordFault, width: Int) -> CellFault {
    let (code, message, expected) =
      switch fault.kind {
      case .fieldCount(let count):
        (
          "field_count", "the line has \(count) fields and the header \(width)",
          "\(width) fields; a field that holds the delimiter or a quote stands in quotes"
        )
      case .unterminatedQuote:
        ("open_quote", "a quoted field is not closed by the end of the file", "a closing quote")
      case .textAfterQuote:
        (
          "text_after_quote", "field \(fault.field + 1) has text after its closing quote",
          "a delimiter after the closing quote; a quote inside is written twice"
        )
      case .controlCharacter:
        (
          "control_character", "field \(fault.field + 1) holds a control character",
          "text without NUL and other control characters"
        )
      case .invalidUTF8:
        (
          "not_utf8", "field \(fault.field + 1) is not UTF-8",
          "UTF-8; another encoding is named in a profile: encoding = \"windows-1252\""
        )
      case .tooLong:
        ("too_long", "field \(fault.field + 1) or its line is too long", "fields up to 64 KiB")
      }
    return CellFault(
      row: fault.row, column: "", code: code, value: "", message: message, expected: expected,
      remedy: "correct the line and import again")
  }

  /// Appends the chunks in order; lines count from the file's first, faults by the table's rows.
  private func join(
    _ chunks: consuming [Int: Chunk], _ source: TableSource, _ header: HeaderLine,
    into reading: inout TableReading<Rows>
  ) {
    var line = UInt32(header.lines) + 1
    var leftOut = 0
    let first = reading.rows.count
    for number in chunks.keys.sorted() {
      guard var chunk = chunks.removeValue(forKey: number) else { continue }
      let base = reading.rows.count
      let originals = source.originalLines
      let lines = chunk.rows.line.map { place in
        originals.map { $0[Int(place + line) - 2] } ?? place + line
      }
      line += chunk.lineCount
      leftOut += chunk.leftOut
      for column in Importer.columns { column.join(&reading.rows, &chunk.rows) }
      reading.rows.line += lines
      reading.faults += chunk.faults.map { fault in
        var fault = fault
        fault.row += base
        return fault
      }
      for (name, texts) in chunk.pending {
        if reading.pending[name] == nil {
          var blanks = TextColumn()
          for _ in 0..<base { blanks.append("") }
          reading.pending[name] = blanks
        }
        reading.pending[name]?.append(contentsOf: texts)
      }
    }
    reading.rowsRead.append(reading.rows.count - first + leftOut)
    reading.rowsLeftOut.append(leftOut)
  }

  /// The field of each column, nil where the file has none; nil where a required one is missing.
  private func columnPlan(
    _ header: HeaderLine, _ source: TableSource, _ findings: inout [Finding]
  ) -> [Int?]? {
    let names = header.names.map(\.asciiLowercased)
    let line = UInt32(header.lines)
    var isComplete = true
    for (place, name) in names.enumerated() where !name.isEmpty {
      if names[..<place].contains(name) {
        isComplete = false
        findings.append(
          Finding(
            .error, "column_twice", at: Place(file: source.file, line: line, column: name),
            value: name, "the header names this column twice", expected: "each column once",
            remedy: "rename or remove one of the two"))
      }
    }
    let plan = Importer.columns.map { column in
      column.name.isEmpty ? nil : names.firstIndex(of: column.name)
    }
    for (column, field) in zip(Importer.columns, plan) where column.isRequired && field == nil {
      isComplete = false
      findings.append(
        Finding(
          .error, "column_missing", at: Place(file: source.file, line: line),
          value: column.name, "the header has no column \(column.name)",
          expected: "the columns "
            + Importer.columns.filter(\.isRequired).map(\.name).joined(separator: ", "),
          remedy: "add the column, or map the file with a profile"))
    }
    let known = Set(Importer.columns.map(\.name).filter { !$0.isEmpty })
    let unknown = names.filter { !$0.isEmpty && !known.contains($0) }
    if !unknown.isEmpty {
      findings.append(
        Finding(
          .note, "unknown_columns", at: Place(file: source.file, line: line),
          value: unknown.joined(separator: ", "),
          unknown.count == 1
            ? "a column that this table does not have is ignored"
            : "\(unknown.count) columns that this table does not have are ignored",
          expected: Importer.columns.map(\.name).filter { !$0.isEmpty }.joined(separator: ", ")))
    }
    return isComplete ? plan : nil
  }
}

extension ScannedBlock {
  /// The block without some of its rows.
  func removing(_ leftOut: Set<Int>) -> ScannedBlock {
    guard !leftOut.isEmpty else { return self }
    var block = ScannedBlock(bytes: bytes, width: width)
    block.lineCount = lineCount
    var newRow = [Int: Int]()
    for row in 0..<rows where !leftOut.contains(row) {
      newRow[row] = block.lines.count
      block.lines.append(lines[row])
      block.starts += starts[row * width..<(row + 1) * width]
      block.ends += ends[row * width..<(row + 1) * width]
    }
    block.faults = faults.compactMap { fault in
      newRow[fault.row].map { RecordFault(row: $0, field: fault.field, kind: fault.kind) }
    }
    return block
  }
}
