import Billing
import Ledger
import Measures
import Testing

/// DOMAIN §6.11 [S38, S81, S82].
struct EarlyDiscountTests {
  private static let day: Day = "2026-10-01"

  /// What a payment settles of an invoice of 1,000.00 and its tax.
  private func settle(
    _ amount: Money, of open: Money? = nil, tax: Money = .zero, terms: String = "2/10 Net 30",
    after days: Int = 10, base: Company.Discounts.Base = .net,
    taxPolicy: Company.Discounts.Tax = .never, tolerance: Money = .zero,
    _ rounding: Rounding = .halfAwayFromZero
  ) throws -> EarlyDiscount.Settled {
    var policy = Company.Discounts()
    (policy.base, policy.tax, policy.tolerance) = (base, taxPolicy, tolerance)
    let total: Money = "1000.00" + tax
    let early = EarlyDiscount(
      try #require(PaymentTerms(terms)), net: "1000.00", total: total, invoiceDay: Self.day,
      on: Self.day + days, policy)
    return early.settle(open ?? total, with: amount, rounding)
  }

  @Test func `980.00 settle 1,000.00 within ten days, the tenth included`() throws {
    let paid = try settle("980.00")
    #expect(paid.applied == "980.00")
    #expect(paid.discount == "20.00")
    let late = try settle("980.00", after: 11)
    #expect(late.applied == "980.00")
    #expect(late.discount == "0.00")
  }

  /// [S38]: 2 % of the 1,000.00 before tax, or of the 1,080.00 with it.
  @Test(
    arguments: [
      (.net, .never, "1060.00", "20.00"), (.net, .always, "1060.00", "20.00"),
      (.net, .onEarlyPayment, "1058.40", "21.60"), (.total, .never, "1058.40", "21.60"),
    ] as [(Company.Discounts.Base, Company.Discounts.Tax, Money, Money)])
  func `the policy says whether tax is discounted`(
    base: Company.Discounts.Base, tax: Company.Discounts.Tax, amount: Money, discount: Money
  ) throws {
    let paid = try settle("2000.00", tax: "80.00", base: base, taxPolicy: tax)
    #expect(paid.applied == amount)
    #expect(paid.discount == discount)
  }

  /// [S81]: paid ÷ (1 − p) × p; with tax, 530.00 and 10.00 are half of 1,060.00 and 20.00.
  @Test(
    arguments: [
      ("490.00", "0.00", "10.00"), ("530.00", "80.00", "10.00"), ("100.00", "0.00", "2.04"),
    ] as [(Money, Money, Money)])
  func `a part payment earns its grossed-up share`(
    amount: Money, tax: Money, discount: Money
  ) throws {
    let paid = try settle(amount, tax: tax)
    #expect(paid.applied == amount)
    #expect(paid.discount == discount)
  }

  /// What is open after other payments is discounted, not the invoice again.
  @Test func `the rest of an invoice earns the discount of the rest`() throws {
    let paid = try settle("490.00", of: "500.00")
    #expect(paid.applied == "490.00")
    #expect(paid.discount == "10.00")
  }

  @Test(
    arguments: [(0, "20.00"), (10, "20.00"), (11, "10.00"), (20, "10.00"), (21, "0.00")]
      as [(Int, Money)])
  func `the first window that holds decides`(days: Int, discount: Money) throws {
    let paid = try settle("1000.00", terms: "1/20 2/10 Net 30", after: days)
    #expect(paid.discount == discount)
    #expect(paid.applied == "1000.00" - discount)
  }

  @Test func `cash before the invoice is early`() throws {
    #expect(try settle("980.00", after: -5).discount == "20.00")
  }

  /// [S82]: three cents short of 980.00 count as paid, six do not and are owed.
  @Test func `a rest within the tolerance counts as paid`() throws {
    let near = try settle("979.97", tolerance: "0.05")
    #expect(near.applied == "979.97")
    #expect(near.discount == "20.00")
    #expect(near.tolerance == "0.03")
    let short = try settle("979.94", tolerance: "0.05")
    #expect(short.applied == "979.94")
    #expect(short.discount == "20.00")  // 19.9988 grossed up
    #expect(short.tolerance == "0.00")
    let late = try settle("999.97", after: 11, tolerance: "0.05")
    #expect(late.tolerance == "0.00")  // nothing is tolerated without a discount
  }

  /// 2 % of 1,000.25 is 20.005.
  @Test(arguments: [(.halfAwayFromZero, "20.01"), (.halfEven, "20.00")] as [(Rounding, Money)])
  func `the discount is rounded once, as the company rounds`(
    rounding: Rounding, discount: Money
  ) throws {
    #expect(try settle("1000.25", of: "1000.25", rounding).discount == discount)
  }

  @Test(arguments: 0..<200)
  func `nothing is settled beyond what is open or paid`(seed: UInt64) throws {
    var random = SplitMix(seed)
    func amount(_ below: Int) -> Money { Money(cents: Int64(random.next(below) + 1)) }
    let (open, paid) = (amount(100_000), amount(120_000))
    let (tax, tolerance) = (amount(9_000), Money(cents: Int64(random.next(10))))
    let settled = try settle(
      paid, of: open, tax: tax, after: random.next(12), tolerance: tolerance)
    #expect(settled.applied <= paid)
    #expect(settled.applied >= .zero && settled.discount >= .zero)
    #expect(settled.tolerance >= .zero && settled.tolerance <= tolerance)
    #expect(settled.applied + settled.discount + settled.tolerance <= open)
    if paid >= open {
      #expect(settled.applied + settled.discount + settled.tolerance == open)
    }
  }
}
