/// A share such as 0.5 % of 40 % of 12.5 %, kept exactly as a fraction in lowest terms.
public struct ExactShare: Hashable, Sendable {
  public let numerator: Int128
  /// Above zero, 10²⁰ at most, so that a share of any amount can be worked out.
  public let denominator: Int128

  public init(_ percentage: Percentage) {
    self.init(Int128(percentage.units), Int128(Percentage.whole.units))
  }

  private init(_ numerator: Int128, _ denominator: Int128) {
    var (a, b) = (Int128(numerator.magnitude), denominator)
    while b != 0 { (a, b) = (b, a % b) }
    (self.numerator, self.denominator) = (numerator / a, denominator / a)
  }

  /// This share of another; nil where so many decimals cannot be kept.
  public func of(_ other: ExactShare) -> ExactShare? {
    // Both denominators are 10²⁰ at most; crosswise common factors go first, so that a product that can
    // be kept does not overflow on its way.
    let (left, right) = (
      ExactShare(numerator, other.denominator), ExactShare(other.numerator, denominator)
    )
    let (top, isTopTooLarge) = left.numerator.multipliedReportingOverflow(by: right.numerator)
    let (bottom, isBottomTooLarge) = left.denominator.multipliedReportingOverflow(
      by: right.denominator)
    guard !isTopTooLarge, !isBottomTooLarge, bottom <= Self.limit else { return nil }
    return ExactShare(top, bottom)
  }

  private static let limit: Int128 = 100_000_000_000_000_000_000

  /// With four decimals of a percent, for display: nothing may be multiplied by it.
  public var percentage: Percentage {
    roundedQuotient(numerator * Int128(Percentage.whole.units), denominator, .halfAwayFromZero)
      .map(Percentage.init(units:)) ?? .zero
  }
}

extension Money {
  /// This share of the amount, rounded once to the cent.
  public func times(_ share: ExactShare, _ rounding: Rounding) -> Money? {
    roundedQuotient(Int128(units) * share.numerator, share.denominator, rounding)
      .map(Money.init(cents:))
  }
}
