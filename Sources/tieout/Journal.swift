import ArgumentParser
import Billing
import Exporting
import Foundation
import Ledger
import Reporting

/// `tieout journal`: a month's entries for the general ledger.
struct JournalCommand: ParsableCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument { case csv, hledger, beancount, iif }

  static let configuration = CommandConfiguration(
    commandName: "journal",
    abstract: "Write the entries of a period for the general ledger.",
    usage: "tieout journal SOURCE --period MONTH [--format csv|hledger|beancount|iif] [--out FILE]",
    discussion: """
      Example:
        tieout journal sample-data --period 2026-10 --format beancount --out october.beancount
      Documents, receipts, applications, material issued and the accruals of the month's end, each \
      with debits equal to credits; account names come from [accounts] in company.toml. hledger and \
      beancount files open with the balances before the period and assert those after it. Over several \
      months, --from and --to give the accruals of each month's end.
      """)

  @Argument(help: "A folder of CSV files, or a book.")
  var source: String

  @OptionGroup var days: PeriodOptions

  @Option(help: "csv, hledger, beancount, or iif for QuickBooks Desktop.")
  var format = Format.csv

  @Option(help: "The output file (default: standard output).")
  var out: String?

  @Option(
    help: "apostrophe: text that starts like a formula is guarded in CSV; none: for machines.")
  var csvGuard = CSVWriter.Guard.apostrophe

  @OptionGroup var options: SourceOptions

  func validate() throws {
    try days.check()
    guard let out, out.isEmpty || out.hasSuffix("/") else { return }
    throw ValidationError("--out is a file, such as october.journal.")
  }

  func run() throws {
    let target = out.map { URL(fileURLWithPath: $0) }
    let pack = try target.map { try Pack(joining: $0.deletingLastPathComponent().path) }
    defer { pack?.discard() }
    let run = try MonthEndRun(
      source, period: days.reported, options: options, kinds: [.journal], wantsDigest: false)
    let journal = run.reports.neededJournal
    if !options.quiet {
      // Where the ledger agrees is worth knowing here, and no finding of the month.
      FindingsPrinter.print(
        ledgerFindings([run.reports.opening, run.closing].compactMap(\.self)).filter {
          $0.severity == .note
        }, inFull: true, consequence: "")
    }
    guard let target, let pack else {
      var output = StandardStream.output
      return try write(run.reports, run.closing.book, to: &output)
    }
    var file = try pack.create(target.lastPathComponent)
    try write(run.reports, run.closing.book, to: &file)
    try file.finish()
    try pack.publish()
    run.timings.lap("write")
    run.timings.print()
    if !options.quiet {
      try StandardStream.output.write(
        """
        \(target.relativePath): \(count(journal.entries.count, "entry", "entries")), \
        \(count(run.tieOuts.count, "tie-out")) passed

        """)
    }
  }

  private func write(
    _ reports: Reports, _ book: Book, to output: inout some ByteOutput & ~Copyable
  ) throws {
    let file = LedgerFile(reports.neededJournal, book)
    switch format {
    case .csv:
      try CSVWriter(guard: csvGuard).write(reports.sheet(.journal), to: &output)
    case .hledger: try HledgerJournal.write(file, to: &output)
    case .beancount: try BeancountJournal.write(file, to: &output)
    case .iif: try IIFJournal.write(file, to: &output)
    }
  }
}
