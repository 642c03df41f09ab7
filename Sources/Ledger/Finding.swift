public import Measures

/// How much a finding weighs.
public enum Severity: String, Sendable, Comparable {
  /// Refuses the run: nothing is written.
  case error
  /// Counted, listed in the pack, and the run goes on.
  case warning
  /// Worth knowing, such as a column that no table has.
  case note

  private var weight: Int { self == .error ? 0 : self == .warning ? 1 : 2 }
  public static func < (a: Self, b: Self) -> Bool { a.weight < b.weight }
}

/// A place in a file that was read.
public struct Place: Hashable, Sendable {
  /// The file's name as the accountant knows it: `timesheets.csv`.
  public var file: String
  /// The line on which the record begins, counted from 1; 0 where the file as a whole is meant.
  public var line: UInt32
  /// The column's name in the header; empty where the whole line is meant.
  public var column: String

  public init(file: String, line: UInt32 = 0, column: String = "") {
    self.file = file
    self.line = line
    self.column = column
  }
}

/// Something wrong, or worth knowing, and the file and line it came from.
///
/// The message stands under the rule that raises it. Character columns and the text of the line are
/// filled in before printing, from the file.
public struct Finding: Hashable, Sendable {
  public var severity: Severity
  /// A short name that never changes: `unknown_reference`.
  public var code: String
  public var place: Place
  /// The value of the cell, at most 64 characters of it (RELIABILITY D19).
  public var value: String
  /// What is wrong, in a sentence without its place.
  public var message: String
  public var expected: String
  public var remedy: String
  /// The money at stake, where there is some.
  public var amount: Money
  /// The Unicode scalar of the line at which the field begins, counted from 1; 0 while unknown.
  public var column = 0
  /// The line of the file on which the field begins; the record's own while unknown.
  public var fieldLine: UInt32 = 0
  /// The text of that line, for the excerpt; empty while unknown.
  public var excerpt = ""

  public init(
    _ severity: Severity, _ code: String, at place: Place, value: String = "", _ message: String,
    expected: String = "", remedy: String = "", amount: Money = .none
  ) {
    self.severity = severity
    self.code = code
    self.place = place
    self.value = String(value.prefix(64))
    self.message = message
    self.expected = expected
    self.remedy = remedy
    self.amount = amount
  }
}
