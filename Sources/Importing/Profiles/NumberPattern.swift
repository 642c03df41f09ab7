/// How a system writes numbers, given by the example `1,234.56`, `1.234,56`, `1 234,56`.
struct NumberPattern: Sendable {
  private let group: Character?
  private let point: Character

  static let standard = NumberPattern(group: ",", point: ".")

  private init(group: Character?, point: Character) {
    self.group = group
    self.point = point
  }

  /// Nil where the example is none.
  init?(_ example: String) {
    let marks = example.filter { !$0.isNumber }
    switch marks.count {
    case 1: self.init(group: nil, point: marks.first ?? ".")
    case 2 where marks.first != marks.last:
      self.init(group: marks.first, point: marks.last ?? ".")
    default: return nil
    }
  }

  /// The number in our own form, `-1284.50`; nil where the cell is none.
  ///
  /// Currency signs, `(…)` and a trailing minus are understood; "-" alone is an empty cell, as
  /// several systems write it.
  func plain(_ text: String) -> String? {
    var body = text.trimmingBlanks
    if body.isEmpty || body == "-" { return "" }
    var isNegative = false
    if body.hasPrefix("("), body.hasSuffix(")") {
      isNegative = true
      body = String(body.dropFirst().dropLast())
    }
    body = body.filter { $0 != "$" && $0 != "€" && $0 != "£" }.trimmingBlanks
    if body.hasPrefix("("), body.hasSuffix(")") {
      isNegative = true
      body = String(body.dropFirst().dropLast())
    }
    if body.hasSuffix("-") {
      isNegative.toggle()
      body = String(body.dropLast())
    } else if body.hasPrefix("-") {
      isNegative.toggle()
      body = String(body.dropFirst())
    } else if body.hasPrefix("+") {
      body = String(body.dropFirst())
    }
    body = body.filter { $0 != "$" }.trimmingBlanks
    let halves = body.split(separator: point, omittingEmptySubsequences: false)
    guard halves.count <= 2, let whole = halves.first else { return nil }
    let fraction = halves.count == 2 ? halves[1] : ""
    guard fraction.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    var digits = String(whole)
    if let group, digits.contains(where: { isGroup($0, group) }) {
      let groups = digits.split(omittingEmptySubsequences: false) { isGroup($0, group) }
      guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 })
      else { return nil }
      digits = groups.joined()
    }
    guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), !(digits + fraction).isEmpty else {
      return nil
    }
    return (isNegative ? "-" : "") + (digits.isEmpty ? "0" : digits)
      + (fraction.isEmpty ? "" : ".\(fraction)")
  }

  private func isGroup(_ character: Character, _ group: Character) -> Bool {
    character == group || (group == " " && (character == "\u{A0}" || character == "\u{202F}"))
  }
}
