import GRDB

/// What an import did to one table.
public struct TableChanges: Hashable, Sendable {
  public var table: String
  /// Rows the book did not have.
  public var new = 0
  /// Rows it had otherwise: each has a new version.
  public var changed = 0
  public var unchanged = 0
  /// Rows that the files no longer have; they stay, unless `--full` ended them.
  public var gone = 0
  /// Unchanged rows on another line of their file.
  public var moved = 0
}

/// How staged records meet the rows of the book, table by table.
struct Merging {
  let db: Database
  let staging: Staging
  /// The entry of the log that this import will be.
  let entry: Int64

  /// Finds each staged row's own row in the book, and says what would change.
  func match() throws -> [TableChanges] {
    try staging.number()
    return try staging.tables.map { table in
      let name = table.name
      let differs = table.columns.filter { !table.key.contains($0) }.map {
        "coalesce(s.\(Schema.quoted($0)), '') <> coalesce(t.\(Schema.quoted($0)), '')"
      }
      let keys = table.key.map {
        "\(Schema.term($0, of: table, "s.")) = \(Schema.term($0, of: table, "t."))"
      }
      try db.execute(
        sql: """
          CREATE TEMP TABLE matched_\(name) (row INTEGER PRIMARY KEY, version INTEGER NOT NULL UNIQUE,
            changed INTEGER NOT NULL) STRICT
          """)
      let isEmpty =
        try Int.fetchOne(db, sql: "SELECT version FROM \(name) WHERE ended IS NULL LIMIT 1") == nil
      if !isEmpty {
        try db.execute(
          sql: """
            INSERT INTO temp.matched_\(name)
            SELECT s.row, t.version, \(differs.joined(separator: " OR "))
            FROM temp.staged_\(name) AS s JOIN \(name) AS t ON \(keys.joined(separator: " AND "))
              AND t.occurrence = s.occurrence AND t.ended IS NULL
            """)
      }
      func count(_ sql: String) throws -> Int { try Int.fetchOne(db, sql: "SELECT \(sql)") ?? 0 }
      var changes = TableChanges(table: name)
      let staged = try count("count(*) FROM temp.staged_\(name)")
      let matched = try count("count(*) FROM temp.matched_\(name)")
      changes.changed = try count("count(*) FROM temp.matched_\(name) WHERE changed")
      changes.new = staged - matched
      changes.unchanged = matched - changes.changed
      changes.gone = try count("count(*) FROM \(name) WHERE \(Self.gone(name))")
      return changes
    }
  }

  /// The condition on rows of exports that the staged ones lack; what commands of ours wrote is in none.
  static func gone(_ table: String) -> String {
    """
    ended IS NULL AND version NOT IN (SELECT version FROM temp.matched_\(table))
    AND origin NOT IN (SELECT id FROM source WHERE own)
    """
  }

  /// Makes the staged rows part of the book.
  ///
  /// - Parameter endsGone: whether rows that the files no longer have end.
  /// - Returns: the changes, with what moved.
  func merge(_ changes: [TableChanges], endsGone: Bool) throws -> [TableChanges] {
    let sources = try storedSources()
    var merged: [TableChanges] = []
    for (table, var changes) in zip(staging.tables, changes) {
      for (staged, source) in staging.sources.enumerated()
      where source.table == table.name {
        try place(table, staged + 1, sources[staged], source.file, isWhole: endsGone)
      }
      changes.moved = try move(table)
      let name = table.name
      try db.execute(
        sql: """
          UPDATE \(name) SET ended = ?
          WHERE version IN (SELECT version FROM temp.matched_\(name) WHERE changed)
          """, arguments: [entry])
      if endsGone {
        try db.execute(
          sql: """
            UPDATE \(name) SET ended = ? WHERE began < ? AND \(Self.gone(name))
            """, arguments: [entry, entry])
      }
      try insert(table)
      merged.append(changes)
      try db.execute(sql: "DROP TABLE temp.placed")
    }
    return merged
  }

