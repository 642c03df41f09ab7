import GRDB
import GRDBSQLite

/// Goes through the versions of a table, in their order.
struct RowReader {
  private let statement: SQLiteStatement
  private let owner: Statement
  private let db: Database

  /// The numbers in front of a version's texts.
  struct Place: Hashable {
    var version: Int64
    var began: Int64
    var source: Int64
    var epoch: Int64
    var line: Int64
    var occurrence: Int64
  }

  /// - Parameter rows: an SQL condition on the versions wanted.
  init(_ db: Database, _ table: StoredTable, where rows: String, _ arguments: [Int64] = []) throws {
    let columns = table.columns.map(Schema.quoted).joined(separator: ", ")
    owner = try db.makeStatement(
      sql: """
        SELECT version, began, origin, epoch, line, occurrence, \(columns) FROM \(table.name)
        WHERE \(rows) ORDER BY version
        """)
    try owner.setArguments(StatementArguments(arguments))
    statement = owner.sqliteStatement
    self.db = db
  }

  /// The next version; nil after the last.
  func next() throws -> Place? {
    let result = sqlite3_step(statement)
    if result == SQLITE_ROW {
      func number(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }
      return Place(
        version: number(0), began: number(1), source: number(2), epoch: number(3),
        line: number(4), occurrence: number(5))
    }
    guard result == SQLITE_DONE else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: result),
        message: String(cString: sqlite3_errmsg(db.sqliteConnection)))
    }
    return nil
  }

  /// Calls the body with the bytes of a text of the version; nil where its file had no such column.
  func withText<Result>(
    _ column: Int, _ body: (UnsafeRawBufferPointer?) throws -> Result
  ) rethrows -> Result {
    // Unsafe: SQLite's own memory, valid until the next step; a copy of each text took twice as long.
    guard let text = sqlite3_column_text(statement, Int32(column) + 6) else { return try body(nil) }
    let count = Int(sqlite3_column_bytes(statement, Int32(column) + 6))
    return try body(UnsafeRawBufferPointer(start: text, count: count))
  }
}
