import Exporting
import Measures
import Reporting
import Testing

/// Figures that a reviewer can recompute on the sheet, and pictures of them.
struct LiveFigureTests {
  private static let columns = [
    SheetColumn(key: "job_id", title: "Job", kind: .id),
    SheetColumn(key: "earned", title: "Earned", kind: .money, total: .sum),
    SheetColumn(key: "billed", title: "Billed", kind: .money, total: .sum),
    SheetColumn(
      key: "difference", title: "Difference", kind: .money, total: .sum,
      formula: .sum("earned", "-billed")),
    SheetColumn(
      key: "underbilled", title: "Underbilled", kind: .money, total: .sum,
      formula: .aboveZero("earned", "-billed")),
    SheetColumn(
      key: "billed_pct", title: "Billed %", kind: .percentage,
      formula: .percentage(["billed"], of: ["earned"])),
  ]

  private func row(
    _ earned: String, _ billed: String, _ difference: String, _ underbilled: String,
    _ share: Int64?
  ) throws -> [Cell] {
    [
      .id("J-1"), try money(earned), try money(billed), try money(difference),
      try money(underbilled), share.map { .percentage(Percentage(units: $0)) } ?? .empty,
    ]
  }

  @Test func `a figure that follows from its row is a formula with its value beside it`() throws {
    let rows = [
      try row("300.00", "100.01", "199.99", "199.99", 33_3367),
      try row("100.00", "130.00", "-30.00", "0.00", 130_0000),
      try row("0.00", "5.00", "-5.00", "0.00", nil),
    ]
    let xml = try worksheet(1, of: [sheet(Self.columns, rows)])
    #expect(cell("D5", in: xml).contains("<f>ROUND(B5-C5,2)</f><v>199.99</v>"))
    #expect(cell("E6", in: xml).contains("<f>MAX(0,ROUND(B6-C6,2))</f><v>0</v>"))
    #expect(
      cell("F5", in: xml)
        .contains("<f>IF(ROUND(B5,2)=0,\"\",ROUND((C5)/(B5)*100,4))</f><v>33.3367</v>"))
    #expect(cell("F7", in: xml).isEmpty)
  }

  @Test(arguments: [
    ["300.00", "100.00", "200.01", "200.00"], ["100.00", "130.00", "-30.00", "0.01"],
  ])
  func `a figure that is not what its formula gives refuses the workbook`(
    texts: [String]
  ) throws {
    let scratch = try Scratch()
    let rows = [try row(texts[0], texts[1], texts[2], texts[3], nil)]
    #expect(throws: ExportError.self) {
      try workbook([sheet(Self.columns, rows)], in: scratch)
    }
    #expect(try scratch.names().allSatisfy { $0 != "pack" })
  }

  private func cover(_ cents: Int64) -> Cover {
    var cover = XLSXWriterTests.cover
    cover.keyFigures = [
      KeyFigure(
        "Not over 90, net", .money(Money(cents: cents)),
        [
          KeyFigure.Term("ar-aging", "open"),
          KeyFigure.Term("ar-aging", "over_90", isMinus: true),
        ]),
      KeyFigure(
        "Elsewhere", .money(Money(cents: 700)), [KeyFigure.Term("no-such-report", "open")]),
    ]
    return cover
  }

  @Test func `a key figure is the sum of its columns and has a name`() throws {
    let scratch = try Scratch()
    // 100.10 + 100.11 + 100.12 less three times 25.00
    let path = try workbook([aging(3)], in: scratch, cover: cover(225_33))
    let xml = try part("xl/worksheets/sheet1.xml", of: path)
    #expect(
      xml.contains(
        "<f>ROUND(SUM('Accounts receivable aging'!B5:B7)-SUM('Accounts receivable aging'!C5:C7),2)"
          + "</f><v>225.33</v>"))
    #expect(xml.contains("<v>7</v>"))
    let names = try part("xl/workbook.xml", of: path)
    #expect(names.contains("<definedName name=\"Not_over_90_net\">'Cover'!$B$"))
  }

  @Test func `a key figure that is not the sum of its sheet refuses the workbook`() throws {
    let scratch = try Scratch()
    #expect(throws: ExportError.self) {
      try workbook([aging(3)], in: scratch, cover: cover(225_34))
    }
  }

  @Test func `charts stand behind the cover, each drawn from the table beside it`() throws {
    let scratch = try Scratch()
    var cover = XLSXWriterTests.cover
    cover.charts = [
      Chart(
        "Open by age", .columns, axes: ("Past due", "USD"), ["Not due", "Over 90"],
        [Chart.Series("Open", [try money("5.00"), try money("7.50")])])
    ]
    let path = try workbook([aging(3)], in: scratch, cover: cover)
    let table = try part("xl/worksheets/sheet2.xml", of: path)
    #expect(value("A4", in: table) == "Open by age")
    #expect(value("A7", in: table) == "Over 90")
    #expect(value("B7", in: table) == "7.5")
    let chart = try part("xl/charts/chart1.xml", of: path)
    #expect(chart.contains("<c:f>'Charts'!$A$6:$A$7</c:f>"))
    #expect(chart.contains("<c:f>'Charts'!$B$6:$B$7</c:f>"))
    for text in ["Open by age", "Past due", "USD"] { #expect(chart.contains("<a:t>\(text)</a:t>")) }
    #expect(
      try part("xl/worksheets/sheet3.xml", of: path).contains("location=\"'Cover'!A1\""))
  }
}
