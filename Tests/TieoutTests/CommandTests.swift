import Foundation
import Testing

@Suite struct Commands {
  /// One wrong cell in each of ten tables: the line, its wrong cell, and where it must be found.
  static let wrongCells: [(file: String, line: Int, from: String, to: String)] = [
    ("customers.csv", 2, ",no,", ",perhaps,"),
    ("jobs.csv", 2, "fixed_price", "fixed-price"),
    ("invoices.csv", 2, "2026-04-01", "2026-04-31"),
    ("timesheets.csv", 2, "2026-", "26-"),
    ("inventory.csv", 2, "receipt", "reciept"),
    ("costs.csv", 2, "2026-", "20261-"),
    ("payments.csv", 2, "2026-", "1926-"),
    ("applications.csv", 2, "2026-", "x026-"),
    ("rates.csv", 2, "REG", "REGULAR"),
    ("change_orders.csv", 2, "2026-", "2026/"),
  ]

  private func spoil(_ sample: URL) throws {
    for cell in Self.wrongCells {
      try sample.appendingPathComponent(cell.file).replaceLine(cell.line) { line in
        guard let range = line.range(of: cell.from) else {
          Issue.record("\(cell.file) has no \(cell.from) in line \(cell.line): \(line)")
          return line
        }
        return line.replacingCharacters(in: range, with: cell.to)
      }
    }
  }

  @Test func `ten wrong cells in ten tables are ten findings, and nothing is written`() throws {
    let scratch = try Scratch()
    let sample = try scratch.copyOfSample()
    try spoil(sample)
    let outcome = try Tool.run([
      "month-end", sample.path, "--as-of", "2026-10-31", "--out", scratch.url("pack").path,
    ])
    #expect(outcome.status == 1)
    for cell in Self.wrongCells {
      #expect(
        outcome.errors.contains(try Regex("(?m)^\(cell.file):\(cell.line):[0-9]+: ")),
        "\(cell.file) is not named: \(outcome.errors)")
    }
    #expect(outcome.errors.contains("10 errors in 10 files; nothing was written."))
    #expect(!FileManager.default.fileExists(atPath: scratch.url("pack").path))
  }

  @Test func `with rejects the pack is written, the rows and their sums set aside`() throws {
    let scratch = try Scratch()
    let sample = try scratch.copyOfSample()
    try spoil(sample)
    let outcome = try Tool.run([
      "month-end", sample.path, "--as-of", "2026-10-31", "--out", scratch.url("pack").path,
      "--allow-rejects",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let rejects = try scratch.names(in: "pack/rejects")
    #expect(rejects.contains("payments.csv") && rejects.contains("jobs.csv"))
    #expect(outcome.output.contains("Left out: "))
    #expect(outcome.output.contains("of payments.csv (amount "))
  }

  @Test func `a wrong command line ends with 64, an absent folder with 74`() throws {
    #expect(try Tool.run(["month-end", "sample-data"]).status == 64)
    #expect(try Tool.run(["month-end", "sample-data", "--as-of", "2026-02-30"]).status == 64)
    #expect(
      try Tool.run(["report", "no-such", "sample-data", "--as-of", "2026-10-31"]).status == 64)
    #expect(try Tool.run(["check", "no-such-folder"]).status == 74)
    #expect(try Tool.run(["report", "--list"]).output.contains("contract-status"))
    #expect(try Tool.run(["month-end", "--help"]).status == 0)
  }

  @Test func `a report replaces its own files and leaves the others`() throws {
    let scratch = try Scratch()
    try FileManager.default.createDirectory(
      at: scratch.url("out"), withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: scratch.url("out/notes.txt"))
    let outcome = try Tool.run([
      "report", "ar-aging", "unbilled", "sample-data", "--as-of", "2026-10-31", "--format",
      "csv,xlsx", "--out", scratch.url("out").path,
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      try scratch.names(in: "out") == [
        "ar-aging.csv", "ar-aging.xlsx", "notes.txt", "unbilled.csv", "unbilled.xlsx",
      ])
  }

  @Test func `a pack is not put in the place of a folder with files of others`() throws {
    let scratch = try Scratch()
    try FileManager.default.createDirectory(
      at: scratch.url("out"), withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: scratch.url("out/notes.txt"))
    let outcome = try Tool.run([
      "month-end", "sample-data", "--as-of", "2026-10-31", "--out", scratch.url("out").path,
    ])
    #expect(outcome.status == 74)
    #expect(outcome.errors.contains("notes.txt"))
    #expect(try scratch.names(in: "out") == ["notes.txt"])
  }
}
