import Foundation
import Reporting
import Testing

/// The page that explains every report and column.
@Suite struct ReportKeys {
  @Test func `the committed page is what the tool prints`() throws {
    let outcome = try Tool.run(["report", "--keys"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == (try Self.committed("README.md")))
  }

  @Test func `every column of every report is explained in a sentence or two`() {
    let reports = Reports.ofEmptyBook
    for kind in ReportKind.all {
      for column in reports.sheet(kind).columns {
        let place = "\(kind.name): \(column.key)"
        #expect(column.rule.hasSuffix("."), "\(place) has no sentence")
        #expect(column.rule.split(separator: ". ").count <= 2, "\(place) says too much")
        #expect(column.rule != "\(column.title).", "\(place) repeats its title")
      }
    }
  }

  @Test func `the page has the keys of the committed files, in their order`() throws {
    let sections = try Self.committed("README.md").components(separatedBy: "\n## ").dropFirst()
    #expect(sections.count == ReportKind.all.count)
    for (section, kind) in zip(sections, ReportKind.all) {
      let lines = section.split(separator: "\n")
      #expect(lines.first.map(String.init) == kind.name)
      let keys = lines.filter { $0.hasPrefix("| `") }.compactMap {
        $0.split(separator: "`").dropFirst().first
      }
      // The sample is a folder, in which nothing is closed: tests of the book look at those.
      guard !kind.isOfClosedPeriod else { continue }
      let csv = try Self.committed("2026-10/\(kind.name).csv")
      #expect(keys.joined(separator: ",") == csv.prefix { $0 != "\n" }, "\(kind.name)")
    }
  }

  @Test(arguments: [
    ["--keys", "sample-data"], ["--list", "ar-aging", "sample-data"], ["--keys", "--list"],
  ])
  func `a list of all reports takes no report and no source`(arguments: [String]) throws {
    let outcome = try Tool.run(["report"] + arguments)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("without reports or a source"))
  }

  private static func committed(_ name: String) throws -> String {
    try String(
      contentsOf: Tool.repository.appendingPathComponent("reports/\(name)"), encoding: .utf8)
  }
}
