import ArgumentParser
import Exporting
import Measures

/// `tieout month-end`: the main job.
struct MonthEnd: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Import, bill, report, tie out and write the month-end pack.",
    discussion: """
      Example:
        tieout month-end sample-data --as-of 2026-10-31
      writes reports/2026-10/: a CSV file a report and month-end.xlsx, or nothing at all.
      """)

  @Argument(help: "A folder of CSV files, or a book.")
  var source: String

  @OptionGroup var days: PeriodOptions

  @Option(help: "The output folder (default: reports/ and the month of the as-of day).")
  var out: String?

  @OptionGroup var options: SourceOptions

  func validate() throws { try days.check() }

  func run() throws {
    let timings = Timings(isShown: options.timings)
    let source = try options.source(source, asOf: days.last)
    if source.kept != nil { timings.lap("read the book") }
    let target = out ?? "reports/\(days.last.month.text)"
    try source.refuseClosed(target)
    let pack = try MonthEndPack(source, days.reported, options, to: target, timings: timings)
    if !options.quiet { try StandardStream.output.write(pack.summary) }
  }
}
