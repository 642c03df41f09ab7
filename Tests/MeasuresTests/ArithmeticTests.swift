import Measures
import Testing

@Test func `a product is rounded once, half away from zero`() throws {
  let rate = try #require(UnitPrice("85"))
  let hours = try #require(Hours("7.25"))
  #expect(rate.times(hours, .halfAwayFromZero)?.text == "616.25")
}

// Wafeq and SSUTA (DOMAIN [S39, S40]): both exact products end in 5.
@Test(arguments: [
  ("45.30", "5", "2.27", "2.26"),
  ("33.45", "10", "3.35", "3.34"),
  ("-45.30", "5", "-2.27", "-2.26"),
])
func `a tie goes away from zero, or to the even cent where the company says so`(
  amount: String, rate: String, halfUp: String, halfEven: String
) throws {
  let money = try #require(Money(amount))
  let percentage = try #require(Percentage(rate))
  #expect(money.times(percentage, .halfAwayFromZero)?.text == halfUp)
  #expect(money.times(percentage, .halfEven)?.text == halfEven)
}

@Test func `a product that does not fit is no number`() throws {
  let price = try #require(UnitPrice("9999999999"))
  let quantity = try #require(Quantity("9999999999"))
  #expect(price.times(quantity, .halfAwayFromZero) == nil)
}

@Test func `cents left over go to the largest remainders, the earlier part first`() {
  let hundred = Money(cents: 100_00)
  #expect(hundred.split(by: [1, 1, 1]).map(\.cents) == [33_34, 33_33, 33_33])
  #expect((-hundred).split(by: [1, 1, 1]).map(\.cents) == [-33_34, -33_33, -33_33])
  #expect(hundred.split(by: [0, 0]).map(\.cents) == [50_00, 50_00])
  // Business Central (DOMAIN [S45]): 2,000.00 over lines of 4,000 and 900.
  #expect(Money(cents: 2000_00).split(by: [4000, 900]).map(\.text) == ["1632.65", "367.35"])
}

@Test func `parts of any split add up to the whole`() {
  var random = SplitMix64(seed: 7)
  for _ in 0..<20_000 {
    let whole = Money(cents: Int64.random(in: -1_000_000_00...1_000_000_00, using: &random))
    let count = Int.random(in: 1...12, using: &random)
    let weights = (0..<count).map { _ in Int64.random(in: 0...1_000_000, using: &random) }
    let parts = whole.split(by: weights)
    #expect(parts.sum() == whole, "\(whole.text) by \(weights)")
  }
}

@Test func `every quotient lies within half a unit of the exact one`() throws {
  var random = SplitMix64(seed: 11)
  for _ in 0..<20_000 {
    let a = Int64.random(in: -1_000_000_000...1_000_000_000, using: &random)
    let b = Int64.random(in: -1_000_000_000...1_000_000_000, using: &random)
    let denominator = Int64.random(in: 1...1_000_000, using: &random)
    let result = try #require(roundedProduct(a, b, per: denominator, .halfAwayFromZero))
    let error = Int128(a) * Int128(b) - Int128(result) * Int128(denominator)
    #expect(error.magnitude * 2 <= UInt128(denominator), "\(a) × \(b) ÷ \(denominator)")
  }
}

/// A small random generator with a seed, so that a failure can be run again.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
