import Ledger
import Measures
import Synchronization

/// Where the cells of one column go while blocks are read on all cores.
protocol ColumnSink<Rows>: AnyObject, Sendable {
  associatedtype Rows: Table
  /// Reads the cells of a block; its first row has the number `base`.
  func read(_ reader: inout ColumnReader, at base: Int)
  /// Puts together what the blocks gave, beside the other columns.
  func join()
  /// Puts the column into the table, when all blocks are read.
  func finish(_ count: Int, into rows: inout Rows)
  /// Whether the column was only looked at and turns out to be needed as it stands.
  var mustBeKept: Bool { get }
}

extension ColumnSink {
  func join() {}
  var mustBeKept: Bool { false }
}

/// What a sink is made for.
struct SinkRequest {
  /// Rows there may be.
  var capacity: Int
  /// The masters that were imported before this table.
  var book: Book
  /// Whether texts of entries are wanted, that only some reports print.
  var keepsEntryTexts: Bool
}

/// Fixed-width values: every block writes where its rows stand in the table.
///
/// There is room for more rows than come; memory that is not written costs nothing.
final class FixedSink<Rows: Table, Element: BitwiseCopyable & Sendable>: ColumnSink {
  typealias Parse = @Sendable (inout ColumnReader, Slots<Element>) -> Void
  private let path: any WritableKeyPath<Rows, [Element]> & Sendable
  private let memory: ColumnMemory<Element>
  private let parse: Parse

  init(
    _ path: any WritableKeyPath<Rows, [Element]> & Sendable, capacity: Int,
    parse: @escaping Parse
  ) {
    self.path = path
    self.parse = parse
    memory = ColumnMemory(capacity: capacity)
  }

  func read(_ reader: inout ColumnReader, at base: Int) {
    parse(&reader, memory.slots(base, reader.rows))
  }

  func finish(_ count: Int, into rows: inout Rows) { rows[keyPath: path] = memory.finish(count) }
}

/// Prices that may be blank in the whole file: blocks without any are left unwritten until one has
/// some.
final class BlankSink<Rows: Table>: ColumnSink {
  typealias Path = any WritableKeyPath<Rows, BlankColumn<UnitPrice>> & Sendable
  private let path: Path
  private let memory: ColumnMemory<UnitPrice>
  private let expected: String
  private let found = Mutex((hasValues: false, blanks: [Range<Int>]()))

  init(_ path: Path, capacity: Int, expected: String) {
    self.path = path
    self.expected = expected
    memory = ColumnMemory(capacity: capacity)
  }

  func read(_ reader: inout ColumnReader, at base: Int) {
    if reader.isBlank {
      found.withLock { $0.blanks.append(base..<base + reader.rows) }
    } else {
      found.withLock { $0.hasValues = true }
      reader.numbers(
        UnitPrice.none, expected: expected, within: .zero...UnitPrice(units: .max),
        into: memory.slots(base, reader.rows))
    }
  }

  func finish(_ count: Int, into rows: inout Rows) {
    let (hasValues, blanks) = found.withLock { $0 }
    guard hasValues else { return }
    for rows in blanks { memory.slots(rows.lowerBound, rows.count).fill(.none) }
    rows[keyPath: path] = BlankColumn(memory.finish(count))
  }
}

/// Hours of lines, narrow.
final class HoursSink<Rows: Table>: ColumnSink {
  private let path: any WritableKeyPath<Rows, HoursColumn> & Sendable
  private let memory: ColumnMemory<Int32>

  init(_ path: any WritableKeyPath<Rows, HoursColumn> & Sendable, capacity: Int) {
    self.path = path
    memory = ColumnMemory(capacity: capacity)
  }

  func read(_ reader: inout ColumnReader, at base: Int) {
    let block = ColumnMemory<Hours>(capacity: reader.rows)
    let (hours, units) = (block.slots(0, reader.rows), memory.slots(base, reader.rows))
    reader.numbers(
      nil, expected: "hours worked on that day, 0 to 24, such as 8 or 7.25",
      within: Hours(units: -24_0000)...(.fullDay), into: hours)
    for row in 0..<hours.count { units[row] = Int32(truncatingIfNeeded: hours[row].units) }
  }

  func finish(_ count: Int, into rows: inout Rows) {
    rows[keyPath: path] = HoursColumn(units: memory.finish(count))
  }
}

/// References to a table of few rows, narrow.
final class FewKeySink<Rows: Table, Master>: ColumnSink {
  typealias Path = any WritableKeyPath<Rows, FewRows<Master>> & Sendable
  private let path: Path
  private let index: KeyIndex<Master>
  private let blank: RowID<Master>
  private let table: String
  private let narrow: ColumnMemory<UInt8>?
  private let wide: ColumnMemory<RowID<Master>>

  init(
    _ path: Path, _ index: KeyIndex<Master>, blankMeans: String, table: String, capacity: Int
  ) {
    self.path = path
    self.index = index
    self.table = table
    blank = index.find(blankMeans)
    narrow = FewRows<Master>.fits(index.count) ? ColumnMemory(capacity: capacity) : nil
    wide = ColumnMemory(capacity: narrow == nil ? capacity : 0)
  }

