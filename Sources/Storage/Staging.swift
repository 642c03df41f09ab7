import GRDB
import GRDBSQLite

/// The records of an import before they are part of the book: temporary tables beside it.
public struct Staging {
  let db: Database
  /// What the book itself is to hold them under.
  private(set) var sources: [RecordSource] = []
  private(set) var tables: [StoredTable] = []
  private var open: Rows?

  /// The statement that takes the records of one source, and where each column's field is.
  private struct Rows {
    let statement: Statement
    let fields: [Int]
    let source: Int
  }

  init(_ db: Database) { self.db = db }

  /// The records that follow are this source's.
  ///
  /// - Parameter fields: which field of its records each of its columns is.
  public mutating func begin(_ source: RecordSource, fields: [Int]) throws {
    guard let table = StoredTable.named(source.table) else {
      preconditionFailure("a book has every table that can be imported")
    }
    precondition(
      source.columns.allSatisfy(table.columns.contains), "and every column of it: nothing is lost")
    if !tables.contains(where: { $0.name == table.name }) {
      tables.append(table)
      let columns = table.columns.map { "\(Schema.quoted($0)) TEXT" }
      try db.execute(
        sql: """
          CREATE TEMP TABLE staged_\(table.name) (row INTEGER PRIMARY KEY, origin INTEGER NOT NULL,
            line INTEGER NOT NULL, occurrence INTEGER NOT NULL DEFAULT 0,
            \(columns.joined(separator: ", "))) STRICT
          """)
    }
    sources.append(source)
    let present = table.columns.filter(source.columns.contains)
    let names = (["origin", "line"] + present.map(Schema.quoted)).joined(separator: ", ")
    let marks = Array(repeating: "?", count: present.count + 2).joined(separator: ", ")
    open = Rows(
      statement: try db.makeStatement(
        sql: "INSERT INTO temp.staged_\(table.name) (\(names)) VALUES (\(marks))"),
      fields: present.map { column in fields[source.columns.firstIndex(of: column) ?? 0] },
      source: sources.count)
  }

  /// Takes records of the source that was begun last.
  ///
  /// - Parameter leavesOut: whether a row of the block stays out.
  public func add(_ block: RecordBlock, leavingOut leavesOut: (Int) -> Bool) throws {
    guard let open else { preconditionFailure("a source comes before its records") }
    let statement = open.statement.sqliteStatement
    // Unsafe: SQLite reads the texts where they stand, while the block does; binding strings one by
    // one took six times as long.
    try block.bytes.withUnsafeBytes { bytes in
      for row in 0..<block.rows where !leavesOut(row) {
        sqlite3_bind_int64(statement, 1, Int64(open.source))
        sqlite3_bind_int64(statement, 2, Int64(block.lines[row]))
        for (place, field) in open.fields.enumerated() {
          let cell = row * block.width + field
          let (start, end) = (Int(block.starts[cell]), Int(block.ends[cell]))
          let text = bytes.baseAddress.map { ($0 + start).assumingMemoryBound(to: CChar.self) }
          sqlite3_bind_text(statement, Int32(place) + 3, text, Int32(end - start), nil)
        }
        let result = sqlite3_step(statement)
        sqlite3_reset(statement)
        guard result == SQLITE_DONE else {
          throw DatabaseError(
            resultCode: ResultCode(rawValue: result),
            message: String(cString: sqlite3_errmsg(db.sqliteConnection)))
        }
      }
    }
    sqlite3_clear_bindings(statement)
  }

  /// Takes one record of texts, such as a company's policies.
  public mutating func add(_ source: RecordSource, line: UInt32, _ texts: [String]) throws {
    try begin(source, fields: Array(source.columns.indices))
    // One byte more, so that a block of empty texts has an address: no address would mean NULL.
    var block = RecordBlock(bytes: [0], width: texts.count, starts: [], ends: [], lines: [line])
    for text in texts {
      block.starts.append(UInt32(block.bytes.count))
      block.bytes += Array(text.utf8)
      block.ends.append(UInt32(block.bytes.count))
    }
    try add(block) { _ in false }
  }

  /// Takes rows out again that the import has set aside, by the file and line they came from.
  public func remove(file: String, lines: Set<UInt32>) throws {
    for (place, source) in sources.enumerated() where source.file == file {
      for line in lines.sorted() {
        try db.execute(
          sql: "DELETE FROM temp.staged_\(source.table) WHERE origin = ? AND line = ?",
          arguments: [place + 1, line])
      }
    }
  }

  /// Tells rows apart whose keys are the same, by their order. Ids are unique, or the import is refused.
  func number() throws {
    for table in tables where table.key.count > 1 {
      try db.execute(
        sql: """
          UPDATE temp.staged_\(table.name) SET occurrence = numbered.n
          FROM (SELECT row AS r, row_number() OVER
              (PARTITION BY \(Schema.keyList(table)) ORDER BY row) - 1 AS n
            FROM temp.staged_\(table.name)) AS numbered
          WHERE row = numbered.r AND numbered.n > 0
          """)
    }
  }

  func drop() throws {
    for table in tables {
      try db.execute(
        sql: """
          DROP TABLE IF EXISTS temp.staged_\(table.name);
          DROP TABLE IF EXISTS temp.matched_\(table.name)
          """)
    }
  }
}
