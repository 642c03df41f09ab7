import CXlsxWriter
import Measures
import Reporting

/// The cover, written after the sheets that it lists.
struct CoverPage {
  let cover: Cover
  let worksheet: Worksheet
  let formats: CellFormats
  private var row = 0
  /// The row that begins the second page on paper; 0 where there is none.
  private var pageBreak = 0
  /// The names of the key figures, and their cells.
  private(set) var names: [(name: String, cell: String)] = []

  init(_ cover: Cover, on worksheet: Worksheet, _ formats: CellFormats) {
    self.cover = cover
    self.worksheet = worksheet
    self.formats = formats
  }

  mutating func write(_ sheets: [ListedSheet], paper: Paper) throws(ExportError) {
    try line(cover.company, formats.title)
    try line(cover.title, formats.heading)
    try line("As of \(cover.asOf.text)", formats.plain)
    if !cover.digest.isEmpty { try line("Inputs: \(cover.digest)", formats.grey) }
    try writeKeyFigures(sheets)
    try writeTieOuts()
    try writeSheets(sheets)
    try writeControlTotals()
    try writeNotes()
    try finish(paper)
  }

  private mutating func line(_ text: String, _ format: CellFormat) throws(ExportError) {
    if !text.isEmpty { try worksheet.text(row, 0, text, format) }
    row += 1
  }

  private mutating func heading(_ text: String) throws(ExportError) {
    row += 1
    try line(text, formats.heading)
  }

  /// A header row; the title of a column of text begins with a blank, that of numbers does not.
  private mutating func header(_ titles: [String]) throws(ExportError) {
    for (place, title) in titles.enumerated() {
      let format =
        place == 0
        ? formats.textHeader
        : title.hasPrefix(" ") ? formats.indentedHeader : formats.plainNumberHeader
      try worksheet.text(row, place, String(title.drop { $0 == " " }), format)
    }
    row += 1
  }

  private mutating func writeKeyFigures(_ sheets: [ListedSheet]) throws(ExportError) {
    guard !cover.keyFigures.isEmpty else { return }
    try heading("Key figures")
    let totals = Dictionary(
      sheets.filter(\.isWhole).compactMap { sheet in sheet.totals.map { (sheet.report, $0) } },
      uniquingKeysWith: { first, _ in first })
    for figure in cover.keyFigures {
      try worksheet.text(row, 0, figure.label, formats.body(.text))
      let style = CellStyle(figure.value)
      if let formula = try formula(of: figure, totals), let units = figure.value.units {
        try worksheet.formula(
          row, 1, "=ROUND(\(formula),\(style.decimals))", formats.body(style),
          cached: cellValue(Int128(units), decimals: style.decimals))
      } else {
        try write(figure.value, column: 1)
      }
      names.append((name(of: figure), "='\(worksheet.name)'!$B$\(row + 1)"))
      try worksheet.alert(row...row, 1...1, figure.alert, formats.alert)
      row += 1
    }
  }

  /// Sums over the columns of the sheets; nil where one of them is not there.
  ///
  /// - Throws: where the sheets do not add up to the figure.
  private func formula(
    of figure: KeyFigure, _ totals: [String: PageTotals]
  ) throws(ExportError) -> String? {
    var (text, sum) = ("", Int128(0))
    for term in figure.terms {
      guard let column = totals[term.report]?.columns[term.key] else { return nil }
      text += term.isMinus ? "-" : text.isEmpty ? "" : "+"
      text += "SUM(\(column.range))"
      sum += term.isMinus ? -column.sum : column.sum
    }
    guard !figure.terms.isEmpty, let units = figure.value.units else { return nil }
    guard sum == Int128(units) else {
      throw .wrongFigure(
        place: worksheet.name, why: "\(figure.label) is \(units) and its sheets add up to \(sum)")
    }
    return text
  }

  /// A figure's name in formulas: its words with lines between.
  private func name(of figure: KeyFigure) -> String {
    figure.label.split { !$0.isLetter && !$0.isNumber }.joined(separator: "_")
  }

  private mutating func writeTieOuts() throws(ExportError) {
    guard !cover.tieOuts.isEmpty else { return }
    let passed = cover.tieOuts.count { $0.passed }
    try heading("Tie-outs: \(passed) of \(cover.tieOuts.count) passed")
    let failed = cover.tieOuts.filter { !$0.passed }
    guard !failed.isEmpty else { return }
    try header(["Did not tie out", "Left", "Right", "Difference"])
    for tieOut in failed {
      try worksheet.text(row, 0, tieOut.name, formats.body(.text))
      try write(.money(tieOut.left), column: 1)
      try write(.money(tieOut.right), column: 2)
      try write(.money(tieOut.difference), column: 3)
      try worksheet.alert(row...row, 3...3, .notZero, formats.alert)
      row += 1
    }
  }

