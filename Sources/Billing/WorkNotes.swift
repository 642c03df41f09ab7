import Ledger
import Measures

/// What pricing and costing found wrong: one finding a cause, not one a row, so that a missing rate
/// on a thousand lines reads as one sentence with the hours and money behind it.
struct WorkNotes {
  let rounding: Rounding
  private(set) var findings: [Finding] = []

  /// Rows of one cause, counted: where it was first seen and what is at stake.
  private struct Tally {
    var first = Place(file: "")
    var subject = ""
    var rows = 0
    var hours = Hours.zero
    var amount = Money.zero
  }
  private struct Cause: Hashable {
    var code: String
    var number: Int
  }
  private var tallies: [Cause: Tally] = [:]
  private var causes: [Cause] = []

  init(rounding: Rounding) { self.rounding = rounding }

  mutating func add(_ finding: Finding) { findings.append(finding) }

  /// A product that does not fit: the row has no amount, and the run is refused (RELIABILITY D12).
  mutating func overflow<T: Table>(_ book: Book, _ table: T.Type, line: UInt32, what: String) {
    add(
      Finding(
        .error, "overflow", at: Place(file: book.file(table), line: line),
        "the \(what) of this line has more than ten digits before the point",
        expected: "amounts below 10,000,000,000.00",
        remedy: "correct the quantity, rate or price that is too large"))
  }

  /// Counts a row of a cause; `number` tells causes of one code apart, such as a job's row.
  ///
  /// - Returns: whether it is the first, which `describe` then gives its place and subject.
  mutating func isFirst(
    _ code: String, _ number: Int, hours: Hours = .zero, amount: Money = .zero
  ) -> Bool {
    let cause = Cause(code: code, number: number)
    let isFirst = tallies[cause] == nil
    if isFirst { causes.append(cause) }
    tallies[cause, default: Tally()].rows += 1
    tallies[cause, default: Tally()].hours += hours
    tallies[cause, default: Tally()].amount += amount
    return isFirst
  }

  mutating func describe(_ code: String, _ number: Int, at place: Place, subject: String = "") {
    tallies[Cause(code: code, number: number)]?.first = place
    tallies[Cause(code: code, number: number)]?.subject = subject
  }

  /// Turns every counted cause of a code into one finding, in the order in which they were met.
  mutating func report(
    _ code: String, _ severity: Severity = .warning, remedy: String,
    message: (_ subject: String, _ rows: String, _ hours: Hours) -> String
  ) {
    for cause in causes where cause.code == code {
      guard let tally = tallies[cause] else { continue }
      let rows = tally.rows == 1 ? "1 line" : "\(tally.rows) lines"
      add(
        Finding(
          severity, code, at: tally.first, message(tally.subject, rows, tally.hours),
          remedy: remedy, amount: tally.amount))
    }
    causes.removeAll { $0.code == code }
  }
}
