import Foundation
import Importing
import Storage

/// A source that is a book instead of a folder.
enum BookSource {
  /// Whether a path on the command line is a book: a file, as folders of exports are none.
  static func isBook(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && !isFolder.boolValue
  }

  /// What the book keeps, as an import reads it.
  ///
  /// - Parameter knownAsOf: an entry of the log by its number, or an instant such as
  ///   2026-11-03T17:00:00Z or its day; nil for all that the book was told.
  static func read(_ path: String, knownAsOf: String?, wait: Int) throws -> KeptInput {
    let book = try BookFile(opening: path, wait: wait)
    let entry = try knownAsOf.map { try Self.entry($0, of: book, path) }
    return kept(try book.read(knownAsOf: entry))
  }

  static func kept(_ stored: StoredBook) -> KeptInput {
    var kept = KeptInput()
    kept.tables = stored.tables.map(Self.kept)
    kept.company = stored.company
    kept.digests = stored.digests
    return kept
  }

  static func kept(_ records: StoredRecords) -> KeptTable {
    KeptTable(
      table: records.source.table, file: records.source.file, originals: records.source.originals,
      text: records.text, lines: records.lines)
  }

  /// The last entry that a moment of knowledge includes.
  static func entry(_ text: String, of book: BookFile, _ path: String) throws -> Int64 {
    let entries = try book.log()
    if let number = Int64(text) {
      guard entries.contains(where: { $0.id == number }) else {
        throw Failure(
          status: .usage,
          message: "--known-as-of \(number): \(path) has \(entries.count) entries; "
            + "tieout verify lists them")
      }
      return number
    }
    // An instant: what begins with it, such as all of a day, still counts.
    let isInstant = text.count >= 10 && text.utf8.allSatisfy { "0123456789-:TZ".utf8.contains($0) }
    guard isInstant else {
      throw Failure(
        status: .usage,
        message: "--known-as-of \(text): is neither an entry's number nor an instant such as "
          + "2026-11-03 or 2026-11-03T17:00:00Z")
    }
    guard let entry = entries.last(where: { $0.at <= text || $0.at.hasPrefix(text) }) else {
      throw Failure(status: .usage, message: "\(path): knew nothing on \(text)")
    }
    return entry.id
  }
}
