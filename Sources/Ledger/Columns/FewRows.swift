/// References to a table of few rows, in one byte each while there are fewer than 254 of them.
public struct FewRows<Table>: Sendable {
  @usableFromInline var narrow: [UInt8] = []
  @usableFromInline var wide: [RowID<Table>] = []
  private static var most: Int32 { 253 }

  public init() {}

  public init(narrow: [UInt8]) { self.narrow = narrow }

  public init(wide: [RowID<Table>]) { self.wide = wide }

  /// Whether references to so many rows fit in a byte each.
  public static func fits(_ count: Int) -> Bool { count <= most }

  /// A reference in one byte: 255 for a blank cell, 254 for a key that no row has.
  @inlinable
  public static func narrowed(_ id: RowID<Table>) -> UInt8 { UInt8(truncatingIfNeeded: id.number) }

  @inlinable
  public subscript(row: Int) -> RowID<Table> {
    guard wide.isEmpty else { return wide[row] }
    let number = narrow[row]
    return number < 254 ? RowID(number: Int32(number)) : number == 255 ? .none : .missing
  }

  public mutating func append(_ id: RowID<Table>) {
    guard wide.isEmpty, id.number <= Self.most else { return widen(appending: [id]) }
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
