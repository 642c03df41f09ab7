import CXlsxWriter
import Reporting

/// A format of cells in one workbook.
struct CellFormat {
  let pointer: UnsafeMutablePointer<lxw_format>

  init(_ pointer: UnsafeMutablePointer<lxw_format>) { self.pointer = pointer }
}

/// The formats of one workbook.
///
/// Red is kept for what needs a person. A percentage is the number that the CSV file has, 8.25, with the sign as text, so
/// that the cell's value and the file's are the same.
struct CellFormats {
  let title: CellFormat
  let heading: CellFormat
  let plain: CellFormat
  let grey: CellFormat
  let indented: CellFormat
  let link: CellFormat
  let alert: CellFormat
  let textHeader: CellFormat
  /// Room on the right for the filter's arrow.
  let numberHeader: CellFormat
  /// Over a column of days or flags.
  let centeredHeader: CellFormat
  /// Over numbers without a filter.
  let plainNumberHeader: CellFormat
  let indentedHeader: CellFormat
  let indentedText: CellFormat
  private let body: [CellFormat]
  private let totals: [CellFormat]
  private let checks: [CellFormat]

  func body(_ style: CellStyle) -> CellFormat { body[style.rawValue] }
  func total(_ style: CellStyle) -> CellFormat { totals[style.rawValue] }
  func check(_ style: CellStyle) -> CellFormat { checks[style.rawValue] }

  init(_ workbook: borrowing Workbook) throws(ExportError) {
    func make(_ change: (UnsafeMutablePointer<lxw_format>) -> Void) throws(ExportError)
      -> CellFormat
    {
      let format = try workbook.addFormat()
      change(format.pointer)
      return format
    }
    func header(_ alignment: lxw_format_alignments, indent: UInt8 = 0) throws(ExportError)
      -> CellFormat
    {
      try make {
        if indent > 0 { format_set_indent($0, indent) }
        format_set_bold($0)
        format_set_text_wrap($0)
        format_set_align($0, UInt8(alignment.rawValue))
        format_set_align($0, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
        format_set_bg_color($0, 0xDCE6F1)
        format_set_bottom($0, UInt8(LXW_BORDER_THIN.rawValue))
      }
    }
    func styled(
      _ vertical: lxw_format_alignments,
      _ change: (UnsafeMutablePointer<lxw_format>, CellStyle) -> Void
    ) throws(ExportError) -> [CellFormat] {
      var formats = [CellFormat]()
      for style in CellStyle.allCases {
        formats.append(
          try make { format in
            if let number = style.numberFormat { format_set_num_format(format, number) }
            format_set_align(format, UInt8(style.alignment.rawValue))
            format_set_align(format, UInt8(vertical.rawValue))
            change(format, style)
          })
      }
      return formats
    }
    title = try make {
      format_set_bold($0)
      format_set_font_size($0, 14)
    }
    heading = try make {
      format_set_bold($0)
      format_set_font_size($0, 12)
    }
    func atTop(_ format: UnsafeMutablePointer<lxw_format>) {
      format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    }
    plain = try make(atTop)
    grey = try make {
      atTop($0)
      format_set_font_color($0, 0x595959)
    }
    indented = try make {
      atTop($0)
      format_set_indent($0, 1)
      format_set_font_color($0, 0x595959)
    }
    link = try make {
      atTop($0)
      format_set_font_color($0, 0x0563C1)
      format_set_underline($0, UInt8(LXW_UNDERLINE_SINGLE.rawValue))
    }
    alert = try make {
      format_set_font_color($0, 0x9C0006)
      format_set_bg_color($0, 0xFFC7CE)
    }
    textHeader = try header(LXW_ALIGN_LEFT)
    numberHeader = try header(LXW_ALIGN_RIGHT, indent: 2)
    centeredHeader = try header(LXW_ALIGN_CENTER)
    plainNumberHeader = try header(LXW_ALIGN_RIGHT)
    indentedHeader = try header(LXW_ALIGN_LEFT, indent: 1)
    indentedText = try make {
      atTop($0)
      format_set_align($0, UInt8(LXW_ALIGN_LEFT.rawValue))
      format_set_indent($0, 1)
      format_set_text_wrap($0)
    }
    body = try styled(LXW_ALIGN_VERTICAL_TOP) { format, style in
      if style.isText { format_set_text_wrap(format) }
    }
    totals = try styled(LXW_ALIGN_VERTICAL_CENTER) { format, _ in
      format_set_bold(format)
      format_set_top(format, UInt8(LXW_BORDER_THIN.rawValue))
      format_set_bottom(format, UInt8(LXW_BORDER_DOUBLE.rawValue))
    }
    checks = try styled(LXW_ALIGN_VERTICAL_CENTER) { format, _ in
      format_set_font_color(format, 0x595959)
      format_set_italic(format)
      format_set_num_format(format, "0.00_);(0.00)")
    }
  }
}
