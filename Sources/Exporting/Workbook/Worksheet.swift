import CXlsxWriter
import Reporting

/// One sheet of a workbook that is being written: cells in the order of their rows, each once.
///
/// It counts rows and cells, so that the finished file can be compared with what went in.
final class Worksheet {
  let name: String
  let pointer: UnsafeMutablePointer<lxw_worksheet>
  private let path: String
  private(set) var rowsWritten = 0
  private(set) var cellsWritten = 0
  private(set) var lastRow = -1

  init(_ pointer: UnsafeMutablePointer<lxw_worksheet>, name: String, path: String) {
    self.pointer = pointer
    self.name = name
    self.path = path
  }

  func check(_ code: lxw_error) throws(ExportError) { try checked(code, path) }

  private func count(_ row: Int) {
    assert(row >= lastRow, "rows are written in their order")
    if row != lastRow { rowsWritten += 1 }
    lastRow = row
    cellsWritten += 1
  }

  func number(_ row: Int, _ column: Int, _ value: Double, _ format: CellFormat) throws(ExportError)
  {
    count(row)
    try check(
      worksheet_write_number(pointer, UInt32(row), UInt16(column), value, format.pointer))
  }

  /// Text as a string cell, never a formula; an empty text is a blank cell.
  func text(_ row: Int, _ column: Int, _ value: String, _ format: CellFormat) throws(ExportError) {
    count(row)
    try check(
      worksheet_write_string(
        pointer, UInt32(row), UInt16(column), cellText(value), format.pointer))
  }

  func blank(_ row: Int, _ column: Int, _ format: CellFormat) throws(ExportError) {
    count(row)
    try check(worksheet_write_blank(pointer, UInt32(row), UInt16(column), format.pointer))
  }

  /// A live formula with the value it has now, so that a reader that does not calculate shows it too.
  func formula(
    _ row: Int, _ column: Int, _ formula: String, _ format: CellFormat, cached: Double
  ) throws(ExportError) {
    count(row)
    try check(
      worksheet_write_formula_num(
        pointer, UInt32(row), UInt16(column), formula, format.pointer, cached))
  }

  /// A live formula whose value now is the empty text.
  func emptyFormula(
    _ row: Int, _ column: Int, _ formula: String, _ format: CellFormat
  ) throws(ExportError) {
    count(row)
    try check(
      worksheet_write_formula_str(
        pointer, UInt32(row), UInt16(column), formula, format.pointer, ""))
  }

  /// A link to the first cell of a sheet of the same workbook.
  func link(
    _ row: Int, _ column: Int, to sheet: String, _ text: String, _ format: CellFormat
  ) throws(ExportError) {
    count(row)
    try check(
      worksheet_write_url_opt(
        pointer, UInt32(row), UInt16(column), "internal:\(quotedSheetName(sheet))!A1",
        format.pointer, cellText(text), nil))
  }

  /// A sentence that shows when the pointer rests on the cell.
  func comment(_ row: Int, _ column: Int, _ text: String) throws(ExportError) {
    let code = withMutableCStrings("Tieout", "Calibri") { author, font in
      var options = lxw_comment_options()
      options.author = author
      options.font_name = font
      options.font_size = 10
      options.width = 260
      options.height = UInt16(24 + 18 * (1 + min(text.utf8.count, 1_200) / 38))
      return worksheet_write_comment_opt(
        pointer, UInt32(row), UInt16(column), cellText(text), &options)
    }
    try check(code)
  }

  /// Sets the height of the row that is written next, or now.
  func setHeight(_ row: Int, lines: Int) throws(ExportError) {
    let height = min(15 * Double(lines), 405)  // Excel's highest is 409 points
    try check(worksheet_set_row(pointer, UInt32(row), height, nil))
  }

  /// - Parameter width: in characters of the default font.
  func setWidth(_ column: Int, _ width: Double) throws(ExportError) {
    try check(worksheet_set_column(pointer, UInt16(column), UInt16(column), width, nil))
  }

  /// Shows numbers of a block of cells in another format where the alert holds.
  func alert(
    _ rows: ClosedRange<Int>, _ columns: ClosedRange<Int>, _ alert: Alert, _ format: CellFormat
  ) throws(ExportError) {
    let criteria: lxw_conditional_criteria
    switch alert {
    case .never: return
    case .aboveZero: criteria = LXW_CONDITIONAL_CRITERIA_GREATER_THAN
    case .belowZero: criteria = LXW_CONDITIONAL_CRITERIA_LESS_THAN
    case .notZero: criteria = LXW_CONDITIONAL_CRITERIA_NOT_EQUAL_TO
    }
    var condition = lxw_conditional_format()
    condition.type = UInt8(LXW_CONDITIONAL_TYPE_CELL.rawValue)
    condition.criteria = UInt8(criteria.rawValue)
    condition.value = 0
    condition.format = format.pointer
    try check(
      worksheet_conditional_format_range(
        pointer, UInt32(rows.lowerBound), UInt16(columns.lowerBound), UInt32(rows.upperBound),
        UInt16(columns.upperBound), &condition))
  }
}
