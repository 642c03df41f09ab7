import Billing
import Ledger
import Measures
import Reporting
import Testing

struct EarnedRevenueTests {
  @Test func `half the cost spent earns half the contract`() {
    let earned = costToCost(contract: "1000000.00", cost: "425000.00", estimate: "850000.00")
    #expect(earned == "500000.00")
  }

  /// wip-02 [S22]: material in the yard earns its cost, and no profit.
  @Test func `uninstalled material is left out of the ratio`() {
    var made = DocumentsBook()
    made.customer("C-1")
    made.job("J-1", "C-1", contract: "5000000.00")
    made.estimate("J-1", "2026-12-31", "4000000.00", uninstalled: "1500000.00")
    let jobs = ContractStatusReport.sheet(
      made.position("2026-12-31", cost: ["J-1": "2000000.00"]))
    #expect(jobs.cell("J-1", "complete_pct") == .percentage("20"))
    #expect(jobs.money("J-1", "earned") == "2200000.00")
    #expect(jobs.money("J-1", "gross_profit") == "200000.00")
    #expect(
      costToCost(contract: "5000000.00", cost: "2000000.00", estimate: "4000000.00")
        == "2500000.00")
  }

  /// wip-05 [S24]: the year's estimate, not the percentage printed for it.
  @Test(
    arguments: [
      ("2013-12-31", "300000.00", "360000.00", "0.00", "12"),
      ("2014-12-31", "1400000.00", "1500000.00", "0.00", "50"),
      ("2015-12-31", "2263000.00", "2190000.00", "27000.00", "73"),
      ("2016-12-31", "3100000.00", "3000000.00", "0.00", "100"),
    ] as [(Day, Money, Money, Money, Percentage)])
  func `a contract turns into a loss`(
    day: Day, cost: Money, earned: Money, provision: Money, percentage: Percentage
  ) {
    var made = DocumentsBook()
    made.customer("C-1")
    made.job("J-1", "C-1", contract: "3000000.00")
    made.estimate("J-1", "2013-12-31", "2500000.00")
    made.estimate("J-1", "2014-12-31", "2800000.00")
    made.estimate("J-1", "2015-12-31", "3100000.00")
    let result = made.position(day, cost: ["J-1": cost]).earned.values[0]
    #expect(result.earned == earned)
    #expect(result.lossProvision == provision)
    #expect(result.completePercentage == percentage)
  }

  /// wip-13: a profitable job, and one whose whole loss shows whatever its progress.
  @Test(arguments: ["0.00", "100000.00", "320000.00"] as [Money])
  func `a portfolio with a loss job`(spent: Money) {
    var made = DocumentsBook()
    made.customer("C-1")
    made.job("J-1", "C-1", contract: "420000.00", estimate: "360000.00")
    made.job("J-2", "C-1", contract: "300000.00", estimate: "320000.00")
    let position = made.position("2026-12-31", cost: ["J-1": "240000.00", "J-2": spent])
    #expect(position.earned.values[0].earned == "280000.00")
    #expect(position.grossProfit(RowID(0)) == "40000.00")
    #expect(position.grossProfit(RowID(1)) - position.earned.values[1].lossProvision == "-20000.00")
  }

  @Test func `a change counts from its approval, with its cost until the next estimate`() {
    var made = DocumentsBook()
    made.customer("C-1")
    made.job("J-1", "C-1", contract: "186400.00", estimate: "148000.00")
    made.change("J-1", "2026-09-02", "8600.00", cost: "6300.00", approved: "2026-09-14")
    made.change("J-1", "2026-10-05", "4250.00", cost: "2900.00", approved: "2026-11-06")
    made.change("J-1", "2026-10-19", "1900.00", cost: "1100.00", .pending)
    made.estimate("J-1", "2026-09-30", "157800.00")
    func contract(_ day: Day) -> ContractValue { made.position(day).documents.contracts.values[0] }
    #expect(contract("2026-09-20").estimate == "154300.00")
    #expect(contract("2026-10-31").revised == "195000.00")
    #expect(contract("2026-10-31").pending == "6150.00")
    #expect(contract("2026-10-31").estimate == "157800.00")
    #expect(contract("2026-11-30").revised == "199250.00")
    #expect(contract("2026-11-30").estimate == "160700.00")
  }

  @Test func `on completion the contract is earned, and not before its day`() {
    var made = DocumentsBook()
    made.customer("C-1")
    made.job(
      "J-1", "C-1", contract: "14850.00", estimate: "10250.00", status: .complete,
      completed: "2026-11-06")
    let cost = ["J-1": "4100.00" as Money]
    let october = ContractStatusReport.sheet(made.position("2026-10-31", cost: cost))
    #expect(october.cell("J-1", "status") == .text("open"))
    #expect(october.money("J-1", "earned") == "5940.00")
    let november = ContractStatusReport.sheet(made.position("2026-11-30", cost: cost))
    #expect(november.cell("J-1", "status") == .text("complete"))
    #expect(november.money("J-1", "earned") == "14850.00")
    #expect(november.money("J-1", "underbilled") == "14850.00")
  }

  @Test func `without an estimate a contract earns its cost, and a person is told`() {
    var made = DocumentsBook()
    made.customer("C-1")
    made.job("J-1", "C-1", contract: "9800.00")
    let position = made.position("2026-10-31", cost: ["J-1": "3120.00"])
    let jobs = ContractStatusReport.sheet(position)
    #expect(jobs.money("J-1", "earned") == "3120.00")
    #expect(jobs.cell("J-1", "complete_pct") == .empty)
    #expect(position.findings.map(\.code) == ["no_estimate"])
    #expect(position.findings.map(\.place.line) == [2])
    #expect(
      made.position("2026-10-31", cost: ["J-1": "10000.00"]).earned.values[0].earned == "9800.00")
  }

  @Test func `an agreement earns by the days of its term`() {
    var made = DocumentsBook()
    made.customer("C-1")
    made.job(
      "J-1", "C-1", .serviceAgreement, contract: "14400.00", start: "2026-04-01",
      end: "2027-03-31")
    made.invoice("INV-1", "C-1", job: "J-1", "2026-10-01", subtotal: "10800.00")
    let jobs = ContractStatusReport.sheet(made.position("2026-10-31"))
    #expect(jobs.money("J-1", "earned") == "8442.74")  // 214 of 365 days
    #expect(jobs.money("J-1", "overbilled") == "2357.26")
    #expect(made.position("2027-12-31").earned.values[0].earned == "14400.00")
  }

  @Test func `a price by the unit earns what is installed by the latest progress`() {
    var made = DocumentsBook()
    made.customer("C-1")
    made.job("J-1", "C-1", .unitPrice, contract: "51870.00", estimate: "35900.00")
    made.units("J-1", "1", "1150", of: "24")
    made.units("J-1", "2", "4.25", of: "3000")
    made.progress("J-1", "1", "2026-08-20", "10")
    made.progress("J-1", "2", "2026-08-20", "1400")
    made.progress("J-1", "1", "2026-10-20", "19")
    made.progress("J-1", "1", "2026-11-20", "24")
    let earned = made.position("2026-10-31").earned.values[0].earned
    #expect(earned == "27800.00")  // 19 × 1150.00 + 1400 × 4.25
  }

  @Test func `no margin before the company's threshold, but losses at once`() {
    var made = DocumentsBook()
    made.book.company.zeroMarginBelow = "20"
    made.customer("C-1")
    made.job("J-1", "C-1", contract: "1000.00", estimate: "800.00")
    made.job("J-2", "C-1", contract: "1000.00", estimate: "1250.00")
    let early = made.position("2026-10-31", cost: ["J-1": "159.99", "J-2": "125.00"])
    #expect(early.earned.values.map(\.earned) == ["159.99", "100.00"])
    let late = made.position("2026-10-31", cost: ["J-1": "160.00"])
    #expect(late.earned.values[0].earned == "200.00")
  }

  @Test func `time and material earns what it billed and may bill, up to its limit`() {
    var made = DocumentsBook()
    made.customer("C-1")
    made.job("J-1", "C-1", .timeAndMaterials, limit: "10500.00")
    made.change("J-1", "2026-09-21", "1500.00", approved: "2026-09-24")
    made.invoice("INV-1", "C-1", job: "J-1", "2026-09-30", subtotal: "11246.00")
    var work = JobWork()
    work.unbilled.approved = "1024.00"
    let position = Position(book: made.book, asOf: "2026-10-31", work: JobWorks([work]))
    #expect(position.documents.cap.values == ["12000.00"])
    #expect(position.earned.values[0].earned == "12000.00")
    #expect(position.earned.values[0].underbilled == "754.00")
  }
}
