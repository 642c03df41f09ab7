import Exporting
import Foundation
import Measures
import Reporting
import Testing

struct XLSXWriterTests {
  static let cover = Cover(
    company: "Halvorsen", title: "Month-end pack", asOf: asOf, digest: "SHA-256 9f86d0",
    keyFigures: [KeyFigure("AR open", .money(Money(cents: 1_234_56)))],
    controlTotals: [
      ControlTotal(
        file: "invoices.csv", read: 12, used: 11, refused: 1, column: "total",
        sum: .money(Money(cents: 99_00)))
    ],
    tieOuts: [
      TieOut("Open balance", Money(cents: 1), "aging", equals: Money(cents: 1), "invoices")
    ],
    notes: ["1 row was set aside."])

  @Test func `totals are live formulas with their exact values beside them`() throws {
    let xml = try worksheet(1, of: [aging(3)])
    #expect(cell("B8", in: xml).contains("<f>SUBTOTAL(109,B5:B7)</f><v>300.33</v>"))
    #expect(value("C8", in: xml) == "75")
    #expect(value("A8", in: xml) == "Total")
  }

  @Test func `the check row takes the report's own sum from the rows`() throws {
    let xml = try worksheet(1, of: [aging(3)])
    #expect(value("A9", in: xml) == "Check (must be zero)")
    #expect(cell("B9", in: xml).contains("<f>ROUND(SUM(B5:B7)-(300.33),2)</f><v>0</v>"))
  }

