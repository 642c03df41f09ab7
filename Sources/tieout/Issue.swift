import ArgumentParser
import Billing
import Exporting
import Foundation
import Importing
import Ledger
import Measures
import Reporting
import Storage

/// `tieout issue`: drafts become numbered invoices of a book.
struct Issue: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Turn reviewed drafts into numbered invoices, all of them or none.",
    discussion: """
      Example:
        tieout bill cedar-ridge.tieout --as-of 2026-10-31 --out drafts
        tieout issue drafts --book cedar-ridge.tieout --as-of 2026-10-31 --series INV-
      Numbers go on from the highest of the series, without a gap. Where the drafts no longer match the \
      book, because something was imported since, nothing is issued: run tieout bill again and read them.
      """)

  @Argument(help: "The folder that tieout bill wrote, as it was reviewed.")
  var drafts: String

  @Option(help: "The book.")
  var book: String

  @Option(help: "The day of the drafts.")
  var asOf: Day

  @OptionGroup var series: SeriesOptions

  @Option(help: "Only these drafts, by their id; may be given several times.")
  var draft: [String] = []

  @OptionGroup var log: LogOptions

  @OptionGroup var options: SourceOptions

  func run() throws {
    var issued: IssuedDrafts?
    let posting = Posting(book: book, log: log, options: options)
    let outcome = try posting.post(
      "issue \(series.series) as of \(asOf.text)", on: asOf
    ) { result, _ in
      let closing = Closing(result.book, asOf: asOf, keepsRows: true)
      let proposed = Drafts(closing)
      for sheet in [
        DraftsReport.sheet(proposed, closing.book), DraftLinesReport.sheet(proposed, closing.book),
      ] {
        try compare(sheet)
      }
      let chosen = try choose(proposed.drafts.map(\.id))
      let made = try IssuedDrafts(proposed, chosen: chosen, closing.book, series)
      issued = made
      return made.rows
    }
    guard !options.quiet else { return }
    try StandardStream.output.write(IssuedDrafts.text(issued, book, outcome))
  }

  /// The reviewed file must be what the book would propose now.
  private func compare(_ sheet: Sheet) throws {
    var output = MemoryOutput()
    try CSVWriter().write(sheet, to: &output)
    let path = "\(drafts)/\(sheet.report).csv"
    guard let reviewed = FileManager.default.contents(atPath: path) else {
      throw Failure(
        status: .usage, message: "\(path): cannot be read; \(drafts) is a folder of tieout bill")
    }
    guard Array(reviewed) == output.bytes else {
      throw Failure(
        status: .findings,
        message: "\(path) is not what the book proposes now for \(asOf.text); run tieout bill "
          + "\(book) --as-of \(asOf.text) again and read the drafts; nothing was issued")
    }
  }

  private func choose(_ ids: [String]) throws -> [String] {
    guard !draft.isEmpty else { return ids }
    for id in draft where !ids.contains(id) {
      throw Failure(status: .usage, message: "there is no draft '\(id)' in \(drafts)/drafts.csv")
    }
    return ids.filter(draft.contains)
  }
}
