import ArgumentParser
import Exporting
import Foundation
import Measures
import Storage

/// `tieout close`: a period's pack is written, and its period is locked.
struct Close: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a period's pack and close the period: what it shows can change no more.",
    discussion: """
      Example:
        tieout close 2026-10 --book cedar-ridge.tieout
      writes reports/2026-10/ as month-end does, and refuses as it does where an error stands or a \
      total does not tie out. The book keeps the digest of every file of the pack. What an import \
      brings later of that period is a late entry: the next pack lists it, and what it would have \
      changed; month-end with --known-as-of 2026-10 writes the closed pack again, byte for byte.
      """)

  @Argument(help: "The month, such as 2026-10.")
  var period: Month

  @Option(help: "The book.")
  var book: String

  @Option(help: "The output folder (default: reports/ and the month).")
  var out: String?

  @OptionGroup var log: LogOptions

  @OptionGroup var options: SourceOptions

  func validate() throws {
    if options.knownAsOf != nil {
      throw ValidationError("A period is closed with all that the book knows.")
    }
    if options.config != nil || options.profile != nil || options.allowRejects {
      throw ValidationError(
        "A period is closed by the book's own rows and policies: --config, --profile and "
          + "--allow-rejects belong to import.")
    }
  }

  func run() throws {
    let target = out ?? "reports/\(period.text)"
    var text = ""
    let request = log.request("close \(period.text)")
    let outcome = try StorageFailure.translating {
      try BookFile.closePeriod(book, wait: log.wait, request) { running in
        try refuseClosed(running)
        let source = try Source(book, running, asOf: period.last, knownAsOf: nil)
        try source.refuseClosed(target)
        let pack = try MonthEndPack(source, Period(period), options, to: target)
        text = pack.summary
        return ClosedPeriod(
          period: period.text, first: period.first.text, last: period.last.text,
          program: Tieout.version, inputs: pack.inputs,
          place: URL(fileURLWithPath: target).standardizedFileURL.path,
          files: try packedFiles(in: target))
      }
    }
    guard !options.quiet else { return }
    text +=
      outcome.isRepeated
      ? "\(book): done before, as entry \(outcome.entry); nothing was changed.\n"
      : "\(book): entry \(outcome.entry), \(period.text) is closed, head \(outcome.head)\n"
    try StandardStream.output.write(text)
  }

  private func refuseClosed(_ running: BookReader) throws {
    guard let closed = try running.closedPeriods().last, closed.last >= period.last.text else {
      return
    }
    let why =
      closed.period == period.text
      ? "\(period.text) is closed already, by entry \(closed.entry)"
      : "\(closed.period), which comes after \(period.text), is closed already"
    throw Failure(
      status: .usage,
      message: "\(why); tieout reopen \(closed.period) --book \(book) opens it again")
  }
}

/// `tieout reopen`: the period that was closed last can be closed anew.
struct Reopen: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Open the period that was closed last again; the log keeps the reason.",
    discussion: """
      Example:
        tieout reopen 2026-10 --reason "the bank's statement came late" --book cedar-ridge.tieout
      The pack that was handed out stays reproducible: month-end --known-as-of and the entry that \
      closed it.
      """)

  @Argument(help: "The month, such as 2026-10.")
  var period: Month

  @Option(help: "Why, for the log.")
  var reason: String

  @Option(help: "The book.")
  var book: String

  @OptionGroup var log: LogOptions

  @Flag(help: "Print errors only.")
  var quiet = false

  func run() throws {
    let outcome = try StorageFailure.translating {
      try BookFile.reopen(
        book, wait: log.wait, log.request("reopen \(period.text): \(reason)"), period.text
      ) { running in
        let closed = try running.closedPeriods()
        guard closed.contains(where: { $0.period == period.text }) else {
          throw Failure(status: .usage, message: "\(period.text) is not closed in \(book)")
        }
        guard let last = closed.last, last.period == period.text else {
          throw Failure(
            status: .usage,
            message: "\(closed.last?.period ?? "") was closed after it: reopen that first")
        }
      }
    }
    guard !quiet else { return }
    try StandardStream.output.write(
      outcome.isRepeated
        ? "\(book): done before, as entry \(outcome.entry); nothing was changed.\n"
        : "\(book): entry \(outcome.entry), \(period.text) is open again\n")
  }
}
