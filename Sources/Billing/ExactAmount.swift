import Measures

/// An amount in cents before it is rounded, as a fraction: for the few entries whose price several
/// adjustments change one after the other, and which still round only once (DESIGN §2).
struct ExactAmount {
  private(set) var numerator: Int128
  private(set) var denominator: Int128
  /// False once a step did not fit.
  private(set) var isExact = true

  init(_ amount: Money) {
    numerator = Int128(amount.units)
    denominator = 1
  }

  /// Price × quantity, or rate × hours: `units` have four decimals.
  init(_ price: UnitPrice, times units: Int64) {
    numerator = Int128(price.units) * Int128(units)
    denominator = 1_000_000
  }

  mutating func multiply(by factor: Int64, over divisor: Int64) {
    guard !multiplied(by: factor, over: divisor) else { return }
    // Lowest terms make room; most prices never need them.
    let common = Int128(greatestCommonDivisor(numerator.magnitude, denominator.magnitude))
    (numerator, denominator) = (numerator / common, denominator / common)
    isExact = isExact && multiplied(by: factor, over: divisor)
  }

  private mutating func multiplied(by factor: Int64, over divisor: Int64) -> Bool {
    let (a, overA) = numerator.multipliedReportingOverflow(by: Int128(factor))
    let (b, overB) = denominator.multipliedReportingOverflow(by: Int128(divisor))
    guard !overA, !overB else { return false }
    (numerator, denominator) = (a, b)
    return true
  }

  /// To the cent, once; nil where it does not fit.
  func rounded(_ rounding: Rounding) -> Money? {
    guard isExact, let cents = roundedQuotient(numerator, denominator, rounding) else { return nil }
    return fitting(cents)
  }

  /// For one of `units` (four decimals), as the reader sees it; `.none` where there is none.
  func perUnit(_ units: Int64) -> UnitPrice {
    let (a, overA) = numerator.multipliedReportingOverflow(by: 1_000_000)
    let (b, overB) = denominator.multipliedReportingOverflow(by: Int128(units))
    guard isExact, !overA, !overB, b != 0 else { return .none }
    return roundedQuotient(a, b, .halfAwayFromZero).map(UnitPrice.init(units:)) ?? .none
  }
}

private func greatestCommonDivisor(_ a: UInt128, _ b: UInt128) -> UInt128 {
  var (a, b) = (a, b)
  while b != 0 { (a, b) = (b, a % b) }
  return max(a, 1)
}

/// An amount of one entry has at most ten digits before the point, as in the files (RELIABILITY
/// §3.1), so that no sum of entries can overflow; nil beyond.
@inline(__always)
func fitting(_ cents: Int64) -> Money? {
  cents.magnitude < 1_000_000_000_000 ? Money(cents: cents) : nil
}

@inline(__always)
func fitting(_ amount: Money?) -> Money? {
  guard let amount else { return nil }
  return fitting(amount.units)
}

/// `a × b ÷ c` where `c` is known only at run time; zero where `c` is.
///
/// Both signs of `b` and `c` may be negative together, as those of negative stock are.
@inline(__always)
func proportion(_ a: Int64, _ b: Int64, of c: Int64, _ rounding: Rounding) -> Int64? {
  guard c != 0 else { return 0 }
  return c < 0
    ? roundedProduct(a, -b, per: -c, rounding) : roundedProduct(a, b, per: c, rounding)
}

/// A product that fits, divided and rounded once: `roundedProduct` with a divisor that the compiler
/// knows, so that no entry waits for a division.
@inline(__always)
func rounded(_ product: Int64, per divisor: Int64, _ rounding: Rounding) -> Money? {
  let (quotient, remainder) = product.quotientAndRemainder(dividingBy: divisor)
  let twice = remainder.magnitude &* 2
  let size = divisor.magnitude
  let goesUp =
    twice > size
    || (twice == size && (rounding == .halfAwayFromZero || !quotient.isMultiple(of: 2)))
  return fitting(goesUp ? quotient + (product < 0 ? -1 : 1) : quotient)
}

/// Price × quantity or rate × hours, to the cent; `units` have four decimals.
@inline(__always)
func amount(_ price: UnitPrice, times units: Int64, _ rounding: Rounding) -> Money? {
  let (product, overflow) = price.units.multipliedReportingOverflow(by: units)
  return overflow ? nil : rounded(product, per: 1_000_000, rounding)
}

/// Rate × hours × multiplier, to the cent: the exact product is rounded once.
@inline(__always)
func laborAmount(
  _ hours: Hours, _ rate: UnitPrice, _ multiplier: Factor, _ rounding: Rounding
) -> Money? {
  let (base, overBase) = hours.units.multipliedReportingOverflow(by: rate.units)
  let (product, over) = base.multipliedReportingOverflow(by: multiplier.units)
  guard overBase || over else { return rounded(product, per: 1_0000_0000_00, rounding) }
  var exact = ExactAmount(rate, times: hours.units)
  exact.multiply(by: multiplier.units, over: 1_0000)
  return exact.rounded(rounding)
}

extension Money {
  /// The amount for one of `units` (four decimals), as the reader sees it; `.none` of nothing.
  @inline(__always)
  func perUnit(_ units: Int64) -> UnitPrice {
    guard units != 0 else { return .none }
    return proportion(self.units, 1_000_000, of: units, .halfAwayFromZero)
      .map(UnitPrice.init(units:)) ?? .none
  }
}
