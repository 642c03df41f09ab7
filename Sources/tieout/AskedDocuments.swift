import ArgumentParser
import Billing
import Exporting
import Importing
import Ledger
import Measures
import Storage

/// `tieout release`: retainage of a job is billed, before its completion too.
struct Release: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bill retainage that is held on a job, all of it or a part.",
    discussion: """
      Example:
        tieout release J-1005 --amount 5000.00 --on 2026-11-15 --reason "half at substantial \
      completion" --series INV- --book cedar-ridge.tieout
      takes it of the oldest draws first, with its tax. What the jobs' terms release by themselves, \
      tieout bill proposes.
      """)

  @OptionGroup var asked: AskedOptions

  @Option(help: "How much (default: all that is held).")
  var amount: Money?

  @OptionGroup var series: SeriesOptions

  @OptionGroup var log: LogOptions

  @OptionGroup var options: SourceOptions

  func run() throws {
    try asked.issue(
      "release", amount, series, log, options, type: .retainageRelease
    ) { job, closing in
      let held = closing.position.documents.jobs[job].retainageHeld
      guard held > .zero else {
        throw Failure(status: .usage, message: "no retainage is held on \(asked.job)")
      }
      return AskedAmounts(releases: [job: amount ?? held])
    }
  }
}

/// `tieout deposit`: a deposit is asked for.
struct Deposit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Ask for a deposit on a job before its work is billed.",
    discussion: """
      Example:
        tieout deposit J-1024 --amount 2500.00 --on 2026-11-02 --reason "long-lead equipment" \
      --series INV- --book cedar-ridge.tieout
      comes on top of what was asked for. What the jobs' terms require, tieout bill proposes.
      """)

  @OptionGroup var asked: AskedOptions

  @Option(help: "How much.")
  var amount: Money

  @OptionGroup var series: SeriesOptions

  @OptionGroup var log: LogOptions

  @OptionGroup var options: SourceOptions

  func run() throws {
    try asked.issue("deposit", amount, series, log, options, type: .deposit) { job, _ in
      AskedAmounts(deposits: [job: amount])
    }
  }
}

/// A document that a person asks for on a job.
struct AskedOptions: ParsableArguments {
  @Argument(help: "The job.")
  var job: String

  @Option(help: "The day of the document.")
  var on: Day

  @Option(help: "Why, for the log.")
  var reason: String

  @Option(help: "The book.")
  var book: String

  /// Issues the one draft of its type that the billing of the job proposes when it is asked for.
  func issue(
    _ command: String, _ amount: Money?, _ series: SeriesOptions, _ log: LogOptions,
    _ options: SourceOptions, type: InvoiceType,
    _ asked: (RowID<Jobs>, Closing) throws -> AskedAmounts
  ) throws {
    if let amount, amount <= .zero {
      throw Failure(status: .usage, message: "--amount \(amount.text): must be above zero")
    }
    var issued: IssuedDrafts?
    let posting = Posting(book: book, log: log, options: options)
    let outcome = try posting.post(
      "\(command) \(job) \(amount?.text ?? "all") on \(on.text): \(reason)", on: on
    ) { result, _ in
      let row = result.book.jobs.index.find(job)
      guard row.exists else {
        throw Failure(status: .usage, message: "\(book) has no job \(job)")
      }
      let closing = Closing(result.book, asOf: on, keepsRows: true)
      let drafts = Drafts(closing, jobs: [row], asked: try asked(row, closing))
      if let finding = drafts.findings.first(where: { $0.severity == .error }) {
        throw Failure(status: .findings, message: "\(finding.value) \(finding.message)")
      }
      guard let draft = drafts.drafts.first(where: { $0.type == type }) else {
        throw Failure(
          status: .findings,
          message: "\(job) takes no \(command) on \(on.text): "
            + (type == .deposit ? "it is not open, or work was billed" : "nothing is held"))
      }
      let made = try IssuedDrafts(drafts, chosen: [draft.id], closing.book, series)
      issued = made
      return made.rows
    }
    guard !options.quiet else { return }
    try StandardStream.output.write(IssuedDrafts.text(issued, book, outcome))
  }
}
