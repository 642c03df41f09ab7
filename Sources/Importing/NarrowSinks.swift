import Ledger
import Measures
import Synchronization

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
