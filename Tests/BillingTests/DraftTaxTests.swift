import Billing
import Ledger
import Measures
import Testing

struct DraftTaxTests {
  /// 45.30 at 5 % and 33.45 at 10 % of one jurisdiction: exactly 2.265 and 3.345, together 5.61.
  private static var twoRates: TaxBook {
    var made = TaxBook()
    made.rate("LOW", "VAT", "5")
    made.rate("HIGH", "VAT", "10")
    return made
  }

  /// tm-08 [S39, S40].
  @Test(
    arguments: [
      (.invoice, .halfAwayFromZero, ["2.27", "3.34"], "5.61"),
      (.line, .halfAwayFromZero, ["2.27", "3.35"], "5.62"),
      (.invoice, .halfEven, ["2.27", "3.34"], "5.61"),
      (.line, .halfEven, ["2.26", "3.34"], "5.60"),
    ] as [(Company.TaxRounding, Rounding, [Money], Money)])
  func `tax is rounded once a component or once a line`(
    per: Company.TaxRounding, rounding: Rounding, tax: [Money], total: Money
  ) {
    var made = Self.twoRates
    made.book.company.taxRounding = per
    made.book.company.rounding = rounding
    let lines = [made.line("45.30", "LOW"), made.line("33.45", "HIGH")]
    let taxed = made.taxed(lines)
    #expect(taxed.lines == tax)
    #expect(taxed.by.map(\.tax) == tax)
    #expect(taxed.by.map(\.base) == ["45.30", "33.45"])
    #expect(taxed.by.map(\.rate) == ["5", "10"])
    #expect(taxed.by.map(\.tax).sum() == total)

    let credit = made.taxed([made.line("-45.30", "LOW"), made.line("-33.45", "HIGH")])
    #expect(credit.lines == tax.map { -$0 })
    #expect(credit.by.map(\.tax).sum() == -total)
  }

  /// 6.25 % of 100.20 is 6.2625, 2.375 % of it 2.37975: 8.64, not 8.6423 rounded together.
  @Test func `components are rounded apart, and codes that share one together`() {
    var made = TaxBook()
    made.rate("IN", "State", "6.25")
    made.rate("IN", "City", "2.375")
    made.rate("OUT", "State", "6.25")
    let one = made.taxed([made.line("100.20", "IN")])
    #expect(one.lines == ["8.64"])
    #expect(made.byComponent(one.by) == ["State": "6.26", "City": "2.38"])

    // State: 0.625 and 0.625, exactly 1.25; each rounded by itself would be 1.26.
    let two = made.taxed([made.line("10.00", "IN"), made.line("10.00", "OUT")])
    #expect(made.byComponent(two.by) == ["State": "1.25", "City": "0.24"])
    #expect(two.lines == ["0.87", "0.62"])
    #expect(two.by.map(\.tax) == ["0.63", "0.24", "0.62"])
  }

  @Test(
    arguments: [
      ("2025-12-31", "0.00"), ("2026-01-01", "5.00"), ("2026-06-30", "5.00"),
      ("2026-07-01", "6.00"), ("2027-01-01", "6.00"),
    ] as [(Day, Money)])
  func `the rate in force on the day counts`(day: Day, tax: Money) {
    var made = TaxBook()
    made.rate("T", "State", "6", from: "2026-07-01")  // the later row may stand first
    made.rate("T", "State", "5", from: "2026-01-01")
    #expect(made.taxed([made.line("100.00", "T")], on: day).lines == [tax])
  }

  /// Separated: material is taxed and labor is not, until the law changes [S78].
  @Test func `a component taxes the kinds of lines that its row in force says`() {
    var made = TaxBook()
    made.rate("T", "State", "10", of: [.material])
    made.rate("T", "City", "1", of: [.labor, .material])
    made.rate("T", "State", "10", of: [.labor, .other], from: "2026-07-01")
    let lines = [EntryKind.labor, .material, .other].map { made.line("100.00", "T", $0) }
    #expect(made.taxed(lines, on: "2026-06-30").lines == ["1.00", "11.00", "0.00"])
    #expect(made.taxed(lines, on: "2026-07-01").lines == ["11.00", "1.00", "10.00"])
    let rates = TaxRates(made.book)
    let code = made.book.taxCodes.index.find("T")
    #expect(!rates.taxes(.other, code, on: "2026-06-30"))
    #expect(rates.taxes(.other, code, on: "2026-07-01"))
  }

  @Test func `a line that is not taxable, and one without a code, bear no tax`() {
    var made = TaxBook()
    made.rate("T", "State", "10")
    let lines = [
      made.line("100.00", "T", isTaxable: false), made.line("100.00", ""),
      made.line("100.00", "unknown"), made.line("100.00", "T"),
    ]
    let taxed = made.taxed(lines)
    #expect(taxed.lines == ["0.00", "0.00", "0.00", "10.00"])
    #expect(taxed.by.map(\.base) == ["100.00"])
  }

  @Test func `tax that a line had before is replaced`() {
    var made = TaxBook()
    made.rate("T", "State", "10")
    var line = made.line("100.00", "T")
    line.tax = "77.77"
    #expect(made.taxed([line]).lines == ["10.00"])
  }

