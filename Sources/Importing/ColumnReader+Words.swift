import Ledger
import Measures

// Flags and choices.

extension ColumnReader {
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
