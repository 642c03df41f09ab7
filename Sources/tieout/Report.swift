public import ArgumentParser
public import Exporting
import Measures
import Reporting

/// `tieout report`: chosen reports only.
struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write chosen reports only.",
    usage: "tieout report NAME ... SOURCE --as-of DAY [--format csv,xlsx] [--out DIR]",
    discussion: """
      Example:
        tieout report ar-aging unbilled sample-data --as-of 2026-10-31 --format csv,xlsx
      Files of the same names in the output folder are replaced, others stay.
      """)

  @Argument(help: "Reports by name, then the folder of CSV files or the book.")
  var namesAndSource: [String] = []

  @Flag(help: "Name all reports.")
  var list = false

  @Flag(help: "Explain every report and every column of it, as a page in Markdown.")
  var keys = false

  @OptionGroup var days: PeriodOptions

  @Option(help: "csv, xlsx or both, with a comma between.")
  var format = "csv"

  @Option(help: "The output folder (default: reports/ and the month of the as-of day).")
  var out: String?

  @Option(
    help: "apostrophe: text that starts like a formula is guarded in CSV; none: for machines.")
  var csvGuard = CSVWriter.Guard.apostrophe

  @OptionGroup var options: SourceOptions

  func validate() throws {
    guard !list, !keys else {
      guard namesAndSource.isEmpty, list != keys else {
        throw ValidationError(
          "--list and --keys are about all reports: give one of them, without reports or a source.")
      }
      return
    }
    try days.check()
    guard namesAndSource.count >= 2 else {
      throw ValidationError("Name at least one report and then the source folder.")
    }
    for name in namesAndSource.dropLast() where ReportKind.named(name) == nil {
      throw ValidationError("There is no report '\(name)'; tieout report --list names them all.")
    }
    guard formats.isSubset(of: ["csv", "xlsx"]), !formats.isEmpty else {
      throw ValidationError("--format is csv, xlsx or csv,xlsx.")
    }
  }

  private var formats: Set<String> { Set(format.split(separator: ",").map(String.init)) }

  func run() throws {
    if list {
      let width = ReportKind.all.map(\.name.count).max() ?? 0
      for kind in ReportKind.all {
        try StandardStream.output.write("\(kind.name.padded(to: width + 2))\(kind.summary)\n")
      }
      return
    }
    guard !keys else { return try StandardStream.output.write(KeysPage.text) }
    guard let source = namesAndSource.last else { return }
    let kinds = namesAndSource.dropLast().compactMap(ReportKind.named)
    let asOf = days.last
    let target = out ?? "reports/\(asOf.month.text)"
    let pack = try Pack(joining: target)
    defer { pack.discard() }
    let run = try MonthEndRun(
      source, period: days.reported, options: options, kinds: kinds, wantsDigest: false)
    let sheets = kinds.map(run.reports.sheet)
    var jobs: [@Sendable () throws -> Void] = []
    var files: [String] = []
    let guardian = csvGuard
    for sheet in sheets {
      if formats.contains("csv") {
        files.append("\(sheet.report).csv")
        jobs.append {
          var file = try pack.create("\(sheet.report).csv")
          try CSVWriter(guard: guardian).write(sheet, to: &file)
          try file.finish()
        }
      }
      if formats.contains("xlsx") {
        files.append("\(sheet.report).xlsx")
        jobs.append {
          var writer = XLSXWriter()
          writer.splitsLarge = true
          try writer.write([sheet], asOf: asOf, as: "\(sheet.report).xlsx", in: pack)
        }
      }
    }
    try inParallel(jobs)
    try run.writeRejects(to: pack)
    try pack.publish()
    run.timings.lap("write")
    run.timings.print()
    if !options.quiet {
      try StandardStream.output.write(
        Summary(run, source: source).text(
          wrote: "\(target)/: \(files.joined(separator: ", "))",
          findings: kinds.contains { $0.name == "findings" } ? "the findings" : "tieout check",
          inFull: options.verbose))
    }
  }
}

extension CSVWriter.Guard: ExpressibleByArgument {}
