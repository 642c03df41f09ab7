import Foundation
import Testing

/// Three months in a book: import, bill, issue, apply, close; and the closed packs long after.
@Suite struct BookYear {
  private let scratch: Scratch
  private let book: String
  private var sample: URL { Tool.repository.appendingPathComponent("sample-data") }

  init() throws {
    scratch = try Scratch()
    book = scratch.url("b.tieout").path
  }

  @discardableResult
  private func run(_ arguments: String...) throws -> Tool.Outcome {
    let outcome = try Tool.run(arguments)
    try #require(outcome.status == 0, "\(arguments): \(outcome.errors)")
    return outcome
  }

  /// The sample's files with lines added, as a later export has them.
  private func export(_ name: String, adding lines: [String: [String]]) throws -> String {
    let folder = scratch.url(name)
    try FileManager.default.copyItem(at: sample, to: folder)
    for (table, added) in lines {
      let file = folder.appendingPathComponent("\(table).csv")
      let text = try String(contentsOf: file, encoding: .utf8)
      try Data((text + added.joined(separator: "\n") + "\n").utf8).write(to: file)
    }
    return folder.path
  }

  private func bytes(_ folder: String) throws -> [String: Data] {
    let url = scratch.url(folder)
    var files: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: url.path) {
      files[name] = try Data(contentsOf: url.appendingPathComponent(name))
    }
    return files
  }

  private func table(_ folder: String, _ report: String) throws -> CSVTable {
    CSVTable(try String(contentsOf: scratch.url("\(folder)/\(report).csv"), encoding: .utf8))
  }

  /// Bills, issues what is proposed, puts a payment against a document, closes.
  private func finish(_ month: String, _ day: String, pay: (String, String, String)) throws {
    try run("bill", book, "--as-of", day, "--out", scratch.url("drafts-\(month)").path)
    try run(
      "issue", scratch.url("drafts-\(month)").path, "--book", book, "--as-of", day, "--series",
      "INV-", "--request", "bill \(month)")
    try run(
      "apply", pay.0, pay.1, "--amount", pay.2, "--on", day, "--book", book, "--request",
      "cash \(month)")
    try run("close", month, "--book", book, "--out", scratch.url(month).path)
  }

  @Test func `three months are closed, and each closed pack stays what it was`() throws {
    try run("import", sample.path, "--book", book)
    try finish("2026-10", "2026-10-31", pay: ("PMT-541", "INV-2114", "980.00"))

    // November: 8 hours of T-02 on J-1026, and 5 of October that came late; 500.00 of October too.
    let november = try export(
      "november",
      adding: [
        "timesheets": [
          "TS-4001,2026-10-29,T-02,J-1026,,,5,yes,yes,,,,,",
          "TS-4002,2026-11-09,T-02,J-1026,,,8,yes,yes,,,,,",
        ],
        "payments": [
          "PMT-600,C-118,2026-10-28,payment,,check,late,,500.00",
          "PMT-601,C-118,2026-11-12,payment,,check,,,700.00",
        ],
      ])
    let imported = try run("import", november, "--book", book)
    #expect(
      imported.output.contains("2 rows of 2026-10 or before, which entry 4 closed: late entries"),
      "\(imported.output)")
    try finish("2026-11", "2026-11-30", pay: ("PMT-601", "INV-2114", "20.00"))

    let december = try export(
      "december",
      adding: [
        "timesheets": [
          "TS-4001,2026-10-29,T-02,J-1026,,,5,yes,yes,,,,,",
          "TS-4002,2026-11-09,T-02,J-1026,,,8,yes,yes,,,,,",
          "TS-4003,2026-12-03,T-02,J-1026,,,2,yes,yes,,,,,",
        ],
        "payments": [
          "PMT-600,C-118,2026-10-28,payment,,check,late,,500.00",
          "PMT-601,C-118,2026-11-12,payment,,check,,,700.00",
        ],
        "estimates": ["J-1026,2026-11-30,9000.00,"],
      ])
    try run("import", december, "--book", book)
    try run("void", "INV-2118", "--on", "2026-12-02", "--reason", "twice", "--book", book)
    try finish("2026-12", "2026-12-31", pay: ("PMT-600", "INV-2115", "10.00"))

    for (month, day) in [
      ("2026-10", "2026-10-31"), ("2026-11", "2026-11-30"), ("2026-12", "2026-12-31"),
    ] {
      try run(
        "month-end", book, "--as-of", day, "--known-as-of", month, "--out",
        scratch.url("again-\(month)").path)
      #expect(try bytes("again-\(month)") == bytes(month), "\(month)")
    }
    try lateEntriesAreShown()
    try everyEntryIsBilledOnceOrNamed()
    let verified = try run("verify", "--book", book)
    #expect(verified.output.contains("2026-11 closed by entry 8: made again, 31 files to the byte"))
    #expect(verified.output.contains("on 4 days: AR, retainage and deposits by SQL as reported"))
    // What was closed and what came late is what the next period opens with.
    for (before, after) in [("2026-10", "2026-11"), ("2026-11", "2026-12")] {
      let closed = try cents(table(before, "ar-rollforward").column("closing"))
      let late = try table(after, "closed-figures").rows
        .filter { $0["report"] == "ar-aging" && $0["figure"] == "Net" }
        .map { cents([$0["late"] ?? ""]) }.reduce(0, +)
      #expect(try cents(table(after, "ar-rollforward").column("opening")) == closed + late)
    }
  }

  /// What three months billed and voided, and what waits: each entry that has a price is on one line of
  /// one document that stands, or in the list of what is unbilled (G7).
  private func everyEntryIsBilledOnceOrNamed() throws {
    var billed: [String: Int] = [:]
    for month in ["2026-10", "2026-11", "2026-12"] {
      let lines = try table("drafts-\(month)", "draft-lines").rows
      // INV-2118 is the fourth draft of October, void since December.
      let drafts = try table("drafts-\(month)", "drafts").column("invoice_id")
      for line in lines where month != "2026-10" || line["invoice_id"] != drafts[3] {
        // A line may name what it caps or charges for instead of an entry.
        for entry in (line["entry_id"] ?? "").split(separator: " ")
        where !entry.contains("_") && !entry.hasPrefix("INV-") {
          billed[String(entry), default: 0] += 1
        }
      }
    }
    #expect(!billed.isEmpty && billed.values.allSatisfy { $0 == 1 }, "\(billed)")
    #expect(billed["TS-4001"] == 1 && billed["TS-4002"] == 1 && billed["TS-4003"] == 1)
    let waiting = try table("2026-12", "unbilled-detail").column("entry_id")
    #expect(Set(waiting).isDisjoint(with: billed.keys))
    #expect(Set(waiting).count == waiting.count)
    // Nothing of October's list was lost: billed by then or waiting still; an invoice of the field
    // system bills some of it in November.
    let before = try Set(
      table("2026-10", "unbilled-detail").rows.filter { $0["state"] != "billed_later" }
        .compactMap { $0["entry_id"] })
    #expect(before.subtracting(billed.keys).isSubset(of: waiting))
  }

  /// 5 hours of T-02, an HVAC technician billed at 124.00 who costs 38.00 and a quarter of that, and
  /// 500.00 on account.
  private func lateEntriesAreShown() throws {
    let late = try table("2026-11", "late-entries")
    #expect(late.column("row") == ["TS-4001", "PMT-600"])
    #expect(late.column("group") == ["Late work", "Late payments"])
    #expect(late.column("entry") == ["5", "5"])
    let figures = try table("2026-11", "closed-figures").rows
    let moved = figures.filter { cents([$0["late"] ?? ""]) != 0 }
      .map { "\($0["figure"] ?? "") \($0["late"] ?? "")" }
    #expect(
      moved == [
        "Unapplied -500.00", "Net -500.00", "Unbilled 620.00", "Cost to date 237.50",
        "Earned 620.00", "Underbilled 620.00",
      ])
    // Nothing of October came after November was closed; the estimate is of its last day.
    let december = try table("2026-12", "late-entries")
    #expect(december.column("row") == ["J-1026 2026-11-30"])
    #expect(december.column("group") == ["Changed estimates"])
    let warned = try table("2026-11", "findings").rows.filter { $0["code"] == "late_entries" }
    #expect(warned.count == 1)
  }
}
