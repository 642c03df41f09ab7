import ArgumentParser
import Billing
import Importing
import Ledger
import Measures
import Reporting
import Storage

/// How documents that a book issues are numbered.
struct SeriesOptions: ParsableArguments {
  @Option(help: "What numbers begin with, such as INV-.")
  var series: String

  @Option(help: "The first number, where the book has none of the series.")
  var first: Int?

  /// The numbers after the highest of the series, as wide as that.
  func numbers(_ ids: [String], _ book: Book) throws -> [String: String] {
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
}

/// Drafts as the documents that they become.
struct IssuedDrafts {
  private(set) var documents: [(number: String, draft: Draft)] = []
  /// For the book.
  private(set) var rows: [OwnRows] = []

  /// - Parameter chosen: the drafts that are issued, by their id, in the order of their numbers.
  init(_ drafts: Drafts, chosen: [String], _ book: Book, _ series: SeriesOptions) throws {
    let numbers = try series.numbers(chosen, book)
    documents = drafts.drafts.compactMap { draft in numbers[draft.id].map { ($0, draft) } }
    rows = [
      Self.rows(DraftsReport.sheet(drafts, book), of: "invoices", numbers),
      Self.rows(DraftLinesReport.sheet(drafts, book), of: "invoice_lines", numbers),
    ]
  }

  /// A line for each document, and the entry that issued them; nil where they were issued before.
  static func text(_ issued: IssuedDrafts?, _ book: String, _ outcome: ImportOutcome) -> String {
    guard let documents = issued?.documents, !outcome.isRepeated else {
      return "\(book): done before, as entry \(outcome.entry ?? 0); nothing was changed.\n"
    }
    return documents.map { "\($0.number)  \($0.draft.total.grouped)  \($0.draft.id)\n" }.joined()
      + "\(book): entry \(outcome.entry ?? 0), \(count(documents.count, "document"))\n"
  }

  /// The chosen drafts of a sheet as rows of a table, under their numbers.
  private static func rows(
    _ sheet: Sheet, of table: String, _ numbers: [String: String]
  ) -> OwnRows {
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
