import ArgumentParser
import Billing
import Exporting
import Importing
import Ledger
import Measures
import Reporting

/// `tieout bill`: what can be billed on a day, as drafts, and what cannot, with the reason.
struct Bill: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Propose invoices, draws, deposit requests and releases; change nothing.",
    discussion: """
      Example:
        tieout bill sample-data --as-of 2026-10-31
      writes reports/drafts-2026-10-31/: drafts.csv and draft-lines.csv in the columns of invoices.csv and \
      invoice_lines.csv, a G702 and a G703 for each draw, what is not billed and why, cash to be \
      applied, an adjustments.csv to fill in, and all of it as drafts.xlsx. Change what needs changing \
      in adjustments.csv of the source and run it again.
      """)

  @Argument(help: "A folder of CSV files, or a book.")
  var source: String

  @Option(help: "The last day that counts, such as 2026-10-31: the date of the drafts.")
  var asOf: Day

  @Option(help: "Only these jobs; may be given several times.")
  var job: [String] = []

  @Option(help: "The output folder (default: reports/drafts- and the as-of day).")
  var out: String?

  @OptionGroup var options: SourceOptions

  func run() throws {
    let target = out ?? "reports/drafts-\(asOf.text)"
    let pack = try Pack(replacing: target, ours: BillPack.ownNames)
    defer { pack.discard() }
    let run = try MonthEndRun(
      source, period: Period(monthThrough: asOf), options: options,
      kinds: [.unbilled, .unbilledDetail], wantsDigest: false)
    let book = run.closing.book
    let drafts = Drafts(run.closing, jobs: try jobs(in: book))
    let tieOuts = DraftsReport.tieOuts(drafts) + DrawReport.tieOuts(drafts)
    try refuse(run.reports.findings.filter(Self.stopsBilling) + drafts.findings, tieOuts)
    try BillPack(drafts, book, source: source).write(to: pack)
    try run.writeRejects(to: pack)
    try pack.publish()
    run.timings.lap("write")
    run.timings.print()
    if !options.quiet {
      try StandardStream.output.write(
        BillSummary(drafts, tieOuts: tieOuts.count).text(wrote: target))
    }
  }

  private func jobs(in book: Book) throws -> Set<RowID<Jobs>>? {
    guard !job.isEmpty else { return nil }
    var found = Set<RowID<Jobs>>()
    for id in job {
      let row = book.jobs.index.find(id)
      guard row.exists else {
        throw Failure(status: .findings, message: "there is no job '\(id)' in jobs.csv")
      }
      found.insert(row)
    }
    return found
  }

  /// More was released or applied than is held: a warning of the month end, and no ground to bill on.
  private static func stopsBilling(_ finding: Finding) -> Bool {
    ["retainage_below_zero", "negative_retainage", "negative_deposit"].contains(finding.code)
  }

  private func refuse(_ findings: [Finding], _ tieOuts: [TieOut]) throws {
    let findings = findings.map { finding in
      var finding = finding
      if Self.stopsBilling(finding) { finding.severity = .error }
      return finding
    }
    let isRefused =
      findings.contains { $0.severity == .error } || options.strict && !findings.isEmpty
    if isRefused || !options.quiet {
      FindingsPrinter.print(
        findings, inFull: options.verbose, consequence: "nothing was written.")
    }
    guard !isRefused else { throw Failure(status: .findings, message: "") }
    try tieOuts.requireAllPassed()
  }
}
