import Ledger

// Ids of rows of other tables.

extension ColumnReader {
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
  /// for many rows at once. In one loop two thirds of the time were that wait.
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
