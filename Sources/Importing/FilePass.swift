import Dispatch
import Ledger
import Measures
import Synchronization

/// One reading of one file into the columns of its table, block by block on all cores.
///
/// A worker reads a block and cuts it into records; then it is told, in the order of the file, which
/// row its first record is, and writes every column where it belongs. Nothing is joined afterwards
/// but texts.
struct FilePass<Importer: TableImport> {
  typealias Rows = Importer.Rows
  private let source: TableSource
  private let header: HeaderLine
  private let plan: [Int?]
  private let columns: [(column: Column<Rows>, field: Int, sink: any ColumnSink<Rows>)]
  private let capacity: Int
  private let keepsEntryTexts: Bool
  private var found = Found()
  private(set) var rowCount = 0
  private var digest: [UInt8]?

  /// What the workers found beside the columns, by the number of the block's first row.
  private struct Found: Sendable {
    var faults: [Int: [CellFault]] = [:]
    var references: [Int: [String: References]] = [:]
    var leftOut = 0
    var rows = 0
    var lines: UInt32 = 0
    /// Rows from which on records are one line each, and the line of the first.
    var lineBreaks: [(row: Int, line: UInt32)] = []
  }

  init(source: TableSource, header: HeaderLine, plan: [Int?], sinks: SinkRequest) {
    self.source = source
    self.header = header
    self.plan = plan
    columns = zip(Importer.columns, plan).compactMap { column, field in
      field.map { (column, $0, column.sink(sinks)) }
    }
    capacity = sinks.capacity
    keepsEntryTexts = sinks.keepsEntryTexts
  }

  /// Whether texts that were only looked at turn out to be needed.
  var mustKeepTexts: Bool { columns.contains { $0.sink.mustBeKept } }

  mutating func read(
    workers: Int, skip: Set<UInt32>, wantsDigest: Bool, scansPlainly: Bool,
    onRows: @escaping @Sendable (Int) -> Void
  ) throws(ImportError) {
    let width = header.names.count
    let reader = try BlockReader(
      source.bytes, delimiter: header.delimiter, digest: wantsDigest, skipping: header.length)
    let scanner = BlockScanner(
      delimiter: header.delimiter, width: width, readsPlainly: scansPlainly)
    let found = Mutex(Found(lines: UInt32(header.lines) + 1))
    let turn = Turn()
    let (columns, capacity, source) = (columns, capacity, source)
    let work = { @Sendable in
      let block = Block(width: width)
      while reader.next(into: block) {
        scanner.scan(block)
        // Rows are left out by their line, which is known only when the blocks come one by one.
        let leftOut =
          skip.isEmpty
          ? 0 : block.removeRows(found.withLock { $0.lines }, skip, source.originalLines)
        turn.wait(for: block.number)
        let row = found.withLock { found in
          for (row, line) in block.lineBreaks {
            found.lineBreaks.append((found.rows + row, found.lines + line))
          }
          found.lines += block.lineCount
          found.leftOut += leftOut
          defer { found.rows += block.rows }
          return found.rows
        }
        turn.end(of: block.number)
        // With too little room the rows are only counted.
        guard row + block.rows <= capacity else { continue }
        Self.parse(block, columns, at: row, found)
        onRows(block.rows)
      }
    }
    let most = skip.isEmpty ? min(workers, max(1, reader.size >> 17)) : 1
    if most == 1 {
      work()
    } else {
      DispatchQueue.concurrentPerform(iterations: most) { _ in work() }
    }
    digest = try reader.finish()
    self.found = found.withLock { $0 }
    rowCount = self.found.rows
  }

  private static func parse(
    _ block: Block, _ columns: [(column: Column<Rows>, field: Int, sink: any ColumnSink<Rows>)],
    at row: Int, _ found: borrowing Mutex<Found>
  ) {
    var faults = [CellFault]()
    var references: [String: References] = [:]
    for (column, field, sink) in columns {
      var reader = ColumnReader(block: block, field: field, name: column.name)
      sink.read(&reader, at: row)
      faults += reader.faults
      if let pending = reader.pending { references[column.name] = pending }
    }
    if !block.faults.isEmpty {
      // A row that is no record has one fault, not one for each of its cells.
      let broken = Set(block.faults.map(\.row))
      faults.removeAll { broken.contains($0.row) }
      faults = block.faults.map { cellFault($0, width: block.width) } + faults
    }
    guard !faults.isEmpty || !references.isEmpty else { return }
    found.withLock { found in
      if !faults.isEmpty { found.faults[row] = faults }
      if !references.isEmpty { found.references[row] = references }
    }
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

  /// Puts the columns, and what was found, behind what was read of the table before.
  func finish(_ book: Book, into reading: inout TableReading<Rows>) {
    let before = reading.rows.count
    var rows = Rows()
    rows.line = lineNumbers()
    let columns = columns
    DispatchQueue.concurrentPerform(iterations: columns.count) { columns[$0].sink.join() }
    for (_, _, sink) in columns { sink.finish(rowCount, into: &rows) }
    for (column, field) in zip(Importer.columns, plan)
    where field == nil && (keepsEntryTexts || !column.isEntryText) {
      column.fill(rowCount, book, &rows)
    }
    let faults = found.faults.sorted { $0.key < $1.key }.flatMap { base, faults in
      faults.map { $0.moved(by: base) }
    }
    var report = RowReport(faults)
    Importer.check(&rows, &report)
    reading.faults += report.faults.map { $0.moved(by: before) }
    for (base, references) in found.references.sorted(by: { $0.key < $1.key }) {
      for (name, texts) in references {
        reading.pending[name, default: References()].append(texts, from: before + base)
      }
    }
    reading.rowsRead.append(rowCount + found.leftOut)
    reading.rowsLeftOut.append(found.leftOut)
    if let digest { reading.digests.append((source.file, digest)) }
    if before == 0 {
      reading.rows = rows
    } else {
      for column in Importer.columns { column.join(&reading.rows, &rows) }
      reading.rows.line.append(contentsOf: rows.line)
    }
  }
}

extension FilePass {
  private func lineNumbers() -> LineNumbers {
    var numbers = LineNumbers()
    for (number, (row, line)) in found.lineBreaks.enumerated() {
      let end =
        number + 1 < found.lineBreaks.count ? found.lineBreaks[number + 1].row : rowCount
      guard let originals = source.originalLines else {
        numbers.append(from: line, rows: end - row)
        continue
      }
      for row in 0..<(end - row) { numbers.append(originals[Int(line) + row - 2]) }
    }
    return numbers
  }
}

extension CellFault {
  fileprivate func moved(by rows: Int) -> CellFault {
    var fault = self
    fault.row += rows
    return fault
  }
}

extension Block {
  /// Leaves rows out that begin on the given lines of the file, and says how many.
  fileprivate func removeRows(_ base: UInt32, _ skip: Set<UInt32>, _ originals: [UInt32]?) -> Int {
    let lineOf = lines
    let kept = lineOf.indices.filter { row in
      let line = base + lineOf[row]
      return !skip.contains(originals.map { $0[Int(line) - 2] } ?? line)
    }
    let leftOut = lineOf.count - kept.count
    guard leftOut > 0 else { return 0 }
    let newRow = Dictionary(uniqueKeysWithValues: zip(kept, kept.indices))
    rowMarks = kept.map { rowMarks[$0] }
    lineBreaks = kept.enumerated().map { (row: $0, line: lineOf[$1]) }
    faults = faults.compactMap { fault in
      newRow[fault.row].map { RecordFault(row: $0, field: fault.field, kind: fault.kind) }
    }
    return leftOut
  }
}
