import Measures

// Amounts, percentages and days as they are written: `"500.00" as Money`, `"2026-10-31" as Day`.

extension Measure {
  init(stringLiteral text: String) {
    guard let value = Self(text) else { preconditionFailure("\(text) is no number") }
    self = value
  }
}

extension Money: ExpressibleByStringLiteral {}
extension Percentage: ExpressibleByStringLiteral {}
extension UnitPrice: ExpressibleByStringLiteral {}
extension Quantity: ExpressibleByStringLiteral {}

extension Money: CustomStringConvertible {
  var description: String { text }
}

extension Day: ExpressibleByStringLiteral, CustomStringConvertible {
  init(stringLiteral text: String) {
    guard let day = Day(text) else { preconditionFailure("\(text) is no day") }
    self = day
  }
  var description: String { text }
}
