import CXlsxWriterAlone
import Foundation
import Measures
import Reporting

/// The cells of a sheet, ready to be written by the library alone: the bound that XLSX writing is
/// measured against. The same cells, number formats and mode; no widths, totals, links, read-back.
struct LibraryCells: Sendable {
  private enum Value: Sendable {
    case empty
    case number(Double)
    case text(Int)
  }
  private let columns: Int
  private var values: [Value] = []
  private var texts: [[CChar]] = []
  private var formats: [String?] = []

  init(_ sheet: Sheet) {
    columns = sheet.columns.count
    formats = sheet.columns.map { column in
      switch column.kind {
      case .id, .text, .flag: nil
      case .money: "#,##0.00_);(#,##0.00);\"-\"??_)"
      case .day: "yyyy-mm-dd"
      default: "#,##0.00??_);(#,##0.00??)"
      }
    }
    sheet.forEachRow(0..<sheet.rowCount) { _, cells in
      for cell in cells { add(cell) }
    }
  }

  private mutating func add(_ cell: Cell) {
    switch cell {
    case .empty: values.append(.empty)
    case .id(let text), .text(let text): add(text)
    case .flag(let value): add(value ? "yes" : "no")
    case .day(let day): values.append(.number(Double(day.number) + 25_569))
    case .money(let money): values.append(.number(Double(money.units) / 100))
    case .integer(let value): values.append(.number(Double(value)))
    case .unitPrice, .quantity, .hours, .percentage:
      values.append(.number(Double(cell.units ?? 0) / 10_000))
    }
  }

  private mutating func add(_ text: String) {
    guard !text.isEmpty else { return values.append(.empty) }
    values.append(.text(texts.count))
    texts.append(Array(text.utf8CString))
  }

  func write(to path: String) {
    var options = lxw_workbook_options()
    options.constant_memory = 1
    guard let workbook = workbook_new_opt(path, &options),
      let sheet = workbook_add_worksheet(workbook, "Contract status")
    else { preconditionFailure("libxlsxwriter begins a workbook") }
    let formats = formats.map { number in
      let format = workbook_add_format(workbook)
      if let number { format_set_num_format(format, number) }
      return format
    }
    var (row, column) = (UInt32(0), 0)
    for value in values {
      switch value {
      case .empty: break
      case .number(let number):
        worksheet_write_number(sheet, row, UInt16(column), number, formats[column])
      case .text(let place):
        worksheet_write_string(sheet, row, UInt16(column), texts[place], formats[column])
      }
      column += 1
      if column == columns { (row, column) = (row + 1, 0) }
    }
    guard workbook_close(workbook) == LXW_NO_ERROR else {
      preconditionFailure("libxlsxwriter writes a workbook")
    }
  }
}
