import Foundation
import GRDB

/// What a book was found to be.
public struct Verification: Sendable {
  /// What is wrong, each with its place; empty in a book that is whole.
  public var faults: [String] = []
  public var entries = 0
  public var versions = 0
  /// The last link of the chain, to compare with one that was written down.
  public var head = ""
  public var sqlite = ""
}

extension BookReader {
  /// Proves a book whole: SQLite's own checks, and every entry of the log with all that it added, ended
  /// and moved against its digest, link by link (RELIABILITY G11, G26, E34).
  ///
  /// - Parameter head: a head of the chain that was written down, or how it begins; the chain must
  ///   still have it.
  public func verify(head: String? = nil) throws -> Verification {
    var verification = Verification()
    verification.sqlite = try String.fetchOne(db, sql: "SELECT sqlite_version()") ?? ""
    verification.faults = try sqliteFaults(db)
    guard verification.faults.isEmpty else { return verification }
    try checkChain(db, &verification)
    if let head {
      let chains = try Data.fetchAll(db, sql: "SELECT chain FROM seal")
      if !chains.contains(where: { hexadecimal($0).hasPrefix(head.lowercased()) }) {
        verification.faults.append(
          "log: has no entry with the head \(head): what came with it was cut off or rewritten")
      }
    }
    verification.faults += try schemaFaults()
    return verification
  }

  /// Tables, indexes and triggers that are not as this version makes them.
  private func schemaFaults() throws -> [String] {
    let fresh = try DatabaseQueue()
    try Schema.migrator.migrate(fresh)
    let (wanted, found) = (try fresh.read(schema), try schema(db))
    let differing = Set(wanted.keys).union(found.keys).filter { wanted[$0] != found[$0] }.sorted()
    return [
      ("missing", differing.filter { found[$0] == nil }),
      ("added by other hands", differing.filter { wanted[$0] == nil }),
      ("changed", differing.filter { wanted[$0] != nil && found[$0] != nil }),
    ].filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1.joined(separator: ", "))" }
  }

  /// "trigger log_deleted", and how it was made.
  private func schema(_ db: Database) throws -> [String: String] {
    var schema: [String: String] = [:]
    let rows = try Row.fetchAll(
      db, sql: "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    for row in rows { schema["\(row["type"] as String) \(row["name"] as String)"] = row["sql"] }
    return schema
  }

  private func sqliteFaults(_ db: Database) throws -> [String] {
    let integrity = try String.fetchAll(db, sql: "PRAGMA integrity_check(100)")
    let foreign = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check")
    return integrity.filter { $0 != "ok" }
      + foreign.prefix(100).map { row in
        let (table, parent): (String, String) = (row[0], row[2])
        return "\(table): row \(row[1] as DatabaseValue) names a row of \(parent) that is not there"
      }
  }

  private func checkChain(_ db: Database, _ verification: inout Verification) throws {
    var contents = try Contents(db: db, entry: nil).read()
    let entries = try db.entries()
    var previous: [UInt8] = []
    for (place, entry) in entries.enumerated() {
      let number = Int64(place + 1)
      if entry.id != number {
        verification.faults.append("log: entry \(number) is missing")
      }
      guard
        let seal = try Row.fetchOne(
          db, sql: "SELECT content, chain FROM seal WHERE entry = ?", arguments: [entry.id])
      else {
        verification.faults.append("log: entry \(entry.id) has no seal")
        continue
      }
      var content = contents.removeValue(forKey: entry.id) ?? EntryContent()
      let stored: (content: Data, chain: Data) = (seal["content"], seal["chain"])
      verification.faults += try changedRows(db, entry.id, content)
      if Data(content.digest()) != stored.content {
        verification.faults.append(
          "entry \(entry.id): what it imported, ended or moved is not what it was")
      }
      let chain = entry.chain(after: previous, content: Array(stored.content))
      if Data(chain) != stored.chain {
        verification.faults.append(
          "log: entry \(entry.id), \(entry.command), or its link to the one before was changed")
      }
      previous = Array(stored.chain)
      verification.entries += 1
      for table in content.tables.values { verification.versions += table.began.marks.count / 8 }
    }
    for entry in contents.keys.sorted() {
      verification.faults.append("entry \(entry): is not in the log, and rows name it")
    }
    verification.head = hexadecimal(previous)
  }

  /// Rows that are not as they were when their entry was sealed, one by one.
  private func changedRows(
    _ db: Database, _ entry: Int64, _ content: EntryContent
  ) throws -> [String] {
    var faults: [String] = []
    let rows = try Row.fetchAll(
      db, sql: "SELECT tablename, marks FROM mark WHERE entry = ?", arguments: [entry])
    var sealed: [String: [UInt8]] = [:]
    for row in rows {
      let table: String = row["tablename"]
      sealed[table] = Array(row["marks"] as Data)
      if StoredTable.named(table) == nil {
        faults.append("mark: entry \(entry) names \(table), which is no table of a book")
      }
    }
    for table in StoredTable.all {
      let (now, then) = (content.tables[table.name]?.began.marks ?? [], sealed[table.name] ?? [])
      guard now != then else { continue }
      if now.count != then.count {
        faults.append(
          "\(table.name): entry \(entry) imported \(then.count / 8) rows and has \(now.count / 8)")
        continue
      }
      let versions = try Int64.fetchAll(
        db, sql: "SELECT version FROM \(table.name) WHERE began = ? ORDER BY version",
        arguments: [entry])
      for (place, version) in versions.enumerated()
      where now[place * 8..<place * 8 + 8] != then[place * 8..<place * 8 + 8] {
        faults.append("\(table.name): \(try name(db, table, version)) is not what was stored")
      }
    }
    return faults
  }

  /// "version 17, INV-2063".
  private func name(_ db: Database, _ table: StoredTable, _ version: Int64) throws -> String {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT \(table.key.map(Schema.quoted).joined(separator: ", ")) FROM \(table.name)
        WHERE version = ?
        """, arguments: [version])
    let key = row.map { Array($0.databaseValues).compactMap(String.fromDatabaseValue) } ?? []
    return "version \(version), \(key.filter { !$0.isEmpty }.joined(separator: " "))"
  }
}