  @Test func `a total percentage is the percentage of the totals`() throws {
    let xml = try worksheet(1, of: [aging(3)])
    #expect(
      cell("D8", in: xml).contains("<f>IF(ROUND(B8,2)=0,\"\",ROUND(C8/B8*100,4))</f><v>24.9725</v>")
    )
  }

  @Test func `a total percentage of nothing is empty`() throws {
    let columns = [
      SheetColumn(key: "a", title: "A", kind: .money, total: .sum),
      SheetColumn(key: "pct", title: "%", kind: .percentage, total: .percentage(of: "a", in: "a")),
    ]
    let xml = try worksheet(
      1, of: [sheet(columns, [[try money("5.00"), .empty], [try money("-5.00"), .empty]])])
    #expect(cell("B7", in: xml).contains("t=\"str\""))
    #expect(value("B7", in: xml) == "")
    #expect(value("A7", in: xml) == "0")
  }

  @Test(arguments: ["=1+2", "+1", "-5", "@x", "＝1", "0012", " lead", "3/4", "12345678901234567"])
  func `text and ids are string cells as they are`(text: String) throws {
    for kind in [CellKind.id, .text] {
      let xml = try worksheet(1, of: [textSheet(kind, [text])])
      #expect(cell("A5", in: xml).contains("t=\"inlineStr\""))
      #expect(value("A5", in: xml) == text)
      #expect(!xml.contains("<f>"))
    }
  }

  @Test(
    arguments: [
      ("a\u{0}b\u{1}c\u{B}", "abc"), ("two\r\nlines\r", "two\nlines\n"),
      ("_x0041_", "_x005F_x0041_"),
      ("_x00", "_x00"), ("<&>\"", "&lt;&amp;&gt;\""), ("\u{FFFE}x", "x"), ("東京 😀", "東京 😀"),
    ])
  func `what XML cannot hold is left out and the rest stays`(text: String, stored: String) throws {
    let xml = try worksheet(1, of: [textSheet(.text, [text])])
    #expect(value("A5", in: xml) == stored)
  }

  @Test func `text too long for a cell is cut and says so`() throws {
    let xml = try worksheet(1, of: [textSheet(.text, [String(repeating: "é", count: 40_000)])])
    #expect(value("A5", in: xml).utf16.count == 32_767)
    #expect(value("A5", in: xml).hasSuffix("(cut; whole in the CSV file)"))
  }

  @Test func `a percentage in a cell is the number in the CSV file`() throws {
    let columns = [SheetColumn(key: "pct", title: "%", kind: .percentage)]
    let xml = try worksheet(
      1, of: [sheet(columns, [[.percentage(Percentage(units: 8_2500))]])])
    #expect(value("A5", in: xml) == "8.25")
  }

  @Test func `a day is a date`() throws {
    let columns = [SheetColumn(key: "day", title: "Day", kind: .day)]
    let xml = try worksheet(1, of: [sheet(columns, [[.day(asOf)]])])
    #expect(value("A5", in: xml) == "46326")
  }

  @Test func `the header stays in sight, filters, and repeats on paper`() throws {
    let scratch = try Scratch()
    let path = try workbook([aging(3)], in: scratch)
    let xml = try part("xl/worksheets/sheet1.xml", of: path)
    #expect(xml.contains("<pane xSplit=\"1\" ySplit=\"4\" topLeftCell=\"B5\""))
    #expect(xml.contains("<autoFilter ref=\"A4:D7\"/>"))
    #expect(xml.contains("orientation=\"landscape\""))
    #expect(xml.contains("fitToHeight=\"0\""))
    #expect(xml.contains("Page &amp;P of &amp;N"))
    #expect(xml.contains("<conditionalFormatting sqref=\"C5:C7\"><cfRule type=\"cellIs\""))
    #expect(try part("xl/workbook.xml", of: path).contains("$4:$4"))
    #expect(try part("xl/comments1.xml", of: path).contains("At the day."))
  }

  @Test func `an empty report says so in a sentence`() throws {
    let xml = try worksheet(1, of: [aging(0)])
    #expect(value("A5", in: xml) == "No customer owes anything on 2026-10-31.")
    #expect(!xml.contains("<f>"))
  }

  @Test func `names of worksheets are clean, short and no two alike`() throws {
    let scratch = try Scratch()
    let titles = [
      "Over/under [billed]: all?", "A report with a title that is far too long for Excel",
      "A report with a title that is FAR too long for Excel", "History", "'quoted'", "",
    ]
    let pack = try Pack(replacing: "\(scratch.path)/oct", ours: ["month-end.xlsx"])
    let written = try XLSXWriter().write(
      titles.map { sheet([SheetColumn(key: "a", title: "A", kind: .text)], [], title: $0) },
      cover: Self.cover, as: "month-end.xlsx", in: pack)
    #expect(
      written.map(\.names) == [
        ["Over under billed all"], ["A report with a title that is …"],
        ["A report with a title that… (2)"], ["History (2)"], ["quoted"], ["Sheet"],
      ])
  }

  @Test func `a report above the limit is left to its CSV file and says so`() throws {
    var writer = XLSXWriter()
    writer.rowLimit = 1_000
    let xml = try worksheet(1, of: [aging(1_001)], writer: writer)
    #expect(
      value("A4", in: xml)
        == "This report has 1,001 rows, which are more than this workbook takes (1,000). "
        + "All of them are in ar-aging.csv.")
  }

  @Test func `a long report is split over worksheets and never cut`() throws {
    var writer = XLSXWriter()
    (writer.rowLimit, writer.rowsPerSheet, writer.splitsLarge) = (10, 27, true)
    let scratch = try Scratch()
    let path = try workbook([aging(50)], in: scratch, cover: Self.cover, writer: writer)
    let parts = try (2...4).map { try part("xl/worksheets/sheet\($0).xml", of: path) }
    #expect(value("A5", in: parts[0]) == "0000")
    #expect(value("A24", in: parts[0]) == "00019")
    #expect(value("A5", in: parts[1]) == "00020")
    #expect(value("A14", in: parts[2]) == "00049")
    #expect(value("A15", in: parts[2]) == "Total of this sheet")
    #expect(value("A17", in: parts[2]) == "Total of all sheets")
    // 50 × 100.10 + 0.01 × (0 + … + 49) = 5,005.00 + 12.25
    #expect(value("B17", in: parts[2]) == "5017.25")
    #expect(cell("B17", in: parts[2]).contains("'Accounts receivable aging (2)'!B25"))
  }

  @Test func `the cover leads to every sheet and back, and shows the checks`() throws {
    let scratch = try Scratch()
    let path = try workbook([aging(3)], in: scratch, cover: Self.cover)
    let cover = try part("xl/worksheets/sheet1.xml", of: path)
    let page = try part("xl/worksheets/sheet2.xml", of: path)
    #expect(cover.contains("location=\"'Accounts receivable aging'!A1\""))
    #expect(page.contains("location=\"'Cover'!A1\""))
    #expect(cover.contains("SUMPRODUCT(ABS('Accounts receivable aging'!B9:C9))</f><v>0</v>"))
    for text in [
      "Halvorsen", "As of 2026-10-31", "Inputs: SHA-256 9f86d0", "AR open", "1234.56",
      "Tie-outs: 1 of 1 passed", "invoices.csv", "1 row was set aside.",
    ] {
      #expect(cover.contains(">\(text)<"))
    }
  }

  @Test func `the same sheets give the same bytes, on threads of their own too`() async throws {
    let scratch = try Scratch()
    _ = try workbook([aging(500)], in: scratch, as: "alone", cover: Self.cover)
    let alone = try scratch.bytes("alone/month-end.xlsx")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<8 {
        group.addTask {
          _ = try workbook([aging(500)], in: scratch, as: "beside-\(number)", cover: Self.cover)
        }
      }
      try await group.waitForAll()
    }
    for number in 0..<8 {
      #expect(try scratch.bytes("beside-\(number)/month-end.xlsx") == alone)
    }
    #expect(try scratch.mode("alone/month-end.xlsx") == 0o600)
    #expect(try scratch.names("alone") == ["month-end.xlsx"])
  }
}
