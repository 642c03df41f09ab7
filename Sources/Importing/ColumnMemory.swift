/// An array that several threads fill, each in rows of its own.
///
/// Unsafe: the array is touched by nothing else between its making and `finish`, so its address
/// holds; threads write to different rows, and `slots` checks that those are within it, which the
/// compiler cannot see (`@unchecked`). Appending the columns of blocks in order would copy all of them
/// and touch twice the memory.
final class ColumnMemory<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  private var values: [Element]
  private let base: UnsafeMutablePointer<Element>
  let capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
    values = Array(unsafeUninitializedCapacity: capacity + 1) { _, count in count = capacity + 1 }
    guard let base = values.withUnsafeMutableBufferPointer({ $0.baseAddress }) else {
      preconditionFailure("an array with elements has an address")
    }
    self.base = base
  }

  func slots(_ first: Int, _ count: Int) -> Slots<Element> {
    precondition(first >= 0 && first + count <= capacity, "rows lie within the column")
    return Slots(base: base + first, count: count)
  }

  /// The first rows; the memory is theirs from now on.
  func finish(_ count: Int) -> [Element] {
    var finished: [Element] = []
    swap(&finished, &values)
    finished.removeLast(finished.count - count)
    return finished
  }
}

/// The rows of a block within a column.
struct Slots<Element: BitwiseCopyable> {
  fileprivate let base: UnsafeMutablePointer<Element>
  let count: Int

  /// Unsafe: kernels count through the rows of the block for which the slots were made.
  @inline(__always)
  subscript(row: Int) -> Element {
    get { base[row] }
    nonmutating set { base[row] = newValue }
  }

  func fill(_ value: Element) { base.update(repeating: value, count: count) }
}