  func read(_ reader: inout ColumnReader, at base: Int) {
    let block = ColumnMemory<RowID<Master>>(capacity: reader.rows)
    let ids = narrow == nil ? wide.slots(base, reader.rows) : block.slots(0, reader.rows)
    reader.keys(
      in: index, isRequired: false, blank: blank, table: table, isLenient: false, into: ids)
    guard let bytes = narrow?.slots(base, reader.rows) else { return }
    for row in 0..<ids.count { bytes[row] = FewRows<Master>.narrowed(ids[row]) }
  }

  func finish(_ count: Int, into rows: inout Rows) {
    rows[keyPath: path] =
      narrow.map { FewRows(narrow: $0.finish(count)) } ?? FewRows(wide: wide.finish(count))
  }
}

/// References to rows of the same table; the importer links them.
final class ReferenceSink<Rows: Table>: ColumnSink {
  func read(_ reader: inout ColumnReader, at base: Int) { reader.references(limit: 64) }
  func finish(_ count: Int, into rows: inout Rows) {}
}

/// An array that several threads fill, each in rows of its own.
///
/// Unsafe: the array is touched by nothing else between its making and `finish`, so its address
/// holds; threads write to different rows, and `slots` checks that those are within it. Appending
/// chunks in order instead cost a copy of every column and its page faults: 18 of 43 s for ten
/// million timesheet lines.
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

  /// Unsafe: kernels count through the rows of the block for which the slots were made; a bounds
  /// check took a third of the time of writing days.
  @inline(__always)
  subscript(row: Int) -> Element {
    get { base[row] }
    nonmutating set { base[row] = newValue }
  }

  func fill(_ value: Element) { base.update(repeating: value, count: count) }
}

/// Texts: each block makes a column of its own, joined in the order of the file.
final class TextSink<Rows: Table>: ColumnSink {
  typealias Parse = @Sendable (inout ColumnReader) -> TextColumn
  private let path: any WritableKeyPath<Rows, TextColumn> & Sendable
  private let parse: Parse
  private let chunks = Mutex<[Int: TextColumn]>([:])
  private let joined = Mutex(TextColumn())

  init(_ path: any WritableKeyPath<Rows, TextColumn> & Sendable, parse: @escaping Parse) {
    self.path = path
    self.parse = parse
  }

  func read(_ reader: inout ColumnReader, at base: Int) {
    let texts = parse(&reader)
    chunks.withLock { $0[base] = texts }
  }

  func join() {
    let column = chunks.withLock { chunks in
      defer { chunks = [:] }
      return TextColumn(joining: chunks.sorted { $0.key < $1.key }.map(\.value))
    }
    joined.withLock { $0 = column }
  }

  func finish(_ count: Int, into rows: inout Rows) {
    rows[keyPath: path] = joined.withLock { $0 }
  }
}

/// Texts that are checked and not kept.
final class CheckedSink<Rows: Table>: ColumnSink {
  private let limit: Int
  init(limit: Int) { self.limit = limit }
  func read(_ reader: inout ColumnReader, at base: Int) { reader.checkTexts(limit: limit) }
  func finish(_ count: Int, into rows: inout Rows) {}
}

/// Ids that no report prints: looked at, and kept as numbers where other rows refer to them.
///
/// Ids that ascend are all different, so that nothing more need be known of them. Where they do not,
/// the file is read again with its ids.
final class EntryIDSink<Rows: Table>: ColumnSink {
  private struct Found {
    var form: CounterForm?
    var ends: [Int: (first: OrderedID, last: OrderedID)] = [:]
    var isAscending = true
    var isCounted = true
  }
  private let path: (any WritableKeyPath<Rows, EntryNumbers> & Sendable)?
  private let numbers: ColumnMemory<Int32>?
  private let found = Mutex(Found())

  init(_ path: (any WritableKeyPath<Rows, EntryNumbers> & Sendable)?, capacity: Int) {
    self.path = path
    numbers = path == nil ? nil : ColumnMemory(capacity: capacity)
  }

  func read(_ reader: inout ColumnReader, at base: Int) {
    guard reader.rows > 0 else { return }
    let ends = reader.ascendingIDs()
    var form: CounterForm?
    if numbers != nil {
      let first = reader.counterForm()
      form = found.withLock { found in
        if found.form == nil { found.form = first }
        return found.form
      }
    }
    var isCounted = true
    if let numbers, let form {
      isCounted = reader.numbers(of: form, numbers.slots(base, reader.rows))
    }
    found.withLock { found in
      if let ends { found.ends[base] = ends } else { found.isAscending = false }
      if !isCounted || (numbers != nil && form == nil) { found.isCounted = false }
    }
  }

  var mustBeKept: Bool {
    found.withLock { found in
      guard found.isAscending, found.isCounted else { return true }
      let blocks = found.ends.sorted { $0.key < $1.key }.map(\.value)
      return !zip(blocks, blocks.dropFirst()).allSatisfy { $0.last < $1.first }
    }
  }

  func finish(_ count: Int, into rows: inout Rows) {
    guard let path, let numbers else { return }
    let form = found.withLock { $0.form }
    rows[keyPath: path] = EntryNumbers(form: form, numbers: numbers.finish(count))
  }
}
