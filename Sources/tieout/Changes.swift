import ArgumentParser
import Billing
import Exporting
import Foundation
import Ledger
import Measures
import Reporting
import Storage

/// `tieout changes`: what moved between two states of knowledge, and the rows that moved it.
struct Changes: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What moved between two states of what a book knew, and the rows that moved it.",
    discussion: """
      Example:
        tieout changes --book cedar-ridge.tieout --as-of 2026-09-30 --known-as-of 3 --and 5
      tells why September reads otherwise since entry 3: late work, a late payment, a void, a changed \
      estimate or rate, and every figure they moved. Entries are listed by tieout verify; an instant \
      does as well, such as 2026-10-03.
      """)

  @Option(help: "The book.")
  var book: String

  @OptionGroup var days: PeriodOptions

  @Option(help: "The later state (default: all that the book was told).")
  var and: String?

  @Option(help: "text, or csv for every figure in a line of its own.")
  var format = "text"

  @OptionGroup var options: SourceOptions

  func validate() throws {
    try days.check()
    guard ["text", "csv"].contains(format) else {
      throw ValidationError("--format is text or csv.")
    }
    guard options.knownAsOf != nil else {
      throw ValidationError("--known-as-of names the earlier state: an entry or an instant.")
    }
  }

  func run() throws {
    let (first, last, rows) = try StorageFailure.translating {
      try BookFile(opening: book).reading { file in
        let first = try BookSource.entry(options.knownAsOf ?? "", of: file, book)
        let last = try and.map { try BookSource.entry($0, of: file, book) } ?? file.log().count64
        return (first, last, try file.changes(from: first, to: last).map(ChangedRow.init))
      }
    }
    guard first < last else {
      throw Failure(
        status: .usage, message: "--and must be later: entry \(last) is not after entry \(first)")
    }
    let (before, after) = (try reports(first), try reports(last))
    var moved: [MovedFigure] = []
    for kind in Self.kinds {
      moved += movedFigures(from: before.sheet(kind), to: after.sheet(kind))
    }
    let causes = Causes(rows, after.position.book)
    if format == "csv" {
      var output = MemoryOutput()
      try CSVWriter().write(causes.sheet(moved), to: &output)
      try StandardStream.output.write(output.bytes)
    } else {
      try StandardStream.output.write(text(rows, moved, causes, first, last))
    }
  }

  /// What is compared: findings and tie-outs are about figures, and entries of the journal follow them.
  private static let kinds = ReportKind.all.filter {
    !["findings", "tie-outs", "journal"].contains($0.name) && !$0.isOfClosedPeriod
  }

  private func reports(_ entry: Int64) throws -> Reports {
    var options = options
    options.knownAsOf = "\(entry)"
    options.quiet = true
    return try MonthEndRun(
      book, period: days.reported, options: options, kinds: Self.kinds, wantsDigest: false
    ).reports
  }

  private static func figures(_ number: Int) -> String { count(number, "figure") }

  private func text(
    _ rows: [ChangedRow], _ moved: [MovedFigure], _ causes: Causes, _ first: Int64, _ last: Int64
  ) -> String {
    var text = "As of \(days.last.text): entry \(first) against entry \(last)\n"
    for group in ChangedRow.Group.allCases {
      let own = rows.filter { $0.group == group }
      guard !own.isEmpty else { continue }
      text += "\n\(group.rawValue)\n"
      for row in own.prefix(options.verbose ? .max : 20) { text += "  \(row.text)\n" }
      if own.count > 20, !options.verbose { text += "  and \(own.count - 20) more: --verbose\n" }
    }
    guard !moved.isEmpty else { return text + "\nNo figure moved.\n" }
    for kind in Self.kinds {
      let own = moved.filter { $0.report == kind.name }
      guard !own.isEmpty else { continue }
      text += "\n\(kind.name): \(Self.figures(own.count))\n"
      let width = max(16, own.map { $0.name.count }.max() ?? 0)
      let columnWidth = max(22, own.map(\.column.count).max() ?? 0)
      for figure in own {
        text += "  \(figure.name.padded(to: width + 2))"
        text += figure.column.padded(to: columnWidth + 2)
        text += "\(shown(figure.before)) → \(shown(figure.after))"
        let why = causes.of(figure)
        text += why.isEmpty ? "\n" : "  by \(why.prefix(3).map(\.name).joined(separator: ", "))\n"
      }
    }
    return text
  }

  /// A figure that has no row, or no value, in one of the states.
  private func shown(_ cell: Cell) -> String { cell == .empty ? "none" : cell.shown }
}

extension MovedFigure {
  /// The ids of its row, but those that are empty.
  fileprivate var name: String { row.filter { !$0.isEmpty }.joined(separator: " ") }
}

extension [LogEntry] {
  /// The number of the last entry.
  fileprivate var count64: Int64 { last?.id ?? 0 }
}

/// Which rows moved which figures: those about the same job, customer or document; where none is, those
/// that are about no job, such as a rate.
struct Causes {
  private let rows: [ChangedRow]
  private let customers: [String: String]

  init(_ rows: [ChangedRow], _ book: Book) {
    self.rows = rows
    var customers: [String: String] = [:]
    for job in book.jobs.rows {
      if let owner = book.jobs.customer[job].orNil {
        customers[book.jobs.id[job]] = book.customers.id[owner.row]
      }
    }
    self.customers = customers
  }

  func of(_ figure: MovedFigure) -> [ChangedRow] {
    let own = Set(figure.row)
    let near = rows.filter { row in
      !row.ids.isDisjoint(with: own)
        || row.ids.contains { id in customers[id].map(own.contains) ?? false }
    }
    return near.isEmpty ? rows.filter { $0.group == .rate || $0.group == .other } : near
  }

  func sheet(_ moved: [MovedFigure]) -> Sheet {
    let columns: [ReportColumn<MovedFigure>] = [
      .text("report", "Report") { $0.report },
      .id("row", "Row") { $0.row.joined(separator: " ") },
      .text("column", "Column") { $0.column },
      .figure("before", "Before") { $0.before },
      .figure("after", "After") { $0.after },
      .text("before_text", "Before") { $0.before.units == nil ? $0.before.shown : "" },
      .text("after_text", "After") { $0.after.units == nil ? $0.after.shown : "" },
      .text("group", "Group") { of($0).first?.group.rawValue ?? "" },
      .text("rows", "Rows") { of($0).map(\.name).joined(separator: "; ") },
    ]
    return Sheet(
      report: "changes", title: "Changes", subtitle: "", emptySentence: "No figure moved.",
      columns: columns, rows: moved)
  }
}

extension ReportColumn {
  /// Figures of any kind, in full; empty for texts and days.
  fileprivate static func figure(
    _ key: String, _ title: String, _ value: @escaping @Sendable (Row) -> Cell
  ) -> Self {
    Self(SheetColumn(key: key, title: title, kind: .quantity)) { rows, block in
      for row in rows {
        switch value(row) {
        case .money(let amount): block.append(amount.units * 100)
        case .integer(let number): block.append(Int64(number) * 10_000)
        case let cell: block.append(cell.units ?? ColumnBlock.none)
        }
      }
    }
  }
}