  /// The list of sheets, each with its check row summed up: one look shows that all are zero.
  private mutating func writeSheets(_ sheets: [ListedSheet]) throws(ExportError) {
    guard !sheets.isEmpty else { return }
    try heading("Sheets")
    try header(["Sheet", "Rows", "Check (must be zero)", " Also as"])
    let first = row
    for sheet in sheets {
      try worksheet.link(row, 0, to: sheet.name, sheet.name, formats.link)
      try write(.integer(sheet.rows), column: 1)
      if let check = sheet.totals?.checkRange {
        try worksheet.formula(
          row, 2, "=SUMPRODUCT(ABS(\(check)))", formats.check(.money), cached: 0)
      }
      try worksheet.text(row, 3, sheet.file, formats.indented)
      row += 1
    }
    try worksheet.alert(first...row - 1, 2...2, .notZero, formats.alert)
  }

  private mutating func writeControlTotals() throws(ExportError) {
    guard !cover.controlTotals.isEmpty else { return }
    pageBreak = row + 1
    try heading("Control totals of the files read")
    try header(["File", "Rows read", "Used", "Refused", " Column", "Sum"])
    var last: String?
    for total in cover.controlTotals {
      if total.file != last {
        try worksheet.text(row, 0, total.file, formats.body(.text))
        try write(.integer(total.read), column: 1)
        try write(.integer(total.used), column: 2)
        try write(.integer(total.refused), column: 3)
        try worksheet.alert(row...row, 3...3, .aboveZero, formats.alert)
        last = total.file
      }
      if !total.column.isEmpty {
        try worksheet.text(row, 4, total.column, formats.indented)
        try write(total.sum, column: 5)
      }
      row += 1
    }
  }

  private mutating func writeNotes() throws(ExportError) {
    guard !cover.notes.isEmpty else { return }
    try heading("Notes")
    for note in cover.notes {
      for text in wrappedLines(note, width: 140) { try line(text, formats.plain) }
    }
  }

  private func write(_ cell: Cell, column: Int) throws(ExportError) {
    let format = formats.body(CellStyle(cell))
    switch cell {
    case .empty: return
    case .id(let text), .text(let text): try worksheet.text(row, column, text, format)
    case .flag(let value): try worksheet.text(row, column, value ? "yes" : "no", format)
    case .day(let day): try worksheet.number(row, column, day.cellValue, format)
    case .money, .unitPrice, .quantity, .hours, .percentage, .integer:
      let value = cellValue(Int128(cell.units ?? 0), decimals: CellStyle(cell).decimals)
      try worksheet.number(row, column, value, format)
    }
  }

  private func finish(_ paper: Paper) throws(ExportError) {
    let widths = [34.0, 18, 20, 28, 20, 19]
    for (column, width) in widths.enumerated() { try worksheet.setWidth(column, width) }
    worksheet_gridlines(worksheet.pointer, UInt8(LXW_HIDE_ALL_GRIDLINES.rawValue))
    worksheet_set_portrait(worksheet.pointer)
    worksheet_set_paper(worksheet.pointer, paper.rawValue)
    // Not fitted to a page: programs that fit a sheet leave its page breaks out.
    let layout = PrintLayout(widths, repeated: 0, paper.portraitWidth)
    // A little less, since a program that measures wider would leave a column for another page.
    worksheet_set_print_scale(worksheet.pointer, UInt16(layout.scale * 96))
    worksheet_set_margins(worksheet.pointer, PrintLayout.margin, PrintLayout.margin, 0.75, 0.75)
    if pageBreak > 0 {
      var breaks = [UInt32(pageBreak), 0]  // 0 is the library's end mark
      try worksheet.check(worksheet_set_h_pagebreaks(worksheet.pointer, &breaks))
    }
    try worksheet.check(
      worksheet_set_footer(
        worksheet.pointer, "&L\(printText(cover.company, 80))&CPage &P of &N"))
  }
}

/// A sheet as the cover lists it.
struct ListedSheet {
  let name: String
  let report: String
  let rows: Int
  /// Whether it holds all rows of its report.
  let isWhole: Bool
  let file: String
  /// Nil where no column is summed, or no row written.
  let totals: PageTotals?
}
