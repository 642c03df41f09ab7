import Foundation
import Importing
import Ledger
import Measures
import Storage

/// Rows that a command of ours adds to a book, such as an invoice it issues.
struct OwnRows {
  var table: String
  var columns: [String]
  var rows: [[String]]
}

/// A command that changes a book by rows of its own, in one transaction.
struct Posting {
  let book: String
  let log: LogOptions
  let options: SourceOptions

  /// Asks for rows, checks them together with all that the book holds, and makes them part of it.
  ///
  /// - Parameters:
  ///   - day: from which they count; a closed period takes none.
  ///   - rows: made from what the book holds.
  /// - Throws: `Failure` where there is an error among all that the book would then hold.
  func post(
    _ command: String, on day: Day,
    _ rows: (_ book: ImportResult, _ running: BookImport) throws -> [OwnRows]
  ) throws -> ImportOutcome {
    guard BookSource.isBook(book) else {
      throw Failure(status: .usage, message: StorageError.missing(path: book).description)
    }
    return try StorageFailure.translating {
      try BookFile.feed(book, wait: log.wait, log.request(command), endsGone: false) { running in
        try refuseClosed(day, running)
        let base = try options.request("", asOf: nil)
        let before = try read(base, running.rest(endsGone: false), running)
        let own = try rows(before, running)
        try stage(own, &running)
        var request = base
        request.kept.tables = try running.rest(endsGone: false).filter { !$0.lines.isEmpty }
          .map(BookSource.kept)
        let entry = try running.nextEntry()
        request.kept.tables += own.map { $0.kept(file: "entry \(entry)") }
        request.kept.company = try running.company()
        try check(request, known: before.findings)
        return CheckedImport(inputs: "", digests: [])
      }
    }
  }

  private func refuseClosed(_ day: Day, _ running: BookImport) throws {
    guard let closed = try running.reader.closedPeriods().last, day.text <= closed.last else {
      return
    }
    throw Failure(
      status: .usage,
      message: "\(day.text) lies in or before \(closed.period), which entry \(closed.entry) closed"
        + "; give a day after \(closed.last), or tieout reopen \(closed.period)")
  }

  /// What the book holds now.
  private func read(
    _ base: ImportRequest, _ records: [StoredRecords], _ running: BookImport
  ) throws -> ImportResult {
    var request = base
    request.kept.tables = records.map(BookSource.kept)
    request.kept.company = try running.company()
    let asked = request
    return try SourceOptions.translating { () throws(ImportError) in try importFolder(asked) }
  }

  private func stage(_ own: [OwnRows], _ running: inout BookImport) throws {
    let entry = try running.nextEntry()
    for part in own {
      for (place, texts) in part.rows.enumerated() {
        try running.staging.add(
          RecordSource(
            table: part.table, file: "entry \(entry)", columns: part.columns, isOwn: true),
          line: UInt32(place + 1), texts)
      }
    }
  }

  /// Prints what the rows would bring into the book; an error refuses them.
  private func check(_ request: ImportRequest, known: [Finding]) throws {
    let result = try SourceOptions.translating { () throws(ImportError) in
      try importFolder(request)
    }
    let before = Set(known.map { [$0.code, $0.value, $0.message] })
    let new = result.findings.filter {
      $0.severity != .note && !before.contains([$0.code, $0.value, $0.message])
    }
    if !options.quiet || result.errorCount > 0 {
      FindingsPrinter.print(
        new, inFull: options.verbose, consequence: "the book was not changed.")
    }
    guard result.errorCount == 0 else { throw Failure(status: .findings, message: "") }
  }
}

extension OwnRows {
  /// As an import reads them.
  fileprivate func kept(file: String) -> KeptTable {
    func field(_ text: String) -> String {
      text.contains { ",\"\r\n".contains($0) }
        ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
    var text = columns.joined(separator: ",") + "\n"
    var lines: [UInt32] = []
    for (place, row) in rows.enumerated() {
      text += row.map(field).joined(separator: ",") + "\n"
      let breaks = row.joined().unicodeScalars.count { $0 == "\n" }
      lines += Array(repeating: UInt32(place + 1), count: 1 + breaks)
    }
    return KeptTable(
      table: table, file: file, originals: [:], text: Array(text.utf8), lines: lines)
  }
}
