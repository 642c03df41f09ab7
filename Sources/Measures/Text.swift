// Numbers and days as text and back. Bytes in, bytes out: no locale, no clock, no Double.

extension Measure {
  /// Reads `[-+]digits[.digits]` and nothing else: every byte is consumed, and more decimals than
  /// the measure holds are taken only where they are zero.
  ///
  ///     Money("1284.50")      // 128 450 cents
  ///     Money("1,284.50")     // nil: separators are for profiles
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard case .value(let units) = parseDecimal(bytes.span, decimals: Self.decimals) else {
      return nil
    }
    self.init(units: units)
  }
}

extension Measure {
  /// All decimals, no separators: `-1284.50`. The form of the CSV files.
  public var text: String {
    guard !isNone else { return "" }
    var bytes = [UInt8]()
    appendDecimal(units, decimals: Self.decimals, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// At least `keeping` decimals and no zeros beyond them: `8.25`, `1.5`, `40`.
  public func shortText(keeping: Int = 0) -> String {
    guard !isNone else { return "" }
    var bytes = [UInt8]()
    appendDecimal(units, decimals: Self.decimals, keeping: keeping, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Money {
  /// With thousands separated, for people: `-1,284.50`.
  public var grouped: String {
    let plain = text
    let digits = plain.drop { $0 == "-" }
    let whole = digits.prefix { $0 != "." }
    var out = ""
    for (place, digit) in whole.enumerated() {
      if place > 0, (whole.count - place) % 3 == 0 { out.append(",") }
      out.append(digit)
    }
    return (units < 0 ? "-" : "") + out + digits.dropFirst(whole.count)
  }
}

/// What became of a cell that should hold a number.
public enum DecimalParse: Hashable, Sendable {
  case value(Int64)
  case empty
  case malformed
  /// Digits other than zero beyond the decimals that the measure has.
  case tooPrecise
  /// More than ten digits before the point (RELIABILITY §3.1).
  case tooLarge
}

/// Reads a plain decimal number from UTF-8 bytes.
public func parseDecimal(_ bytes: Span<UInt8>, decimals: Int) -> DecimalParse {
  guard !bytes.isEmpty else { return .empty }
  var place = 0
  var isNegative = false
  if bytes[0] == UInt8(ascii: "-") || bytes[0] == UInt8(ascii: "+") {
    isNegative = bytes[0] == UInt8(ascii: "-")
    place = 1
  }
  var value: Int64 = 0
  var wholeDigits = 0
  var digits = 0
  while place < bytes.count, bytes[place] &- 48 < 10 {
    if value != 0 || bytes[place] != 48 { wholeDigits += 1 }
    guard wholeDigits <= 10 else { return wholeNumber(bytes) ? .tooLarge : .malformed }
    value = value &* 10 &+ Int64(bytes[place] &- 48)
    digits += 1
    place += 1
  }
  var fraction = 0
  var isTooPrecise = false
  if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
    place += 1
    while place < bytes.count, bytes[place] &- 48 < 10 {
      if fraction < decimals {
        value = value &* 10 &+ Int64(bytes[place] &- 48)
        fraction += 1
      } else if bytes[place] != 48 {
        isTooPrecise = true
      }
      digits += 1
      place += 1
    }
  }
  guard place == bytes.count, digits > 0 else { return .malformed }
  guard !isTooPrecise else { return .tooPrecise }
  while fraction < decimals {
    value = value &* 10
    fraction += 1
  }
  return .value(isNegative ? -value : value)
}

/// Whether the bytes are a number of any length, so that "too large" is the right complaint.
private func wholeNumber(_ bytes: Span<UInt8>) -> Bool {
  var points = 0
  for place in bytes.indices {
    let byte = bytes[place]
    if byte == UInt8(ascii: ".") { points += 1 }
    let isSign = place == 0 && (byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+"))
    guard byte &- 48 < 10 || byte == UInt8(ascii: ".") || isSign else { return false }
  }
  return points < 2
}

/// Writes `units` with its decimal point.
public func appendDecimal(
  _ units: Int64, decimals: Int, keeping: Int? = nil, to bytes: inout [UInt8]
) {
  if units < 0 { bytes.append(UInt8(ascii: "-")) }
  var rest = units.magnitude
  var reversed = InlineArray<24, UInt8>(repeating: 0)
  var count = 0
  repeat {
    reversed[count] = UInt8(truncatingIfNeeded: rest % 10) &+ 48
    rest /= 10
    count += 1
  } while rest > 0 || count <= decimals
  var shown = decimals
  if let keeping {
    while shown > keeping, reversed[decimals - shown] == 48 { shown -= 1 }
  }
  var place = count - 1
  while place >= decimals {
    bytes.append(reversed[place])
    place -= 1
  }
  guard shown > 0 else { return }
  bytes.append(UInt8(ascii: "."))
  while place >= decimals - shown {
    bytes.append(reversed[place])
    place -= 1
  }
}

extension Day {
  /// Reads `2026-10-31` and nothing else.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard let day = parseISODay(bytes.span) else { return nil }
    self = day
  }

  /// `2026-10-31`, or nothing for an empty cell.
  public var text: String {
    guard !isNone else { return "" }
    var bytes = [UInt8]()
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  public func append(to bytes: inout [UInt8]) {
    guard !isNone else { return }
    let date = calendar
    for (value, divisor) in [(date.year, 1000), (date.month, 10), (date.day, 10)] {
      if divisor == 10 { bytes.append(UInt8(ascii: "-")) }
      var divisor = divisor
      while divisor > 0 {
        bytes.append(UInt8(value / divisor % 10) + 48)
        divisor /= 10
      }
    }
  }
}

extension Month {
  /// Reads `2026-10` and nothing else.
  public init?(_ text: some StringProtocol) {
    guard let first = Day("\(text)-01") else { return nil }
    self = first.month
  }

  /// `2026-10`.
  public var text: String { String(first.text.prefix(7)) }
}

/// Reads `2026-10-31` from UTF-8 bytes; nil for anything else, or a day that does not exist or is none
/// of ours (`Day`).
public func parseISODay(_ bytes: Span<UInt8>) -> Day? {
  parseISODate(bytes).flatMap { Day(year: $0.year, month: $0.month, day: $0.day) }
}

/// Reads `2026-10-31` from UTF-8 bytes, of any year; nil for anything else, or a day that does not exist.
public func parseISODate(_ bytes: Span<UInt8>) -> (year: Int, month: Int, day: Int)? {
  guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else {
    return nil
  }
  var isDigits = true
  func digit(_ place: Int) -> Int {
    let value = bytes[place] &- 48
    if value >= 10 { isDigits = false }
    return Int(value)
  }
  let year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3)
  let month = digit(5) * 10 + digit(6)
  let day = digit(8) * 10 + digit(9)
  guard isDigits, (1...12).contains(month), day >= 1,
    day <= Month.length(year: year, month: month)
  else { return nil }
  return (year, month, day)
}
