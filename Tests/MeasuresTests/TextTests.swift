import Measures
import Testing

@Test(
  arguments: [
    ("1284.50", 128_450), ("-5", -500), ("+0.1", 10), (".00", 0), ("7.", 700), ("0012", 1200),
    ("1.230", 123), ("9999999999.99", 999_999_999_999),
  ] as [(String, Int64)])
func `an amount is read from all its bytes`(text: String, cents: Int64) {
  #expect(Money(text)?.cents == cents)
}

// What Foundation's Decimal takes for a number (RELIABILITY D4), and other near misses.
@Test(arguments: [
  "", "-", ".", "1,234.56", "12abc", "1.234,56", "5.00-", "--5", "0x10", "1e3", " 1", "1 ", "$5",
  "(5)", "1.2.3", "0.001", "12345678901", "１２",
])
func `what is not just a number is refused`(text: String) {
  #expect(Money(text) == nil)
}

@Test func `a number is written with its decimals`() {
  #expect(Money(cents: -5).text == "-0.05")
  #expect(Money(cents: 128_450).text == "1284.50")
  #expect(Money(cents: -128_450_00).grouped == "-128,450.00")
  #expect(Percentage(units: 8_2500).shortText() == "8.25")
  #expect(Percentage(units: 40_0000).shortText(keeping: 2) == "40.00")
  #expect(UnitPrice.none.text == "")
}

@Test(arguments: [
  ("2026-10-31", true), ("2024-02-29", true), ("2026-02-29", false), ("2026-13-01", false),
  ("2026-1-01", false), ("26-10-31", false), ("2026/10/31", false), ("2026-10-31 ", false),
])
func `a day is one of the calendar, in ISO form`(text: String, isDay: Bool) {
  #expect((Day(text) != nil) == isDay)
  if isDay { #expect(Day(text)?.text == text) }
}

@Test func `every day from 1950 to 2128 comes back from its text, and no other is a day`() {
  var day = Day("1950-01-01") ?? .none
  for _ in 0..<65_379 {
    #expect(Day(day.text) == day)
    day = day + 1
  }
  #expect(day == Day("2129-01-01") ?? day)
  #expect(Day("1949-12-31") == nil && Day("2129-01-01") == nil)
  #expect(day + 100_000 < .never && Day.none < (Day("1950-01-01") ?? .none) + -100)
}

@Test func `a month ends on its last day`() {
  #expect(Month("2026-02")?.last.text == "2026-02-28")
  #expect(Month("2026-02")?.day(31).text == "2026-02-28")
  #expect(Month("2026-11")?.advanced(by: 3).text == "2027-02")
  #expect(Month("2026-01")?.advanced(by: -1).text == "2025-12")
}
