import Ledger
import Measures

/// A wrong value of `company.toml`: what is wrong, without the file.
struct SettingFault {
  var line: UInt32
  /// The key with its section: `billing.closeout`.
  var key: String
  var code: String
  var value: String
  var message: String
  var expected: String
  var remedy: String

  func finding(in file: String) -> Finding {
    Finding(
      .error, code, at: Place(file: file, line: line, column: key), value: value, message,
      expected: expected, remedy: remedy)
  }
}

/// A setting that is being read, and what is wrong with it so far.
struct SettingReader {
  let key: String
  let setting: Setting
  var faults: [SettingFault] = []

  init(_ key: String, _ setting: Setting) {
    self.key = key
    self.setting = setting
  }

  mutating func fault(
    _ code: String, _ message: String, expected: String, remedy: String = "correct the value"
  ) {
    faults.append(
      SettingFault(
        line: setting.line, key: key, code: code, value: setting.source, message: message,
        expected: expected, remedy: remedy))
  }

  /// Reads an element or a member with a reader of its own, and keeps its faults.
  mutating func inner<Result>(
    _ name: String, _ setting: Setting, _ read: (inout SettingReader) -> Result
  ) -> Result {
    var reader = SettingReader(name.isEmpty ? key : "\(key).\(name)", setting)
    let result = read(&reader)
    faults += reader.faults
    return result
  }

  private mutating func wrongType(_ expected: String) {
    fault("wrong_type", "is \(setting.kind)", expected: expected)
  }

  mutating func text(_ expected: String = "a text in quotes, 200 characters at most") -> String? {
    guard case .text(let text) = setting.value else {
      wrongType(expected)
      return nil
    }
    let scalars = text.unicodeScalars
    if scalars.isEmpty || scalars.count > 200 || scalars.contains(where: { $0.value < 32 }) {
      fault(
        "not_a_name", "is empty, too long or holds a control character", expected: expected)
      return nil
    }
    return text
  }

  mutating func flag() -> Bool? {
    guard case .flag(let flag) = setting.value else {
      wrongType("true or false, without quotes")
      return nil
    }
    return flag
  }

  mutating func integer(_ range: ClosedRange<Int>, _ expected: String) -> Int? {
    guard case .integer(let number) = setting.value else {
      wrongType(expected)
      return nil
    }
    guard range.contains(number) else {
      fault("out_of_range", "is out of range", expected: expected)
      return nil
    }
    return number
  }

  /// One of the words of a list.
  mutating func word(of words: [String]) -> String? {
    let expected = words.map { "\"\($0)\"" }.joined(separator: ", ")
    guard case .text(let word) = setting.value else {
      wrongType(expected)
      return nil
    }
    guard words.contains(where: { $0.utf8.elementsEqual(word.utf8) }) else {
      fault(
        "unknown_word", "is none of the words known here", expected: expected,
        remedy: didYouMean(word, in: words, otherwise: "write one of the words expected"))
      return nil
    }
    return word
  }

  /// An amount, a percentage or a quantity: a quoted string, or a whole number.
  mutating func number<M: Measure>(_ range: ClosedRange<M>, _ expected: String) -> M? {
    let text: String
    switch setting.value {
    case .text(let quoted): text = quoted
    case .integer(let number): text = String(number)
    case .float:
      fault(
        "unquoted_float", "is a number with a point and without quotes, a binary fraction",
        expected: expected, remedy: "write it in quotes: \"\(setting.source)\"")
      return nil
    default:
      wrongType(expected)
      return nil
    }
    let bytes = Array(text.utf8)
    switch parseDecimal(bytes.span, decimals: M.decimals) {
    case .value(let units) where range.contains(M(units: units)): return M(units: units)
    case .value:
      fault("out_of_range", "is out of range", expected: expected)
    case .tooPrecise:
      fault("too_many_decimals", "has more than \(M.decimals) decimals", expected: expected)
    case .tooLarge:
      fault("too_large", "has more than ten digits before the point", expected: expected)
    case .empty, .malformed:
      fault("not_a_number", "is not a number", expected: expected)
    }
    return nil
  }
}
