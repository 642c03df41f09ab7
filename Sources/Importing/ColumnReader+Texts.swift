import Ledger

// Texts, and ids of the table itself.

extension ColumnReader {
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
}
