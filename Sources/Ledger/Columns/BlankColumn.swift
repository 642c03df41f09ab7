public import Measures

/// A column that many files leave blank or do not have: then it takes no memory, and every row of it
/// is `.none`.
public struct BlankColumn<Element: Measure>: Sendable {
  @usableFromInline var values: [Element]

  public init(_ values: [Element] = []) { self.values = values }

  @inlinable
  public subscript(row: Int) -> Element { values.isEmpty ? .none : values[row] }

  public mutating func append(_ value: Element) { values.append(value) }

  /// The rows of another column behind the `count` rows of this one.
  public mutating func append(_ other: Self, rows: Int, behind count: Int) {
    guard !values.isEmpty || !other.values.isEmpty else { return }
    if values.isEmpty { values = Array(repeating: .none, count: count) }
    values +=
      other.values.isEmpty ? Array(repeating: .none, count: rows) : other.values
  }
}
