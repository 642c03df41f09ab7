import GRDB

/// An entry of the log: a command that changed the book (RELIABILITY G11).
public struct LogEntry: Hashable, Sendable {
  public var id: Int64
  /// UTC, by the clock of the machine; order comes from `id` (RELIABILITY E17).
  public var at: String
  public var who: String
  /// The command with its arguments.
  public var command: String
  /// SHA-256 of what it read, as in a pack; empty where it read nothing.
  public var inputs: String
  /// The request that a repeated command names, so that it does nothing twice.
  public var request: String?
}

/// What an entry is about, before it has a number.
public struct LogRequest: Sendable {
  public var at: String
  public var who: String
  public var command: String
  public var request: String?

  public init(at: String, who: String, command: String, request: String? = nil) {
    (self.at, self.who, self.command, self.request) = (at, who, command, request)
  }
}

extension Database {
  /// Adds an entry to the log; it is sealed when all that it changed is there.
  func addEntry(_ request: LogRequest, inputs: String) throws -> Int64 {
    try execute(
      sql: "INSERT INTO log (at, who, command, inputs, request) VALUES (?, ?, ?, ?, ?)",
      arguments: [request.at, request.who, request.command, inputs, request.request])
    return lastInsertedRowID
  }

  /// The entry that did what a request names; nil where none did, or it has no name.
  func entry(of request: LogRequest) throws -> Int64? {
    guard let name = request.request else { return nil }
    return try Int64.fetchOne(
      self, sql: "SELECT id FROM log WHERE request = ?", arguments: [name])
  }

  func entries() throws -> [LogEntry] {
    try Row.fetchAll(self, sql: "SELECT * FROM log ORDER BY id").map { row in
      LogEntry(
        id: row["id"], at: row["at"], who: row["who"], command: row["command"],
        inputs: row["inputs"], request: row["request"])
    }
  }
}

extension LogEntry {
  /// The next link of the chain.
  func chain(after previous: [UInt8], content: [UInt8]) -> [UInt8] {
    var bytes = DigestBytes()
    bytes.add(Int64(1))  // the form of what follows
    bytes.add(hexadecimal(previous))
    bytes.add(id)
    for text in [at, who, command, inputs] { bytes.add(text) }
    bytes.add(request)
    bytes.add(hexadecimal(content))
    return sha256(bytes)
  }
}
