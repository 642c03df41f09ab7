import Billing
import Ledger
import Measures
import Testing

/// The allowance on random books, where documents are overpaid and balances fall below zero.
struct AllowanceTests {
  @Test(arguments: 0..<40)
  func `customers' parts add up to what is required, each within a cent a step`(
    seed: UInt64
  ) throws {
    var random = SplitMix(seed)
    var book = BalanceLawTests().randomBook(&random).book
    book.company.allowance.matrix = [
      Company.Allowance.Step(days: 1, rate: Percentage(units: 1_2345)),
      Company.Allowance.Step(days: 20, rate: Percentage(units: 7_5000)),
      Company.Allowance.Step(days: 75, rate: Percentage(units: 33_3333)),
    ]
    for day in [20, 75, 140, 240] {
      let asOf = ("2026-01-01" as Day) + day
      let balances = DocumentBalances(book, asOf: asOf)
      let allowance = Allowance(book, balances, CustomerBalances(book, balances))
      #expect(allowance.steps.map(\.key) == ["not_due", "days_1_19", "days_20_74", "over_74"])
      #expect(allowance.byCustomer.values.sum() == allowance.steps.map(\.required).sum())
      var open = [Int: Int64]()
      var exact = [Int: Int128]()
      for row in book.invoices.rows where book.isReceivable(row) {
        let late = asOf - book.dueDate(ofInvoice: row)
        let step = late >= 75 ? 3 : late >= 20 ? 2 : late >= 1 ? 1 : 0
        let amount = balances[row].open.units
        open[step, default: 0] += amount
        exact[book.invoices.customer[row].row, default: 0] +=
          Int128(amount) * [0, 1_2345, 7_5000, 33_3333][step]
      }
      #expect(allowance.steps.map(\.open.units) == (0..<4).map { open[$0] ?? 0 })
      for customer in book.customers.ids {
        let part = Int128(allowance.byCustomer[customer].units) * 100_0000
        let off = (part - (exact[customer.row] ?? 0)).magnitude
        #expect(off < 3 * 100_0000, "seed \(seed), \(asOf.text), customer \(customer.row)")
      }
    }
  }

  /// 4 % of what is not due is late a month on, of that 25 %, 50 %, and 80 % of the rest is lost:
  /// 0.04 × 0.25 × 0.5 × 0.8 = 0.4 %, 10 %, 40 %, 80 %. A third stays a third.
  @Test func `a step's loss is the product of all the rolls to come`() throws {
    var allowance = Company.Allowance()
    allowance.rollRates = zip([0, 1, 31, 61], [4_0000, 25_0000, 50_0000, 80_0000]).map {
      Company.Allowance.Step(days: $0, rate: Percentage(units: $1))
    }
    let matrix = AllowanceMatrix(allowance)
    #expect(matrix.losses.map(\.percentage.units) == [4000, 10_0000, 40_0000, 80_0000])
    // 33.3333 % of 66.6667 % of 12.3457 % of 1,000,000.00, exact: 27,434.8752.
    allowance.rollRates = zip([0, 31, 61], [33_3333, 66_6667, 12_3457]).map {
      Company.Allowance.Step(days: $0, rate: Percentage(units: $1))
    }
    let first = try #require(AllowanceMatrix(allowance).losses.first)
    let exact = Int128(33_3333) * 66_6667 * 12_3457
    #expect(first.numerator * 1_000_000_000_000_000_000 == exact * first.denominator)
    let million = Money(cents: 1_000_000_00)
    #expect(million.times(first, .halfAwayFromZero) == Money(cents: 27_434_88))
  }

  @Test(
    arguments: [
      ([0, 1, 31, 61, 91], ["not_due", "days_1_30", "days_31_60", "days_61_90", "over_90"]),
      ([0, 31], ["days_0_30", "over_30"]),
      ([31], ["days_0_30", "over_30"]),
      ([0], ["all"]),
      ([], []),
    ] as [([Int], [String])])
  func `a step ends before the next, and days before the first are one too`(
    days: [Int], keys: [String]
  ) {
    var allowance = Company.Allowance()
    allowance.matrix = days.map { Company.Allowance.Step(days: $0, rate: .whole) }
    let matrix = AllowanceMatrix(allowance)
    #expect(matrix.steps.indices.map(matrix.key) == keys)
  }
}
