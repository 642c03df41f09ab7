import Ledger

/// A source that is open for import: read once by its records, for a book to keep, and once as tables.
public struct ImportSource: Sendable {
  let folder: SourceFolder

  /// - Throws: `ImportError` where the folder or a file cannot be read, or holds no table at all.
  public init(_ request: ImportRequest) throws(ImportError) { folder = try SourceFolder(request) }

  /// The company's policies as they stand in their file; nil without any.
  public var company: (file: String, text: String)? { folder.policies }

  /// Calls the first body with each table's file, and the second with its records, block after block.
  ///
  /// Records that cannot be cut into fields are left out: importing the same source reports them.
  public func forEachRecord(
    _ begin: (SourceTable) throws -> Void, _ body: (SourceBlock) throws -> Void
  ) throws {
    for table in SourceFolder.tableNames {
      for source in folder.sources[table] ?? [] where !source.isKept {
        try read(source, table, begin, body)
      }
    }
  }

  private func read(
    _ source: TableSource, _ table: String, _ begin: (SourceTable) throws -> Void,
    _ body: (SourceBlock) throws -> Void
  ) throws {
    let known = Set(columnKinds(of: table).map(\.name))
    guard let header = HeaderLine.find(in: try topOfFile(source.bytes), known: known) else {
      return
    }
    let names = header.names.map(\.asciiLowercased)
    let fields = names.indices.filter { known.contains(names[$0]) }
    try begin(
      SourceTable(
        table: table, file: source.file, columns: fields.map { names[$0] }, fields: fields,
        originals: source.originalColumns))
    let reader = try BlockReader(
      source.bytes, delimiter: header.delimiter, digest: false, skipping: header.length)
    let scanner = RecordScanner(delimiter: header.delimiter, width: names.count)
    let block = Block(width: 0)
    var line = UInt32(header.lines) + 1
    while reader.next(into: block) {
      let scanned = scanner.scan(Array(block.bytes[block.records]))
      let first = line
      line += scanned.lineCount
      let lines = scanned.lines.map { own in
        source.originalLines.map { $0[Int(first + own) - 2] } ?? first + own
      }
      try body(
        SourceBlock(
          bytes: scanned.bytes, width: names.count, starts: scanned.starts, ends: scanned.ends,
          lines: lines, broken: Set(scanned.faults.map(\.row))))
    }
    _ = try reader.finish()
  }
}

/// A table's file, and which of our columns its fields are.
public struct SourceTable: Sendable {
  public var table: String
  public var file: String
  public var columns: [String]
  public var fields: [Int]
  /// What the file calls our columns, where that differs.
  public var originals: [String: String]
}

/// Some records: field `f` of row `r` is `bytes[starts[r * width + f]..<ends[r * width + f]]`.
public struct SourceBlock: Sendable {
  public var bytes: [UInt8]
  public var width: Int
  public var starts: [UInt32]
  public var ends: [UInt32]
  public var lines: [UInt32]
  /// Rows that cannot be cut into fields.
  public var broken: Set<Int>
}
