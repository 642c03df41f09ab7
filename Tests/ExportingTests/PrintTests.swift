import Exporting
import Foundation
import Measures
import Reporting
import Testing

/// How a workbook looks on paper.
struct PrintTests {
  /// A money column is 12 characters wide, (12 × 7 + 5) × 0.8 = 71.2 points; Letter has 792 − 57.6 = 734.4
  /// between its margins, and at 46 % room for 1,596.5: 22 columns are 1,566.4, 23 are 1,637.6. Printed
  /// headers of 21 points at 46.9 % come to 10, as 11 do at 89.7 %.
  @Test(arguments: [(22, nil, 21), (23, 2, 11), (3, nil, 10)] as [(Int, Int?, Int)])
  func `a sheet goes on as many pages as keep its text at five points`(
    columns: Int, pages: Int?, headerSize: Int
  ) throws {
    let xml = try worksheet(
      1,
      of: [
        sheet(
          (0..<columns).map { SheetColumn(key: "c\($0)", title: "A", kind: .money) },
          [Array(repeating: try money("5.00"), count: columns)])
      ])
    #expect(xml.contains("fitToWidth=") == (pages != nil))
    if let pages { #expect(xml.contains("fitToWidth=\"\(pages)\"")) }
    #expect(xml.contains("&amp;\(headerSize)Page &amp;P of &amp;N"))
  }

  @Test func `what is printed begins with the header, as titles stand in the page's own`() throws {
    let scratch = try Scratch()
    let path = try workbook([aging(3)], in: scratch)
    let names = try part("xl/workbook.xml", of: path)
    #expect(names.contains("'Accounts receivable aging'!$A$4:$D$9</definedName>"))
    let xml = try part("xl/worksheets/sheet1.xml", of: path)
    #expect(xml.contains("Accounts receivable aging&amp;R"))
  }

  @Test func `text beside a number on its left is indented, other text is not`() throws {
    func kinds(_ kinds: [CellKind]) throws -> String {
      try worksheet(
        1,
        of: [
          sheet(
            kinds.enumerated().map { SheetColumn(key: "c\($0)", title: "A", kind: $1) },
            [try kinds.map { $0 == .money ? try money("5.00") : .text("x") }])
        ])
    }
    let (beside, apart) = (try kinds([.text, .money, .text]), try kinds([.text, .text, .money]))
    #expect(style("C5", in: beside) != style("A5", in: beside))
    #expect(style("B5", in: apart) == style("A5", in: apart))
  }

  /// Without the blank row that a width measured too large would leave below it.
  @Test func `a row is as high as its text, and no higher`() throws {
    let xml = try worksheet(
      1,
      of: [
        textSheet(
          .text,
          [
            "Summit Property Group - Harbor Point Tower",
            "Lobby air handler: deposit recovered at 25 % of each draw above 10 %",
          ])
      ])
    #expect(row(5, in: xml).contains("ht=") == false)
    #expect(row(6, in: xml).contains("ht=\"30\""))
  }

  @Test func `the cover's control totals begin a page of their own`() throws {
    let scratch = try Scratch()
    let path = try workbook([aging(3)], in: scratch, cover: XLSXWriterTests.cover)
    let xml = try part("xl/worksheets/sheet1.xml", of: path)
    #expect(xml.contains("orientation=\"portrait\""))
    let title = try #require(xml.range(of: "Control totals of the files read"))
    let cell = try #require(xml[..<title.lowerBound].range(of: "r=\"A", options: .backwards))
    let above = try #require(Int(xml[cell.upperBound...].prefix { $0.isNumber })) - 1
    #expect(xml.contains("<brk id=\"\(above)\""))
  }

  private func style(_ name: String, in xml: String) -> Substring {
    cell(name, in: xml).split(separator: " s=\"").dropFirst().first?.prefix { $0.isNumber } ?? ""
  }

  /// A row's own tag.
  private func row(_ number: Int, in xml: String) -> Substring {
    xml.split(separator: "<row r=\"\(number)\"").dropFirst().first?.prefix { $0 != ">" } ?? ""
  }
}
