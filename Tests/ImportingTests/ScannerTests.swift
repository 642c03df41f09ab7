import Foundation
import Importing
import Ledger
import Measures
import Testing

/// A generator of its own, so that a seed gives the same files on any machine.
private struct Bytes: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// A cell as files have it: most plain, some with whatever a person or a system may put there.
  mutating func cell(_ plain: [String]) -> String {
    switch Int.random(in: 0..<24, using: &self) {
    case 0: ""
    case 1: "\"\(plain.randomElement(using: &self) ?? "")\""
    case 2: "\"a, \"\"b\"\" \r\n c\""
    case 3: "\"x\ny\" "
    case 4: " \(plain.randomElement(using: &self) ?? "")\t"
    case 5: "\u{A0}Peña\u{A0}"
    case 6:
      ["\"", "a\"b", "\"a\"b", "\"open", "\u{0}", "\u{7F}", "\t", "  "]
        .randomElement(using: &self) ?? ""
    case 7: String(repeating: "long ", count: Int.random(in: 1...40, using: &self))
    default: plain.randomElement(using: &self) ?? ""
    }
  }

  /// Rows of cells, some with a field too many or too few, with line ends that may change.
  mutating func file(
    header: String, rows: Int, _ plain: [[String]], isMixed: Bool, delimiter: String = ","
  ) -> String {
    let ends = ["\n", "\r\n", "\r"]
    var end = ends.randomElement(using: &self) ?? "\n"
    var text = header + end
    for row in 0..<rows {
      var cells = plain.map { cell($0) }
      cells[0] = Int.random(in: 0..<40, using: &self) == 0 ? cells[0] : "K\(row)"
      if Int.random(in: 0..<30, using: &self) == 0 { cells.append("more") }
      if Int.random(in: 0..<30, using: &self) == 0 { cells.removeLast() }
      if Int.random(in: 0..<40, using: &self) == 0 { text += end }
      if isMixed { end = ends.randomElement(using: &self) ?? "\n" }
      text += cells.joined(separator: delimiter) + end
    }
    return Bool.random(using: &self) ? String(text.unicodeScalars.dropLast()) : text
  }
}

/// What two readings must have in common: every finding in full, every value, every line.
private func summary(_ result: ImportResult) -> String {
  let book = result.book
  return "\(result.findings)\n\(result.controls)\n\(book.customers)\n\(book.jobs)\n\(book.costs)"
}

private func bothRoads(_ folder: Folder) throws -> [String] {
  try [(true, 1), (false, 1), (false, 2)].map { isPlain, workers in
    summary(
      try folder.imported {
        $0.scansPlainly = isPlain
        $0.workers = workers
      })
  }
}

@Test(arguments: 1...120)
func `blocks scanned by bits give what reading byte by byte gives`(seed: Int) throws {
  var bytes = Bytes(state: UInt64(seed))
  let delimiter = [",", ";", "\t"].randomElement(using: &bytes) ?? ","
  let isMixed = seed % 3 == 0
  let rows = Int.random(in: 0...60, using: &bytes)
  let folder = try Folder([
    "customers.csv": bytes.file(
      header: ["customer_id", "name", "parent_id", "credit_limit"].joined(separator: delimiter),
      rows: rows, [["C"], ["Clinic", "Shop"], ["K1", "K2", ""], ["1000", "12.5", "-3", "1e3"]],
      isMixed: isMixed, delimiter: delimiter),
    "jobs.csv": bytes.file(
      header: ["job_id", "customer_id", "name", "billing_method", "start_date", "status"]
        .joined(separator: delimiter),
      rows: rows,
      [
        ["J"], ["K1", "K2", "K3"], ["Roof"], ["fixed_price", "time_and_materials", "retainage"],
        ["2026-01-31", "2026-02-30", "2026-1-1", "1066-10-14"], ["open", "closed", "Open"],
      ], isMixed: isMixed, delimiter: delimiter),
    "costs.csv": bytes.file(
      header: ["cost_id", "date", "job_id", "kind", "amount", "billable"].joined(
        separator: delimiter),
      rows: rows,
      [
        ["X"], ["2026-01-31", "2026-12-01"], ["K1", "K2", "K9"], ["permit", "other"],
        ["12.50", ".5", "5.", ".", "123456789.01", "0.005", "+7", "1.2.3"],
        ["yes", "no", "true", "N", "ja"],
      ], isMixed: isMixed, delimiter: delimiter),
  ])
  let summaries = try bothRoads(folder)
  #expect(summaries[1] == summaries[0])
  #expect(summaries[2] == summaries[0])
}

