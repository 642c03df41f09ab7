import Measures
import Reporting

extension Cell {
  /// Writes a number, a day or a flag in its raw form; nothing for an empty cell, and for text.
  func appendPlainNumber(to bytes: inout [UInt8]) {
    switch self {
    case .money(let value): bytes.append(value, keeping: nil)
    case .unitPrice(let value): bytes.append(value, keeping: 2)
    case .percentage(let value): bytes.append(value, keeping: 2)
    case .quantity(let value): bytes.append(value, keeping: 0)
    case .hours(let value): bytes.append(value, keeping: 0)
    case .integer(let value): appendDecimal(Int64(value), decimals: 0, to: &bytes)
    case .day(let day): day.append(to: &bytes)
    case .flag(let value): bytes += (value ? "yes" : "no").utf8
    case .empty, .id, .text: break
    }
  }
}

extension [UInt8] {
  /// - Parameter keeping: decimals that stay even where they are zero; nil for all of them.
  fileprivate mutating func append(_ value: some Measure, keeping: Int?) {
    guard !value.isNone else { return }
    appendDecimal(value.units, decimals: type(of: value).decimals, keeping: keeping, to: &self)
  }
}

/// Writes a field of text, in quotes where it needs them.
///
/// Guarded text that a spreadsheet would take for a formula gets one apostrophe inside the quotes
/// (RELIABILITY D11).
func appendCSVText(_ text: String, guarded: Bool, to bytes: inout [UInt8]) {
  let done: Void? = text.utf8.withContiguousStorageIfAvailable { field in
    appendField(field, guarded: guarded, to: &bytes)
  }
  if done == nil {
    Array(text.utf8).withUnsafeBufferPointer { appendField($0, guarded: guarded, to: &bytes) }
  }
}

private func appendField(
  _ field: UnsafeBufferPointer<UInt8>, guarded: Bool, to bytes: inout [UInt8]
) {
  let isFormula = guarded && looksLikeFormula(field)
  guard isFormula || needsQuotes(field) else {
    bytes.append(contentsOf: field)
    return
  }
  bytes.append(UInt8(ascii: "\""))
  if isFormula { bytes.append(UInt8(ascii: "'")) }
  for byte in field {
    if byte == UInt8(ascii: "\"") { bytes.append(byte) }
    bytes.append(byte)
  }
  bytes.append(UInt8(ascii: "\""))
}

/// A comma, a quote or a line end inside, or a blank at an end that some readers would take off.
private func needsQuotes(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
  guard let first = field.first, let last = field.last else { return false }
  if first <= 0x20 || last <= 0x20 { return true }
  for byte in field where byte <= UInt8(ascii: ",") {
    switch byte {
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
func looksLikeFormula(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
  guard let first = field.first else { return false }
  if first > UInt8(ascii: "@"), first < 0x7F { return false }  // the usual case: a letter
  for scalar in String(decoding: field.prefix(256), as: UTF8.self).unicodeScalars {
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
