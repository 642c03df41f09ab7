public import Measures

/// Hours of single lines, at most a day each, in four bytes.
public struct HoursColumn: Sendable {
  @usableFromInline var units: [Int32]

  public init(units: [Int32] = []) { self.units = units }

  @inlinable public var indices: Range<Int> { units.indices }

  @inlinable
  public subscript(row: Int) -> Hours { Hours(units: Int64(units[row])) }

  public mutating func append(_ hours: Hours) { units.append(Int32(clamping: hours.units)) }

  public mutating func append(contentsOf other: HoursColumn) { units += other.units }
}
