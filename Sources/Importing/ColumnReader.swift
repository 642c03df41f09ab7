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
  private func withCell<Result>(_ row: Int, _ body: (Span<UInt8>) -> Result) -> Result {
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
    let low = within?.lowerBound.units ?? .min + 1
    let high = within?.upperBound.units ?? .max
    let decimals = M.decimals
    var odd = [Int]()
    block.withCells(field) { cells in
      for row in 0..<cells.count {
        let (start, end) = cells.bounds(row)
        if start == end, let blank {
          values[row] = blank
          continue
        }
        var units = Int64.min
        if end &- start <= 8, end > start {
          units = shortDecimal(cells.word(end &- 8), length: end &- start, decimals: decimals)
        }
        if units >= low, units <= high {
          values[row] = M(units: units)
        } else {
          odd.append(row)
        }
      }
    }
    for row in odd { values[row] = number(row, blank, expected: expected, within: within) }
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

  mutating func flags(blank: Bool, into values: Slots<Bool>) {
    var odd = [Int]()
    block.withCells(field) { cells in
      for row in 0..<cells.count {
        let (start, end) = cells.bounds(row)
        switch cells.head(start, end &- start) {
        case 0x73_6579 where end &- start == 3: values[row] = true  // yes
        case 0x6F6E where end &- start == 2: values[row] = false  // no
        default:
          if start == end { values[row] = blank } else { odd.append(row) }
        }
      }
    }
    for row in odd { values[row] = flag(row) ?? blank }
  }

  mutating func optionalFlags(into values: Slots<Bool?>) {
    for row in 0..<rows { values[row] = block.bounds(row, field).isEmpty ? nil : flag(row) }
  }

  private mutating func flag(_ row: Int) -> Bool? {
    let flag = withCell(row, parseFlag)
    if flag == nil { fault(row, "not_a_flag", "is neither yes nor no", expected: "yes or no") }
    return flag
  }

  mutating func choices<C: Choice>(
    _ words: ChoiceWords<C>, blank: C, isRequired: Bool, into values: Slots<C>
  ) {
    choices(words, isRequired: isRequired) { values[$0] = $1 ?? blank }
  }

  mutating func optionalChoices<C: Choice>(_ words: ChoiceWords<C>, into values: Slots<C?>) {
    choices(words, isRequired: false) { values[$0] = $1 }
  }

  @inline(__always)
  private mutating func choices<C: Choice>(
    _ words: ChoiceWords<C>, isRequired: Bool, _ put: (Int, C?) -> Void
  ) {
    var odd = [Int]()
    block.withCells(field) { cells in
      for row in 0..<cells.count {
        let (start, end) = cells.bounds(row)
        if let choice = words.choice(cells, start, end) {
          put(row, choice)
        } else if start == end, !isRequired {
          put(row, nil)
        } else {
          odd.append(row)
        }
      }
    }
    for row in odd {
      put(row, nil)
      let expected = C.allCases.map(\.rawValue).joined(separator: ", ")
      if block.bounds(row, field).isEmpty {
        blank(row, "one of " + expected)
      } else {
        fault(row, "unknown_word", "is none of the words known here", expected: expected)
      }
    }
  }

  mutating func texts(isRequired: Bool, limit: Int) -> TextColumn {
    var blanks = [Int]()
    var long = [Int]()
    let column = block.withCells(field) { cells in
      var size = 0
      for row in 0..<cells.count {
        let (start, end) = cells.bounds(row)
        size &+= end &- start
        if start == end, isRequired { blanks.append(row) }
        if end &- start > limit { long.append(row) }
      }
      return TextColumn(rows: cells.count, bytes: size) { row, put in
        let (start, end) = cells.bounds(row)
        cells.withBytes(start, end, put)
      }
    }
    for row in blanks { blank(row, "text") }
    for row in long { checkLength(row, limit) }
    return column
  }

  /// Looks at texts that are not kept.
  mutating func checkTexts(limit: Int) {
    var long = [Int]()
    block.withCells(field) { cells in
      for row in 0..<cells.count {
        let (start, end) = cells.bounds(row)
        if end &- start > limit { long.append(row) }
      }
    }
    for row in long { checkLength(row, limit) }
  }

  private mutating func checkLength(_ row: Int, _ limit: Int) {
    guard text(row).unicodeScalars.count > limit else { return }
    fault(
      row, "too_long", "is longer than \(limit) characters",
      expected: "at most \(limit) characters")
  }

  /// The first and the last id of the block, where each comes after the one before it; nil where one
  /// does not, is blank, or has more than 16 bytes.
  func ascendingIDs() -> (first: OrderedID, last: OrderedID)? {
    block.withCells(field) { cells in
      var first: OrderedID?
      var last = OrderedID(high: 0, low: 0, length: 0)
      for row in 0..<cells.count {
        let (start, end) = cells.bounds(row)
        let length = end &- start
        guard length > 0, length <= 16 else { return nil }
        let id = OrderedID(
          high: cells.head(start, min(length, 8)).byteSwapped,
          low: length > 8 ? cells.head(start &+ 8, length &- 8).byteSwapped : 0, length: length)
        guard last < id else { return nil }
        if first == nil { first = id }
        last = id
      }
      return first.map { ($0, last) }
    }
  }

  /// The form of the block's ids, were all written like its first.
  func counterForm() -> CounterForm? {
    let (first, last) = (block.bounds(0, field), block.bounds(rows - 1, field))
    return withCell(0) { CounterForm(of: $0, padded: first.count == last.count) }
  }

  /// The numbers of ids; false where one has another form.
  func numbers(of form: CounterForm, _ values: Slots<Int32>) -> Bool {
    block.withCells(field) { cells in
      var all: Int64 = 0
      for row in 0..<cells.count {
        let (start, end) = cells.bounds(row)
        let number = form.number(
          head: cells.word(start), tail: cells.word(end &- 8), length: end &- start)
        all |= number
        values[row] = Int32(truncatingIfNeeded: number)
      }
      return all >= 0
    }
  }

  /// Keeps the cells that are not blank.
  mutating func references(limit: Int) {
    var found = References()
    block.withCells(field) { cells in
      for row in 0..<cells.count {
        let (start, end) = cells.bounds(row)
        guard start < end else { continue }
        found.rows.append(row)
        cells.withBytes(start, end) { found.texts.append($0) }
      }
    }
    for row in found.rows where block.bounds(row, field).count > limit { checkLength(row, limit) }
    pending = found
  }

  /// Rows of a master by their keys: by number where they are counted, else all of a block are hashed
  /// and then probed, so that the misses of the cache overlap.
  mutating func keys<T>(
    in index: KeyIndex<T>, isRequired: Bool, blank: RowID<T>, table: String, isLenient: Bool,
    into values: Slots<RowID<T>>
  ) {
    var odd = [Int]()
    block.withCells(field) { cells in
      if let counter = index.counter {
        count(index, counter, blank, isRequired, cells, values, &odd)
      } else {
        probe(index, blank, isRequired, cells, values, &odd)
      }
    }
    for row in odd {
      if block.bounds(row, field).isEmpty {
        if isRequired { self.blank(row, "an id of \(table)") }
      } else if !isLenient {
        unknown(row, in: table)
      }
    }
  }

  /// First the numbers of all keys, then their rows: the second loop does nothing but wait for memory,
  /// for many rows at once (30 ns a key in one loop, 9 in two).
  private func count<T>(
    _ index: KeyIndex<T>, _ counter: Counter, _ blank: RowID<T>, _ isRequired: Bool,
    _ cells: Cells, _ values: Slots<RowID<T>>, _ odd: inout [Int]
  ) {
    for row in 0..<cells.count {
      let (start, end) = cells.bounds(row)
      let place = counter.place(
        head: cells.word(start), tail: cells.word(end &- 8), length: end &- start)
      values[row] = start == end ? .none : place < 0 ? .missing : RowID(number: place)
    }
    index.rowsByPlace.withUnsafeBufferPointer { rows in
      for row in 0..<cells.count {
        let place = values[row].number
        values[row] =
          place >= 0 ? RowID(number: rows[Int(place)]) : place == -1 ? blank : .missing
      }
    }
    for row in 0..<cells.count where values[row].number < 0 {
      if values[row] != .none || isRequired { odd.append(row) }
    }
  }

  /// All keys are hashed and their slots asked for, and then they are looked for; in an index so small
  /// that it stays at hand, one by one, each first compared with the one before.
  private func probe<T>(
    _ index: KeyIndex<T>, _ blank: RowID<T>, _ isRequired: Bool, _ cells: Cells,
    _ values: Slots<RowID<T>>, _ odd: inout [Int]
  ) {
    let isSmall = index.count < 256
    var hashes = [UInt64](repeating: 0, count: isSmall ? 0 : cells.count)
    var touched: Int64 = 0
    for row in hashes.indices {
      let (start, end) = cells.bounds(row)
      hashes[row] = cells.hash(start, end)
      touched |= index.slot(of: hashes[row])
    }
    block.touched = touched
    var last: (word: UInt64, length: Int, id: RowID<T>) = (0, 0, blank)
    for row in 0..<cells.count {
      let (start, end) = cells.bounds(row)
      let length = end &- start
      let word = cells.head(start, length)
      if length <= 8, word == last.word, length == last.length {
        values[row] = last.id
      } else {
        let hash = isSmall ? cells.hash(start, end) : hashes[row]
        let id = cells.withBytes(start, end) { index.find($0.span, hash: hash) }
        values[row] = length == 0 ? blank : id
        last = (word, length, values[row])
      }
      if values[row].number < 0, length > 0 || isRequired { odd.append(row) }
    }
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
