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

  @Option(help: "What numbers begin with, such as INV-.")
  var series: String

  @Option(help: "The first number, where the book has none of the series.")
  var first: Int?

  @Option(help: "Only these drafts, by their id; may be given several times.")
  var draft: [String] = []

  @OptionGroup var log: LogOptions

  @OptionGroup var options: SourceOptions

  func run() throws {
    var issued: [(draft: String, number: String, total: String)] = []
    let posting = Posting(book: book, log: log, options: options)
    let outcome = try posting.post("issue \(series) as of \(asOf.text)", on: asOf) { result, _ in
      let closing = Closing(result.book, asOf: asOf, keepsRows: true)
      let proposed = Drafts(closing)
      let sheets = [
        DraftsReport.sheet(proposed, closing.book), DraftLinesReport.sheet(proposed, closing.book),
      ]
      for sheet in sheets { try compare(sheet) }
      let chosen = try choose(proposed.drafts.map(\.id))
      let numbers = try numbers(chosen, result.book)
      for draft in proposed.drafts {
        if let number = numbers[draft.id] { issued.append((draft.id, number, draft.total.grouped)) }
      }
      return zip(["invoices", "invoice_lines"], sheets).map { table, sheet in
        rows(sheet, of: table, numbers)
      }
    }
    guard !options.quiet else { return }
    if outcome.isRepeated {
      return try StandardStream.output.write(
        "\(book): done before, as entry \(outcome.entry ?? 0); nothing was changed.\n")
    }
    var text = issued.map { "\($0.number)  \($0.total)  \($0.draft)\n" }.joined()
    text += "\(book): entry \(outcome.entry ?? 0), \(count(issued.count, "document"))\n"
    try StandardStream.output.write(text)
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

  /// The numbers after the highest of the series, as wide as that.
  private func numbers(_ ids: [String], _ book: Book) throws -> [String: String] {
    var (highest, width) = (-1, 1)
    for row in book.invoices.rows {
      let id = book.invoices.id[row]
      guard id.hasPrefix(series) else { continue }
      let digits = id.dropFirst(series.count)
      guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }),
        let number = Int(digits)
      else { continue }
      if number > highest { (highest, width) = (number, digits.count) }
    }
    if highest < 0 {
      guard let first, first >= 0 else {
        throw Failure(
          status: .usage, message: "the book has no number \(series)…; say the first with --first")
      }
      (highest, width) = (first - 1, "\(first)".count)
    }
    var numbers: [String: String] = [:]
    for (place, id) in ids.enumerated() {
      let digits = "\(highest + 1 + place)"
      numbers[id] = series + String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return numbers
  }

  /// The chosen drafts of a sheet as rows of a table, under their numbers.
  private func rows(_ sheet: Sheet, of table: String, _ numbers: [String: String]) -> OwnRows {
    let known = importedTables().first { $0.table == table }?.columns ?? []
    let places = sheet.columns.indices.filter { known.contains(sheet.columns[$0].key) }
    var own = OwnRows(table: table, columns: places.map { sheet.columns[$0].key }, rows: [])
    sheet.forEachRow(0..<sheet.rowCount) { _, cells in
      guard case .id(let draft) = cells[0], let number = numbers[draft] else { return }
      own.rows.append(places.map { $0 == 0 ? number : cells[$0].exact })
    }
    return own
  }
}

extension Cell {
  /// As it stands in a file: no separators, nothing for empty.
  fileprivate var exact: String {
    switch self {
    case .money(let amount): amount.text
    case .percentage(let share): share.text
    default: shown
    }
  }
}
