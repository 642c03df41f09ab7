import GRDB

/// The tables of a book as the CSV text that an import reads.
struct ReadingBack {
  let db: Database
  /// The last entry of the log that counts; nil for all.
  let knownAsOf: Int64?

  /// Where a row stood, where it stands elsewhere now.
  private struct Earlier {
    var source: Int64
    var epoch: Int64
    var line: Int64
  }

  private struct Group {
    var text: [UInt8] = []
    var lines: [UInt32] = []
    /// Where each record begins in the text.
    var starts: [Int] = []
    /// Line breaks inside records, by record; few have any.
    var breaks: [Int: Int] = [:]

    /// The records in the order of their lines, below a header.
    func records(_ source: RecordSource) -> StoredRecords {
      let header = Array((source.columns.joined(separator: ",") + "\n").utf8)
      let isSorted = zip(lines, lines.dropFirst()).allSatisfy(<)
      guard !isSorted else {
        return StoredRecords(
          source: source, text: header + text, lines: linesOfText(Array(lines.indices)))
      }
      let order = lines.indices.sorted { (lines[$0], $0) < (lines[$1], $1) }
      var sorted = header
      sorted.reserveCapacity(header.count + text.count)
      for row in order {
        sorted += text[starts[row]..<(row + 1 < starts.count ? starts[row + 1] : text.count)]
      }
      return StoredRecords(source: source, text: sorted, lines: linesOfText(order))
    }

    /// The line that each line of the text came from; a record over several has its first.
    private func linesOfText(_ order: [Int]) -> [UInt32] {
      guard !breaks.isEmpty else { return order.map { lines[$0] } }
      return order.flatMap { Array(repeating: lines[$0], count: 1 + (breaks[$0] ?? 0)) }
    }
  }

  private struct GroupKey: Hashable, Comparable {
    var epoch: Int64
    var source: Int64
    static func < (a: Self, b: Self) -> Bool {
      (a.epoch, a.source) < (b.epoch, b.source)
    }
  }

  /// The company's policies as they were imported, and the name of their file.
  func company() throws -> (file: String, text: String)? {
    let row = try Row.fetchOne(
      db, sql: "SELECT file, text FROM company WHERE \(condition) LIMIT 1",
      arguments: StatementArguments(arguments))
    return row.map { ($0["file"], $0["text"]) }
  }

  private var condition: String {
    knownAsOf == nil ? "ended IS NULL" : "began <= ? AND (ended IS NULL OR ended > ?)"
  }

  private var arguments: [Int64] { knownAsOf.map { [$0, $0] } ?? [] }

  /// Every table that was ever imported, the company's policies apart.
  ///
  /// - Parameter leavingOut: an SQL condition on versions that are not wanted, by table.
  func all(leavingOut: [String: String] = [:]) throws -> [StoredRecords] {
    let sources = try sources()
    return try StoredTable.all.filter { $0.name != "company" }.flatMap { table in
      try records(table, sources, leavingOut: leavingOut[table.name])
    }
  }

  private func sources() throws -> [Int64: RecordSource] {
    var sources: [Int64: RecordSource] = [:]
    let rows = try Row.fetchAll(
      db, sql: "SELECT * FROM source WHERE entry <= ?", arguments: [knownAsOf ?? .max])
    for row in rows {
      let (columns, originals): (String, String) = (row["columns"], row["originals"])
      var names: [String: String] = [:]
      for pair in originals.split(separator: "\n") {
        let parts = pair.split(separator: "=", maxSplits: 1)
        if parts.count == 2 { names[String(parts[0])] = String(parts[1]) }
      }
      sources[row["id"]] = RecordSource(
        table: row["tablename"], file: row["file"],
        columns: columns.split(separator: ",").map(String.init), originals: names, isOwn: row["own"]
      )
    }
    return sources
  }

  private func records(
    _ table: StoredTable, _ sources: [Int64: RecordSource], leavingOut: String?
  ) throws -> [StoredRecords] {
    let earlier = try earlierPlaces(table)
    var groups: [GroupKey: Group] = [:]
    var fields: [Int64: [Int]] = [:]
    for (id, source) in sources where source.table == table.name {
      fields[id] = source.columns.map { table.columns.firstIndex(of: $0) ?? 0 }
    }
    let rows = try RowReader(
      db, table, where: condition + (leavingOut.map { " AND NOT (\($0))" } ?? ""), arguments)
    var (key, group) = (GroupKey(epoch: -1, source: -1), Group())
    while var place = try rows.next() {
      if let there = earlier[place.version] {
        (place.source, place.epoch, place.line) = (there.source, there.epoch, there.line)
      }
      let own = GroupKey(epoch: place.epoch, source: place.source)
      if own != key {
        if key.source >= 0 { groups[key] = group }
        key = own
        group = groups.removeValue(forKey: own) ?? Group()
      }
      group.starts.append(group.text.count)
      group.lines.append(UInt32(place.line))
      guard let columns = fields[place.source] else {
        throw StorageError.damaged(
          path: table.name, why: "version \(place.version) has no source")
      }
      for (number, column) in columns.enumerated() {
        if number > 0 { group.text.append(UInt8(ascii: ",")) }
        let breaks = rows.withText(column) { group.text.append(field: $0) }
        if breaks > 0 { group.breaks[group.lines.count - 1, default: 0] += breaks }
      }
      group.text.append(UInt8(ascii: "\n"))
    }
    if key.source >= 0 { groups[key] = group }
    if groups.isEmpty, let empty = fields.keys.min(), leavingOut == nil {
      groups[GroupKey(epoch: 0, source: empty)] = Group()
    }
    return groups.sorted { $0.key < $1.key }.compactMap { key, group in
      sources[key.source].map { group.records($0) }
    }
  }

  /// Rows that stand elsewhere since: where they stood at the entry.
  private func earlierPlaces(_ table: StoredTable) throws -> [Int64: Earlier] {
    guard let knownAsOf else { return [:] }
    var earlier: [Int64: Earlier] = [:]
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT version, origin, epoch, line FROM moved WHERE tablename = ? AND entry > ?
        ORDER BY version, entry DESC
        """, arguments: [table.name, knownAsOf])
    while let row = try rows.next() {
      earlier[row["version"]] = Earlier(
        source: row["origin"], epoch: row["epoch"], line: row["line"])
    }
    return earlier
  }
}

extension [UInt8] {
  /// Adds a field of CSV, in quotes where it must be.
  ///
  /// - Returns: how many line breaks it holds: LF, CR LF or CR.
  fileprivate mutating func append(field: UnsafeRawBufferPointer?) -> Int {
    guard let field, !field.isEmpty else { return 0 }
    let (comma, quote) = (UInt8(ascii: ","), UInt8(ascii: "\""))
    var needsQuotes = false
    for byte in field where byte == comma || byte == quote || byte == 10 || byte == 13 {
      needsQuotes = true
    }
    guard needsQuotes else {
      append(contentsOf: field)
      return 0
    }
    append(quote)
    var breaks = 0
    for (place, byte) in field.enumerated() {
      if byte == quote { append(byte) }
      append(byte)
      if byte == 13 || (byte == 10 && (place == 0 || field[place - 1] != 13)) { breaks += 1 }
    }
    append(quote)
    return breaks
  }
}
