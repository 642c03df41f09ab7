import Measures
import Reporting

/// What becomes of a row's values, as CSV.
struct CSVFields {
  /// Whether text that looks like a formula is guarded.
  let isGuarded: Bool

  /// Appends the line of one row, its end included.
  func appendLine(
    _ row: Int, of blocks: borrowing [ColumnBlock], _ columns: borrowing [SheetColumn],
    to bytes: inout [UInt8]
  ) {
    var room = 2
    for place in 0..<blocks.count {
      room += 1 + (columns[place].kind.isText ? blocks[place].length(row) * 2 + 3 : 24)
    }
    // Room for the whole line is made once, so that no byte of it asks again.
    bytes.append(addingCapacity: room) { line in
      for place in 0..<blocks.count {
        if place > 0 { line.append(UInt8(ascii: ",")) }
        let kind = columns[place].kind
        if kind.isText {
          appendText(row, of: blocks[place], to: &line)
        } else {
          appendNumber(blocks[place].numbers[row], kind, to: &line)
        }
      }
      // A column alone and empty would be an empty line, which readers skip.
      if line.count == 0 {
        line.append(UInt8(ascii: "\""))
        line.append(UInt8(ascii: "\""))
      }
      line.append(UInt8(ascii: "\n"))
    }
  }

  private func appendText(
    _ row: Int, of block: borrowing ColumnBlock, to line: inout OutputSpan<UInt8>
  ) {
    let bytes = block.bytes.span
    append(bytes.extracting(block.range(row)), to: &line)
  }

  /// A number, a day or a flag in its raw form; nothing for an empty cell.
  private func appendNumber(_ number: Int64, _ kind: CellKind, to line: inout OutputSpan<UInt8>) {
    guard number != ColumnBlock.none else { return }
    switch kind {
    case .money: appendCents(number, to: &line)
    case .unitPrice, .percentage: appendFourDecimals(number, keeping: 2, to: &line)
    case .quantity, .hours: appendFourDecimals(number, keeping: 0, to: &line)
    case .integer: appendWhole(number.magnitude, isNegative: number < 0, to: &line)
    case .day: append(Day(number: Int32(number)), to: &line)
    case .flag:
      for byte in number != 0 ? "yes".utf8 : "no".utf8 { line.append(byte) }
    case .id, .text: break
    }
  }

  private func appendCents(_ units: Int64, to line: inout OutputSpan<UInt8>) {
    let (whole, cents) = units.magnitude.quotientAndRemainder(dividingBy: 100)
    appendWhole(whole, isNegative: units < 0, to: &line)
    line.append(UInt8(ascii: "."))
    line.append(UInt8(truncatingIfNeeded: cents / 10) &+ 48)
    line.append(UInt8(truncatingIfNeeded: cents % 10) &+ 48)
  }

  /// - Parameter keeping: decimals that stay even where they are zero.
  private func appendFourDecimals(
    _ units: Int64, keeping: Int, to line: inout OutputSpan<UInt8>
  ) {
    let (whole, decimals) = units.magnitude.quotientAndRemainder(dividingBy: 1_0000)
    appendWhole(whole, isNegative: units < 0, to: &line)
    var (rest, divisor, shown) = (decimals, UInt64(1000), 0)
    while rest > 0 || shown < keeping {
      if shown == 0 { line.append(UInt8(ascii: ".")) }
      line.append(UInt8(truncatingIfNeeded: rest / divisor) &+ 48)
      rest %= divisor
      divisor /= 10
      shown += 1
    }
  }

  private func appendWhole(
    _ number: UInt64, isNegative: Bool, to line: inout OutputSpan<UInt8>
  ) {
    if isNegative { line.append(UInt8(ascii: "-")) }
    var digits = InlineArray<20, UInt8>(repeating: 0)
    var (rest, place) = (number, 20)
    repeat {
      place -= 1
      digits[place] = UInt8(truncatingIfNeeded: rest % 10) &+ 48
      rest /= 10
    } while rest > 0
    while place < 20 {
      line.append(digits[place])
      place += 1
    }
  }

  private func append(_ day: Day, to line: inout OutputSpan<UInt8>) {
    let date = day.calendar
    for (value, divisor) in [(date.year, 1000), (date.month, 10), (date.day, 10)] {
      if divisor == 10 { line.append(UInt8(ascii: "-")) }
      var divisor = divisor
      while divisor > 0 {
        line.append(UInt8(value / divisor % 10) + 48)
        divisor /= 10
      }
    }
  }

  /// Writes a field of text, in quotes where it needs them.
  ///
  /// Guarded text that a spreadsheet would take for a formula gets one apostrophe inside the quotes
  /// (RELIABILITY D11).
  private func append(_ field: Span<UInt8>, to line: inout OutputSpan<UInt8>) {
    let isFormula = isGuarded && looksLikeFormula(field)
    guard isFormula || needsQuotes(field) else {
      for place in field.indices { line.append(field[place]) }
      return
    }
    line.append(UInt8(ascii: "\""))
    if isFormula { line.append(UInt8(ascii: "'")) }
    for place in field.indices {
      if field[place] == UInt8(ascii: "\"") { line.append(field[place]) }
      line.append(field[place])
    }
    line.append(UInt8(ascii: "\""))
  }
}

extension CellKind {
  fileprivate var isText: Bool { self == .id || self == .text }
}

/// A comma, a quote or a line end inside, or a blank at an end that some readers would take off.
private func needsQuotes(_ field: Span<UInt8>) -> Bool {
  guard !field.isEmpty else { return false }
  if field[0] <= 0x20 || field[field.count - 1] <= 0x20 { return true }
  for place in field.indices where field[place] <= UInt8(ascii: ",") {
    switch field[place] {
    case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\r"), UInt8(ascii: "\n"): return true
    default: continue
    }
  }
  return false
}

/// Whether the first scalar after blanks is one of `= + - @`, TAB, CR, LF or a full-width sign.
///
/// Scalars and not characters: "=" with a combining accent is one `Character`, and LibreOffice makes
/// a formula of it (RELIABILITY D5). Control and zero-width scalars count as blanks.
private func looksLikeFormula(_ field: Span<UInt8>) -> Bool {
  guard !field.isEmpty else { return false }
  if field[0] > UInt8(ascii: "@"), field[0] < 0x7F { return false }  // the usual case: a letter
  let start = (0..<min(256, field.count)).map { field[$0] }
  for scalar in String(decoding: start, as: UTF8.self).unicodeScalars {
    switch scalar {
    case "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠": return true
    case "\u{200B}"..."\u{200F}", "\u{2060}", "\u{FEFF}": continue
    case _ where scalar.properties.isWhitespace || scalar.value < 0x20 || scalar.value == 0x7F:
      continue
    default: return false
    }
  }
  return field.count > 256  // blanks without end: nothing a person would write
}
