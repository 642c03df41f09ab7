/// A row of a table: a key looked up once, at import. A join is an index from then on.
public struct RowID<Table>: BitwiseCopyable, Hashable, Comparable, Sendable {
  public var number: Int32

  @inlinable
  public init(_ row: Int) { number = Int32(truncatingIfNeeded: row) }

  @inlinable
  @inline(__always)
  public init(number: Int32) { self.number = number }

  /// An empty cell: the row refers to nothing.
  @inlinable public static var none: Self { Self(-1) }
  /// A key that is in no row of the table it names.
  @inlinable public static var missing: Self { Self(-2) }

  /// The place in the table's columns; only for a row that exists.
  @inlinable public var row: Int { Int(number) }
  @inlinable public var exists: Bool { number >= 0 }
  @inlinable public var orNil: Self? { number >= 0 ? self : nil }

  @inlinable
  public static func < (a: Self, b: Self) -> Bool { a.number < b.number }
}
