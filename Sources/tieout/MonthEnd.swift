import ArgumentParser
import Exporting
import Importing
import Measures
import Reporting

/// `tieout month-end`: the main job.
struct MonthEnd: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Import, bill, report, tie out and write the month-end pack.",
    discussion: """
      Example:
        tieout month-end sample-data --as-of 2026-10-31
      writes reports/2026-10/: a CSV file a report and month-end.xlsx, or nothing at all.
      """)

  @Argument(help: "A folder of CSV files.")
  var source: String

  @OptionGroup var days: PeriodOptions

  @Option(help: "The output folder (default: reports/ and the month of the as-of day).")
  var out: String?

  @OptionGroup var options: SourceOptions

  func validate() throws { try days.check() }

  func run() throws {
    let kinds = ReportKind.all
    let target = out ?? "reports/\(days.last.month.text)"
    let pack = try Pack(replacing: target, ours: MonthEndRun.ownNames)
    defer { pack.discard() }
    let run = try MonthEndRun(
      source, period: days.reported, options: options, kinds: kinds, wantsDigest: true)
    let sheets = kinds.map(run.reports.sheet)
    let summary = Summary(run, source: source)
    try inParallel([
      { try XLSXWriter().write(sheets, cover: summary.cover, as: "month-end.xlsx", in: pack) },
      {
        for sheet in sheets {
          var file = try pack.create("\(sheet.report).csv")
          try CSVWriter().write(sheet, to: &file)
          try file.finish()
        }
      },
    ])
    try run.writeRejects(to: pack)
    try pack.publish()
    run.timings.lap("write")
    run.timings.print()
    if !options.quiet {
      try StandardStream.output.write(
        summary.text(
          wrote: "\(target)/: \(sheets.count) CSV files and month-end.xlsx",
          inFull: options.verbose))
    }
  }
}
