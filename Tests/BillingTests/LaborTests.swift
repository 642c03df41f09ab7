import Billing
import Ledger
import Measures
import Testing

struct LaborTests {
  /// Worked example tm-01 (Bellingham Plumbers): 2 h × 66.00 × 1.5.
  @Test func `overtime is the regular rate times its multiplier`() {
    var book = WorkBook()
    book.job("J")
    book.rate("standard", "Plumber", "REG", "66")
    book.hours("T1", "J", "2026-10-05", "2", "OT")
    let line = book.worked().time("T1")
    #expect(line.price == "198.00")
    #expect(line.unitPrice == "99")
    #expect(line.cost == "150.00")  // 2 × 40 × 1.5 = 120, and 25 % burden on it
  }

  @Test func `cost and burden are rounded from one exact product`() {
    var book = WorkBook()
    book.technician("U", "Plumber", "38.3333", burden: "20.5")
    book.job("J", .fixedPrice)
    book.hours("T1", "J", "2026-10-05", "7.25", "OT", by: "U")
    let job = book.worked().job("J")
    #expect(job.cost.labor == "416.87")  // 7.25 × 38.3333 × 1.5 = 416.8746…
    #expect(job.cost.burden == "85.46")  // 20.5 % of 416.8746… = 85.4593
  }

  @Test func `a line's own rates are taken, the cost rate with the multiplier`() {
    var book = WorkBook()
    book.job("J")
    book.hours("T1", "J", "2026-10-05", "3", "DT", rate: "150", cost: "41")
    let line = book.worked().time("T1")
    #expect(line.price == "450.00")  // final: no multiplier
    #expect(line.cost == "307.50")  // 3 × 41 × 2 = 246.00 + 61.50
  }

  @Test func `cards are asked in turn, each by pay type, then by REG`() {
    var book = WorkBook()
    book.customer("L", card: "special")
    book.job("J", customer: "L")
    book.rate("special", "Plumber", "REG", "110")
    book.rate("standard", "Plumber", "OT", "999")
    book.rate("standard", "Plumber", "TRAVEL", "65", from: "2026-07-01")
    book.rate("standard", "Apprentice", "REG", "74")
    book.technician("A", "Apprentice", "22", burden: "20")
    book.hours("T1", "J", "2026-10-05", "1", "OT")
    book.hours("T2", "J", "2026-10-05", "1", "TRAVEL")
    book.hours("T3", "J", "2026-10-05", "1", by: "A")
    let worked = book.worked()
    #expect(worked.time("T1").price == "165.00")  // 110 × 1.5 of the customer's card
    #expect(worked.time("T2").price == "110.00")
    #expect(worked.time("T3").price == "74.00")  // only the company's card has the role
  }

  @Test func `a rate counts from its day, and before it there is none`() {
    var book = WorkBook()
    book.job("J")
    book.rate("standard", "Plumber", "REG", "118", from: "2026-01-01")
    book.rate("standard", "Plumber", "REG", "124", from: "2026-07-01")
    book.hours("T1", "J", "2025-12-31", "1")
    book.hours("T2", "J", "2026-06-30", "1")
    book.hours("T3", "J", "2026-07-01", "1")
    let worked = book.worked()
    #expect(["T1", "T2", "T3"].map { worked.time($0).price } == ["0.00", "118.00", "124.00"])
    #expect(worked.time("T1").standing == "no_rate")
    #expect(worked.job("J").unbilled.hours.text == "3.0000")
    #expect(worked.work.findings.map(\.amount) == ["50.00"])  // the cost at stake
  }

  @Test(
    arguments: [
      (.nearest, "1.12", "100.00"), (.nearest, "1.125", "125.00"), (.up, "1.01", "125.00"),
      (.down, "1.24", "100.00"), (.up, "-1.01", "-125.00"),
    ] as [(Company.Billing.Direction, String, Money)])
  func `hours bill by the quarter and cost as they were`(
    direction: Company.Billing.Direction, hours: String, price: Money
  ) throws {
    var book = WorkBook()
    book.book.company.billing.timeIncrementMinutes = 15
    book.book.company.billing.timeRounding = direction
    book.job("J")
    book.rate("standard", "Plumber", "REG", "100")
    book.hours("T1", "J", "2026-10-05", try #require(Hours(hours)))
    #expect(book.worked().time("T1").price == price)
    #expect(book.worked().time("T1").quantity.text == Hours(hours)?.text)
  }

  @Test func `cost plus bills burdened cost and a percentage, or a fee as cost is spent`() {
    var book = WorkBook()
    book.job("P", .costPlus, fee: "12")
    book.job("F", .costPlus, feeAmount: "1800", estimate: "12000")
    book.hours("T1", "P", "2026-10-05", "8")
    book.hours("T2", "F", "2026-10-05", "8")
    book.cost("K1", "F", "2026-10-06", "3900.00")
    let worked = book.worked()
    #expect(worked.time("T1").price == "448.00")  // (320 + 80) × 1.12
    #expect(worked.time("T2").price == "460.00")  // 400 + 1,800 × 400 ÷ 12,000
    #expect(worked.cost("K1").price == "4485.00")
  }

  @Test func `a technician without a row on the day costs nothing and is a finding`() {
    var book = WorkBook()
    book.technician("N", "Plumber", "40", burden: "25", from: "2026-10-10")
    book.job("J", .fixedPrice)
    book.hours("T1", "J", "2026-10-09", "8", by: "N")
    let worked = book.worked()
    #expect(worked.job("J").cost.total == "0.00")
    #expect(worked.codes == ["no_technician"])
  }

  @Test func `a product that does not fit is an error that names the line`() {
    var book = WorkBook()
    book.job("J")
    book.hours("T1", "J", "2026-10-09", "24", rate: "9999999999", cost: "1")
    let worked = book.worked()
    #expect(worked.work.findings.first?.code == "overflow")
    #expect(worked.work.findings.first?.severity == .error)
    #expect(worked.work.findings.first?.place == Place(file: "timesheets.csv", line: 2))
    #expect(worked.failures == [])
  }
}
