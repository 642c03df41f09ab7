import TOMLKit

/// A value of a TOML file with its place, copied out of TOMLKit.
struct Setting: Sendable {
  indirect enum Value: Sendable {
    case text(String)
    case integer(Int)
    case flag(Bool)
    case list([Setting])
    /// Keys in the order of the file.
    case table([(key: String, setting: Setting)])
    /// A number with a point; never read, as it has passed through binary floating point.
    case float
    /// Days and times, which none of our keys has; the type's name.
    case other(String)
  }

  var value: Value
  /// The line it stands on; 0 for the file as a whole.
  var line: UInt32
  /// The value as it is written.
  var source: String

  private init(value: Value, line: UInt32, source: String) {
    self.value = value
    self.line = line
    self.source = source
  }

  /// What kind of value it is, for messages.
  var kind: String {
    switch value {
    case .text: "a text"
    case .integer: "a whole number"
    case .flag: "a flag"
    case .list: "a list"
    case .table: "a table"
    case .float: "a number without quotes"
    case .other(let name): "a \(name)"
    }
  }
}

/// What is wrong with a TOML text as such.
struct TOMLFault: Error {
  var line: UInt32
  var message: String
}

/// Reads a TOML text with TOMLKit, as `TOMLTable(string:)` does, but never aborts on a faulty one.
func parseTOML(_ text: String) throws(TOMLFault) -> (table: TOMLTable, places: TOMLPlaces) {
  if let nul = text.utf8.firstIndex(of: 0) {
    // TOMLKit reads a C string, so a NUL would cut the file without a word.
    let line = text.utf8[..<nul].count { $0 == UInt8(ascii: "\n") } + 1
    throw TOMLFault(line: UInt32(clamping: line), message: "the file holds a NUL character")
  }
  let places = TOMLPlaces(text)
  if let fault = places.fault { throw fault }
  do {
    return (try TOMLTable(string: text), places)
  } catch let error as TOMLParseError {
    let line = UInt32(clamping: error.source.begin.line)
    throw TOMLFault(line: line, message: error.description)
  } catch {
    throw TOMLFault(line: 0, message: "\(error)")
  }
}

extension Setting {
  /// Reads a TOML text into a table of settings.
  init(toml text: String) throws(TOMLFault) {
    let (table, places) = try parseTOML(text)
    self.init(table, [], places.entries)
  }

  private init(_ table: TOMLTable, _ path: [String], _ places: [[String]: TOMLPlaces.Entry]) {
    var rows = [(key: String, setting: Setting)]()
    for key in table.keys {
      guard let value = table[key] else { continue }
      rows.append((key, Setting(value.tomlValue, path + [key], places)))
    }
    rows.sort { ($0.setting.line, $0.key) < ($1.setting.line, $1.key) }
    self.init(
      value: .table(rows), line: places[path]?.line ?? 0, source: places[path]?.source ?? "")
  }

  private init(_ node: TOMLValue, _ path: [String], _ places: [[String]: TOMLPlaces.Entry]) {
    if let table = node.table {
      self.init(table, path, places)
      return
    }
    let source = places[path]?.source ?? ""
    self.init(
      value: Self.value(node, path, places, source), line: places[path]?.line ?? 0, source: source)
  }

  private static func value(
    _ node: TOMLValue, _ path: [String], _ places: [[String]: TOMLPlaces.Entry], _ source: String
  ) -> Value {
    if let text = node.string {
      // A NUL written as an escape would cut the text where TOMLKit hands it over.
      let isCut = source.contains("\\u0000") || source.contains("\\U00000000")
      return isCut ? .other("text with a NUL in it") : .text(text)
    }
    if let number = node.int { return .integer(number) }
    if let flag = node.bool { return .flag(flag) }
    if let array = node.array {
      return .list(
        (0..<array.count).map { Setting(array[$0].tomlValue, path + ["#\($0)"], places) })
    }
    return node.type == .double ? .float : .other(node.type.description)
  }
}
