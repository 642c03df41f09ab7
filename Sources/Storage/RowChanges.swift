import GRDB

/// A row of the book that two states of knowledge see differently.
public struct RowChange: Sendable {
  public var table: String
  /// As messages name its file, and the line; of the later state where it has the row.
  public var file: String
  public var line: Int64
  /// The last entry that changed it.
  public var entry: Int64
  /// Its key, the parts that are not blank.
  public var key: [String]
  /// Its texts by column; nil where that state has no such row.
  public var before: [String: String]?
  public var after: [String: String]?

  /// The columns whose texts differ, in the order of the table.
  public var columns: [String] {
    guard let before, let after, let table = StoredTable.named(table) else { return [] }
    return table.columns.filter { (before[$0] ?? "") != (after[$0] ?? "") }
  }
}

extension BookReader {
  /// The rows that changed from one entry of the log to a later one, table by table, in the order in
  /// which they came.
  public func changes(from first: Int64, to last: Int64) throws -> [RowChange] {
    try StoredTable.all.flatMap { try changes($0, first, last) }
  }

  private func changes(
    _ table: StoredTable, _ first: Int64, _ last: Int64
  ) throws -> [RowChange] {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT t.*, o.file AS "file of source" FROM \(table.name) AS t
        JOIN source AS o ON o.id = t.origin
        WHERE began <= ?2 AND (began > ?1 OR (ended > ?1 AND ended <= ?2)) ORDER BY version
        """, arguments: [first, last])
    var changes: [RowChange] = []
    var places: [[String]: Int] = [:]
    while let row = try rows.next() {
      let (began, ended): (Int64, Int64?) = (row["began"], row["ended"])
      let isBefore = began <= first && ended.map { $0 > first } ?? true
      let isAfter = ended.map { $0 > last } ?? true
      guard isBefore || isAfter else { continue }
      var texts: [String: String] = [:]
      for column in table.columns {
        if let text = row[column] as String? { texts[column] = text }
      }
      let key = table.key.map { texts[$0] ?? "" }
      let occurrence: Int64 = row["occurrence"]
      let identity = key + ["\(occurrence)"]
      let place = places[identity] ?? changes.count
      if place == changes.count {
        places[identity] = place
        changes.append(
          RowChange(
            table: table.name, file: row["file of source"], line: row["line"], entry: began,
            key: key.filter { !$0.isEmpty }))
      }
      if isBefore { changes[place].before = texts }
      changes[place].entry = max(changes[place].entry, isAfter ? began : ended ?? began)
      if isAfter {
        changes[place].after = texts
        (changes[place].file, changes[place].line) = (row["file of source"], row["line"])
      }
    }
    return changes.filter { $0.before == nil || $0.after == nil || !$0.columns.isEmpty }
  }
}
