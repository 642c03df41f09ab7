import GRDB
import Synchronization

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

  fileprivate struct Group: Sendable {
    var text: [UInt8] = []
    var lines: [UInt32] = []
    /// Where each record begins in the text.
    var starts: [Int] = []
    /// Line breaks inside records, by record; few have any.
    var breaks: [Int: Int] = [:]

    /// Takes the records of later versions.
    mutating func append(_ later: Group) {
      let (bytes, records) = (text.count, lines.count)
      text += later.text
      lines += later.lines
      starts += later.starts.map { $0 + bytes }
      for (record, count) in later.breaks { breaks[record + records] = count }
    }

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

  fileprivate struct GroupKey: Hashable, Comparable {
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
  /// - Parameters:
  ///   - leavingOut: an SQL condition on versions that are not wanted, by table.
  ///   - path: of the book, where a second connection may read half of it: not while it is changed.
  func all(leavingOut: [String: String] = [:], path: String? = nil) throws -> [StoredRecords] {
    let (sources, tables) = (try sources(), StoredTable.all.filter { $0.name != "company" })
    let parts = try tables.flatMap { try Part.all(of: $0, db) }
    let read = PartsRead(count: parts.count)
    let second = path.map { [knownAsOf] path in
      Later {
        try BookFile.readOnly(path).read { db in
          let back = ReadingBack(db: db, knownAsOf: knownAsOf)
          try read.forEach { try back.groups(parts[$0], sources, leavingOut: nil) }
        }
      }
    }
    let own = Result {
      try read.forEach {
        try groups(parts[$0], sources, leavingOut: leavingOut[parts[$0].table.name])
      }
    }
    try second?.wait()
    try own.get()
    let found = read.groups()
    return tables.flatMap { table in
      let own = parts.indices.filter { parts[$0].table.name == table.name }.map { found[$0] }
      return records(own, table, sources, mayBeEmpty: leavingOut[table.name] == nil)
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

  /// The rows of a part of a table, by their source and how they came.
  private func groups(
    _ part: Part, _ sources: [Int64: RecordSource], leavingOut: String?
  ) throws -> [GroupKey: Group] {
    let table = part.table
    let earlier = try earlierPlaces(table)
    var groups: [GroupKey: Group] = [:]
    var fields: [Int64: [Int]] = [:]
    for (id, source) in sources where source.table == table.name {
      fields[id] = source.columns.map { table.columns.firstIndex(of: $0) ?? 0 }
    }
    let rows = try RowReader(
      db, table,
      where: condition + " AND version BETWEEN \(part.first) AND \(part.last)"
        + (leavingOut.map { " AND NOT (\($0))" } ?? ""), arguments)
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
    return groups
  }

  /// The records of a table, each source's in the order in which they came.
  ///
  /// - Parameter mayBeEmpty: whether a table without rows has a header still.
  private func records(
    _ parts: [[GroupKey: Group]], _ table: StoredTable, _ sources: [Int64: RecordSource],
    mayBeEmpty: Bool
  ) -> [StoredRecords] {
    var groups = parts.first ?? [:]
    for part in parts.dropFirst() {
      for (key, group) in part { groups[key, default: Group()].append(group) }
    }
    let empty = sources.filter { $0.value.table == table.name }.keys.min()
    if groups.isEmpty, let empty, mayBeEmpty {
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

/// Some versions of a table: tables are read part by part, by whichever connection is free.
private struct Part: Sendable {
  let table: StoredTable
  let first: Int64
  let last: Int64

  private static let size: Int64 = 50_000

  static func all(of table: StoredTable, _ db: Database) throws -> [Part] {
    let last = try Int64.fetchOne(db, sql: "SELECT max(version) FROM \(table.name)") ?? 0
    return stride(from: 1, through: max(last, 1), by: Int(size)).map {
      Part(table: table, first: $0, last: $0 + size - 1)
    }
  }
}

/// Parts that two connections read, each the next that is left.
private final class PartsRead: Sendable {
  private struct State {
    var next = 0
    var groups: [[ReadingBack.GroupKey: ReadingBack.Group]]
  }
  private let state: Mutex<State>
  private let count: Int

  init(count: Int) {
    self.count = count
    state = Mutex(State(groups: Array(repeating: [:], count: count)))
  }

  func forEach(_ read: (Int) throws -> [ReadingBack.GroupKey: ReadingBack.Group]) throws {
    while let part = take() {
      let groups = try read(part)
      state.withLock { $0.groups[part] = groups }
    }
  }

  private func take() -> Int? {
    state.withLock { state in
      defer { state.next += 1 }
      return state.next < count ? state.next : nil
    }
  }

  func groups() -> [[ReadingBack.GroupKey: ReadingBack.Group]] { state.withLock { $0.groups } }
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
