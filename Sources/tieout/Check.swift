import ArgumentParser
import Billing
import Exporting
import Importing
import Ledger
import Measures
import Reporting

/// `tieout check`: import and audit only.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Import and audit only: every finding, nothing else.",
    discussion: """
      Example:
        tieout check sample-data --as-of 2026-10-31
      prints the control totals and every finding, and writes no file.
      """)

  @Argument(help: "A folder of CSV files, or a book.")
  var source: String

  @Option(help: "The last day that counts: figures are audited too, as of this day.")
  var asOf: Day?

  @Option(help: "text for a person, csv for all findings on standard output.")
  var format = "text"

  @OptionGroup var options: SourceOptions

  func validate() throws {
    guard format == "text" || format == "csv" else {
      throw ValidationError("--format is text or csv.")
    }
  }

  func run() throws {
    let result = try options.importing(options.source(source, asOf: nil), asOf: asOf)
    var findings = result.findings
    var tieOuts: [TieOut] = []
    if let asOf, result.errorCount == 0 {
      let closing = Closing(result.book, asOf: asOf, keepsRows: true)
      let reports = Reports(result, closing, Period(monthThrough: asOf), of: ReportKind.all)
      findings = reports.findings
      tieOuts = reports.tieOuts
    }
    let errors = findings.count { $0.severity == .error }
    let warnings = findings.count { $0.severity == .warning }
    if format == "csv" {
      var output = MemoryOutput()
      try CSVWriter().write(FindingsReport.sheet(findings, subtitle: ""), to: &output)
      try StandardStream.output.write(output.bytes)
    } else {
      FindingsPrinter.print(
        options.quiet ? findings.filter { $0.severity == .error } : findings, inFull: true,
        consequence: "the folder cannot be used yet.")
      if !options.quiet {
        try StandardStream.output.write(Summary.controlTotals(result))
        try StandardStream.output.write(
          "\(count(errors, "error")), \(count(warnings, "warning"))\n")
      }
    }
    let failed = tieOuts.count { !$0.passed }
    if errors > 0 || failed > 0 || (options.strict && warnings > 0) {
      throw Failure(
        status: .findings,
        message: failed > 0 ? "\(count(failed, "tie-out")) of \(tieOuts.count) failed" : "")
    }
  }
}
