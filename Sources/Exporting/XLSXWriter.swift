public import Measures
public import Reporting

/// Writes sheets into one workbook: a cover, then a worksheet for each sheet.
///
/// Rows go to the disk as they come, so that a sheet of a million rows needs little memory, and
/// nothing is shared between workbooks, so that several may be written on threads of their own. The
/// finished file is read back before it counts: its parts inflated, its XML whole, the rows and cells
/// of every worksheet as they were written (RELIABILITY D20). The same sheets give the same bytes.
///
///     let pack = try Pack(replacing: "reports/2026-10", ours: names)
///     try XLSXWriter().write(sheets, cover: cover, as: "month-end.xlsx", in: pack)
///     try pack.publish()
public struct XLSXWriter: Sendable {
  /// Above so many rows a report is left to its CSV file, and its worksheet says so.
  public var rowLimit = 100_000
  /// Whether a report above the limit is written after all, on as many worksheets as it takes.
  public var splitsLarge = false
  /// Rows that a worksheet can hold, everything counted: 1,048,576 in Excel.
  public var rowsPerSheet = 1_048_576
  public var paper = Paper.letter

  public init() {}

  /// Writes a workbook with a cover. The cover's as-of day stands for the day of its making.
  ///
  /// - Throws: `ExportError.workbook` where the library refuses or the file read back is not what was
  ///   written; `.system` for the disk.
  @discardableResult
  public func write(
    _ sheets: [Sheet], cover: Cover, as file: String, in pack: Pack
  ) throws(ExportError) -> [WrittenSheet] {
    try write(sheets, cover, cover.asOf, file, pack)
  }

  /// Writes a workbook of reports without a cover.
  @discardableResult
  public func write(
    _ sheets: [Sheet], asOf: Day, as file: String, in pack: Pack
  ) throws(ExportError) -> [WrittenSheet] {
    try write(sheets, nil, asOf, file, pack)
  }

  private func write(
    _ sheets: [Sheet], _ cover: Cover?, _ asOf: Day, _ name: String, _ pack: Pack
  ) throws(ExportError) -> [WrittenSheet] {
    precondition(cover != nil || !sheets.isEmpty, "a workbook has at least one sheet")
    let file = try pack.create(name)
    let scratch = try pack.makeScratch(for: name)
    let workbook = try Workbook(
      path: file.path, writing: file.workPath, scratch: scratch, isHuge: mayBeHuge(sheets))
    let written = try fill(workbook, sheets, cover, asOf)
    try pack.removeScratch(for: name)
    try WorkbookCheck(file.descriptor, path: file.path).run(
      worksheets: written.worksheets, created: "\(asOf.text)T00:00:00Z")
    try file.finish()
    return written.sheets
  }

  private func fill(
    _ workbook: consuming Workbook, _ sheets: [Sheet], _ cover: Cover?, _ asOf: Day
  ) throws(ExportError) -> (sheets: [WrittenSheet], worksheets: [WorksheetCounts]) {
    try workbook.setProperties(
      title: cover?.title ?? sheets.first?.title ?? "", company: cover?.company ?? "",
      secondsSince1970: Int(asOf.number) * 86_400)
    let formats = try CellFormats(workbook)
    var names = SheetNames()
    var worksheets = [Worksheet]()
    var coverSheet: Worksheet?
    if cover != nil {
      let worksheet = try workbook.addSheet(names.name(for: "Cover"))
      worksheets.append(worksheet)
      coverSheet = worksheet
    }
    var chartSheet: Worksheet?
    if let cover, !cover.charts.isEmpty {
      let worksheet = try workbook.addSheet(names.name(for: "Charts"))
      worksheets.append(worksheet)
      chartSheet = worksheet
    }
    var written = [WrittenSheet]()
    var listed = [ListedSheet]()
    for sheet in sheets {
      let pages = try write(sheet, workbook, formats, &names, coverSheet?.name)
      worksheets += pages.map(\.worksheet)
      listed += pages.map { $0.listed(sheet) }
      written.append(
        WrittenSheet(
          report: sheet.report, names: pages.map(\.worksheet.name),
          rows: pages.reduce(0) { $0 + $1.rows.count }, isWhole: !isLeftToCSV(sheet)))
    }
    if let cover, let coverSheet {
      var page = CoverPage(cover, on: coverSheet, formats)
      try page.write(listed, paper: paper)
      for (name, cell) in page.names { try workbook.define(name, as: cell) }
      if let chartSheet {
        try ChartsPage(on: chartSheet, workbook.charts, formats)
          .write(cover.charts, cover: coverSheet.name, paper: paper)
      }
    }
    let counts = worksheets.map {
      WorksheetCounts(name: $0.name, rows: $0.rowsWritten, cells: $0.cellsWritten)
    }
    try workbook.close()
    return (written, counts)
  }

