import ArgumentParser
import Billing
import Exporting
import Foundation
import Ledger
import Measures
import Reporting

/// `tieout explain`: how the figures of a customer, job, document, payment, entry or item came about.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "How the figures of a customer, job, invoice, payment, entry or item came about.",
    discussion: """
      Example:
        tieout explain sample-data J-1001 --as-of 2026-10-31
      prints each figure with its rule, its parts and the file and line of every input, then the rows of \
      the reports in which it stands. What is added up is added up again: a figure that its parts do not \
      come to is named, and the exit status is 1.
      """)

  @Argument(help: "A folder of CSV files, or a book.")
  var source: String

  @Argument(
    help: "The id of a customer, job, invoice, payment, timesheet line, movement, cost or item.")
  var id: String

  @OptionGroup var days: PeriodOptions

  @Option(help: "text for a person, json for a machine.")
  var format = "text"

  @OptionGroup var options: SourceOptions

  func validate() throws {
    try days.check()
    guard format == "text" || format == "json" else {
      throw ValidationError("--format is text or json.")
    }
  }

  func run() throws {
    let kinds = ReportKind.all.filter { !$0.isAboutTheRun }
    let run = try MonthEndRun(
      source, period: days.reported, options: options.quietly, kinds: kinds, wantsDigest: false)
    guard let opening = run.reports.opening else {
      preconditionFailure("all reports are made, and some need the opening")
    }
    let explainer = Explainer(run.closing, opening: opening, run.reports.period)
    let subjects = explainer.subjects(named: id)
    guard !subjects.isEmpty else {
      throw Failure(
        status: .findings,
        message: "there is no customer, job, invoice, payment, entry or item '\(id)' in \(source)")
    }
    let explained = subjects.map { subject in
      ExplainedRows(
        explanation: explainer.explain(subject),
        rows: run.reports.rows(of: subject, id: id, in: kinds))
    }
    try StandardStream.output.write(
      format == "json" ? try json(explained) : explained.map(\.text).joined(separator: "\n"))
    let faults = explained.flatMap(\.explanation.faults)
    guard faults.isEmpty else {
      for fault in faults {
        complain(
          "\(fault.what) is \(fault.value), and its parts come to "
            + "\(fault.recomputed?.grouped ?? "nothing")\n")
      }
      throw Failure(
        status: .findings, message: "\(count(faults.count, "figure")) not what the parts come to")
    }
  }

  private func json(_ explained: [ExplainedRows]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(explained), as: UTF8.self) + "\n"
  }
}

extension ReportKind {
  /// Findings and tie-outs are about the run, not about what was asked for.
  fileprivate var isAboutTheRun: Bool { name == "findings" || name == "tie-outs" }
}

extension SourceOptions {
  /// Without the findings of the whole source, which nobody asked for.
  fileprivate var quietly: SourceOptions {
    var options = self
    options.quiet = true
    return options
  }
}
