/// A whole number of units with a fixed number of decimals: an amount, a price, a quantity.
///
/// Adding is exact. `none` stands for an empty cell, so that a column of measures needs no optional;
/// it must not be added: go through `orNil` where a cell may be empty.
public protocol Measure: BitwiseCopyable, Hashable, Comparable, Sendable {
  /// Digits after the decimal point: 2 for money, 4 for the others.
  static var decimals: Int { get }
  /// The value in units of the last decimal.
  var units: Int64 { get set }
  init(units: Int64)
}

extension Measure {
  public static var zero: Self { Self(units: 0) }
  /// An empty cell.
  public static var none: Self { Self(units: .min) }
  public var isNone: Bool { units == .min }
  /// The value, or nil for an empty cell.
  public var orNil: Self? { units == .min ? nil : self }
  public var isZero: Bool { units == 0 }

  public static func < (a: Self, b: Self) -> Bool { a.units < b.units }
  public static func + (a: Self, b: Self) -> Self { Self(units: a.units + b.units) }
  public static func - (a: Self, b: Self) -> Self { Self(units: a.units - b.units) }
  public static prefix func - (a: Self) -> Self { Self(units: -a.units) }
  public static func += (a: inout Self, b: Self) { a.units += b.units }
  public static func -= (a: inout Self, b: Self) { a.units -= b.units }
}

extension Sequence where Element: Measure {
  /// The exact sum of the elements.
  @inlinable
  public func sum() -> Element { reduce(into: .zero) { $0 += $1 } }
}

/// An exact amount in minor units of the company's one currency; a credit is negative.
///
/// Adding is exact. Multiplying rounds once, so the call names the rounding:
///
///     UnitPrice("85.0000").times(Hours("7.25"), .halfAwayFromZero)   // 616.25
public struct Money: Measure {
  public static let decimals = 2
  public var units: Int64
  /// Whole cents, or the currency's own minor unit.
  public var cents: Int64 { units }
  public init(units: Int64) { self.units = units }
  public init(cents: Int64) { units = cents }
}

/// A price, a cost or a rate for one unit or one hour, with four decimals.
public struct UnitPrice: Measure {
  public static let decimals = 4
  public var units: Int64
  public init(units: Int64) { self.units = units }
}

/// A count of parts, feet or pieces, with four decimals; negative where it goes back.
public struct Quantity: Measure {
  public static let decimals = 4
  public var units: Int64
  public init(units: Int64) { self.units = units }
}

/// Working hours with four decimals; negative where an earlier line is corrected.
public struct Hours: Measure {
  public static let decimals = 4
  public var units: Int64
  public init(units: Int64) { self.units = units }
  public static let fullDay = Hours(units: 24_0000)
}

/// A percentage with four decimals of a percent: 8.25 % is 82 500 units.
public struct Percentage: Measure {
  public static let decimals = 4
  public var units: Int64
  public init(units: Int64) { self.units = units }
  /// 100 %, in units.
  public static let whole = Percentage(units: 100_0000)
}
