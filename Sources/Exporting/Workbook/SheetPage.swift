import CXlsxWriter
import Measures
import Reporting

/// A sheet, or a part of a long one, laid out on a worksheet.
///
/// Row 1 holds the title, row 2 the subtitle, row 3 the way back to the cover, row 4 the header; rows
/// come after it, then the total row and the check row. Cells are written as they come; what they add
/// up to, and how wide the numbers are, is known at the end.
struct SheetPage {
  static let headerRow = 3
  static let firstRow = 4
  /// Rows of a worksheet that are not the report's: above it, and the totals below.
  static let ownRows = firstRow + 3

  let sheet: Sheet
  let worksheet: Worksheet
  let formats: CellFormats
  /// The cover's name; nil in a workbook without one.
  let cover: String?
  private(set) var columns: [PageColumn]
  /// By column; nil where its figures are written as they are.
  private let computed: [PageFormula?]

  init(_ sheet: Sheet, on worksheet: Worksheet, _ formats: CellFormats, cover: String?) {
    self.sheet = sheet
    self.worksheet = worksheet
    self.formats = formats
    self.cover = cover
    let columns = sheet.columns.enumerated().map { place, column in
      PageColumn(column, place: place, after: place > 0 ? sheet.columns[place - 1] : nil)
    }
    computed = columns.map { column in
      column.column.formula.map {
        PageFormula($0, in: columns, decimals: column.style.decimals)
      }
    }
    self.columns = columns
  }

  /// Writes the rows with everything around them.
  ///
  /// - Parameters:
  ///   - rows: the report's rows that go on this worksheet.
  ///   - earlier: the worksheets with the report's rows before these.
  ///   - isLast: whether the report ends here.
  mutating func write(
    _ rows: Range<Int>, after earlier: [PageTotals] = [], isLast: Bool = true,
    paper: Paper
  ) throws(ExportError) -> PageTotals? {
    measureText(rows)
    try writeTop()
    try setFilter(rows.count)
    try writeHeader()
    guard !rows.isEmpty else {
      try worksheet.text(Self.firstRow, 0, sheet.emptySentence, formats.plain)
      try finish(rows: nil, paper)
      return nil
    }
    try writeRows(rows)
    let place = Self.firstRow..<Self.firstRow + rows.count
    let totals = try writeTotals(place, after: earlier, isLast: isLast)
    try finish(rows: place, paper)
    return totals
  }

  /// Writes the title and a sentence in the place of rows.
  mutating func write(sentence: String, paper: Paper) throws(ExportError) {
    try writeTop()
    try worksheet.text(Self.headerRow, 0, sentence, formats.plain)
    columns = []
    try setUpPrint(paper)
  }

  private func writeTop() throws(ExportError) {
    try worksheet.text(0, 0, sheet.title, formats.title)
    try worksheet.text(1, 0, sheet.subtitle, formats.grey)
    if let cover { try worksheet.link(2, 0, to: cover, "‹ \(cover)", formats.link) }
  }

  /// The library refuses a filter, and a comment, once their row is behind it.
  private func setFilter(_ rows: Int) throws(ExportError) {
    guard rows > 0, !columns.isEmpty else { return }
    try worksheet.check(
      worksheet_autofilter(
        worksheet.pointer, UInt32(Self.headerRow), 0, UInt32(Self.headerRow + rows),
        UInt16(columns.count - 1)))
  }

  /// Decides the widths of text columns from the first rows, since a row's height, which depends on
  /// them, must be written with the row: not every program finds the height by itself.
  private mutating func measureText(_ rows: Range<Int>) {
    guard columns.contains(where: \.style.isText) else { return }
    sheet.forEachRow(rows.prefix(2_000)) { _, cells in
      for (place, cell) in cells.enumerated() {
        switch cell {
        case .id(let text), .text(let text): columns[place].widen(for: text)
        default: continue
        }
      }
    }
  }

  private func writeHeader() throws(ExportError) {
    let lines = columns.map { lineCount($0.column.title, width: $0.headerRoom) }.max() ?? 1
    try worksheet.setHeight(Self.headerRow, lines: max(2, lines))
    for (place, column) in columns.enumerated() {
      try worksheet.text(Self.headerRow, place, column.column.title, headerFormat(column))
      if !column.column.rule.isEmpty {
        try worksheet.comment(Self.headerRow, place, column.column.rule)
      }
    }
  }

  private func headerFormat(_ column: PageColumn) -> CellFormat {
    switch column.style.alignment {
    case LXW_ALIGN_LEFT: column.isIndented ? formats.indentedHeader : formats.textHeader
    case LXW_ALIGN_CENTER: formats.centeredHeader
    default: formats.numberHeader
    }
  }

  private mutating func writeRows(_ rows: Range<Int>) throws(ExportError) {
    try sheet.forEachRow(rows) { row, cells throws(ExportError) in
      let place = Self.firstRow + row - rows.lowerBound
      let lines = lines(cells)
      if lines > 1 { try worksheet.setHeight(place, lines: lines) }
      for column in columns.indices { try write(cells, place, column) }
    }
  }