  @Test func `the job's code comes before the customer's, and an exempt customer is known`() {
    var made = WorkBook()
    made.customer("D")
    made.job("J-1")
    made.job("J-2")
    made.job("J-3", customer: "D")
    let (own, customers) = (RowID<TaxCodes>(1), RowID<TaxCodes>(0))
    made.book.customers.taxCode[0] = customers
    made.book.customers.isTaxExempt[1] = true
    made.book.jobs.taxCode[1] = own
    let rates = TaxRates(made.book)
    #expect(rates.taxCode(of: RowID(0), made.book) == customers)
    #expect(rates.taxCode(of: RowID(1), made.book) == own)
    #expect(rates.taxCode(of: RowID(2), made.book) == .none)
    #expect(!rates.isExempt(RowID(0), made.book))
    #expect(rates.isExempt(RowID(1), made.book))
  }

  /// Policy `always` [S38]: 10 % of 1,000.00 less 2 %.
  @Test func `where early payment always lowers the tax its base is less by the discount`() {
    var made = TaxBook()
    made.rate("T", "State", "10")
    let taxed = made.taxed([made.line("1000.00", "T")], discount: "2")
    #expect(taxed.lines == ["98.00"])
    #expect(taxed.by.map(\.base) == ["980.00"])
  }

  /// [S14, S20]: 8.25 % of the 100.00 withheld; 8.085 where 2 % comes off every base.
  @Test func `the tax withheld is that of the retainage`() {
    var made = TaxBook()
    made.rate("T", "State", "8.25")
    let lines = [made.line("1000.00", "T", retainage: "100.00"), made.line("500.00", "T")]
    let rates = TaxRates(made.book)
    #expect(rates.retained(lines, on: "2026-10-31") == "8.25")
    #expect(rates.retained(lines, on: "2026-10-31", discount: "2") == "8.09")
  }

  /// Σ tax of the lines = Σ tax by component, which is its exact sum rounded once; no line is a cent
  /// away from its own exact tax by any component; signs turned give the mirror.
  @Test(arguments: 0..<200)
  func `tax adds up whatever the lines are`(seed: UInt64) {
    var random = SplitMix(seed)
    var made = TaxBook()
    var rates: [(code: String, component: String, rate: Percentage)] = []
    for code in ["A", "B", "C"] {
      for component in ["State", "County", "City"] where random.next(3) > 0 {
        let rate = Percentage(units: Int64(random.next(12_0000)))
        made.rate(code, component, rate)
        rates.append((code, component, rate))
      }
    }
    made.book.company.taxRounding = random.next(2) == 0 ? .invoice : .line
    made.book.company.rounding = random.next(2) == 0 ? .halfEven : .halfAwayFromZero
    let isByLine = made.book.company.taxRounding == .line
    var (lines, mirror) = ([DraftLine](), [DraftLine]())
    var exact: [String: Int] = [:]  // in cents × 100 0000
    var byLine: [Int] = []
    var count = 0
    for _ in 0...random.next(30) {
      let cents = random.next(200_000) - (random.next(3) == 0 ? 200_000 : 0)
      let code = ["A", "B", "C", ""][random.next(4)]
      lines.append(made.line(Money(cents: Int64(cents)), code))
      mirror.append(made.line(Money(cents: Int64(-cents)), code))
      var own = 0
      for rate in rates where rate.code == code {
        exact[rate.component, default: 0] += cents * Int(rate.rate.units)
        own += cents * Int(rate.rate.units)
        count += 1
      }
      byLine.append(own)
    }
    let taxed = made.taxed(lines)
    #expect(taxed.lines.sum() == taxed.by.map(\.tax).sum())
    for (component, tax) in made.byComponent(taxed.by) {
      // Twice the distance: at most a cent where the component is rounded once.
      let twice = abs(Int(tax.cents) * 100_0000 - (exact[component] ?? 0)) * 2
      #expect(twice <= 100_0000 * (isByLine ? max(1, count) : 1), "\(component)")
    }
    for (place, own) in byLine.enumerated() {
      let components = Set(rates.map(\.component)).count
      #expect(abs(Int(taxed.lines[place].cents) * 100_0000 - own) < 100_0000 * max(1, components))
    }
    #expect(made.taxed(mirror).lines == taxed.lines.map { -$0 })
    #expect(made.taxed(mirror).by.map(\.tax) == taxed.by.map { -$0.tax })
  }

  /// 45.30 and its credit at 5 %: 2.265 up and down, nothing together; which comes first must not count.
  @Test func `a line and its credit bear the same tax`() {
    let made = Self.twoRates
    #expect(
      made.taxed([made.line("45.30", "LOW"), made.line("-45.30", "LOW")]).lines
        == ["2.27", "-2.27"])
    #expect(
      made.taxed([made.line("-45.30", "LOW"), made.line("45.30", "LOW")]).lines
        == ["-2.27", "2.27"])
  }

  /// A kind that a later row no longer taxes is not taxable any more in the unbilled report either.
  @Test func `an entry is taxable by the row in force`() {
    var made = WorkBook()
    made.rate("standard", "Plumber", "REG", "85")
    made.job("J")
    made.hours("T-1", "J", "2026-10-05", "2")
    made.book.jobs.taxCode[0] = RowID(0)
    var taxes = TaxBook()
    taxes.rate("T", "State", "6", of: [.labor], from: "2026-01-01")
    taxes.rate("T", "State", "6", of: [.material], from: "2026-10-20")
    made.book.taxCodes = taxes.book.taxCodes
    let worked = made.worked()
    let line = worked.time("T-1")
    #expect(EntryTaxability(made.book, asOf: "2026-10-19").isTaxable(line, in: made.book))
    #expect(!EntryTaxability(made.book, asOf: "2026-10-20").isTaxable(line, in: made.book))
    made.book.customers.isTaxExempt[0] = true
    #expect(!EntryTaxability(made.book, asOf: "2026-10-19").isTaxable(line, in: made.book))
  }
}
