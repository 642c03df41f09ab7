import Exporting
import Measures
import Reporting
import Testing

struct CSVWriterTests {
  @Test func `the header is the keys and each value is raw`() throws {
    let kinds: [CellKind] = [
      .id, .text, .money, .unitPrice, .quantity, .hours, .percentage, .integer, .day, .flag,
    ]
    let columns = kinds.map { SheetColumn(key: "\($0)", title: "A title", kind: $0, total: .sum) }
    let row: [Cell] = [
      .id("0012"), .text("Acme"), try money("1284567.50"), .unitPrice(UnitPrice(units: 85_0000)),
      .quantity(Quantity(units: 12_5000)), .hours(Hours(units: 7_2500)),
      .percentage(Percentage(units: 8_2500)), .integer(-31), .day(asOf), .flag(true),
    ]
    #expect(
      try csv(sheet(columns, [row])) == """
        id,text,money,unitPrice,quantity,hours,percentage,integer,day,flag
        0012,Acme,1284567.50,85.00,12.5,7.25,8.25,-31,2026-10-31,yes

        """)
  }

  @Test(
    arguments: [
      // units of four decimals: as a percentage, as hours
      (0, "0.00", "0"), (8_8750, "8.875", "8.875"), (100_0000, "100.00", "100"),
      (-12_3456, "-12.3456", "-12.3456"), (5000, "0.50", "0.5"),
    ] as [(Int64, String, String)])
  func `a number shows no decimals that say nothing`(
    units: Int64, percentage: String, hours: String
  ) throws {
    let columns = [
      SheetColumn(key: "pct", title: "", kind: .percentage),
      SheetColumn(key: "hours", title: "", kind: .hours),
    ]
    let row: [Cell] = [.percentage(Percentage(units: units)), .hours(Hours(units: units))]
    #expect(try csv(sheet(columns, [row])) == "pct,hours\n\(percentage),\(hours)\n")
  }

  @Test func `an empty cell is nothing between two commas`() throws {
    let columns = ["a", "b", "c"].map { SheetColumn(key: $0, title: $0, kind: .money) }
    #expect(try csv(sheet(columns, [[.empty, try money("-0.05"), .empty]])) == "a,b,c\n,-0.05,\n")
  }

  @Test func `a row of one empty cell is no empty line`() throws {
    #expect(
      try csv(sheet([SheetColumn(key: "a", title: "", kind: .day)], [[.empty]])) == "a\n\"\"\n")
  }

  @Test func `a negative amount stays a number`() throws {
    let column = SheetColumn(key: "open", title: "Open", kind: .money)
    #expect(try csv(sheet([column], [[try money("-5.00")]])) == "open\n-5.00\n")
  }

  @Test(
    arguments: [
      "=1+2", "+1", "-5.00", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\r\n=1", "＝1", "＋1", "－1", "＠1",
      "  =1", "\u{A0}=1", "\u{3000}=1", "\u{FEFF}=1", "\u{200B}=1", "=\u{301}1", "\u{1}=1",
      "=cmd|'/c calc'!A1", "=\"0012\"",
    ], [CellKind.id, .text])
  func `text that starts like a formula gets one apostrophe`(text: String, kind: CellKind) throws {
    let quoted = text.split(separator: "\"", omittingEmptySubsequences: false).joined(
      separator: "\"\"")
    #expect(try csv(textSheet(kind, [text])) == "name\n\"'\(quoted)\"\n")
  }

  @Test(arguments: ["=1+2", "-5.00", "＠1"])
  func `for machines nothing is guarded`(text: String) throws {
    #expect(try csv(textSheet(.text, [text]), guard: .none) == "name\n\(text)\n")
  }

  @Test(
    arguments: [
      ("Acme", "Acme"), ("0012", "0012"), ("3/4", "3/4"), ("O'Brien", "O'Brien"), ("a=b", "a=b"),
      ("Smith, Jones", "\"Smith, Jones\""), ("6\" pipe", "\"6\"\" pipe\""),
      ("two\nlines", "\"two\nlines\""), (" lead", "\" lead\""), ("東京", "東京"), ("", "\"\""),
    ])
  func `a field is quoted where it must be`(text: String, field: String) throws {
    #expect(try csv(textSheet(.text, [text])) == "name\n\(field)\n")
  }

  @Test func `a long sheet is written whole`() throws {
    let written = try csv(aging(40_000))
    let lines = written.split(separator: "\n")
    #expect(lines.count == 40_001)
    #expect(lines[0] == "customer_id,open,over_90,over_90_pct")
    #expect(lines[40_000] == "00039999,500.09,25.00,")
  }
}
