// Every product is exact and is rounded once; nil means that the result does not fit (RELIABILITY
// D12: an overflow is a message that names the row, never a trap).

extension UnitPrice {
  /// Price × quantity, to the cent.
  @inlinable
  public func times(_ quantity: Quantity, _ rounding: Rounding) -> Money? {
    roundedProduct(units, quantity.units, per: 1_000_000, rounding).map(Money.init(cents:))
  }

  /// Rate × hours, to the cent.
  @inlinable
  public func times(_ hours: Hours, _ rounding: Rounding) -> Money? {
    roundedProduct(units, hours.units, per: 1_000_000, rounding).map(Money.init(cents:))
  }

  /// The price changed by a factor such as a pay type's multiplier, to four decimals.
  @inlinable
  public func times(_ factor: Factor, _ rounding: Rounding) -> UnitPrice? {
    roundedProduct(units, factor.units, per: 1_0000, rounding).map(UnitPrice.init(units:))
  }

  /// The price with a percentage added: cost × (1 + markup), to four decimals (DOMAIN §6.5).
  @inlinable
  public func adding(_ percentage: Percentage, _ rounding: Rounding) -> UnitPrice? {
    roundedProduct(units, 100_0000 + percentage.units, per: 100_0000, rounding)
      .map(UnitPrice.init(units:))
  }
}

extension Money {
  /// This share of the amount, to the cent: 8.25 % of 100.00 is 8.25.
  @inlinable
  public func times(_ percentage: Percentage, _ rounding: Rounding) -> Money? {
    roundedProduct(units, percentage.units, per: 100_0000, rounding).map(Money.init(cents:))
  }

  /// `self × part ÷ whole`, to the cent; nil where `whole` is zero or the result does not fit.
  @inlinable
  public func scaled(_ part: Int64, of whole: Int64, _ rounding: Rounding) -> Money? {
    guard whole != 0 else { return nil }
    return roundedQuotient(Int128(units) * Int128(part), Int128(whole), rounding)
      .map(Money.init(cents:))
  }

  /// What this amount is of `whole`, as a percentage with four decimals; nil where `whole` is zero.
  ///
  /// For display: nothing may be multiplied by it (DOMAIN §0).
  @inlinable
  public func percentage(of whole: Money) -> Percentage? {
    guard !whole.isZero else { return nil }
    return roundedQuotient(
      Int128(units) * 100_0000, Int128(whole.units), .halfAwayFromZero
    ).map(Percentage.init(units:))
  }

  /// Splits the amount by weight into parts that add up to it.
  ///
  /// Cents left over go one each to the largest remainders, the earlier part first; a negative amount
  /// splits as its mirror. Weights must not be negative; where all are zero they count as equal.
  ///
  ///     Money(cents: 100_00).split(by: [1, 1, 1])              // 33.34, 33.33, 33.33
  public func split(by weights: [Int64]) -> [Money] {
    guard !weights.isEmpty else { return [] }
    precondition(weights.allSatisfy { $0 >= 0 }, "an amount is split by weights of zero or more")
    let total = weights.reduce(Int128(0)) { $0 + Int128($1) }
    guard total > 0 else { return split(by: weights.map { _ in 1 }) }
    if units < 0 { return (-self).split(by: weights).map { -$0 } }
    var parts = [Money]()
    var remainders = [(remainder: Int128, part: Int)]()
    var left = units
    for (part, weight) in weights.enumerated() {
      let (share, remainder) = (Int128(units) * Int128(weight)).quotientAndRemainder(
        dividingBy: total)
      parts.append(Money(units: Int64(share)))
      remainders.append((remainder, part))
      left -= Int64(share)
    }
    remainders.sort {
      $0.remainder != $1.remainder ? $0.remainder > $1.remainder : $0.part < $1.part
    }
    for (_, part) in remainders.prefix(Int(left)) { parts[part].units += 1 }
    return parts
  }
}

/// A multiplier with four decimals, such as 1.5 for overtime.
public struct Factor: Measure {
  public static let decimals = 4
  public var units: Int64
  public init(units: Int64) { self.units = units }
  public static let one = Factor(units: 1_0000)
}
