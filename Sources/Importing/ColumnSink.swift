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

/// References to rows of the same table; the importer links them.
final class ReferenceSink<Rows: Table>: ColumnSink {
  func read(_ reader: inout ColumnReader, at base: Int) { reader.references(limit: 64) }
  func finish(_ count: Int, into rows: inout Rows) {}
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
