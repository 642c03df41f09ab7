import Ledger
import Measures
import TOMLKit

/// How another system's files become our tables: a list of rules (DESIGN §3, Profiles).
public struct Profile: Sendable {
  /// The profile's file name, for messages.
  public let name: String
  let rules: [Rule]

  /// Titles and blank lines that may stand above a header.
  static let linesAboveHeader = 40

  /// One `[[source]]` block: one file, or several of one layout, into one table.
  struct Rule: Sendable {
    var file: String
    var table: String
    var dialect = Dialect()
    /// The pattern of day cells; nil: ISO.
    var dates: String?
    /// How numbers are written, by the example `1.234,56`; nil: `1,234.56`.
    var numbers: String?
    /// Our column: theirs.
    var columns: [String: String] = [:]
    var constants: [String: String] = [:]
    var values: [String: [String: String]] = [:]
    /// Rows in which this column is not empty.
    var `where`: String?
    /// One row a value of this column.
    var distinct: String?
    /// Rows whose first filled cell matches one of these globs are totals.
    var skip: [String] = []
    /// Our columns that may be rounded to two decimals, half away from zero.
    var round: Set<String> = []
    /// Where the amount comes from when the file has none: `quantity * unit_price`, or the table that
    /// it is the sum of.
    var amounts: String?
    /// Whether titles may stand above the header; never in our own files.
    var mayHaveTitles = true
  }

  /// A rule for a file of ours whose days are written another way.
  static func datesOnly(table: String, file: String, form: String) -> Profile {
    var rule = Rule(file: file, table: table)
    rule.dates = form
    rule.mayHaveTitles = false
    for column in columnKinds(of: table).map(\.name) { rule.columns[column] = column }
    return Profile(name: "company.toml", rules: [rule])
  }

  init(name: String, rules: [Rule]) {
    self.name = name
    self.rules = rules
  }

  /// Reads a profile.
  ///
  /// - Throws: `ImportError.badRequest` with every fault of the text, a line each.
  public init(_ text: String, name: String) throws(ImportError) {
    let table: TOMLTable
    do {
      table = try parseTOML(text).table
    } catch {
      throw .badRequest("\(name):\(error.line): \(error.message)")
    }
    var faults = [String]()
    var rules = [Rule]()
    for key in table.keys where key != "source" {
      faults.append("\(name): unknown key \(key); a profile is a list of [[source]] blocks")
    }
    for (place, entry) in (table["source"]?.array ?? TOMLArray()).enumerated() {
      guard let block = entry.table else { continue }
      var parser = RuleParser(block, place: "\(name): [[source]] \(place + 1)")
      if let rule = parser.rule() { rules.append(rule) }
      faults += parser.faults
    }
    if rules.isEmpty, faults.isEmpty { faults.append("\(name): has no [[source]] block") }
    guard faults.isEmpty else { throw .badRequest(faults.joined(separator: "\n")) }
    self.init(name: name, rules: rules)
  }
}

/// Reads one `[[source]]` block and collects what is wrong with it.
private struct RuleParser {
  let block: TOMLTable
  let place: String
  var faults: [String] = []

  init(_ block: TOMLTable, place: String) {
    self.block = block
    self.place = place
  }

  private static let keys: Set = [
    "file", "table", "encoding", "delimiter", "header", "dates", "numbers", "columns", "constants",
    "values", "where", "distinct", "skip", "round", "amounts",
  ]

  mutating func rule() -> Profile.Rule? {
    for key in block.keys where !Self.keys.contains(key) {
      faults.append("\(place): unknown key \(key)")
    }
    guard let file = text("file", isRequired: true), let table = text("table", isRequired: true)
    else { return nil }
    var rule = Profile.Rule(file: file, table: table)
    let known = columnKinds(of: table).map(\.name)
    if known.isEmpty { faults.append("\(place): table \"\(table)\" is none of ours") }
    if let encoding = text("encoding") {
      if let encoding = Dialect.Encoding(rawValue: encoding) {
        rule.dialect.encoding = encoding
      } else {
        faults.append("\(place): encoding must be utf-8, windows-1252 or utf-16")
      }
    }
    if let delimiter = text("delimiter") {
      if delimiter.utf8.count == 1 {
        rule.dialect.delimiter = delimiter.utf8.first
      } else {
        faults.append("\(place): delimiter must be one character")
      }
    }
    rule.dialect.header = list("header")
    rule.dates = text("dates")
    if let dates = rule.dates, DayPattern(dates) == nil {
      faults.append("\(place): dates \"\(dates)\" needs a year, a month and a day: yyyy-MM-dd")
    }
    rule.numbers = text("numbers")
    if let numbers = rule.numbers, NumberPattern(numbers) == nil {
      faults.append("\(place): numbers is written like \"1,234.56\" or \"1.234,56\"")
    }
    rule.columns = map("columns")
    rule.constants = map("constants")
    if let values = block["values"]?.table {
      for key in values.keys { rule.values[key] = map(key, in: values) }
    }
    rule.where = text("where")
    rule.distinct = text("distinct")
    rule.skip = list("skip") ?? []
    rule.round = Set(list("round") ?? [])
    rule.amounts = text("amounts")
    if !known.isEmpty {
      let ours = Set(rule.columns.keys).union(rule.constants.keys).union(rule.values.keys)
      for column in ours.union(rule.round).sorted() where !known.contains(column) {
        faults.append("\(place): \(table) has no column \(column)")
      }
    }
    return rule
  }

  private mutating func text(_ key: String, isRequired: Bool = false) -> String? {
    if let value = block[key] {
      if let text = value.string { return text }
      faults.append("\(place): \(key) must be a text in quotes")
    } else if isRequired {
      faults.append("\(place): needs \(key)")
    }
    return nil
  }

  private mutating func list(_ key: String) -> [String]? {
    guard let value = block[key] else { return nil }
    if let text = value.string { return [text] }
    guard let array = value.array else {
      faults.append("\(place): \(key) must be a list of texts")
      return nil
    }
    return array.compactMap(\.string)
  }

  private mutating func map(_ key: String) -> [String: String] { map(key, in: block) }

  private mutating func map(_ key: String, in table: TOMLTable) -> [String: String] {
    guard let value = table[key] else { return [:] }
    guard let inner = value.table else {
      faults.append("\(place): \(key) must be a table of texts")
      return [:]
    }
    var map = [String: String]()
    for name in inner.keys {
      if let text = inner[name]?.string {
        map[name] = text
      } else {
        faults.append("\(place): \(key).\(name) must be a text in quotes")
      }
    }
    return map
  }
}
