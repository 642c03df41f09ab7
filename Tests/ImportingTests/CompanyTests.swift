import Foundation
import Importing
import Ledger
import Measures
import Testing

/// The findings of a text, a line each: `3 billing.closeout unknown_word`.
private func findings(_ text: String) -> [String] {
  readCompany(text, file: "company.toml").findings.map {
    "\($0.place.line) \($0.place.column) \($0.code)"
  }
}

struct CompanyTests {
  @Test func `an empty file is a company with every default`() {
    let reading = readCompany("", file: "company.toml")
    #expect(reading.findings.isEmpty)
    #expect(reading.company.currency == "USD")
    #expect(reading.company.aging.buckets == [30, 60, 90])
    #expect(reading.company.billing.closeout == .require)
  }

  @Test func `the sample's company is read without a fault`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let file = folder.appending(path: "../../sample-data/company.toml")
    let reading = readCompany(try String(contentsOf: file, encoding: .utf8), file: "company.toml")
    #expect(reading.findings == [])
    #expect(reading.company.name == "Cedar Ridge Mechanical & Electrical, Inc.")
    #expect(reading.company.accounts.count == 21)
    #expect(reading.company.allowance.matrix.count == 5)
    #expect(reading.company.billing.costMarkupByKind.count == CostKind.allCases.count)
  }

  @Test func `every section sets its policies`() {
    let reading = readCompany(
      """
      name = "Cedar Ridge"
      currency = "CAD"
      [rounding]
      amounts = "half_even"
      tax = "line"
      [aging]
      buckets = [15, 45]
      deposit_requests = false
      [billing]
      trip_charge = "45.50"
      minimum_visit_hours = 2
      cost_markup_pct = "15"
      cost_markup_pct_permit = "0"
      [finance_charges]
      rate_pct = "1.5"
      grace_days = 10
      [allowance]
      matrix = [
        { days = 0, pct = "0.5" },
        { days = 31, pct = "8" },
      ]
      [borrowing_base]
      concentration_pct = "30"
      cross_aging_pct = "10"
      [accounts]
      receivable = "1200 Accounts receivable"
      [dates]
      invoices = "M/d/yyyy"
      """, file: "company.toml")
    let company = reading.company
    #expect(reading.findings.isEmpty)
    #expect(company.name == "Cedar Ridge" && company.currency == "CAD")
    #expect(company.rounding == .halfEven && company.taxRounding == .line)
    #expect(company.aging.buckets == [15, 45] && !company.aging.depositRequests)
    #expect(company.billing.tripCharge == money("45.50"))
    #expect(company.billing.minimumVisitHours == Hours("2"))
    #expect(company.billing.costMarkup == percentage("15"))
    #expect(company.billing.costMarkupByKind == [.permit: .zero])
    #expect(company.financeCharges.rate == percentage("1.5"))
    #expect(company.financeCharges.graceDays == 10)
    #expect(company.allowance.matrix.map(\.days) == [0, 31])
    #expect(company.allowance.matrix.map(\.rate) == [percentage("0.5"), percentage("8")])
    #expect(company.borrowingBase.concentration == percentage("30"))
    #expect(company.borrowingBase.crossAging == percentage("10"))
    #expect(company.accounts == [.receivable: "1200 Accounts receivable"])
    #expect(reading.dates == ["invoices": "M/d/yyyy"])
  }

  @Test func `every fault is found at once, each on its line`() {
    let text = """
      # policies
      name = 5
      curency = "USD"
      [billing]
      closeout = "requires"   # not a word
      trip_charge = 45.5
      time_increment_minutes = "15"
      [colections]
      dso = "period"
      [aging]
      buckets = [30, 30]
      [discounts]
      tolerance = "0.005"
      [allowance]
      matrix = [
        { days = 31, pct = "8" },
        { days = 1, pct = "two" },
        { days = 1, pct = "2" },
      ]
      [accounts]
      recievable = "1200"
      [dates]
      invoice = "M/d/yyyy"
      payments = "M/d"
      """
    #expect(
      findings(text) == [
        "2 name wrong_type",
        "3 curency unknown_key",
        "5 billing.closeout unknown_word",
        "6 billing.trip_charge unquoted_float",
        "7 billing.time_increment_minutes wrong_type",
        "8 colections unknown_section",
        "11 aging.buckets not_rising",
        "13 discounts.tolerance too_many_decimals",
        "17 allowance.matrix.pct not_a_number",
        "18 allowance.matrix not_rising",
        "21 accounts.recievable unknown_key",
        "23 dates.invoice unknown_key",
        "24 dates.payments not_a_date_form",
      ])
  }

  @Test(arguments: [
    ("closeuot = \"warn\"", "closeout"),
    ("closeout = \"warm\"", "warn"),
  ])
  func `a misspelling gets the word that was meant`(line: String, word: String) {
    let findings = readCompany("[billing]\n\(line)", file: "company.toml").findings
    #expect(findings.first?.remedy == "did you mean \"\(word)\"?")
  }

  @Test func `a key of another section is sent there`() {
    let findings = readCompany("[billing]\nbuckets = [30]", file: "company.toml").findings
    #expect(findings.first?.remedy == "it is a key of [aging]: move it there")
  }

  @Test func `an unquoted amount is shown as it stands in the file`() {
    let findings = readCompany("[billing]\ntrip_charge = 45.10 # a visit", file: "f.toml").findings
    #expect(findings.first?.value == "45.10")
    #expect(findings.first?.remedy == "write it in quotes: \"45.10\"")
  }

  @Test func `a text that is no TOML is one finding with its line`() {
    #expect(findings("name = \"A\"\n[billing\ncloseout = 1").count == 1)
    #expect(findings("name = \"A\"\n\nname = \"B\"") == ["3  toml_syntax"])
    #expect(findings("name = \"A\u{0}B\"") == ["1  toml_syntax"])
  }

  /// On some of these TOMLKit alone ends the program.
  @Test(arguments: [
    "a = [ } ]", "a = [ , ]", "[ } ]", "[a.]", "a = 2026-10-31 1", "a = require", "a =", "a", "= 1",
    "a = \"x", "a = 1 2", "[a\nb = 1", "ä = 1",
    "a = " + String(repeating: "[", count: 100_000),
    "a = " + String(repeating: "{a=", count: 100_000),
  ])
  func `a faulty text is refused and ends nothing`(text: String) {
    #expect(findings("# policies\n" + text) == ["2  toml_syntax"])
  }

  @Test(arguments: [
    "billing.closeout = \"never\"",
    "billing = { open_jobs = true, closeout = \"never\" }",
    "\"billing\".\"closeout\" = \"never\"",
    "[ billing ]\r\n  closeout=\"never\"",
    "\u{FEFF}[billing]\n# [aging]\nopen_jobs = true\n\ncloseout = 'never'",
    "name = \"\"\"\n[billing]\ncloseout = 1\"\"\"\n[billing]\ncloseout = \"never\"",
  ])
  func `a line is found however the key is written`(text: String) {
    let line = text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
    #expect(findings(text).last == "\(line) billing.closeout unknown_word")
  }

  @Test(arguments: ["JPY", "usd", "Euro"])
  func `amounts need a currency with hundredths`(code: String) {
    #expect(findings("currency = \"\(code)\"") == ["1 currency not_a_currency"])
  }
}