  /// Adds the staged rows that are new, and new versions of those that changed.
  private func insert(_ table: StoredTable) throws {
    let name = table.name
    let columns = (["occurrence"] + table.columns.map(Schema.quoted)).joined(separator: ", ")
    let placed = try Row.fetchAll(db, sql: "SELECT staged, origin, epoch FROM temp.placed")
    let hasMatches =
      try Int.fetchOne(db, sql: "SELECT row FROM temp.matched_\(name) LIMIT 1") != nil
    let isWanted =
      hasMatches
      ? """
      AND NOT EXISTS
        (SELECT 1 FROM temp.matched_\(name) AS m WHERE m.row = s.row AND NOT m.changed)
      """ : ""
    for place in placed {
      let (staged, origin, epoch): (Int64, Int64, Int64) = (place[0], place[1], place[2])
      try db.execute(
        sql: """
          INSERT INTO \(name) (began, origin, epoch, line, \(columns))
          SELECT ?, ?, ?, line, \(columns) FROM temp.staged_\(name) AS s
          WHERE s.origin = ? \(isWanted) ORDER BY s.row
          """, arguments: [entry, origin, epoch, staged])
    }
  }

  /// The stored source of each staged one.
  private func storedSources() throws -> [Int64] {
    try staging.sources.map { source in
      let columns = source.columns.joined(separator: ",")
      let originals = source.originals.sorted { $0.key < $1.key }
        .map { "\($0.key)=\($0.value)" }.joined(separator: "\n")
      let values: StatementArguments = [source.table, source.file, columns, originals]
      let known = try Int64.fetchOne(
        db,
        sql: """
          SELECT id FROM source WHERE tablename = ? AND file = ? AND columns = ? AND originals = ?
          """, arguments: values)
      if let known { return known }
      try db.execute(
        sql: """
          INSERT INTO source (entry, tablename, file, columns, originals, own)
          VALUES (?, ?, ?, ?, ?, ?)
          """, arguments: [entry] + values + [source.isOwn])
      return db.lastInsertedRowID
    }
  }

  /// Notes where the rows of a staged source will stand.
  ///
  /// Rows of a file are in the order of its lines as long as each import holds all of them. A file
  /// that holds only some, such as one month's, is put behind what came before: a new epoch.
  private func place(
    _ table: StoredTable, _ staged: Int, _ source: Int64, _ file: String, isWhole: Bool
  ) throws {
    let name = table.name
    try db.execute(
      sql: """
        CREATE TEMP TABLE IF NOT EXISTS placed (staged INTEGER PRIMARY KEY, origin INTEGER NOT NULL,
          epoch INTEGER NOT NULL) STRICT
        """)
    let epochs = try Int64.fetchAll(
      db,
      sql: """
        SELECT DISTINCT t.epoch FROM \(name) AS t JOIN source AS o ON o.id = t.origin
        WHERE t.ended IS NULL AND o.file = ?
        """, arguments: [file])
    let isWhole =
      try isWhole
      || Int.fetchOne(
        db,
        sql: """
          SELECT t.version FROM \(name) AS t JOIN source AS o ON o.id = t.origin
          WHERE t.ended IS NULL AND o.file = ?
            AND t.version NOT IN (SELECT version FROM temp.matched_\(name)) LIMIT 1
          """, arguments: [file]) == nil
    let epoch = isWhole && epochs.count == 1 ? epochs[0] : entry
    try db.execute(
      sql: "INSERT INTO temp.placed VALUES (?, ?, ?)", arguments: [staged, source, epoch])
  }

  /// Gives unchanged rows the place they now have; where they stood is kept.
  private func move(_ table: StoredTable) throws -> Int {
    let name = table.name
    let elsewhere = """
      FROM temp.matched_\(name) AS m JOIN temp.staged_\(name) AS s ON s.row = m.row
      JOIN temp.placed AS p ON p.staged = s.origin JOIN \(name) AS t ON t.version = m.version
      WHERE NOT m.changed AND (t.origin <> p.origin OR t.epoch <> p.epoch OR t.line <> s.line)
      """
    try db.execute(
      sql: """
        INSERT INTO moved (tablename, version, entry, origin, epoch, line)
        SELECT '\(name)', t.version, ?, t.origin, t.epoch, t.line \(elsewhere)
        """, arguments: [entry])
    let count = db.changesCount
    guard count > 0 else { return 0 }
    try db.execute(
      sql: """
        UPDATE \(name) SET origin = moves.origin, epoch = moves.epoch, line = moves.line
        FROM (SELECT t.version AS v, p.origin AS origin, p.epoch AS epoch, s.line AS line
          \(elsewhere)) AS moves
        WHERE version = moves.v
        """)
    return count
  }
}
