import Foundation
import Testing

/// `tieout report` on some files, and what it wrote.
struct ReportRun {
  let scratch: Scratch
  let outcome: Tool.Outcome

  init(
    _ names: String..., asOf day: String, _ files: [String: String], options: [String] = []
  ) throws {
    scratch = try Scratch()
    let source = scratch.url("source")
    try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
    for (name, text) in files {
      try Data((text + "\n").utf8).write(to: source.appendingPathComponent(name))
    }
    outcome = try Tool.run(
      ["report"] + names + [
        source.path, "--as-of", day, "--out", scratch.url("out").path, "--quiet",
      ]
        + options)
  }

  /// The rows of a report, the cells of some columns with a bar between.
  func rows(_ name: String, _ keys: String...) throws -> [String] { try rows(name, keys) }

  func rows(_ name: String, _ keys: [String]) throws -> [String] {
    try #require(outcome.status == 0, "\(outcome.errors)")
    let text = try String(contentsOf: scratch.url("out/\(name).csv"), encoding: .utf8)
    return CSVTable(text).rows.map { row in
      keys.map { row[$0] ?? "no \($0)" }.joined(separator: "|")
    }
  }

  /// Its header line.
  func header(_ name: String) throws -> String {
    let text = try String(contentsOf: scratch.url("out/\(name).csv"), encoding: .utf8)
    return text.split(separator: "\n").first.map(String.init) ?? ""
  }
}
