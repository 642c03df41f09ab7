import Foundation
import Testing

@Suite struct MonthEndPack {
  @Test func `the sample's pack is the one that is committed`() throws {
    let scratch = try Scratch()
    let outcome = try Tool.run([
      "month-end", "sample-data", "--as-of", "2026-10-31", "--out", scratch.url("pack").path,
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let committed = Tool.repository.appendingPathComponent("reports/2026-10")
    let names = try FileManager.default.contentsOfDirectory(atPath: committed.path).sorted()
    #expect(try scratch.names(in: "pack") == names)
    for name in names where name.hasSuffix(".csv") {
      let new = try String(contentsOf: scratch.url("pack/\(name)"), encoding: .utf8)
      let old = try String(contentsOf: committed.appendingPathComponent(name), encoding: .utf8)
      #expect(new == old, "\(name) differs")
    }
    let new = try Workbook(scratch.url("pack/month-end.xlsx"))
    let old = try Workbook(committed.appendingPathComponent("month-end.xlsx"))
    #expect(new.cells.count > 1000)
    #expect(new.cells == old.cells)
  }

  @Test func `the same input gives the same bytes, whatever the surroundings`() throws {
    let scratch = try Scratch()
    for name in ["a", "b"] {
      let outcome = try Tool.run([
        "month-end", "sample-data", "--as-of", "2026-10-31", "--out", scratch.url(name).path,
      ])
      #expect(outcome.status == 0)
    }
    for name in try scratch.names(in: "a") {
      let a = try Data(contentsOf: scratch.url("a/\(name)"))
      #expect(a == (try Data(contentsOf: scratch.url("b/\(name)"))), "\(name) differs")
    }
  }

  @Test func `the summary ends with the figures and what was written`() throws {
    let scratch = try Scratch()
    let outcome = try Tool.run([
      "month-end", "sample-data", "--as-of", "2026-10-31", "--out", scratch.url("pack").path,
    ])
    for label in [
      "AR open", "Past due", "Unbilled, ready", "Unbilled, blocked", "Retainage held",
      "Deposits held", "Underbilled", "Overbilled", "Tie-outs passed", "Wrote ",
    ] {
      #expect(outcome.output.contains(label))
    }
  }
}

/// The cells of a workbook by worksheet part and reference: value, formula and type, through its XML.
struct Workbook {
  var cells: [String: String] = [:]

  init(_ url: URL) throws {
    let scratch = try Scratch()
    let unzip = Process()
    unzip.executableURL = URL(fileURLWithPath: "/usr/bin/unzip")
    unzip.arguments = ["-q", "-o", url.path, "-d", scratch.folder.path]
    try unzip.run()
    unzip.waitUntilExit()
    try #require(unzip.terminationStatus == 0)
    for name in try scratch.names(in: "xl/worksheets") where name.hasSuffix(".xml") {
      let xml = try String(contentsOf: scratch.url("xl/worksheets/\(name)"), encoding: .utf8)
      for piece in xml.components(separatedBy: "<c r=\"").dropFirst() {
        let reference = piece.prefix { $0 != "\"" }
        let body = piece.components(separatedBy: "<c r=\"")[0].components(separatedBy: "</row>")[0]
        cells["\(name) \(reference)"] = body
      }
    }
  }
}
