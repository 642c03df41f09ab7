public import Measures

/// How a measure stands in fewer than eight bytes.
public protocol NarrowForm: SendableMetatype {
  associatedtype Narrow: BitwiseCopyable & Sendable
  /// Nil where the units do not fit.
  static func narrow(_ units: Int64) -> Narrow?
  static func units(_ narrow: Narrow) -> Int64
}

/// All units, up to two billion: money to 21 million, prices and quantities to 214 thousand.
public enum FourBytes: NarrowForm {
  @inlinable
  @inline(__always)
  public static func narrow(_ units: Int64) -> Int32? {
    let narrow = Int32(truncatingIfNeeded: units)
    if Int64(narrow) == units, narrow != .min { return narrow }
    return units == .min ? .min : nil
  }

  @inlinable
  @inline(__always)
  public static func units(_ narrow: Int32) -> Int64 { narrow == .min ? .min : Int64(narrow) }
}

/// Hundreds of units, as hours have seldom more than two of their four decimals: up to 327 hours.
public enum Hundreds: NarrowForm {
  @inlinable
  @inline(__always)
  public static func narrow(_ units: Int64) -> Int16? {
    let narrow = Int16(truncatingIfNeeded: units / 100)
    return Int64(narrow) * 100 == units ? narrow : nil
  }

  @inlinable
  @inline(__always)
  public static func units(_ narrow: Int16) -> Int64 { Int64(narrow) * 100 }
}

public typealias MoneyColumn = NarrowColumn<Money, FourBytes>
public typealias QuantityColumn = NarrowColumn<Quantity, FourBytes>
public typealias HoursColumn = NarrowColumn<Hours, Hundreds>

/// Measures of a long table, narrow while all of them fit; one that does not makes the column wide.
///
/// Quantities of five million movements take 20 MB so, and not 40; hours of ten million lines 20, and
/// not 80.
public struct NarrowColumn<Element: Measure, Form: NarrowForm>: RandomAccessCollection, Sendable {
  @usableFromInline var narrow: [Form.Narrow] = []
  @usableFromInline var wide: [Element] = []

  public init() {}

  public init(narrow: [Form.Narrow]) { self.narrow = narrow }

  public init(wide: [Element]) { self.wide = wide }

  public init(repeating value: Element, count: Int) {
    if let narrow = Form.narrow(value.units) {
      self.narrow = Array(repeating: narrow, count: count)
    } else {
      wide = Array(repeating: value, count: count)
    }
  }

  @inlinable public var startIndex: Int { 0 }
  @inlinable public var endIndex: Int { wide.isEmpty ? narrow.count : wide.count }

  @inlinable
  public subscript(row: Int) -> Element {
    get { wide.isEmpty ? Element(units: Form.units(narrow[row])) : wide[row] }
    set {
      if wide.isEmpty, let value = Form.narrow(newValue.units) {
        narrow[row] = value
      } else {
        widen()
        wide[row] = newValue
      }
    }
  }

  public mutating func append(_ value: Element) {
    if wide.isEmpty, let value = Form.narrow(value.units) {
      narrow.append(value)
    } else {
      widen()
      wide.append(value)
    }
  }

  public mutating func append(contentsOf other: Self) {
    if wide.isEmpty, other.wide.isEmpty {
      narrow += other.narrow
    } else {
      widen()
      wide += other
    }
  }

  @usableFromInline
  mutating func widen() {
    guard wide.isEmpty else { return }
    wide = narrow.map { Element(units: Form.units($0)) }
    narrow = []
  }
}
