import Glibc

/// What a worksheet must hold when it is read back.
struct WorksheetCounts {
  let name: String
  let rows: Int
  let cells: Int
}

/// Reads a finished workbook again, before it counts as written.
///
/// libxlsxwriter looks at no write to its temporary files: on a full disk it reported success for a
/// sheet with none of its 20,000 rows (RELIABILITY D20). So every part is inflated and its checksum
/// compared, its XML must be whole, and each worksheet must have the rows and cells that went in.
struct WorkbookCheck {
  private let descriptor: Int32
  private let path: String

  init(_ descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  /// - Parameters:
  ///   - worksheets: in their order in the workbook.
  ///   - created: the moment that the properties must name.
  func run(worksheets: [WorksheetCounts], created: String) throws(ExportError) {
    let zip = try ZipReader(descriptor, path: path)
    var seen = Set<String>()
    for entry in zip.entries {
      var scan = XMLScan(keepsText: entry.name == "docProps/core.xml")
      try zip.inflate(entry) { bytes in scan.read(bytes) }
      guard scan.isWhole else { throw broken("\(entry.name) is not whole; the disk may be full") }
      seen.insert(entry.name)
      if entry.name == "docProps/core.xml", !scan.text.contains(created) {
        throw broken("its day of making is not \(created)")
      }
      guard let number = sheetNumber(entry.name) else { continue }
      guard worksheets.indices.contains(number - 1) else {
        throw broken("it has a sheet too many, \(entry.name)")
      }
      let expected = worksheets[number - 1]
      guard scan.rows == expected.rows, scan.cells == expected.cells else {
        throw broken(
          "the sheet \(expected.name) holds \(scan.rows) rows and \(scan.cells) cells, not "
            + "\(expected.rows) and \(expected.cells); the disk may be full")
      }
    }
    var needed = ["xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml", "docProps/core.xml"]
    needed += worksheets.indices.map { "xl/worksheets/sheet\($0 + 1).xml" }
    for name in needed where !seen.contains(name) { throw broken("\(name) is missing") }
  }

  private func sheetNumber(_ name: String) -> Int? {
    let (before, after) = ("xl/worksheets/sheet", ".xml")
    guard name.hasPrefix(before), name.hasSuffix(after) else { return nil }
    return Int(name.dropFirst(before.count).dropLast(after.count))
  }

  private func broken(_ why: String) -> ExportError {
    .workbook(path: path, why: "read back, " + why)
  }
}
