import Ledger
import Measures

/// Collects what is found in the rows of one table; rows under suspicion are passed over.
struct RowFindings {
  private(set) var list: [Finding] = []
  let file: String
  private let table: String
  private let lines: LineNumbers
  private let suspects: Suspects
  /// False for most files: then no row needs to be looked up.
  let hasSuspects: Bool

  init<T: Table>(_ rows: T, in book: Book, _ suspects: Suspects) {
    file = book.file(T.self)
    table = T.name
    lines = rows.line
    self.suspects = suspects
    hasSuspects = !suspects.isEmpty(of: T.self)
  }

  func isSuspect(_ row: Int) -> Bool { hasSuspects && suspects.contains(row, named: table) }

  /// The line of a row, for messages about another row: `line 12`.
  func line(_ row: Int) -> UInt32 { lines[row] }

  /// The message goes on after the column's name and the value: `amount: 600.00 is more than …`.
  mutating func add(
    _ severity: Severity, _ code: String, _ row: Int, _ column: String, value: String = "",
    _ message: String, expected: String, remedy: String = "correct the row and import again",
    amount: Money = .none
  ) {
    guard !isSuspect(row) else { return }
    list.append(
      Finding(
        severity, code, at: Place(file: file, line: lines[row], column: column), value: value,
        message, expected: expected, remedy: remedy, amount: amount))
  }
}

/// a + b, or the largest amount there is: a file of nonsense must not stop the run (RELIABILITY
/// D12).
@inline(__always)
func saturatingSum(_ a: Int64, _ b: Int64) -> Int64 {
  let (sum, overflow) = a.addingReportingOverflow(b)
  return overflow ? (b < 0 ? -.max : .max) : sum
}

extension Money {
  @inline(__always)
  mutating func add(_ other: Money) { units = saturatingSum(units, other.units) }
}
