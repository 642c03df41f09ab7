import ArgumentParser
import Exporting
import Foundation
import Importing
import Ledger
import Storage

/// `tieout import`: a folder of exports becomes part of a book.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Feed a book: whole, or not at all.",
    discussion: """
      Example:
        tieout import sample-data --book cedar-ridge.tieout
      makes the book where there is none. The same files again change nothing; a changed row becomes \
      a new version of itself, and the book remembers the old one.
      """)

  @Argument(help: "A folder of CSV files.")
  var folder: String

  @Option(help: "The book: one file.")
  var book: String

  @Flag(help: "The files are complete: end the rows that they no longer have.")
  var full = false

  @OptionGroup var log: LogOptions

  @OptionGroup var options: SourceOptions

  func validate() throws {
    if BookSource.isBook(folder) {
      throw ValidationError("\(folder) is a file; import takes a folder of CSV files")
    }
  }

  func run() throws {
    var result: ImportResult?
    let outcome = try StorageFailure.translating {
      try BookFile.feed(
        book, wait: log.wait, log.request("import \(folder)"), endsGone: full
      ) { running in
        let request = try options.request(folder, asOf: nil)
        let read = try feed(&running, request)
        result = read
        guard let digest = read.digest else { preconditionFailure("an import has a digest") }
        return CheckedImport(inputs: digest, digests: read.digests)
      }
    }
    guard !options.quiet, let result else { return }
    try StandardStream.output.write(text(outcome, result) + lateEntries(outcome))
  }

  /// Stages the folder's records, and checks them together with what the book holds.
  private func feed(_ running: inout BookImport, _ base: ImportRequest) throws -> ImportResult {
    var request = base
    request.wantsDigest = true
    let source = try SourceOptions.translating { () throws(ImportError) in
      try ImportSource(request)
    }
    var staging = running.staging
    if let company = source.company {
      try staging.add(
        RecordSource(table: "company", file: company.file, columns: ["file", "text"]), line: 1,
        [company.file, company.text])
    }
    try source.forEachRecord { table in
      try staging.begin(
        RecordSource(
          table: table.table, file: table.file, columns: table.columns,
          originals: table.originals), fields: table.fields)
    } _: { block in
      try staging.add(
        RecordBlock(
          bytes: block.bytes, width: block.width, starts: block.starts, ends: block.ends,
          lines: block.lines), leavingOut: block.broken.contains)
    }
    running.staging = staging
    let rest = try running.rest(endsGone: full)
    request.kept.tables = rest.filter { !$0.lines.isEmpty }.map(BookSource.kept)
    request.kept.company = try running.company()
    let asked = request
    let result = try SourceOptions.translating { () throws(ImportError) in
      try importSource(source, asked)
    }
    let isRefused = result.errorCount > 0 || (options.strict && result.warningCount > 0)
    if !options.quiet || isRefused {
      FindingsPrinter.print(
        result.findings, inFull: options.verbose, consequence: "the book was not changed.")
    }
    guard !isRefused else { throw Failure(status: .findings, message: "") }
    for (file, lines) in result.leftOut { try running.staging.remove(file: file, lines: lines) }
    return result
  }

  /// What of it is dated in a closed period; nothing where all is new.
  private func lateEntries(_ outcome: ImportOutcome) throws -> String {
    guard let entry = outcome.entry, !outcome.isRepeated else { return "" }
    return try StorageFailure.translating {
      try BookFile(opening: book, wait: log.wait).reading { reader in
        guard let closed = try reader.closedPeriods(knownAsOf: entry).last else { return "" }
        let late = try LateRow.all(
          of: reader.changes(from: entry - 1, to: entry), through: closed.last,
          dayOfInvoice: { try reader.day(ofInvoice: $0, knownAsOf: entry) })
        guard !late.isEmpty else { return "" }
        return "\(count(late.count, "row")) of \(closed.period) or before, which entry "
          + "\(closed.entry) closed: late entries, listed by the next pack\n"
      }
    }
  }

  private func text(_ outcome: ImportOutcome, _ result: ImportResult) -> String {
    var text = ""
    for table in outcome.tables where table.new + table.changed + table.gone + table.moved > 0 {
      let parts = [
        (table.new, "new"), (table.changed, "changed"), (table.unchanged, "unchanged"),
        (table.gone, full ? "ended" : "no longer in the files"),
      ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
      text += table.table.padding(toLength: 20, withPad: " ", startingAt: 0)
      text += parts.joined(separator: ", ") + "\n"
    }
    guard let entry = outcome.entry else {
      return text + "\(book) has all of this already: nothing was changed.\n"
    }
    return text + "\(book): entry \(entry), head \(outcome.head.prefix(16))\n"
  }
}

/// Who changes a book, and how long to wait for it.
struct LogOptions: ParsableArguments {
  @Option(help: "Who does this, for the log (default: the user's name).")
  var by: String?

  @Option(help: "Seconds to wait for another process that uses the book.")
  var wait = 5

  @Option(help: "A name of your own for this request: repeated under it, it does nothing twice.")
  var request: String?

  func request(_ command: String) -> LogRequest {
    LogRequest(at: Self.now(), who: by ?? NSUserName(), command: command, request: request)
  }

  /// The clock's second, in UTC; for the log alone, no amount depends on it.
  private static func now() -> String {
    let form = ISO8601DateFormatter()
    return form.string(from: Date())
  }
}

/// Turns failures of a book into the statuses of DESIGN §1.
enum StorageFailure {
  static func translating<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as StorageError {
      let status: Failure.Status =
        switch error {
        case .missing: .usage
        case .notABook, .newer, .damaged: .damaged
        case .busy, .system, .database: .surroundings
        }
      throw Failure(status: status, message: error.description)
    }
  }
}
