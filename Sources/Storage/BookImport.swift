import Foundation
import GRDB
import Glibc

/// What an import into a book did.
public struct ImportOutcome: Sendable {
  /// The entry of the log; nil where nothing changed.
  public var entry: Int64?
  /// Whether a command of the same request was done before, as that entry.
  public var isRepeated = false
  /// The head of the chain after it.
  public var head = ""
  public var tables: [TableChanges] = []

  /// Whether the book is as it was before.
  public var isUnchanged: Bool { entry == nil }
}

/// One import into a book: records are staged, checked together with what the book holds, and then
/// become part of it in one transaction, or nothing does.
public struct BookImport {
  private let db: Database
  public var staging: Staging
  private var changes: [TableChanges] = []

  fileprivate init(_ db: Database) {
    self.db = db
    staging = Staging(db)
  }

  /// What the book holds that the staged records do not replace: checked together with them.
  ///
  /// - Parameter endsGone: whether rows that a file no longer has are to end.
  public mutating func rest(endsGone: Bool) throws -> [StoredRecords] {
    changes = try Merging(db: db, staging: staging, entry: 0).match()
    var replaced: [String: String] = [:]
    for table in staging.tables {
      let matched = "version IN (SELECT version FROM temp.matched_\(table.name))"
      replaced[table.name] = endsGone ? "\(matched) OR (\(Merging.gone(table.name)))" : matched
    }
    return try ReadingBack(db: db, knownAsOf: nil).all(leavingOut: replaced)
  }

  /// The number that this import's entry of the log will have.
  public func nextEntry() throws -> Int64 {
    (try Int64.fetchOne(db, sql: "SELECT max(id) FROM log") ?? 0) + 1
  }

  /// A row of the book as it is, by the id that is its key; nil where there is none.
  public func row(_ table: String, id: String) throws -> [String: String]? {
    guard let table = StoredTable.named(table) else { return nil }
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT * FROM \(table.name) WHERE ended IS NULL AND \(Schema.quoted(table.key[0])) = ?
        """, arguments: [id])
    guard let row else { return nil }
    var texts: [String: String] = [:]
    for column in table.columns {
      if let text = row[column] as String? { texts[column] = text }
    }
    return texts
  }

  /// Makes the staged records part of the book.
  ///
  /// - Parameter digests: of the files they came from.
  fileprivate func commit(
    _ request: LogRequest, inputs: String, digests: [(file: String, digest: String)],
    endsGone: Bool
  ) throws -> ImportOutcome {
    let entry = try db.addEntry(request, inputs: inputs)
    let merged = try Merging(db: db, staging: staging, entry: entry)
      .merge(changes, endsGone: endsGone)
    for input in digests {
      try db.execute(
        sql: "INSERT OR REPLACE INTO input (entry, file, digest) VALUES (?, ?, ?)",
        arguments: [entry, input.file, input.digest])
    }
    let isUnchanged = merged.allSatisfy {
      $0.new + $0.changed + $0.moved == 0 && !(endsGone && $0.gone > 0)
    }
    guard !isUnchanged else { return ImportOutcome(entry: nil, tables: merged) }
    let head = try db.seal(entry)
    return ImportOutcome(entry: entry, head: hexadecimal(head), tables: merged)
  }
}

/// What was found of the records of an import.
public struct CheckedImport: Sendable {
  /// SHA-256 of all files.
  public var inputs: String
  public var digests: [(file: String, digest: String)]

  public init(inputs: String, digests: [(file: String, digest: String)]) {
    (self.inputs, self.digests) = (inputs, digests)
  }
}

extension BookFile {
  /// Feeds a book, which is made where there is none: whole, or not at all.
  ///
  /// - Parameters:
  ///   - endsGone: whether rows that a file no longer has end.
  ///   - check: stages the records and checks them with the rest of the book; where it throws,
  ///     nothing is changed.
  public static func feed(
    _ path: String, wait: Int, _ request: LogRequest, endsGone: Bool,
    _ check: (inout BookImport) throws -> CheckedImport
  ) throws -> ImportOutcome {
    // Who waited for another first import finds its book.
    let lock = LockFileBox(try LockFile(beside: path, wait: wait))
    let isNew = access(path, F_OK) != 0
    defer { if isNew { for name in [".new", ".new-journal"] { unlink(path + name) } } }
    return try translating(path) {
      let book = try isNew ? make(path, lock) : BookFile(opening: path, lock)
      try book.migrate()
      var outcome = ImportOutcome()
      try book.queue.inTransaction(.immediate) { db in
        if let done = try db.entry(of: request) {
          outcome = ImportOutcome(entry: done, isRepeated: true)
          return .rollback
        }
        var running = BookImport(db)
        let checked = try check(&running)
        outcome = try running.commit(
          request, inputs: checked.inputs, digests: checked.digests, endsGone: endsGone)
        try running.staging.drop()
        return outcome.isUnchanged ? .rollback : .commit
      }
      if isNew, !outcome.isUnchanged { try book.publish(as: path) }
      return outcome
    }
  }

  /// Gives a new book its name, when all of it is on the disk.
  private func publish(as path: String) throws {
    try queue.close()
    guard rename(path + ".new", path) == 0 else { throw StorageError.last("naming the book", path) }
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw StorageError.last("opening the folder", folder) }
    defer { close(descriptor) }
    while fsync(descriptor) != 0 {
      guard errno == EINTR else {
        throw StorageError.last("bringing the folder to the disk", folder)
      }
    }
  }
}

extension BookImport {
  /// What the book holds, the staged records left out.
  public var reader: BookReader { BookReader(db: db) }

  /// The company's policies as the book has them.
  public func company() throws -> (file: String, text: String)? {
    try ReadingBack(db: db, knownAsOf: nil).company()
  }
}
