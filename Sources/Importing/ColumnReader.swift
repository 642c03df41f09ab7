import Ledger
import Measures

/// The cells of one column in a block, and where its faults go.
struct ColumnReader {
  let block: ScannedBlock
  let field: Int
  let name: String
  /// The masters that were imported before this table.
  let book: Book
  var faults: [CellFault]
  /// The raw text of columns that refer to rows of their own table, linked when all are there.
  var pending: [String: TextColumn] = [:]

  var rows: Int { block.rows }

  func text(_ row: Int) -> String {
    let place = row * block.width + field
    return String(
      decoding: block.bytes[Int(block.starts[place])..<Int(block.ends[place])], as: UTF8.self)
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
  mutating func numbers<M: Measure>(_ blank: M?, expected: String, within: ClosedRange<M>?) -> [M] {
    var values = [M]()
    values.reserveCapacity(rows)
    let block = block
    for row in 0..<rows {
      let place = row * block.width + field
      let start = Int(block.starts[place])
      let end = Int(block.ends[place])
      guard start < end else {
        if blank == nil { self.blank(row, expected) }
        values.append(blank ?? .zero)
        continue
      }
      let parsed = parseDecimal(block.bytes.span.extracting(start..<end), decimals: M.decimals)
      if case .value(let units) = parsed {
        let value = M(units: units)
        if let within, !within.contains(value) {
          fault(
            row, "out_of_range",
            "is not between \(within.lowerBound.shortText()) and \(within.upperBound.shortText())",
            expected: expected)
        }
        values.append(value)
      } else {
        malformed(row, parsed, decimals: M.decimals, expected: expected)
        values.append(.zero)
      }
    }
    return values
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

  mutating func integers(_ blank: Int32?, expected: String) -> [Int32] {
    var values = [Int32]()
    values.reserveCapacity(rows)
    for row in 0..<rows {
      let text = text(row)
      if text.isEmpty {
        if blank == nil { self.blank(row, expected) }
        values.append(blank ?? 0)
      } else if let value = Int32(text), value >= 0 {
        values.append(value)
      } else {
        fault(row, "not_a_number", "is not a whole number", expected: expected)
        values.append(0)
      }
    }
    return values
  }

  mutating func days(isRequired: Bool) -> [Day] {
    var values = [Day]()
    values.reserveCapacity(rows)
    let block = block
    for row in 0..<rows {
      let place = row * block.width + field
      let start = Int(block.starts[place])
      let end = Int(block.ends[place])
      guard start < end else {
        if isRequired { blank(row, Self.expectedDay) }
        values.append(.none)
        continue
      }
      if let day = parseISODay(block.bytes.span.extracting(start..<end)) {
        if day < Self.firstDay || day > Self.lastDay {
          fault(row, "day_out_of_range", "lies outside 1990 to 2100", expected: Self.expectedDay)
        }
        values.append(day)
      } else {
        fault(
          row, "not_a_day", "is not a day", expected: Self.expectedDay,
          remedy: "write the day as year-month-day, or declare the file's form under [dates] in "
            + "company.toml")
        values.append(.none)
      }
    }
    return values
  }

  private static let expectedDay = "a day such as 2026-10-31"
  private static let firstDay = Day(year: 1990, month: 1, day: 1) ?? .none
  private static let lastDay = Day(year: 2100, month: 12, day: 31) ?? .never

  mutating func flags(blank: Bool?) -> [Bool?] {
    var values = [Bool?]()
    values.reserveCapacity(rows)
    let block = block
    for row in 0..<rows {
      let place = row * block.width + field
      let start = Int(block.starts[place])
      let end = Int(block.ends[place])
      guard start < end else {
        values.append(blank)
        continue
      }
      if let flag = parseFlag(block.bytes.span.extracting(start..<end)) {
        values.append(flag)
      } else {
        fault(row, "not_a_flag", "is neither yes nor no", expected: "yes or no")
        values.append(blank)
      }
    }
    return values
  }

  mutating func choices<C: Choice>(_ blank: C?, isRequired: Bool) -> [C?] {
    let words = C.allCases.map { (word: Array($0.rawValue.utf8), choice: $0) }
    var values = [C?]()
    values.reserveCapacity(rows)
    let block = block
    for row in 0..<rows {
      let place = row * block.width + field
      let start = Int(block.starts[place])
      let end = Int(block.ends[place])
      let expected = { C.allCases.map(\.rawValue).joined(separator: ", ") }
      guard start < end else {
        if isRequired { self.blank(row, "one of " + expected()) }
        values.append(blank)
        continue
      }
      let cell = block.bytes.span.extracting(start..<end)
      if let found = words.first(where: { equalBytes($0.word.span, cell) }) {
        values.append(found.choice)
      } else {
        fault(row, "unknown_word", "is none of the words known here", expected: expected())
        values.append(blank)
      }
    }
    return values
  }

  mutating func texts(isRequired: Bool, limit: Int) -> TextColumn {
    var column = TextColumn()
    var size = 0
    let block = block
    for row in 0..<rows {
      let place = row * block.width + field
      size += Int(block.ends[place] - block.starts[place])
    }
    column.reserveCapacity(rows: rows, bytes: size)
    for row in 0..<rows {
      let place = row * block.width + field
      let start = Int(block.starts[place])
      let end = Int(block.ends[place])
      if start == end, isRequired { blank(row, "text") }
      column.append(block.bytes.span.extracting(start..<end))
      if end - start > limit, text(row).unicodeScalars.count > limit {
        fault(
          row, "too_long", "is longer than \(limit) characters",
          expected: "at most \(limit) characters")
      }
    }
    return column
  }

  /// Rows of a master by their keys: all of a block are hashed, then all are probed.
  mutating func keys<T>(
    in index: KeyIndex<T>, isRequired: Bool, blank: RowID<T>, table: String, isLenient: Bool
  ) -> [RowID<T>] {
    var hashes = [UInt64]()
    hashes.reserveCapacity(rows)
    let block = block
    let bytes = block.bytes.span
    for row in 0..<rows {
      let place = row * block.width + field
      hashes.append(
        hashOfKey(bytes.extracting(Int(block.starts[place])..<Int(block.ends[place]))))
    }
    var found = [RowID<T>]()
    found.reserveCapacity(rows)
    for row in 0..<rows {
      let place = row * block.width + field
      let start = Int(block.starts[place])
      let end = Int(block.ends[place])
      guard start < end else {
        if isRequired { self.blank(row, "an id of \(table)") }
        found.append(blank)
        continue
      }
      let id = index.find(block.bytes.span.extracting(start..<end), hash: hashes[row])
      found.append(id)
      if id == .missing, !isLenient { unknown(row, in: table) }
    }
    return found
  }

  private mutating func unknown(_ row: Int, in table: String) {
    fault(
      row, "unknown_reference", "is in no row of \(table)",
      expected: "an id that \(table) has",
      remedy: "correct the cell, or add the row to \(table), and import again")
  }
}

func equalBytes(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
  guard a.count == b.count else { return false }
  for place in a.indices where a[place] != b[place] { return false }
  return true
}

/// yes/no, true/false, y/n, 1/0, ASCII letters without case; nil for anything else.
func parseFlag(_ bytes: Span<UInt8>) -> Bool? {
  guard bytes.count <= 5 else { return nil }
  var word: UInt64 = 0
  for place in bytes.indices {
    let byte = bytes[place]
    word = word << 8 | UInt64((65...90).contains(byte) ? byte + 32 : byte)
  }
  switch word {
  case 0x31, 0x79, 0x79_6573, 0x7472_7565: return true  // 1, y, yes, true
  case 0x30, 0x6E, 0x6E6F, 0x66_616C_7365: return false  // 0, n, no, false
  default: return nil
  }
}
