import Exporting
import Foundation
import Measures
import Reporting
import Testing

/// A folder of its own for one test, removed when the test ends.
final class Scratch: Sendable {
  let path: String

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tieout-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Names in a folder here, hidden ones too.
  func names(_ folder: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)").sorted()
  }

  func text(_ file: String) throws -> String {
    try String(contentsOfFile: "\(path)/\(file)", encoding: .utf8)
  }

  func bytes(_ file: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(file)"))
  }

  func put(_ text: String, in file: String) throws {
    let url = URL(fileURLWithPath: "\(path)/\(file)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: false, encoding: .utf8)
  }

  /// The permission bits of a file or folder.
  func mode(_ file: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: "\(path)/\(file)")
    return try #require(attributes[.posixPermissions] as? Int)
  }
}

/// A sheet of cells as they are given, a column each.
func sheet(
  _ columns: [SheetColumn], _ rows: [[Cell]], report: String = "ar-aging",
  title: String = "Accounts receivable aging"
) -> Sheet {
  Sheet(
    report: report, title: title, subtitle: "Halvorsen · as of 2026-10-31",
    emptySentence: "No customer owes anything on 2026-10-31.", columns: columns,
    rowCount: rows.count
  ) { row, cells in cells += rows[row] }
}

/// A sheet with one column of text.
func textSheet(_ kind: CellKind, _ texts: [String]) -> Sheet {
  sheet(
    [SheetColumn(key: "name", title: "Name", kind: kind)],
    texts.map { [kind == .id ? .id($0) : .text($0)] })
}

/// An aging of this many customers: ids, open balances of one cent more each, and those over 90.
func aging(_ customers: Int) -> Sheet {
  let columns = [
    SheetColumn(key: "customer_id", title: "Customer ID", kind: .id),
    SheetColumn(key: "open", title: "Open balance", kind: .money, total: .sum, rule: "At the day."),
    SheetColumn(key: "over_90", title: "Over 90", kind: .money, total: .sum, alert: .aboveZero),
    SheetColumn(
      key: "over_90_pct", title: "Share", kind: .percentage,
      total: .percentage(of: "over_90", in: "open")),
  ]
  return sheet(
    columns,
    (0..<customers).map { row in
      [
        .id("000\(row)"), .money(Money(cents: 100_10 + Int64(row))), .money(Money(cents: 25_00)),
        .empty,
      ]
    })
}

func money(_ text: String) throws -> Cell { .money(try #require(Money(text))) }

let asOf = Day(year: 2026, month: 10, day: 31) ?? .none

/// What the CSV writer makes of a sheet.
func csv(_ sheet: Sheet, guard: CSVWriter.Guard = .apostrophe) throws -> String {
  var memory = MemoryOutput()
  try CSVWriter(guard: `guard`).write(sheet, to: &memory)
  return String(decoding: memory.bytes, as: UTF8.self)
}

/// The text of a part of a zip file, by the `unzip` tool.
func part(_ name: String, of path: String) throws -> String {
  let unzip = Process()
  unzip.executableURL = URL(fileURLWithPath: "/usr/bin/unzip")
  unzip.arguments = ["-p", path, name]
  let pipe = Pipe()
  unzip.standardOutput = pipe
  try unzip.run()
  let data = pipe.fileHandleForReading.readDataToEndOfFile()
  unzip.waitUntilExit()
  try #require(unzip.terminationStatus == 0, "\(name) is not in \(path)")
  return String(decoding: data, as: UTF8.self)
}

/// The XML of one cell of a worksheet, or nothing.
func cell(_ name: String, in xml: String) -> String {
  guard let start = xml.range(of: "<c r=\"\(name)\"") else { return "" }
  let rest = xml[start.lowerBound...]
  let empty = rest.range(of: "/>")
  guard let end = rest.range(of: "</c>") else { return String(rest) }
  if let empty, !rest[..<empty.lowerBound].contains(">") {
    return String(rest[..<empty.upperBound])
  }
  return String(rest[..<end.upperBound])
}

/// The value of a cell: of a number or formula what is cached, of text the text.
func value(_ name: String, in xml: String) -> String {
  let cell = cell(name, in: xml)
  for tag in ["v", "t"] {
    guard let open = cell.range(of: "<\(tag)[^>]*>", options: .regularExpression),
      let close = cell.range(of: "</\(tag)>")
    else { continue }
    return String(cell[open.upperBound..<close.lowerBound])
  }
  return ""
}

/// Writes a workbook into a pack of its own and gives the XML of a worksheet, counted from 1.
func worksheet(
  _ number: Int, of sheets: [Sheet], cover: Cover? = nil, writer: XLSXWriter = XLSXWriter()
) throws -> String {
  let scratch = try Scratch()
  let path = try workbook(sheets, in: scratch, cover: cover, writer: writer)
  return try part("xl/worksheets/sheet\(number).xml", of: path)
}

/// Writes a workbook into a pack of its own and gives its path.
func workbook(
  _ sheets: [Sheet], in scratch: Scratch, as name: String = "pack", cover: Cover? = nil,
  writer: XLSXWriter = XLSXWriter()
) throws -> String {
  let pack = try Pack(replacing: "\(scratch.path)/\(name)", ours: ["month-end.xlsx"])
  if let cover {
    try writer.write(sheets, cover: cover, as: "month-end.xlsx", in: pack)
  } else {
    try writer.write(sheets, asOf: asOf, as: "month-end.xlsx", in: pack)
  }
  try pack.publish()
  return "\(scratch.path)/\(name)/month-end.xlsx"
}
