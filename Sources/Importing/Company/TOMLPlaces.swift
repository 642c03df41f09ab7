/// Where the values of a TOML file stand, as TOMLKit gives no place for a value.
///
/// Scans a text before TOMLKit takes it: sections, dotted keys, inline tables, arrays,
/// strings of all four kinds. A value's path is its keys; an element of an array is `#0`, `#1` and
/// so on:
///
///     ["allowance", "matrix", "#0", "pct"]
///
/// Refuses by itself what TOMLKit (toml++ 3) answers with an abort instead of an error: an array's
/// element that begins with `}`, a key that is missing, a day with half a time behind it; and with
/// them bare words that are neither numbers nor flags, texts that are not closed, and nesting
/// beyond 32 levels. A text that is no TOML for another reason is scanned to its end, only with
/// places that mean nothing.
struct TOMLPlaces {
  struct Entry {
    /// Counted from 1.
    var line: UInt32
    /// The value as it is written, quotes included.
    var source: String
  }

  private(set) var entries: [[String]: Entry] = [:]
  /// The first thing that must not reach TOMLKit.
  private(set) var fault: TOMLFault?
  private let bytes: [UInt8]
  private var place = 0
  private var line: UInt32 = 1
  /// How many tables each `[[array]]` has so far.
  private var tableCounts: [[String]: Int] = [:]
  private var depth = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
    var section = [String]()
    while true {
      skipBlank(lines: true)
      guard place < bytes.count else { break }
      let start = place
      if current == UInt8(ascii: "[") {
        section = header()
      } else {
        entry(under: section)
      }
      if place == start { place += 1 }  // no TOML: go on all the same
    }
  }

  /// The byte at hand; NUL at the end.
  private var current: UInt8 { place < bytes.count ? bytes[place] : 0 }

  private mutating func advance() {
    if current == UInt8(ascii: "\n") { line += 1 }
    place += 1
  }

  /// Passes over blanks and comments, and line ends where `lines` is set.
  private mutating func skipBlank(lines: Bool) {
    while place < bytes.count {
      switch current {
      case UInt8(ascii: " "), UInt8(ascii: "\t"): place += 1
      case UInt8(ascii: "\n") where lines, UInt8(ascii: "\r") where lines: advance()
      case UInt8(ascii: "#") where lines:
        while place < bytes.count, current != UInt8(ascii: "\n") { place += 1 }
      default: return
      }
    }
  }

  /// `[a.b]` or `[[a.b]]`; gives the path of what stands below it.
  private mutating func header() -> [String] {
    let line = line
    place += 1
    let isArray = current == UInt8(ascii: "[")
    if isArray { place += 1 }
    var path = [String]()
    for key in dottedKey() {
      path.append(key)
      note(path, line, "")
      if let count = tableCounts[path] { path.append("#\(count - 1)") }
    }
    if isArray {
      if path.last?.hasPrefix("#") == true { path.removeLast() }
      let count = tableCounts[path, default: 0]
      tableCounts[path] = count + 1
      note(path, line, "")
      path.append("#\(count)")
    }
    if current != UInt8(ascii: "]") { refuse(line, "a section's name is not closed by ]") }
    while current == UInt8(ascii: "]") { place += 1 }
    note(path, line, "")
    return path
  }

  /// `a.b = value`.
  private mutating func entry(under section: [String]) {
    let line = line
    let keys = dottedKey()
    guard current == UInt8(ascii: "=") else {
      refuse(line, "a key has no value: = is missing")
      return
    }
    place += 1
    skipBlank(lines: false)
    for count in keys.indices.dropFirst() { note(section + keys.prefix(count), line, "") }
    value(section + keys, from: line)
  }

  private mutating func dottedKey() -> [String] {
    var keys = [String]()
    while place < bytes.count {
      skipBlank(lines: false)
      keys.append(key())
      skipBlank(lines: false)
      guard current == UInt8(ascii: ".") else { break }
      place += 1
    }
    return keys
  }

  private mutating func key() -> String {
    let quote = current
    let isQuoted = quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
    let start = isQuoted ? place + 1 : place
    if isQuoted {
      string()
      return text(start..<max(start, place - 1))
    }
    while place < bytes.count, !Self.endsKey.contains(current) { place += 1 }
    let word = bytes[start..<place]
    if word.isEmpty || !word.allSatisfy(Self.isInKey) {
      refuse(line, "a key is missing, or has letters for which it needs quotes")
    }
    return text(start..<place)
  }

  private static func isInKey(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, UInt8(ascii: "_"), UInt8(ascii: "-"): true
    default: false
    }
  }

  private static let endsKey = Array(" \t\r\n.=[]{},\"'#".utf8)

  /// Any value, noted with its line and source; arrays and inline tables with all that is in them.
  private mutating func value(_ path: [String], from line: UInt32) {
    let start = place
    var isBare = false
    depth += 1
    defer { depth -= 1 }
    switch current {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): string()
    case UInt8(ascii: "[") where depth <= 32: array(path)
    case UInt8(ascii: "{") where depth <= 32: inlineTable(path)
    default:
      while place < bytes.count, !Self.endsValue.contains(current) { place += 1 }
      isBare = true
    }
    var end = place
    while end > start, bytes[end - 1] == 32 || bytes[end - 1] == 9 { end -= 1 }
    let source = text(start..<end)
    if isBare { checkBare(source, line) }
    note(path, line, source)
  }

  /// A value without quotes is a number or a flag.
  private mutating func checkBare(_ word: String, _ line: UInt32) {
    let unsigned = word.drop { $0 == "+" || $0 == "-" }
    let isNumber =
      unsigned.utf8.first.map { (48...57).contains($0) } ?? false
      && unsigned.utf8.allSatisfy { Self.inNumbers.contains($0) }
    guard !isNumber, !["true", "false", "inf", "nan"].contains(unsigned) else { return }
    refuse(
      line,
      word.isEmpty
        ? "a value is missing"
        : "\(word.prefix(64)) is no value: a text or a day stands in quotes")
  }

  private static let inNumbers = Array("0123456789abcdefABCDEFox_+-.".utf8)

  private mutating func refuse(_ line: UInt32, _ message: String) {
    if fault == nil { fault = TOMLFault(line: line, message: message) }
  }

  private static let endsValue = Array("\r\n,]}#".utf8)

  private mutating func array(_ path: [String]) {
    place += 1
    var count = 0
    while true {
      skipBlank(lines: true)
      guard place < bytes.count, current != UInt8(ascii: "]") else { break }
      let start = place
      value(path + ["#\(count)"], from: line)
      count += 1
      skipBlank(lines: true)
      if current == UInt8(ascii: ",") { place += 1 }
      if place == start { place += 1 }
    }
    place = min(place + 1, bytes.count)
  }

  private mutating func inlineTable(_ path: [String]) {
    place += 1
    while true {
      skipBlank(lines: true)
      guard place < bytes.count, current != UInt8(ascii: "}") else { break }
      let start = place
      entry(under: path)
      skipBlank(lines: true)
      if current == UInt8(ascii: ",") { place += 1 }
      if place == start { place += 1 }
    }
    place = min(place + 1, bytes.count)
  }

  /// A string of any of the four kinds, passed over to the byte behind its last quote.
  private mutating func string() {
    let quote = current
    let escapes = quote == UInt8(ascii: "\"")
    let line = line
    let isLong = place + 2 < bytes.count && bytes[place + 1] == quote && bytes[place + 2] == quote
    place += isLong ? 3 : 1
    while place < bytes.count {
      if !isLong, current == UInt8(ascii: "\n") { break }
      if escapes, current == UInt8(ascii: "\\") {
        place += 1
        advance()
      } else if current == quote, !isLong {
        place += 1
        return
      } else if isLong, bytes[place...].starts(with: [quote, quote, quote]) {
        place += 3
        while current == quote { place += 1 }  // quotes may stand before the last three
        return
      } else {
        advance()
      }
    }
    place = min(place, bytes.count)
    refuse(line, "a text is not closed by its quote")
  }

  private mutating func note(_ path: [String], _ line: UInt32, _ source: String) {
    if entries[path]?.source.isEmpty ?? true {
      entries[path] = Entry(line: entries[path]?.line ?? line, source: source)
    }
  }

  private func text(_ range: Range<Int>) -> String {
    let end = min(range.upperBound, bytes.count)
    return String(decoding: bytes[min(range.lowerBound, end)..<end], as: UTF8.self)
  }
}
