import Ledger
import Measures
import Synchronization

/// Prices that most rows leave blank: of a block without any nothing is written, of one with few only
/// those; in full where more than half of the rows of the file have one.
final class BlankSink<Rows: Table>: ColumnSink {
  typealias Path = any WritableKeyPath<Rows, BlankColumn<UnitPrice>> & Sendable
  /// The values of a block with few of them, and their rows in the table.
  private struct Few {
    var rows: [Int32] = []
    var values: [UnitPrice] = []
  }
  private struct Found {
    var few: [Int: Few] = [:]
    /// Blocks that stand in `memory`.
    var full: [Range<Int>] = []
    var values = 0
  }
  private let path: Path
  private let memory: ColumnMemory<UnitPrice>
  private let expected: String
  private let found = Mutex(Found())

  init(_ path: Path, capacity: Int, expected: String) {
    self.path = path
    self.expected = expected
    memory = ColumnMemory(capacity: capacity)
  }

  func read(_ reader: inout ColumnReader, at base: Int) {
    guard !reader.isBlank else { return }
    let block = ColumnMemory<UnitPrice>(capacity: reader.rows)
    let values = block.slots(0, reader.rows)
    reader.numbers(
      UnitPrice.none, expected: expected, within: .zero...UnitPrice(units: .max), into: values)
    var few = Few()
    few.rows.reserveCapacity(values.count / 4)
    few.values.reserveCapacity(values.count / 4)
    for row in 0..<values.count where !values[row].isNone {
      few.rows.append(Int32(base + row))
      few.values.append(values[row])
    }
    let isFull = few.rows.count > values.count / 2
    if isFull {
      let slots = memory.slots(base, values.count)
      for row in 0..<values.count { slots[row] = values[row] }
    }
    found.withLock { found in
      found.values += few.rows.count
      if isFull {
        found.full.append(base..<base + values.count)
      } else {
        found.few[base] = few
      }
    }
  }

  func finish(_ count: Int, into rows: inout Rows) {
    let found = found.withLock { found in
      defer { found = Found() }
      return found
    }
    rows[keyPath: path] = found.values > count / 2 ? full(found, count) : few(found, count)
  }

  private func full(_ found: Found, _ count: Int) -> BlankColumn<UnitPrice> {
    let slots = memory.slots(0, count)
    var first = 0
    for block in found.full.sorted(by: { $0.lowerBound < $1.lowerBound }) + [count..<count] {
      memory.slots(first, block.lowerBound - first).fill(.none)
      first = block.upperBound
    }
    for few in found.few.values {
      for (row, value) in zip(few.rows, few.values) { slots[Int(row)] = value }
    }
    return BlankColumn(full: memory.finish(count), blank: .none)
  }

  private func few(_ found: Found, _ count: Int) -> BlankColumn<UnitPrice> {
    var column = BlankColumn<UnitPrice>(blank: .none)
    column.reserveCapacity(found.values)
    let few = found.few.map { (base: $0.key, few: $0.value) }
    let full = found.full.map { (base: $0.lowerBound, few: fewOf($0)) }
    for (_, few) in (few + full).sorted(by: { $0.base < $1.base }) {
      for (row, value) in zip(few.rows, few.values) {
        column.extend(to: Int(row))
        column.append(value)
      }
    }
    column.extend(to: count)
    return column
  }

  /// The values of a block that stands in `memory`.
  private func fewOf(_ block: Range<Int>) -> Few {
    let slots = memory.slots(block.lowerBound, block.count)
    var few = Few()
    for row in 0..<slots.count where !slots[row].isNone {
      few.rows.append(Int32(block.lowerBound + row))
      few.values.append(slots[row])
    }
    return few
  }
}

/// Measures, narrow: blocks in which one does not fit are kept wide, and then the column is.
final class NarrowSink<Rows: Table, Element: Measure, Form: NarrowForm>: ColumnSink {
  typealias Path = any WritableKeyPath<Rows, NarrowColumn<Element, Form>> & Sendable
  /// Reads the cells of a block into the narrow column, or into the wide one where a cell does not
  /// fit: then the answer is false.
  ///
  /// Given by whoever knows the types: a loop of this class would look up its types at every row.
  typealias Parse =
    @Sendable (
      inout ColumnReader, _ narrow: Slots<Form.Narrow>, _ wide: Slots<Element>
    ) -> Bool
  private let path: Path
  private let narrow: ColumnMemory<Form.Narrow>
  private let wide: ColumnMemory<Element>
  private let parse: Parse
  private let found = Mutex((narrow: [Range<Int>](), isWide: false))

