import Billing
import Exporting
import Importing
import Ledger
import Measures
import Reporting

/// From a source to reports that tie out; the one place where the rooms meet.
struct MonthEndRun {
  let result: ImportResult
  let closing: Closing
  let reports: Reports
  var tieOuts: [TieOut] { reports.tieOuts }
  let timings: Timings

  /// Imports, bills and ties out.
  ///
  /// - Throws: `Failure` after printing what was found, where there is an error; `FailedTieOuts` where
  ///   a report does not tie out, so that nothing of it is written.
  init(
    _ source: String, period: Period, options: SourceOptions, kinds: [ReportKind],
    wantsDigest: Bool
  ) throws {
    let timings = Timings(isShown: options.timings)
    let opened = try options.source(source, asOf: period.last)
    if opened.kept != nil { timings.lap("read the book") }
    try self.init(
      opened, period: period, options: options, kinds: kinds, wantsDigest: wantsDigest,
      timings: timings)
  }

  init(
    _ source: Source, period: Period, options: SourceOptions, kinds: [ReportKind],
    wantsDigest: Bool, timings: Timings = Timings(isShown: false)
  ) throws {
    self.timings = timings
    result = try options.importing(
      source, asOf: period.last, for: kinds, wantsDigest: wantsDigest, timings: timings)
    let isRefused =
      result.errorCount > 0 || (options.strict && result.warningCount > 0)
    guard !isRefused else {
      FindingsPrinter.print(
        result.findings, inFull: options.verbose, consequence: "nothing was written.")
      if result.errorCount == 0 {
        complain("\(count(result.warningCount, "warning")) with --strict; nothing was written.\n")
      }
      throw Failure(status: .findings, message: "")
    }
    closing = Closing(
      result.book, asOf: period.last, keepsRows: kinds.contains { $0.needs.contains(.entries) })
    let book = result.book
    let closed = try source.closed.map { try ClosedMonth($0, book, options) }
    reports = Reports(result, closing, period, closed: closed, of: kinds)
    timings.lap("bill and tie out")
    if !options.quiet {
      FindingsPrinter.print(
        result.findings.filter { $0.severity == .note } + reports.findings,
        inFull: options.verbose, consequence: "nothing was written.")
    }
    guard !reports.findings.contains(where: { $0.severity == .error }) else {
      throw Failure(status: .findings, message: "")
    }
    try tieOuts.requireAllPassed()
  }

  /// Every name that Tieout writes into an output folder, in this run or another.
  static let ownNames: Set<String> = {
    var names: Set = ["month-end.xlsx", "rejects/"]
    for kind in ReportKind.all {
      names.insert("\(kind.name).csv")
      names.insert("\(kind.name).xlsx")
    }
    return names
  }()

  /// Writes the rows that were set aside.
  func writeRejects(to pack: Pack) throws {
    for reject in result.rejects {
      var file = try pack.create("rejects/\(reject.file)")
      try file.write(Array(reject.text.utf8))
      try file.finish()
    }
  }
}

extension Reports {
  /// Of a book that was billed, with the findings of all but mere notes.
  init(
    _ result: ImportResult, _ closing: Closing, _ period: Period, closed: ClosedMonth? = nil,
    of kinds: [ReportKind]
  ) {
    func needs(_ part: ReportNeeds) -> Bool { kinds.contains { $0.needs.contains(part) } }
    let drafts = needs(.drafts) ? Drafts(closing) : nil
    let opening =
      needs(.opening)
      ? Closing(result.book, asOf: period.opening, keepsRows: needs(.entries)) : nil
    let journal =
      needs(.journal) ? opening.map { Journal(closing, opening: $0, result.book, period) } : nil
    // What stops a draft does not stop the month end.
    let drafting = (drafts?.findings ?? []).map { finding in
      var finding = finding
      if finding.severity == .error { finding.severity = .warning }
      return finding
    }
    let findings =
      result.findings + closing.position.findings + closing.work.findings + drafting
      + (journal == nil ? [] : ledgerFindings([opening, closing].compactMap(\.self)))
      + (closed?.findings ?? [])
    self.init(
      position: closing.position, work: closing.work, period: period, opening: opening,
      drafts: drafts, journal: journal, closed: closed,
      findings: findings.filter { $0.severity != .note },
      of: kinds)
  }
}

extension Journal {
  /// Of a period of any length: the book is closed on every day on which its accruals fall.
  fileprivate init(_ closing: Closing, opening: Closing, _ book: Book, _ period: Period) {
    let days = Journal.days(in: book, period)
    self.init(
      closing.position, opening: opening.position, work: closing.work, period: period,
      standings: days.map { JobStandings(Closing(book, asOf: $0, keepsRows: false).position) })
  }
}
