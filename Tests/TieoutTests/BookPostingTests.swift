import Foundation
import Testing

/// Documents that a book issues, voids and settles by itself.
@Suite struct BookPosting {
  let scratch: Scratch
  private let book: String

  init() throws {
    scratch = try Scratch()
    book = scratch.url("b.tieout").path
    let sample = Tool.repository.appendingPathComponent("sample-data").path
    let fed = try Tool.run(["import", sample, "--book", book, "--quiet"])
    try #require(fed.status == 0, "\(fed.errors)")
  }

  private func bill(_ folder: String) throws -> CSVTable {
    let outcome = try Tool.run([
      "bill", book, "--as-of", "2026-10-31", "--out", scratch.url(folder).path, "--quiet",
    ])
    try #require(outcome.status == 0, "\(outcome.errors)")
    return CSVTable(
      try String(contentsOf: scratch.url("\(folder)/drafts.csv"), encoding: .utf8))
  }

  private func issue(_ folder: String, _ options: String...) throws -> Tool.Outcome {
    try Tool.run(
      [
        "issue", scratch.url(folder).path, "--book", book, "--as-of", "2026-10-31", "--series",
        "INV-",
      ] + options)
  }

  /// The sum of a column of a report of the book, in cents.
  private func total(_ report: String, _ key: String, asOf day: String = "2026-10-31") throws
    -> Int
  {
    let folder = scratch.url("r")
    let outcome = try Tool.run([
      "report", report, book, "--as-of", day, "--out", folder.path, "--quiet",
    ])
    try #require(outcome.status == 0, "\(outcome.errors)")
    let text = try String(
      contentsOf: folder.appendingPathComponent("\(report).csv"), encoding: .utf8)
    return cents(CSVTable(text).column(key))
  }

  @Test func `reviewed drafts become numbered invoices, once`() throws {
    let drafts = try bill("drafts")
    let before = try total("ar-aging", "net")
    let issued = try issue("drafts", "--request", "october")
    #expect(issued.status == 0, "\(issued.errors)")
    // The sample's highest number is INV-2114.
    let numbers = issued.output.split(separator: "\n").dropLast().map { $0.prefix(8) }
    #expect(numbers.map(String.init) == (2115..<2115 + drafts.rows.count).map { "INV-\($0)" })
    #expect(try total("ar-aging", "net") == before + cents(drafts.column("total")))
    #expect(try bill("again").rows.isEmpty)
    // The same request again, and the old drafts without it, issue nothing.
    let repeated = try issue("drafts", "--request", "october")
    #expect(repeated.status == 0 && repeated.output.contains("done before, as entry 2"))
    let stale = try issue("drafts")
    #expect(stale.status == 1 && stale.errors.contains("is not what the book proposes now"))
    let whole = try Tool.run(["verify", "--book", book])
    #expect(whole.output.contains("2 entries"), "\(whole.errors)")
    // The next export of the field system does not have them, complete or not.
    let sample = Tool.repository.appendingPathComponent("sample-data").path
    let again = try Tool.run(["import", sample, "--book", book, "--full"])
    #expect(again.output.contains("nothing was changed"), "\(again.output)")
  }

  @Test func `chosen drafts alone are issued, and a first number is asked for`() throws {
    let id = try #require(try bill("drafts").rows.first?["invoice_id"])
    let one = try issue("drafts", "--draft", id)
    #expect(one.status == 0 && one.output.contains("INV-2115"), "\(one.errors)")
    #expect(one.output.contains("1 document\n"))
    _ = try bill("rest")
    let folder = scratch.url("rest").path
    let base = ["issue", folder, "--book", book, "--as-of", "2026-10-31", "--series", "A/"]
    let asked = try Tool.run(base)
    #expect(asked.status == 64 && asked.errors.contains("say the first with --first"))
    let first = try Tool.run(base + ["--first", "7"])
    #expect(first.output.hasPrefix("A/7  "), "\(first.errors)")
    #expect(try issue("drafts", "--draft", "nothing").status != 0)
  }

  @Test func `a void gives back what a document billed, from its day on`() throws {
    _ = try bill("drafts")
    #expect(try issue("drafts").status == 0)
    let october = try total("ar-aging", "net")
    let void = ["void", "INV-2117", "--on", "2026-11-02", "--reason", "twice", "--book", book]
    let done = try Tool.run(void)
    #expect(done.status == 0, "\(done.errors)")
    // The closed day is as it was; a day later the draw of J-1004, 2,549.81, is gone.
    #expect(try total("ar-aging", "net") == october)
    let after = try total("ar-aging", "net", asOf: "2026-11-02")
    #expect(try total("ar-aging", "net", asOf: "2026-11-01") - after == 254_981)
    #expect(try Tool.run(void).errors.contains("void since 2026-11-02 already"))
    let early = try Tool.run([
      "void", "INV-2118", "--on", "2026-10-01", "--reason", "x", "--book", book,
    ])
    #expect(early.status == 64 && early.errors.contains("cannot be void before"))
  }

  @Test func `money is applied as far as it goes`() throws {
    // PMT-541 of C-118, 980.00, came without an invoice named; INV-2114 is open with 1,000.00.
    let apply = ["apply", "PMT-541", "INV-2114", "--on", "2026-11-03", "--book", book]
    let before = try total("ar-aging", "unapplied", asOf: "2026-11-03")
    let outcome = try Tool.run(apply + ["--amount", "900.00"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try total("ar-aging", "unapplied", asOf: "2026-11-03") == before + 90_000)
    let more = try Tool.run(apply + ["--amount", "80.01"])
    #expect(more.status == 1 && more.errors.contains("more than PMT-541 still has"))
    let nothing = try Tool.run(
      ["apply", "NO", "INV-2114"] + apply.dropFirst(3) + ["--amount", "1"])
    #expect(nothing.status == 64 && nothing.errors.contains("has no payment or document NO"))
    let whole = try Tool.run(["verify", "--book", book])
    #expect(whole.output.contains("2 entries"), "\(whole.errors)")
  }
}