  init(_ path: Path, capacity: Int, parse: @escaping Parse) {
    self.path = path
    self.parse = parse
    narrow = ColumnMemory(capacity: capacity)
    wide = ColumnMemory(capacity: capacity)
  }

  func read(_ reader: inout ColumnReader, at base: Int) {
    let rows = reader.rows
    let fits = parse(&reader, narrow.slots(base, rows), wide.slots(base, rows))
    found.withLock { found in
      if fits { found.narrow.append(base..<base + rows) } else { found.isWide = true }
    }
  }

  func finish(_ count: Int, into rows: inout Rows) {
    let (blocks, isWide) = found.withLock { $0 }
    guard isWide else {
      rows[keyPath: path] = NarrowColumn(narrow: narrow.finish(count))
      return
    }
    for block in blocks {
      let from = narrow.slots(block.lowerBound, block.count)
      let to = wide.slots(block.lowerBound, block.count)
      for row in 0..<from.count { to[row] = Element(units: Form.units(from[row])) }
    }
    rows[keyPath: path] = NarrowColumn(wide: wide.finish(count))
  }
}

extension ColumnReader {
  /// Numbers in their narrow form; where one does not fit all are read again as they are, and the
  /// answer is false.
  @inline(__always)
  mutating func numbers<M: Measure, Form: NarrowForm>(
    _ blank: M?, expected: String, within: ClosedRange<M>? = nil, as form: Form.Type,
    into narrow: Slots<Form.Narrow>, _ wide: Slots<M>
  ) -> Bool {
    var fits = true
    numbers(blank, expected: expected, within: within) { row, value in
      if let value = Form.narrow(value.units) { narrow[row] = value } else { fits = false }
    }
    guard !fits else { return true }
    // Of faults the first reading has told.
    var again = ColumnReader(block: block, field: field, name: name)
    again.numbers(blank, expected: expected, within: within, into: wide)
    return false
  }
}

/// References to a table of few rows, narrow.
final class FewKeySink<
  Rows: Table, Master, Number: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable
>: ColumnSink {
  typealias Path = any WritableKeyPath<Rows, FewRows<Master, Number>> & Sendable
  typealias Narrowing = @Sendable (Slots<RowID<Master>>, Slots<Number>) -> Void
  private let path: Path
  private let index: KeyIndex<Master>
  private let isRequired: Bool
  private let blank: RowID<Master>
  private let table: String
  private let narrow: ColumnMemory<Number>?
  private let wide: ColumnMemory<RowID<Master>>
  private let narrowing: Narrowing

  init(
    _ path: Path, _ index: KeyIndex<Master>, isRequired: Bool, blank: RowID<Master>,
    table: String, capacity: Int, narrowing: @escaping Narrowing
  ) {
    self.narrowing = narrowing
    self.path = path
    self.index = index
    self.isRequired = isRequired
    self.blank = blank
    self.table = table
    narrow = FewRows<Master, Number>.fits(index.count) ? ColumnMemory(capacity: capacity) : nil
    wide = ColumnMemory(capacity: narrow == nil ? capacity : 0)
  }

  func read(_ reader: inout ColumnReader, at base: Int) {
    let block = ColumnMemory<RowID<Master>>(capacity: reader.rows)
    let ids = narrow == nil ? wide.slots(base, reader.rows) : block.slots(0, reader.rows)
    reader.keys(
      in: index, isRequired: isRequired, blank: blank, table: table, isLenient: false, into: ids)
    if let narrow { narrowing(ids, narrow.slots(base, reader.rows)) }
  }

  func finish(_ count: Int, into rows: inout Rows) {
    rows[keyPath: path] =
      narrow.map { FewRows(narrow: $0.finish(count)) } ?? FewRows(wide: wide.finish(count))
  }
}
