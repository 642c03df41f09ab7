/// A column that most rows leave blank: one and a half bits a row, and the values of the others; in
/// full where more than half of the rows have one.
///
/// Prices of their own, which 6 % of five million movements have, take 4 MB so, and 40 in full.
public struct BlankColumn<Element: BitwiseCopyable & Hashable & Sendable>: Sendable {
  @usableFromInline let blank: Element
  /// The rows with a value, and those values in the same order.
  @usableFromInline var marked = RankedRows()
  @usableFromInline var values: [Element] = []
  /// Every row, where the column is kept in full.
  @usableFromInline var full: [Element] = []
  @usableFromInline var size = 0
  @inlinable public var count: Int { size }

  /// - Parameter count: rows, all of them blank.
  @inlinable
  public init(blank: Element, count: Int = 0) {
    self.blank = blank
    size = count
  }

  /// Every row, blank or not.
  public init(full: [Element], blank: Element) {
    self.blank = blank
    self.full = full
    size = full.count
  }

  @inlinable
  @inline(__always)
  public subscript(row: Int) -> Element {
    guard full.isEmpty else { return full[row] }
    guard let place = marked.place(of: row) else { return blank }
    return values[place]
  }

  @inlinable
  public mutating func append(_ value: Element) {
    if !full.isEmpty {
      full.append(value)
    } else if value != blank {
      marked.append(size)
      values.append(value)
    }
    size += 1
  }

  public mutating func append(contentsOf other: Self) {
    for row in 0..<other.count { append(other[row]) }
  }

  /// Room for so many values.
  public mutating func reserveCapacity(_ values: Int) { self.values.reserveCapacity(values) }

  /// Makes the column so many rows long; those that are new are blank.
  @inlinable
  public mutating func extend(to rows: Int) {
    if !full.isEmpty { full += Array(repeating: blank, count: max(0, rows - count)) }
    size = max(size, rows)
  }
}

extension BlankColumn {
  /// References that few rows have, none of them in full.
  ///
  /// - Parameter rows: ascending, one for each of `ids`.
  @inlinable
  public init<Table>(links ids: [RowID<Table>], of rows: [Int], count: Int)
  where Element == RowID<Table> {
    self.init(blank: .none)
    for (row, id) in zip(rows, ids) {
      extend(to: row)
      append(id)
    }
    extend(to: count)
  }
}
