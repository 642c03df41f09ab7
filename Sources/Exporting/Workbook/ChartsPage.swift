import CXlsxWriter
import Reporting

/// The sheet of pictures: each beside the small table that it draws.
struct ChartsPage {
  private let worksheet: Worksheet
  private let workbook: ChartMaker
  private let formats: CellFormats
  private static let chartColumn = 4
  /// Rows that a picture takes, the heading above it included.
  private static let chartRows = 20

  init(on worksheet: Worksheet, _ workbook: ChartMaker, _ formats: CellFormats) {
    (self.worksheet, self.workbook, self.formats) = (worksheet, workbook, formats)
  }

  func write(_ charts: [Chart], cover: String, paper: Paper) throws(ExportError) {
    try worksheet.text(0, 0, "Charts", formats.title)
    try worksheet.link(1, 0, to: cover, "‹ \(cover)", formats.link)
    var row = 3
    var breaks = [UInt32]()
    for (place, chart) in charts.enumerated() {
      if place > 0, place % 2 == 0 { breaks.append(UInt32(row)) }
      try write(chart, at: row)
      row += max(Self.chartRows, chart.categories.count + 4)
    }
    for (column, width) in [24.0, 18, 18, 3].enumerated() {
      try worksheet.setWidth(column, width)
    }
    worksheet_gridlines(worksheet.pointer, UInt8(LXW_HIDE_ALL_GRIDLINES.rawValue))
    worksheet_set_landscape(worksheet.pointer)
    worksheet_set_paper(worksheet.pointer, paper.rawValue)
    worksheet_set_print_scale(worksheet.pointer, 60)
    if !breaks.isEmpty {
      breaks.append(0)  // the library's end mark
      try worksheet.check(worksheet_set_h_pagebreaks(worksheet.pointer, &breaks))
    }
    try worksheet.check(worksheet_set_footer(worksheet.pointer, "&L&A&CPage &P of &N"))
  }

  private func write(_ chart: Chart, at top: Int) throws(ExportError) {
    try worksheet.text(top, 0, chart.title, formats.heading)
    try worksheet.text(top + 1, 0, "", formats.textHeader)
    for (place, series) in chart.series.enumerated() {
      try worksheet.text(top + 1, place + 1, series.name, formats.plainNumberHeader)
    }
    for (place, category) in chart.categories.enumerated() {
      try worksheet.text(top + 2 + place, 0, category, formats.body(.text))
      for (column, series) in chart.series.enumerated() {
        let (cell, style) = (series.values[place], CellStyle(series.values[place]))
        guard let units = cell.units else { continue }
        try worksheet.number(
          top + 2 + place, column + 1, cellValue(Int128(units), decimals: style.decimals),
          formats.body(style))
      }
    }
    try draw(chart, at: top)
  }

  private func draw(_ chart: Chart, at top: Int) throws(ExportError) {
    let picture = try workbook.makeChart(chart.shape)
    let rows = (first: top + 2, last: top + 1 + chart.categories.count)
    let sheet = quotedSheetName(worksheet.name)
    func range(_ column: Int) -> String {
      let letters = columnLetters(column)
      return "=\(sheet)!$\(letters)$\(rows.first + 1):$\(letters)$\(rows.last + 1)"
    }
    for place in chart.series.indices {
      let series = chart_add_series(picture, range(0), range(place + 1))
      guard let series else { throw .workbook(path: worksheet.name, why: "out of memory") }
      chart_series_set_name(series, "=\(sheet)!$\(columnLetters(place + 1))$\(top + 2)")
      var line = lxw_chart_line()
      line.color = Self.colors[place % Self.colors.count]
      line.width = 2.25
      var fill = lxw_chart_fill()
      fill.color = line.color
      if chart.shape == .lines {
        chart_series_set_line(series, &line)
      } else {
        chart_series_set_fill(series, &fill)
      }
    }
    chart_title_set_name(picture, chart.title)
    var font = lxw_chart_font()
    font.size = 12
    font.bold = UInt8(LXW_TRUE.rawValue)
    chart_title_set_name_font(picture, &font)
    if chart.series.count == 1 {
      chart_legend_set_position(picture, UInt8(LXW_CHART_LEGEND_NONE.rawValue))
    } else {
      chart_legend_set_position(picture, UInt8(LXW_CHART_LEGEND_BOTTOM.rawValue))
      if chart.shape == .bars { chart_set_series_overlap(picture, 100) }
    }
    setUpAxes(picture, chart)
    var options = lxw_chart_options()
    (options.x_scale, options.y_scale) = (1.35, 1.25)
    options.y_offset = 4  // its frame would else be drawn on the page before
    try worksheet.check(
      worksheet_insert_chart_opt(
        worksheet.pointer, UInt32(top), UInt16(Self.chartColumn), picture, &options))
  }

  /// Whole amounts on the axis; names of categories beside it, though values are negative.
  private func setUpAxes(_ picture: UnsafeMutablePointer<lxw_chart>, _ chart: Chart) {
    let lies = chart.shape == .bars  // then the library's x axis is still the one that lies
    let categories = lies ? picture.pointee.y_axis : picture.pointee.x_axis
    let amounts = lies ? picture.pointee.x_axis : picture.pointee.y_axis
    chart_axis_set_name(categories, chart.categoryAxis)
    chart_axis_set_name(amounts, chart.valueAxis)
    var font = lxw_chart_font()
    font.size = 9
    chart_axis_set_name_font(categories, &font)
    chart_axis_set_name_font(amounts, &font)
    chart_axis_set_num_format(amounts, "#,##0")
    chart_axis_set_label_position(categories, UInt8(LXW_CHART_AXIS_LABEL_POSITION_LOW.rawValue))
    var grid = lxw_chart_line()
    grid.color = 0xD9D9D9
    chart_axis_major_gridlines_set_line(amounts, &grid)
    guard lies else { return }
    // The first category on top, as in the table, and the amounts still below.
    chart_axis_set_reverse(categories)
    chart_axis_set_crossing_max(categories)
  }

  private static let colors: [UInt32] = [0x2F5597, 0x8497B0, 0x7F7F7F]
}

/// What makes charts of a workbook: they belong to it and are freed with it.
struct ChartMaker {
  private let pointer: UnsafeMutablePointer<lxw_workbook>?
  private let path: String

  init(_ pointer: UnsafeMutablePointer<lxw_workbook>?, path: String) {
    (self.pointer, self.path) = (pointer, path)
  }

  func makeChart(_ shape: Chart.Shape) throws(ExportError) -> UnsafeMutablePointer<lxw_chart> {
    let type =
      switch shape {
      case .columns: LXW_CHART_COLUMN
      case .bars: LXW_CHART_BAR
      case .lines: LXW_CHART_LINE
      }
    guard let chart = workbook_add_chart(pointer, UInt8(type.rawValue)) else {
      throw .workbook(path: path, why: "out of memory")
    }
    return chart
  }
}
