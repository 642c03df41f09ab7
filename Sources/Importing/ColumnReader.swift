import Ledger
import Measures

/// The cells of one column in a block, and where its faults go.
///
/// Every kind of cell has a loop that takes the usual forms a word at a time and lists the rows with
/// anything else; those few are then read with care, and complained about where that is due.
struct ColumnReader {
  let block: Block
  let field: Int
  let name: String
  var faults: [CellFault] = []
  /// The raw text of columns that refer to rows of their own table, linked when all are there.
  var pending: References?

  init(block: Block, field: Int, name: String) {
    self.block = block
    self.field = field
    self.name = name
  }

  var rows: Int { block.rows }

  func text(_ row: Int) -> String { block.text(row, field) }

  /// Whether no row has anything in the column.
  var isBlank: Bool {
    block.withCells(field) { cells in
      for row in 0..<cells.count {
        let (start, end) = cells.bounds(row)
        if start < end { return false }
      }
      return true
    }
  }

  /// Calls the body with a cell, for the rows that are read with care.
  func withCell<Result>(_ row: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    let bytes = block.bytes
    return body(bytes.span.extracting(block.bounds(row, field)))
  }

  mutating func fault(
    _ row: Int, _ code: String, _ message: String, expected: String,
    remedy: String = "correct the cell and import again"
  ) {
    faults.append(
      CellFault(
        row: row, column: name, code: code, value: text(row), message: message,
        expected: expected, remedy: remedy))
  }

  mutating func blank(_ row: Int, _ expected: String) {
    fault(row, "blank_cell", "is blank and must not be", expected: expected)
  }

  /// Numbers of any measure; a blank cell becomes `blank`, or a fault where that is nil.
  mutating func numbers<M: Measure>(
    _ blank: M?, expected: String, within: ClosedRange<M>?, into values: Slots<M>
  ) {
    numbers(blank, expected: expected, within: within) { values[$0] = $1 }
  }

  /// Numbers, each handed over with its row.
  @inline(__always)
  mutating func numbers<M: Measure>(
    _ blank: M?, expected: String, within: ClosedRange<M>?, _ put: (_ row: Int, _ value: M) -> Void
  ) {
    let low = within?.lowerBound.units ?? .min + 1
    let high = within?.upperBound.units ?? .max
    let decimals = M.decimals
    var odd = [Int]()
    block.withCells(field) { cells in
      for row in 0..<cells.count {
        let (start, end) = cells.bounds(row)
        if start == end, let blank {
          put(row, blank)
          continue
        }
        var units = Int64.min
        if end &- start <= 8, end > start {
          units = shortDecimal(cells.word(end &- 8), length: end &- start, decimals: decimals)
        }
        if units >= low, units <= high {
          put(row, M(units: units))
        } else {
          odd.append(row)
        }
      }
    }
    for row in odd { put(row, number(row, blank, expected: expected, within: within)) }
  }

  private mutating func number<M: Measure>(
    _ row: Int, _ blank: M?, expected: String, within: ClosedRange<M>?
  ) -> M {
    let parsed = withCell(row) { parseDecimal($0, decimals: M.decimals) }
    switch parsed {
    case .value(let units):
      let value = M(units: units)
      if let within, !within.contains(value) {
        fault(
          row, "out_of_range",
          "is not between \(within.lowerBound.shortText()) and \(within.upperBound.shortText())",
          expected: expected)
      }
      return value
    case .empty:
      if blank == nil { self.blank(row, expected) }
      return blank ?? .zero
    default:
      malformed(row, parsed, decimals: M.decimals, expected: expected)
      return .zero
    }
  }

  private mutating func malformed(
    _ row: Int, _ parsed: DecimalParse, decimals: Int, expected: String
  ) {
    switch parsed {
    case .tooPrecise:
      fault(row, "too_many_decimals", "has more than \(decimals) decimals", expected: expected)
    case .tooLarge:
      fault(row, "too_large", "has more than ten digits before the point", expected: expected)
    default:
      fault(
        row, "not_a_number", "is not a number", expected: expected,
        remedy: "write digits with a point, without currency signs or separators; for other forms "
          + "use a profile")
    }
  }

  mutating func integers(_ blank: Int32?, expected: String, into values: Slots<Int32>) {
    for row in 0..<rows {
      let text = text(row)
      if text.isEmpty {
        if blank == nil { self.blank(row, expected) }
        values[row] = blank ?? 0
      } else if let value = Int32(text), value >= 0 {
        values[row] = value
      } else {
        fault(row, "not_a_number", "is not a whole number", expected: expected)
        values[row] = 0
      }
    }
  }

  mutating func days(isRequired: Bool, into values: Slots<Day>) {
    var odd = [Int]()
    let memo = block.days
    block.withCells(field) { cells in
      for row in 0..<cells.count {
        let (start, end) = cells.bounds(row)
        if start == end, !isRequired {
          values[row] = .none
        } else if end &- start == 10,
          let day = memo.day(cells.word(start), cells.word(end &- 8), Self.days)
        {
          values[row] = day
        } else {
          odd.append(row)
        }
      }
    }
    for row in odd { values[row] = day(row, isRequired: isRequired) }
  }

  private mutating func day(_ row: Int, isRequired: Bool) -> Day {
    guard !block.bounds(row, field).isEmpty else {
      if isRequired { blank(row, Self.expectedDay) }
      return .none
    }
    guard withCell(row, parseISODate) != nil else {
      fault(
        row, "not_a_day", "is not a day", expected: Self.expectedDay,
        remedy: "write the day as year-month-day, or declare the file's form under [dates] in "
          + "company.toml")
      return .none
    }
    guard let day = withCell(row, parseISODay), Self.days.contains(day) else {
      fault(row, "day_out_of_range", "lies outside 1990 to 2100", expected: Self.expectedDay)
      return .none
    }
    return day
  }

  private static let expectedDay = "a day such as 2026-10-31"
  private static let days =
    (Day(year: 1990, month: 1, day: 1) ?? .none)...(Day(year: 2100, month: 12, day: 31) ?? .never)
}