  /// Writes one sheet, on several worksheets where one cannot hold it.
  private func write(
    _ sheet: Sheet, _ workbook: borrowing Workbook, _ formats: CellFormats,
    _ names: inout SheetNames, _ cover: String?
  ) throws(ExportError) -> [WrittenPage] {
    guard !isLeftToCSV(sheet) else {
      let worksheet = try workbook.addSheet(names.name(for: sheet.title))
      var page = SheetPage(sheet, on: worksheet, formats, cover: cover)
      try page.write(
        sentence: "This report has \(grouped(sheet.rowCount)) rows, which are more than this "
          + "workbook takes (\(grouped(rowLimit))). All of them are in \(sheet.file).",
        paper: paper)
      return [WrittenPage(worksheet: worksheet, rows: 0..<0, totals: nil)]
    }
    let room = max(1, rowsPerSheet - SheetPage.ownRows)
    var pages = [WrittenPage]()
    var next = 0
    repeat {
      let rows = next..<min(next + room, sheet.rowCount)
      let worksheet = try workbook.addSheet(names.name(for: sheet.title))
      var page = SheetPage(sheet, on: worksheet, formats, cover: cover)
      let totals = try page.write(
        rows, after: pages.compactMap(\.totals), isLast: rows.upperBound == sheet.rowCount,
        paper: paper)
      pages.append(WrittenPage(worksheet: worksheet, rows: rows, totals: totals))
      next = rows.upperBound
    } while next < sheet.rowCount
    return pages
  }

  private func isLeftToCSV(_ sheet: Sheet) -> Bool { sheet.rowCount > rowLimit && !splitsLarge }

  /// Whether a worksheet's XML may exceed 4 GiB, at a generous 200 bytes a cell.
  private func mayBeHuge(_ sheets: [Sheet]) -> Bool {
    sheets.contains { sheet in
      !isLeftToCSV(sheet) && min(sheet.rowCount, rowsPerSheet) * sheet.columns.count > 20_000_000
    }
  }

  private func grouped(_ count: Int) -> String {
    String(Money(cents: Int64(count) * 100).grouped.dropLast(3))
  }
}

/// The paper that worksheets are printed on.
public enum Paper: UInt8, Sendable {
  case letter = 1
  case a4 = 9
}

/// Where a report went in a workbook.
public struct WrittenSheet: Hashable, Sendable {
  public let report: String
  /// The names of its worksheets, several where it was split.
  public let names: [String]
  public let rows: Int
  /// Whether the worksheets hold the report's rows, and not only a sentence that names its CSV file.
  public let isWhole: Bool
}

private struct WrittenPage {
  let worksheet: Worksheet
  let rows: Range<Int>
  let totals: PageTotals?

  func listed(_ sheet: Sheet) -> ListedSheet {
    ListedSheet(
      name: worksheet.name, report: sheet.report,
      rows: rows.isEmpty ? sheet.rowCount : rows.count, isWhole: rows.count == sheet.rowCount,
      file: sheet.file, totals: totals)
  }
}
