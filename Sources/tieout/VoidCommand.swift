import ArgumentParser
import Exporting
import Measures
import Storage

/// `tieout void`: a document of a book counts no longer, from a day on.
struct VoidCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "void",
    abstract: "Void a document of a book from a day on; what it billed is free again.",
    discussion: """
      Example:
        tieout void INV-2114 --on 2026-11-04 --reason "wrong purchase order" --book cedar-ridge.tieout
      """)

  @Argument(help: "The document.")
  var document: String

  @Option(help: "The first day on which it no longer counts.")
  var on: Day

  @Option(help: "Why, for the log.")
  var reason: String

  @Option(help: "The book.")
  var book: String

  @OptionGroup var log: LogOptions

  @OptionGroup var options: SourceOptions

  func run() throws {
    let posting = Posting(book: book, log: log, options: options)
    let outcome = try posting.post(
      "void \(document) on \(on.text): \(reason)", on: on
    ) { _, running in
      guard var row = try running.row("invoices", id: document) else {
        throw Failure(status: .usage, message: "\(book) has no document \(document)")
      }
      guard row["status"] != "void" else {
        throw Failure(
          status: .usage, message: "\(document) is void since \(row["void_date"] ?? "") already")
      }
      guard row["date"] ?? "" <= on.text else {
        throw Failure(
          status: .usage,
          message:
            "\(document) is of \(row["date"] ?? ""), and cannot be void before, on \(on.text)")
      }
      row["status"] = "void"
      row["void_date"] = on.text
      let columns = row.keys.sorted()
      return [
        OwnRows(table: "invoices", columns: columns, rows: [columns.map { row[$0] ?? "" }])
      ]
    }
    guard !options.quiet else { return }
    try StandardStream.output.write(
      outcome.isRepeated
        ? "\(book): done before, as entry \(outcome.entry ?? 0); nothing was changed.\n"
        : "\(book): entry \(outcome.entry ?? 0), \(document) is void from \(on.text)\n")
  }
}
