import Ledger
import Measures

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
  /// Whether a book keeps it: then there is no file to read again.
  var isKept: Bool { path.isEmpty }
}

/// What reading the sources of one table gave.
struct TableReading<Rows: Table>: Sendable {
  var rows = Rows()
  /// The source of each row, as the end of its run of rows.
  var sourceEnds: [Int] = []
  var pending: [String: References] = [:]
  var faults: [CellFault] = []
  /// Findings that belong to no row, such as a missing column.
  var findings: [Finding] = []
  var rowsRead: [Int] = []
  var rowsLeftOut: [Int] = []
  var digests: [(file: String, digest: [UInt8])] = []
}

/// Reads the sources of a table.
struct TableReader<Importer: TableImport>: Sendable {
  typealias Rows = Importer.Rows
  let book: Book
  let workers: Int
  /// Lines to leave out, by file: rows that were refused before.
  let skip: [String: Set<UInt32>]
  let wantsDigest: Bool
  /// Whether texts of entries are wanted, that only some reports print.
  let keepsEntryTexts: Bool
  let scansPlainly: Bool
  let onRows: @Sendable (_ rows: Int) -> Void

  func read(_ sources: [TableSource]) throws(ImportError) -> TableReading<Rows> {
    var reading = TableReading<Rows>()
    for source in sources {
      let keepsTexts = keepsEntryTexts || sources.count > 1 || source.originalLines != nil
      try read(source, keepsTexts, into: &reading)
      reading.sourceEnds.append(reading.rows.count)
    }
    return reading
  }

  private func read(
    _ source: TableSource, _ keepsTexts: Bool, into reading: inout TableReading<Rows>
  ) throws(ImportError) {
    let top = try topOfFile(source.bytes)
    let known = Set(Importer.columns.map(\.name).filter { !$0.isEmpty })
    guard let header = HeaderLine.find(in: top, known: known) else {
      reading.findings.append(
        Finding(
          .warning, "empty_file", at: Place(file: source.file),
          "is empty: not even a header", expected: "a header line with the column names"))
      reading.rowsRead.append(0)
      reading.rowsLeftOut.append(0)
      return
    }
    guard let plan = columnPlan(header, source, &reading.findings) else {
      reading.rowsRead.append(0)
      reading.rowsLeftOut.append(0)
      return
    }
    // Twice the rows that the top of the file lets expect; were there still more, it is read again.
    let most = try byteCount(source.bytes) / max(1, header.names.count) + 1
    let lines = top.reduce(0) { $1 == 10 || $1 == 13 ? $0 + 1 : $0 }
    var capacity = min(most, most * header.names.count / max(1, top.count) * 2 * lines + 1000)
    var keepsTexts = keepsTexts
    while true {
      var pass = FilePass<Importer>(
        source: source, header: header, plan: plan,
        sinks: SinkRequest(capacity: capacity, book: book, keepsEntryTexts: keepsTexts))
      try pass.read(
        workers: workers, skip: skip[source.file] ?? [], wantsDigest: wantsDigest,
        scansPlainly: scansPlainly, onRows: onRows)
      if pass.rowCount > capacity {
        capacity = pass.rowCount
      } else if pass.mustKeepTexts {
        keepsTexts = true
      } else {
        pass.finish(book, into: &reading)
        return
      }
    }
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
