import Foundation
import GRDB

/// What an entry of the log added, ended and moved, as digests.
struct EntryContent {
  /// By table, in the order of the book.
  struct Table {
    var began = RowDigest()
    var ended = RowDigest()
    var moved = RowDigest()
    var isEmpty = true
  }
  var tables: [String: Table] = [:]
  var others = DigestBytes()

  /// The digest of it all.
  mutating func digest() -> [UInt8] {
    var bytes = others
    for stored in StoredTable.all {
      guard var table = tables[stored.name], !table.isEmpty else { continue }
      bytes.add(stored.name)
      for digest in [table.began.finish(), table.ended.finish(), table.moved.finish()] {
        bytes.add(hexadecimal(digest))
      }
    }
    return sha256(bytes)
  }
}

/// The contents of entries, read back from what is stored.
struct Contents {
  let db: Database
  /// One entry, or all.
  let entry: Int64?

  func read() throws -> [Int64: EntryContent] {
    var contents: [Int64: EntryContent] = [:]
    try addOthers(&contents)
    for table in StoredTable.all {
      try addBegan(table, &contents)
      try addEnded(table, &contents)
      try addMoved(table, &contents)
    }
    return contents
  }

  private func condition(_ column: String) -> String { entry == nil ? "1" : "\(column) = ?" }
  private var arguments: [Int64] { entry.map { [$0] } ?? [] }

  /// The sources and the inputs that came with an entry, and the period that it closed or reopened.
  private func addOthers(_ contents: inout [Int64: EntryContent]) throws {
    for (table, columns) in [
      ("source", ["id", "tablename", "file", "columns", "originals", "own"]),
      ("input", ["file", "digest"]),
    ] {
      try addRows(
        table,
        """
        SELECT entry, \(columns.joined(separator: ", ")) FROM \(table)
        WHERE \(condition("entry")) ORDER BY entry, \(columns[0])
        """, &contents)
    }
    try addRows(
      "closing",
      """
      SELECT began AS entry, id, period, first, last, program, inputs, place FROM closing
      WHERE \(condition("began")) ORDER BY began
      """, &contents)
    try addRows(
      "packed",
      """
      SELECT c.began AS entry, p.closing, p.name, p.digest
      FROM packed AS p JOIN closing AS c ON c.id = p.closing
      WHERE \(condition("c.began")) ORDER BY c.began, p.closing, p.name
      """, &contents)
    try addRows(
      "reopened",
      """
      SELECT ended AS entry, id FROM closing
      WHERE ended IS NOT NULL AND \(condition("ended")) ORDER BY ended, id
      """, &contents)
  }

  /// The first column is the entry, the others are what it added.
  private func addRows(
    _ what: String, _ sql: String, _ contents: inout [Int64: EntryContent]
  ) throws {
    let rows = try Row.fetchCursor(db, sql: sql, arguments: StatementArguments(arguments))
    while let row = try rows.next() {
      var bytes = DigestBytes()
      bytes.add(what)
      for value in row.databaseValues.dropFirst() { bytes.add("\(value)") }
      contents[row["entry"], default: EntryContent()].others.add(hexadecimal(sha256(bytes)))
    }
  }

  /// Versions with their texts, and the place at which each began.
  private func addBegan(
    _ table: StoredTable, _ contents: inout [Int64: EntryContent]
  ) throws {
    let births = try birthPlaces(table)
    let rows = try RowReader(db, table, where: condition("began"), arguments)
    var (current, content) = (Int64(-1), EntryContent.Table())
    var bytes = DigestBytes()
    while let place = try rows.next() {
      if place.began != current {
        if current >= 0 { contents[current, default: EntryContent()].tables[table.name] = content }
        current = place.began
        content = contents[current]?.tables[table.name] ?? EntryContent.Table()
        content.isEmpty = false
      }
      let birth = births[place.version] ?? [place.source, place.epoch, place.line]
      bytes.removeAll()
      bytes.add(place.version)
      bytes.add(place.occurrence)
      for number in birth { bytes.add(number) }
      for column in table.columns.indices { rows.withText(column) { bytes.add($0) } }
      content.began.add(bytes)
    }
    if current >= 0 { contents[current, default: EntryContent()].tables[table.name] = content }
  }

