import Foundation
import GRDB

/// A book while it is read, or changed by a command that reads it first.
public struct BookReader {
  let db: Database
  /// Where a second connection may read beside it: while nothing is changed.
  var path: String?
}

/// A book read back.
public struct StoredBook: Sendable {
  public var tables: [StoredRecords]
  /// The company's policies, and what their file is called.
  public var company: (file: String, text: String)?
  /// Of each file, as it was last imported.
  public var digests: [(file: String, digest: String)]
}

extension BookReader {
  /// The tables of the book as the CSV text that an import reads.
  ///
  /// - Parameter knownAsOf: the last entry of the log that counts; nil for all.
  public func stored(knownAsOf: Int64?) throws -> StoredBook {
    let back = ReadingBack(db: db, knownAsOf: knownAsOf)
    let digests = try Row.fetchAll(
      db,
      sql: """
        SELECT file, digest FROM input AS i WHERE entry <= ?1 AND entry =
          (SELECT max(entry) FROM input WHERE file = i.file AND entry <= ?1) ORDER BY file
        """, arguments: [knownAsOf ?? .max])
    // What commands of ours wrote is in no file.
    let own = try Row.fetchAll(
      db,
      sql: """
        SELECT entry, content FROM seal WHERE entry <= ? AND entry IN
          (SELECT entry FROM source WHERE own)
        """, arguments: [knownAsOf ?? .max])
    return StoredBook(
      tables: try back.all(path: path),
      company: try back.company(),
      digests: digests.map { ($0["file"], $0["digest"]) }
        + own.map { ("entry \($0["entry"] as Int64)", hexadecimal($0["content"] as Data)) })
  }

  /// The date of a document, void or not; nil where the book has none of that id.
  public func day(ofInvoice id: String, knownAsOf: Int64) throws -> String? {
    try String.fetchOne(
      db,
      sql: """
        SELECT date FROM invoices WHERE invoice_id = ?1 AND began <= ?2
          AND (ended IS NULL OR ended > ?2)
        """, arguments: [id, knownAsOf])
  }

  /// The last day on which a document, payment or application is dated; nil in an empty book.
  public func lastDay() throws -> String? {
    try String.fetchOne(
      db,
      sql: """
        SELECT max(date) FROM (
          SELECT max(date) AS date FROM invoices WHERE ended IS NULL
          UNION ALL SELECT max(date) FROM payments WHERE ended IS NULL
          UNION ALL SELECT max(date) FROM applications WHERE ended IS NULL)
        """)
  }

  /// The entries of the log, in their order.
  public func log() throws -> [LogEntry] { try db.entries() }
}

extension BookFile {
  /// Reads the book, which is brought to this version first where an older one wrote it.
  public func reading<Result>(_ body: (BookReader) throws -> Result) throws -> Result {
    try Self.translating(path) {
      try migrate()
      return try queue.read { try body(BookReader(db: $0, path: path)) }
    }
  }
}
