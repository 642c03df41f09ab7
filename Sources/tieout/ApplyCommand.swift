import ArgumentParser
import Exporting
import Measures
import Storage

/// `tieout apply`: a payment, deposit or credit of a book is put against a document.
struct ApplyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Put a payment, deposit, credit memo or write-off against a document.",
    discussion: """
      Example:
        tieout apply PMT-541 INV-2069 --amount 980.00 --discount 20.00 --on 2026-11-02 \\
          --book cedar-ridge.tieout
      Never more than the source still has.
      """)

  @Argument(help: "The payment, deposit, credit memo or write-off.")
  var source: String

  @Argument(help: "The document it pays.")
  var document: String

  @Option(help: "How much of it.")
  var amount: Money

  @Option(help: "A discount that is taken with it.")
  var discount = Money.zero

  @Option(help: "The day from which it counts.")
  var on: Day

  @Option(help: "The book.")
  var book: String

  @OptionGroup var log: LogOptions

  @OptionGroup var options: SourceOptions

  func run() throws {
    let posting = Posting(book: book, log: log, options: options)
    let outcome = try posting.post(
      "apply \(source) to \(document), \(amount.text) on \(on.text)", on: on
    ) { _, running in
      let type: String
      if let payment = try running.row("payments", id: source) {
        type = payment["type"].flatMap { $0.isEmpty ? nil : $0 } ?? "payment"
      } else if let invoice = try running.row("invoices", id: source) {
        type = invoice["type"] ?? ""
      } else {
        throw Failure(status: .usage, message: "\(book) has no payment or document \(source)")
      }
      guard ["payment", "deposit", "refund", "credit_memo", "write_off"].contains(type) else {
        throw Failure(
          status: .usage, message: "\(source) is of type \(type), which cannot be applied")
      }
      let entry = try running.nextEntry()
      return [
        OwnRows(
          table: "applications",
          columns: [
            "application_id", "date", "source_type", "source_id", "invoice_id", "amount",
            "discount_taken",
          ],
          rows: [["entry \(entry)", on.text, type, source, document, amount.text, discount.text]])
      ]
    }
    guard !options.quiet else { return }
    try StandardStream.output.write(
      outcome.isRepeated
        ? "\(book): done before, as entry \(outcome.entry ?? 0); nothing was changed.\n"
        : "\(book): entry \(outcome.entry ?? 0), \(source) is applied to \(document)\n")
  }
}