/// Files of several blocks, so that records are cut between them.
@Test(arguments: 1...3)
func `a file of many blocks gives what reading byte by byte gives`(seed: Int) throws {
  var bytes = Bytes(state: UInt64(seed) << 32)
  let folder = try Folder([
    "customers.csv": "customer_id,name\nK1,Clinic\nK2,Shop\n",
    "jobs.csv": "job_id,customer_id,name,billing_method\nK1,K1,Roof,fixed_price\n",
    "costs.csv": bytes.file(
      header: "cost_id,date,job_id,kind,amount,billable,description", rows: 4_000,
      [
        ["X"], ["2026-01-31", "2026-12-01"], ["K1", "K1", "K1", "K9"], ["permit", "other"],
        ["12.50", "10"], ["yes", "no"], ["cement", String(repeating: "a longer text ", count: 20)],
      ], isMixed: seed % 2 == 0),
  ])
  let summaries = try bothRoads(folder)
  #expect(summaries[1] == summaries[0])
  #expect(summaries[2] == summaries[0])
}

/// Records longer than the room that a block has for the rest of the one before.
@Test func `a long record goes on in the next block`() throws {
  let lines = (0..<60).map { row in
    let text = String(repeating: "\(row) ", count: row % 7 == 0 ? 9000 : 40)
    return "K\(row),2026-01-31,K1,permit,1.00,\(row % 2 == 0 ? text : "\"\(text)\"")"
  }
  let folder = try Folder([
    "customers.csv": "customer_id,name\nK1,Clinic\n",
    "jobs.csv": "job_id,customer_id,name,billing_method\nK1,K1,Roof,fixed_price\n",
    "costs.csv": "cost_id,date,job_id,kind,amount,description\n" + lines.joined(separator: "\n"),
  ])
  let summaries = try bothRoads(folder)
  #expect(summaries[1] == summaries[0])
  #expect(summaries[2] == summaries[0])
  #expect(try folder.imported().book.costs.count == 60)
}

@Test(arguments: [true, false])
func `columns of texts that a file does not have are blank where they are wanted`(keeps: Bool)
  throws
{
  var files = smallCompany
  files["costs.csv"] = "cost_id,date,job_id,kind,amount\nX1,2026-01-31,J1,permit,1.00\n"
  let costs = try Folder(files).imported { $0.keepsEntryTexts = keeps }.book.costs
  #expect(costs.count == 1)
  #expect(costs.vendor.count == (keeps ? 1 : 0))
  #expect(costs.description.count == (keeps ? 1 : 0))
}

@Test(arguments: [
  ["TS-9", "TS-10", "TS-11"], ["00009", "00010", "00011"], ["9", "10", "11"], ["b", "a", "c"],
  ["A1", "B2", "C3"], ["1", "01", "001"], ["X99999999", "X100000000", "X100000001"],
])
func `ids of any form are found, and twice is an error`(ids: [String]) throws {
  var files = smallCompany
  let jobs = ids.map { "\($0),C1,Job,fixed_price" }
  let costs = ids.enumerated().map { "\($1),2026-01-0\($0 + 1),\($1),permit,1.00" }
  files["jobs.csv"] = (["job_id,customer_id,name,billing_method"] + jobs).joined(separator: "\n")
  files["costs.csv"] = (["cost_id,date,job_id,kind,amount"] + costs).joined(separator: "\n")
  files["timesheets.csv"] = nil
  for keeps in [false, true] {
    let result = try Folder(files).imported { $0.keepsEntryTexts = keeps }
    #expect(result.errors == [])
    #expect(result.book.costs.job == [RowID(0), RowID(1), RowID(2)])
  }
  let sound = files["costs.csv"] ?? ""
  for keeps in [false, true] {
    for (line, error) in [
      ("\(ids[0]),2026-01-09,\(ids[1]),permit,1.00", "1 duplicate_id"),
      ("Z,2026-01-09,?\(ids[0]),permit,1.00", "14 unknown_reference"),
    ] {
      files["costs.csv"] = "\(sound)\n\(line)"
      let result = try Folder(files).imported { $0.keepsEntryTexts = keeps }
      #expect(result.errors == ["costs.csv:5:\(error)"])
    }
  }
}
