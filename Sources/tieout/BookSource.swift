import Foundation
import Importing
import Measures
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
  ///
  /// - Parameter text: an entry of the log by its number, a closed period such as 2026-10 as it was
  ///   closed last, or an instant such as 2026-11-03T17:00:00Z or its day.
  static func entry(_ text: String, of book: BookReader, _ path: String) throws -> Int64 {
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
    if let month = Month(argument: text) {
      guard let entry = try book.entry(closing: month.text) else {
        throw Failure(
          status: .usage, message: "--known-as-of \(text): \(path) never closed \(text)")
      }
      return entry
    }
    // An instant: what begins with it, such as all of a day, still counts.
    let isInstant = text.count >= 10 && text.utf8.allSatisfy { "0123456789-:TZ".utf8.contains($0) }
    guard isInstant else {
      throw Failure(
        status: .usage,
        message: "--known-as-of \(text): is no entry's number, no closed period such as 2026-10 "
          + "and no instant such as 2026-11-03 or 2026-11-03T17:00:00Z")
    }
    guard let entry = entries.last(where: { $0.at <= text || $0.at.hasPrefix(text) }) else {
      throw Failure(status: .usage, message: "\(path): knew nothing on \(text)")
    }
    return entry.id
  }
}
