import Foundation
import Testing

/// `tieout bill` on some files, and what it wrote.
struct BillRun {
  let scratch: Scratch
  let outcome: Tool.Outcome
  /// The files as they went in.
  let files: [String: String]

  init(asOf day: String, _ files: [String: String], options: [String] = []) throws {
    self.files = files
    scratch = try Scratch()
    let source = scratch.url("source")
    try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
    for (name, text) in files {
      try Data((text + "\n").utf8).write(to: source.appendingPathComponent(name))
    }
    outcome = try Tool.run(
      ["bill", source.path, "--as-of", day, "--out", scratch.url("out").path, "--quiet"] + options)
  }

  /// A table that was written; empty where there is none.
  func table(_ name: String) throws -> CSVTable {
    let url = scratch.url("out/\(name).csv")
    guard FileManager.default.fileExists(atPath: url.path) else { return CSVTable("") }
    return CSVTable(try String(contentsOf: url, encoding: .utf8))
  }

  func drafts() throws -> CSVTable {
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try table("drafts")
  }

  /// The files with the drafts entered as invoices, their lines as invoice lines, as a bookkeeper would
  /// who renames nothing.
  func filesWithDraftsEntered() throws -> [String: String] {
    var files = files
    for (file, draft, ignored) in [
      ("invoices.csv", "drafts", ["customer", "job", "application_no", "lines", "why"]),
      (
        "invoice_lines.csv", "draft-lines",
        ["amount_before", "adjustment_id", "reason", "adjusted_by", "adjusted_on"]
      ),
    ] {
      let (old, new) = (CSVTable(files[file] ?? ""), try table(draft))
      var keys = old.keys
      keys += new.keys.filter { !keys.contains($0) && !ignored.contains($0) }
      files[file] = CSVTable(keys: keys, rows: old.rows + new.rows).text
    }
    return files
  }
}

/// A CSV file read by the tests' own few lines, quotes included.
struct CSVTable {
  var keys: [String] = []
  var rows: [[String: String]] = []

  init(keys: [String], rows: [[String: String]]) { (self.keys, self.rows) = (keys, rows) }

  init(_ text: String) {
    var records: [[String]] = [[]]
    var field = ""
    var isQuoted = false
    for character in text {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        records[records.count - 1].append(field)
        field = ""
      case "\n" where !isQuoted, "\r\n" where !isQuoted:
        records[records.count - 1].append(field)
        field = ""
        records.append([])
      default: field.append(character)
      }
    }
    if !field.isEmpty || !(records.last?.isEmpty ?? true) {
      records[records.count - 1].append(field)
    }
    records.removeAll { $0.isEmpty || $0 == [""] }
    keys = records.first ?? []
    let names = keys
    rows = records.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(names, $0)) }
  }

  var text: String {
    ([keys] + rows.map { row in keys.map { row[$0] ?? "" } }).map { cells in
      cells.map { $0.contains { ",\n".contains($0) } ? "\"\($0)\"" : $0 }.joined(separator: ",")
    }.joined(separator: "\n")
  }

  /// The cells of the first row in which a key has a value.
  func cells(_ keys: String..., where key: String, is value: String) -> [String] {
    let row = rows.first { $0[key] == value } ?? [:]
    return keys.map { row[$0] ?? "no \($0)" }
  }

  /// A column, of the rows in which a key has a value where one is named.
  func column(_ key: String, where other: String? = nil, is value: String = "") -> [String] {
    rows.filter { row in other.map { row[$0] == value } ?? true }.map { $0[key] ?? "no \(key)" }
  }
}
