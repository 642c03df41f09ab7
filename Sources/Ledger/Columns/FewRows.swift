/// References to a table of few rows: in one byte each while there are fewer than 254 of them, or in
/// two while there are fewer than 65,534.
///
/// Technicians of ten million lines take 20 MB so, and not 40.
public struct FewRows<Table, Number: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
  @usableFromInline var narrow: [Number] = []
  @usableFromInline var wide: [RowID<Table>] = []
  private static var most: Int { Int(Number.max) - 2 }

  public init() {}

  public init(narrow: [Number]) { self.narrow = narrow }

  public init(wide: [RowID<Table>]) { self.wide = wide }

  public init(repeating id: RowID<Table>, count: Int) {
    if Int(id.number) <= Self.most {
      narrow = Array(repeating: Self.narrowed(id), count: count)
    } else {
      wide = Array(repeating: id, count: count)
    }
  }

  /// Whether references to so many rows fit.
  public static func fits(_ count: Int) -> Bool { count <= most }

  /// A reference in its few bits: all set for a blank cell, all but the last for a key that no row has.
  @inlinable
  public static func narrowed(_ id: RowID<Table>) -> Number {
    Number(truncatingIfNeeded: id.number)
  }

  @inlinable
  public subscript(row: Int) -> RowID<Table> {
    guard wide.isEmpty else { return wide[row] }
    let number = narrow[row]
    return number < Number.max - 1
      ? RowID(number: Int32(truncatingIfNeeded: number)) : number == .max ? .none : .missing
  }

  public mutating func append(_ id: RowID<Table>) {
    guard wide.isEmpty, Int(id.number) <= Self.most else { return widen(appending: [id]) }
    narrow.append(Self.narrowed(id))
  }

  public mutating func append(contentsOf other: FewRows) {
    guard wide.isEmpty, other.wide.isEmpty else { return widen(appending: other.all) }
    narrow += other.narrow
  }

  private var all: [RowID<Table>] {
    wide.isEmpty ? narrow.indices.map { self[$0] } : wide
  }

  private mutating func widen(appending more: [RowID<Table>]) {
    wide = all + more
    narrow = []
  }
}