  /// Lines of the tallest text in a row.
  private func lines(_ cells: borrowing [Cell]) -> Int {
    var lines = 1
    for column in columns.indices where columns[column].style.isText {
      switch cells[column] {
      case .id(let text), .text(let text):
        lines = max(lines, lineCount(text, width: columns[column].textRoom))
      default: continue
      }
    }
    return lines
  }

  private mutating func write(_ cells: [Cell], _ row: Int, _ column: Int) throws(ExportError) {
    let style = columns[column].style
    switch cells[column] {
    case .empty: return
    case .id(let text), .text(let text):
      guard !text.isEmpty else { return }
      let format = columns[column].isIndented ? formats.indentedText : formats.body(.text)
      try worksheet.text(row, column, text, format)
    case .day(let day):
      try worksheet.number(row, column, day.cellValue, formats.body(.day))
    case .flag(let value):
      try worksheet.text(row, column, value ? "yes" : "no", formats.body(.flag))
    case .money, .unitPrice, .quantity, .hours, .percentage, .integer:
      guard let units = cells[column].units, units != .min else { return }
      let own = CellStyle(cells[column])
      columns[column].add(units)
      columns[column].widen(to: numberWidth(Int128(units), decimals: own.decimals))
      let value = cellValue(Int128(units), decimals: own.decimals)
      let format = formats.body(own == .share ? style : own)
      guard let formula = computed[column] else {
        return try worksheet.number(row, column, value, format)
      }
      guard formula.units(cells) == Int128(units) else {
        throw wrongFormula(cells, row, column, formula)
      }
      try worksheet.formula(row, column, formula.text(row: row), format, cached: value)
    }
  }

  /// A figure that does not follow from its row as its report says: a fault of ours.
  private func wrongFormula(
    _ cells: [Cell], _ row: Int, _ column: Int, _ formula: PageFormula
  ) -> ExportError {
    .wrongFigure(
      place: "\(sheet.report), row \(row + 1)",
      why: "\(columns[column].column.key) is \(cells[column]) and not what its formula gives, "
        + "\(formula.units(cells).map { "\($0)" } ?? "nothing")")
  }

  /// Widens a column for a total that is wider than every row.
  mutating func widen(_ column: Int, to width: Double) { columns[column].widen(to: width) }

  private func finish(rows: Range<Int>?, _ paper: Paper) throws(ExportError) {
    for (place, column) in columns.enumerated() {
      try worksheet.setWidth(place, min(column.width, 120))
    }
    worksheet_freeze_panes(worksheet.pointer, UInt32(Self.firstRow), UInt16(frozenColumns))
    try setUpPrint(paper)
    try worksheet.check(
      worksheet_repeat_rows(worksheet.pointer, UInt32(Self.headerRow), UInt32(Self.headerRow)))
    // What stands above the table is the printed header's.
    try worksheet.check(
      worksheet_print_area(
        worksheet.pointer, UInt32(Self.headerRow), 0, UInt32(worksheet.lastRow),
        UInt16(max(1, columns.count) - 1)))
    guard let rows else { return }
    for (place, column) in columns.enumerated() {
      try worksheet.alert(
        rows.lowerBound...rows.upperBound - 1, place...place, column.column.alert, formats.alert)
    }
    let texts = columns.filter { $0.style.isText }.map { $0.range(rows) }
    if !texts.isEmpty {  // ids such as 0012 are meant to be text: no green corners
      try worksheet.check(
        worksheet_ignore_errors(
          worksheet.pointer, UInt8(LXW_IGNORE_NUMBER_STORED_AS_TEXT.rawValue),
          texts.joined(separator: " ")))
    }
  }

  /// The leading id and name columns, as far as they leave room for the figures.
  private var frozenColumns: Int {
    let leading = columns.prefix(2).prefix { $0.style.isText }
    return leading.reduce(0) { $0 + $1.width } > 62 ? 1 : leading.count
  }

  private func setUpPrint(_ paper: Paper) throws(ExportError) {
    let layout = PrintLayout(columns.map(\.width), repeated: frozenColumns, paper.landscapeWidth)
    worksheet_set_landscape(worksheet.pointer)
    worksheet_set_paper(worksheet.pointer, paper.rawValue)
    worksheet_fit_to_pages(worksheet.pointer, UInt16(layout.pagesWide), 0)
    if layout.pagesWide > 1, frozenColumns > 0 {
      try worksheet.check(
        worksheet_repeat_columns(worksheet.pointer, 0, UInt16(frozenColumns - 1)))
    }
    worksheet_set_margins(worksheet.pointer, PrintLayout.margin, PrintLayout.margin, 0.75, 0.6)
    let size = layout.headerSize
    try worksheet.check(
      worksheet_set_header(
        worksheet.pointer,
        "&L&\(size + 2)&\"Calibri,Bold\"\(printText(sheet.title, 80))"
          + "&R&\(size)&\"Calibri,Regular\"\(printText(sheet.subtitle, 110))"))
    try worksheet.check(
      worksheet_set_footer(worksheet.pointer, "&L&\(size)&A&C&\(size)Page &P of &N"))
  }
}

/// Text for a printed header, in which & begins a code.
func printText(_ text: String, _ limit: Int) -> String {
  let line = cellText(text).map { $0 == "\n" ? " " : $0 }
  return clippedText(
    String(line).split(separator: "&", omittingEmptySubsequences: false).joined(separator: "&&"),
    limit)
}