  private func birthPlaces(_ table: StoredTable) throws -> [Int64: [Int64]] {
    var places: [Int64: [Int64]] = [:]
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT version, origin, epoch, line FROM moved WHERE tablename = ?
        ORDER BY version, entry DESC
        """, arguments: [table.name])
    while let row = try rows.next() {
      places[row["version"]] = [row["origin"], row["epoch"], row["line"]]
    }
    return places
  }

  private func addEnded(
    _ table: StoredTable, _ contents: inout [Int64: EntryContent]
  ) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT version, ended FROM \(table.name)
        WHERE ended IS NOT NULL AND \(condition("ended")) ORDER BY ended, version
        """, arguments: StatementArguments(arguments))
    while let row = try rows.next() {
      var bytes = DigestBytes()
      bytes.add(row["version"] as Int64)
      add(bytes, to: \.ended, table, row["ended"], &contents)
    }
  }

  /// The place that each move leads to: where the next one starts, or where the row is now.
  private func addMoved(
    _ table: StoredTable, _ contents: inout [Int64: EntryContent]
  ) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT * FROM (SELECT m.version AS version, m.entry AS entry,
          lead(m.origin, 1, t.origin) OVER moves AS origin,
          lead(m.epoch, 1, t.epoch) OVER moves AS epoch, lead(m.line, 1, t.line) OVER moves AS line
        FROM moved AS m JOIN \(table.name) AS t ON t.version = m.version
        WHERE m.tablename = ? WINDOW moves AS (PARTITION BY m.version ORDER BY m.entry))
        WHERE \(condition("entry")) ORDER BY entry, version
        """, arguments: [table.name] + StatementArguments(arguments))
    while let row = try rows.next() {
      var bytes = DigestBytes()
      for column in ["version", "origin", "epoch", "line"] { bytes.add(row[column] as Int64) }
      add(bytes, to: \.moved, table, row["entry"], &contents)
    }
  }

  private func add(
    _ bytes: DigestBytes, to part: WritableKeyPath<EntryContent.Table, RowDigest>,
    _ table: StoredTable, _ entry: Int64, _ contents: inout [Int64: EntryContent]
  ) {
    contents[entry, default: EntryContent()].tables[table.name, default: EntryContent.Table()]
      .isEmpty = false
    contents[entry]?.tables[table.name]?[keyPath: part].add(bytes)
  }
}

extension Database {
  /// Closes an entry: its digest over what is stored, chained to the one before.
  ///
  /// - Returns: the head of the chain.
  func seal(_ entry: Int64) throws -> [UInt8] {
    guard let own = try entries().last, own.id == entry else {
      preconditionFailure("an entry is sealed in the transaction that adds it")
    }
    var content = try Contents(db: self, entry: entry).read()[entry] ?? EntryContent()
    for table in StoredTable.all {
      guard let part = content.tables[table.name], !part.began.marks.isEmpty else { continue }
      try execute(
        sql: "INSERT INTO mark (entry, tablename, marks) VALUES (?, ?, ?)",
        arguments: [entry, table.name, Data(part.began.marks)])
    }
    let digest = content.digest()
    let previous = try head(before: entry)
    let chain = own.chain(after: previous, content: digest)
    try execute(
      sql: "INSERT INTO seal (entry, content, chain) VALUES (?, ?, ?)",
      arguments: [entry, Data(digest), Data(chain)])
    return chain
  }

  private func head(before entry: Int64) throws -> [UInt8] {
    let head = try Data.fetchOne(
      self, sql: "SELECT chain FROM seal WHERE entry < ? ORDER BY entry DESC LIMIT 1",
      arguments: [entry])
    return head.map(Array.init) ?? []
  }
}
