/// A table of the book: columns of one length, and the line of the file that each row came from.
public protocol Table: Sendable {
  init()
  /// The CSV file's name without its ending: `timesheets`.
  static var name: String { get }
  /// Where each row begins in its file, counted from 1.
  var line: LineNumbers { get set }
}

extension Table {
  public var count: Int { line.count }
  public var rows: Range<Int> { 0..<line.count }
  public var ids: LazyMapSequence<Range<Int>, RowID<Self>> { rows.lazy.map { RowID($0) } }
}

/// A word from a fixed list, such as a billing method; the raw value is what the files say.
public protocol Choice:
  BitwiseCopyable, RawRepresentable<String>, CaseIterable, Sendable, Hashable
{}
