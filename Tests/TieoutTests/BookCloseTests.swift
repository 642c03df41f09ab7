import Foundation
import Testing

/// Closed periods of a book, and the documents that a person asks for.
@Suite struct BookClose {
  private let scratch: Scratch
  private let book: String

  init() throws {
    scratch = try Scratch()
    book = scratch.url("b.tieout").path
    let sample = Tool.repository.appendingPathComponent("sample-data").path
    let fed = try Tool.run(["import", sample, "--book", book, "--quiet"])
    try #require(fed.status == 0, "\(fed.errors)")
  }

  private func close(_ month: String) throws -> Tool.Outcome {
    try Tool.run(["close", month, "--book", book, "--out", scratch.url(month).path])
  }

  private func run(_ arguments: String...) throws -> Tool.Outcome {
    try Tool.run(arguments + ["--book", book])
  }

  @Test func `a closed pack is the month-end pack, and its period is locked`() throws {
    let sample = Tool.repository.appendingPathComponent("sample-data").path
    let plain = try Tool.run([
      "month-end", sample, "--as-of", "2026-10-31", "--out", scratch.url("plain").path,
    ])
    #expect(plain.status == 0)
    let closed = try close("2026-10")
    #expect(closed.output.contains("entry 2, 2026-10 is closed, head "), "\(closed.errors)")
    for name in try scratch.names(in: "plain") {
      #expect(
        try Data(contentsOf: scratch.url("plain/\(name)"))
          == Data(contentsOf: scratch.url("2026-10/\(name)")), "\(name)")
    }
    // Every command of ours that writes a dated row refuses a day of it, and of any day before.
    for (command, day) in [
      (["void", "INV-2114", "--reason", "x"], "2026-10-31"),
      (["apply", "PMT-541", "INV-2114", "--amount", "1"], "2026-10-31"),
      (["release", "J-1005", "--reason", "x", "--series", "INV-"], "2026-10-01"),
      (["deposit", "J-1026", "--amount", "5", "--reason", "x", "--series", "INV-"], "2025-01-01"),
    ] {
      let refused = try Tool.run(command + ["--on", day, "--book", book])
      #expect(refused.status == 64, "\(command)")
      #expect(refused.errors.contains("lies in or before 2026-10, which entry 2 closed"))
    }
    let drafts = scratch.url("drafts").path
    #expect(try Tool.run(["bill", book, "--as-of", "2026-10-31", "--out", drafts]).status == 0)
    let issue = try run("issue", drafts, "--as-of", "2026-10-31", "--series", "INV-")
    #expect(issue.status == 64 && issue.errors.contains("lies in or before 2026-10"))
    let twice = try close("2026-10")
    #expect(twice.status == 64 && twice.errors.contains("closed already, by entry 2"))
    // Nor does month-end write over what was handed out.
    let month = ["month-end", book, "--as-of", "2026-10-31", "--out", scratch.url("2026-10").path]
    let over = try Tool.run(month)
    #expect(over.status == 64 && over.errors.contains("has the closed pack of 2026-10"))
    #expect(try Tool.run(month + ["--known-as-of", "2026-10"]).status == 0)
    let other = try Tool.run(["close", "2026-11", "--book", book, "--config", "x.toml"])
    #expect(other.status == 64 && other.errors.contains("by the book's own rows and policies"))
    let before = try close("2026-09")
    #expect(before.status == 64 && before.errors.contains("which comes after 2026-09"))
    let whole = try run("verify")
    #expect(whole.output.contains("2 entries"), "\(whole.errors)")
  }

  @Test func `a period is reopened with a reason, the last one first`() throws {
    #expect(try close("2026-10").status == 0)
    #expect(try close("2026-11").status == 0)
    let early = try run("reopen", "2026-10", "--reason", "x")
    #expect(early.status == 64 && early.errors.contains("2026-11 was closed after it"))
    #expect(try run("reopen", "2026-11", "--reason", "late bank statement").status == 0)
    #expect(try run("reopen", "2026-10", "--reason", "late bank statement").status == 0)
    let nothing = try run("reopen", "2026-10", "--reason", "x")
    #expect(nothing.status == 64 && nothing.errors.contains("2026-10 is not closed"))
    #expect(try run("void", "INV-2114", "--on", "2026-10-31", "--reason", "x").status == 0)
    #expect(try close("2026-10").status == 0)
    let log = try run("verify").output
    #expect(log.contains("reopen 2026-10: late bank statement"))
    #expect(log.contains("2026-10 closed by entry 7: made again"))
    // What the first closing knew is known still.
    let first = try Tool.run([
      "report", "ar-aging", book, "--as-of", "2026-10-31", "--known-as-of", "2", "--out",
      scratch.url("first").path,
    ])
    #expect(first.status == 0, "\(first.errors)")
    let (then, now) = (scratch.url("first/ar-aging.csv"), scratch.url("2026-10/ar-aging.csv"))
    #expect(try Data(contentsOf: then) != Data(contentsOf: now))
  }

  @Test func `what refuses a pack keeps its period open`() throws {
    let refused = try Tool.run([
      "close", "2026-10", "--book", book, "--strict", "--out", scratch.url("p").path,
    ])
    #expect(refused.status == 1, "the sample has warnings, which --strict takes for errors")
    #expect(!FileManager.default.fileExists(atPath: scratch.url("p").path))
    #expect(try run("verify").output.contains("1 entry,"))
  }

  @Test func `retainage is released as asked, from the oldest draw, and never more than held`()
    throws
  {
    // J-1005 holds 12,900.00, of INV-2051 and later draws.
    let part = try run(
      "release", "J-1005", "--amount", "5000.00", "--on", "2026-11-15", "--reason", "half",
      "--series", "INV-")
    #expect(part.output.contains("INV-2115  5,000.00  "), "\(part.errors)")
    let more = try run(
      "release", "J-1005", "--amount", "7900.01", "--on", "2026-11-16", "--reason", "x", "--series",
      "INV-")
    #expect(more.status == 1 && more.errors.contains("than is held on J-1005, 7,900.00"))
    let rest = try run(
      "release", "J-1005", "--on", "2026-11-16", "--reason", "all", "--series", "INV-")
    #expect(rest.output.contains("INV-2116  7,900.00  "), "\(rest.errors)")
    let nothing = try run(
      "release", "J-1005", "--on", "2026-11-17", "--reason", "x", "--series", "INV-")
    #expect(nothing.status == 64 && nothing.errors.contains("no retainage is held on J-1005"))
    let report = try Tool.run([
      "report", "retainage", book, "--as-of", "2026-11-30", "--out", scratch.url("r").path,
    ])
    #expect(report.status == 0)
    let text = try String(contentsOf: scratch.url("r/retainage.csv"), encoding: .utf8)
    let rows = CSVTable(text).rows.filter { $0["job_id"] == "J-1005" }
    #expect(rows.map { cents($0["held"]) }.reduce(0, +) == 0)
  }

  @Test func `a deposit is asked for before work is billed, on top of what was`() throws {
    let asked = try run(
      "deposit", "J-1026", "--amount", "2500.00", "--on", "2026-11-02", "--reason", "equipment",
      "--series", "INV-", "--request", "deposit 1")
    #expect(asked.output.contains("INV-2115  2,500.00  "), "\(asked.errors)")
    let again = try run(
      "deposit", "J-1026", "--amount", "2500.00", "--on", "2026-11-02", "--reason", "equipment",
      "--series", "INV-", "--request", "deposit 1")
    #expect(again.output.contains("done before, as entry 2"))
    let more = try run(
      "deposit", "J-1026", "--amount", "100.00", "--on", "2026-11-03", "--reason", "more",
      "--series", "INV-")
    #expect(more.output.contains("INV-2116  100.00  "), "\(more.errors)")
    let billed = try run(
      "deposit", "J-1001", "--amount", "1.00", "--on", "2026-11-03", "--reason", "x", "--series",
      "INV-")
    #expect(billed.status == 1 && billed.errors.contains("takes no deposit"))
    let none = try run(
      "deposit", "J-1026", "--amount", "0", "--on", "2026-11-03", "--reason", "x", "--series",
      "INV-")
    #expect(none.status == 64)
    #expect(try run("verify").output.contains("3 entries"))
  }
}
