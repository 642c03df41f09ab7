import Exporting
import Importing
import Measures
import Reporting

/// The pack of a period, written.
struct MonthEndPack {
  /// The last lines of standard output.
  let summary: String
  /// SHA-256 of what was read.
  let inputs: String

  /// Imports, bills, reports and ties out; then a CSV file a report and the workbook appear, or nothing.
  init(
    _ source: Source, _ period: Period, _ options: SourceOptions, to target: String,
    timings: Timings = Timings(isShown: false)
  ) throws {
    // What a closed period makes known is of no use to a pack without one.
    let kinds = ReportKind.all.filter { source.closed != nil || !$0.isOfClosedPeriod }
    let pack = try Pack(replacing: target, ours: MonthEndRun.ownNames)
    defer { pack.discard() }
    let run = try MonthEndRun(
      source, period: period, options: options, kinds: kinds, wantsDigest: true, timings: timings)
    let sheets = kinds.map(run.reports.sheet)
    let summary = Summary(run, source: source.path)
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
    inputs = run.result.digest ?? ""
    self.summary = summary.text(
      wrote: "\(target)/: \(sheets.count) CSV files and month-end.xlsx", findings: "findings.csv",
      inFull: options.verbose)
  }
}
