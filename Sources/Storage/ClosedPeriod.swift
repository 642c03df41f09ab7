import GRDB

/// A period that was closed: what it showed cannot change any more (DESIGN §1; RELIABILITY G10).
public struct ClosedPeriod: Hashable, Sendable {
  /// `2026-10`.
  public var period: String
  /// Its days, both included.
  public var first: String
  public var last: String
  /// The entry of the log that closed it. What the book had been told by then is what the pack shows.
  public var entry: Int64
  /// The version of Tieout that wrote the pack: another one may lay it out otherwise.
  public var program: String
  /// SHA-256 of what was read, as the pack's cover has it.
  public var inputs: String
  /// The folder that the pack was written to.
  public var place: String
  /// The files of the pack by name, with the SHA-256 of each.
  public var files: [PackedFile]

  public init(
    period: String, first: String, last: String, entry: Int64 = 0, program: String,
    inputs: String, place: String, files: [PackedFile]
  ) {
    (self.period, self.first, self.last, self.entry) = (period, first, last, entry)
    (self.program, self.inputs, self.place, self.files) = (program, inputs, place, files)
  }
}

/// A file of a pack.
public struct PackedFile: Hashable, Sendable {
  public var name: String
  /// SHA-256 of its bytes, as hexadecimal digits.
  public var digest: String

  public init(name: String, digest: String) { (self.name, self.digest) = (name, digest) }
}

/// What a command that is no import did to a book.
public struct EntryOutcome: Sendable {
  public var entry: Int64
  /// The head of the chain after it.
  public var head: String
  /// Whether a command of the same request was done before, as that entry.
  public var isRepeated = false
}

extension BookReader {
  /// The periods that are closed, and were not reopened, in the order of their days.
  ///
  /// - Parameter knownAsOf: the last entry of the log that counts; nil for all.
  public func closedPeriods(knownAsOf: Int64? = nil) throws -> [ClosedPeriod] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT * FROM closing WHERE began <= ?1 AND (ended IS NULL OR ended > ?1) ORDER BY last
        """, arguments: [knownAsOf ?? .max])
    return try rows.map { row in
      let files = try Row.fetchAll(
        db, sql: "SELECT name, digest FROM packed WHERE closing = ? ORDER BY name",
        arguments: [row["id"] as Int64])
      return ClosedPeriod(
        period: row["period"], first: row["first"], last: row["last"], entry: row["began"],
        program: row["program"], inputs: row["inputs"], place: row["place"],
        files: files.map { PackedFile(name: $0["name"], digest: $0["digest"]) })
    }
  }

  /// The last entry that closed a period, reopened since or not; nil where none ever did.
  public func entry(closing period: String) throws -> Int64? {
    try Int64.fetchOne(
      db, sql: "SELECT max(began) FROM closing WHERE period = ?", arguments: [period])
  }
}

extension BookFile {
  /// Closes a period in one transaction, during which nobody else changes the book.
  ///
  /// - Parameter make: makes the pack from what the book holds; where it throws, nothing is closed.
  public static func closePeriod(
    _ path: String, wait: Int, _ request: LogRequest, _ make: (BookReader) throws -> ClosedPeriod
  ) throws -> EntryOutcome {
    try change(path, wait: wait, request) { db in
      let period = try make(BookReader(db: db))
      let entry = try db.addEntry(request, inputs: period.inputs)
      try db.execute(
        sql: """
          INSERT INTO closing (began, period, first, last, program, inputs, place)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          entry, period.period, period.first, period.last, period.program, period.inputs,
          period.place,
        ])
      let closing = db.lastInsertedRowID
      for file in period.files {
        try db.execute(
          sql: "INSERT INTO packed (closing, name, digest) VALUES (?, ?, ?)",
          arguments: [closing, file.name, file.digest])
      }
      return entry
    }
  }

  /// Opens the period that was closed last again.
  ///
  /// - Parameter mayReopen: throws where it must stay closed.
  public static func reopen(
    _ path: String, wait: Int, _ request: LogRequest, _ period: String,
    _ mayReopen: (BookReader) throws -> Void
  ) throws -> EntryOutcome {
    try change(path, wait: wait, request) { db in
      try mayReopen(BookReader(db: db))
      let entry = try db.addEntry(request, inputs: "")
      try db.execute(
        sql: "UPDATE closing SET ended = ? WHERE period = ? AND ended IS NULL",
        arguments: [entry, period])
      return entry
    }
  }

  /// - Parameter body: what changes; gives the entry of the log, which is sealed here.
  private static func change(
    _ path: String, wait: Int, _ request: LogRequest, _ body: (Database) throws -> Int64
  ) throws -> EntryOutcome {
    try translating(path) {
      let book = try BookFile(opening: path, wait: wait)
      try book.migrate()
      var outcome = EntryOutcome(entry: 0, head: "")
      try book.queue.inTransaction(.immediate) { db in
        if let done = try db.entry(of: request) {
          outcome = EntryOutcome(entry: done, head: "", isRepeated: true)
          return .rollback
        }
        let entry = try body(db)
        outcome = EntryOutcome(entry: entry, head: hexadecimal(try db.seal(entry)))
        return .commit
      }
      return outcome
    }
  }
}
