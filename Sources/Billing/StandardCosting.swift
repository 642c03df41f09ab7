import Measures

/// Stock at the standard cost of the day: issued at standard, the difference of a purchase being
/// variance when it is received (DOMAIN §8.7 [S85]).
///
/// What is on hand is worth quantity × standard after every movement, so a new standard revalues it
/// and the difference is variance too. An item without a standard takes the cost of its last receipt.
struct StandardCosting: CostingMethod {
  private struct Level {
    var quantity: Int64 = 0
    var value: Int64 = 0
    var lastCost = UnitPrice.none
  }
  private var levels: [Level]
  private let standards: StandardCosts

  init(items: Int, _ standards: StandardCosts) {
    levels = Array(repeating: Level(), count: items)
    self.standards = standards
  }

  func quantity(_ item: Int) -> Int64 { levels[item].quantity }
  func value(_ item: Int) -> Int64 { levels[item].value }

  mutating func revalue(_ item: Int, on day: Day, _ rounding: Rounding) -> Int64 {
    let cost = currentCost(item, on: day).orNil ?? .zero
    guard let worth = cost.times(Quantity(units: levels[item].quantity), rounding) else { return 0 }
    let left = levels[item].value - worth.cents
    levels[item].value = worth.cents
    return left
  }

  func currentCost(_ item: Int, on day: Day) -> UnitPrice {
    let standard = standards.cost(item, on: day)
    return standard.isNone ? levels[item].lastCost : standard
  }

  mutating func receive(
    _ item: Int, _ quantity: Int64, _ amount: Int64, on day: Day, _ rounding: Rounding
  ) -> Int64? {
    guard quantity > 0 else { return amount }
    levels[item].lastCost = Money(cents: amount).perUnit(quantity)
    levels[item].quantity += quantity
    levels[item].value += amount
    return revalue(item, on: day, rounding)
  }

  mutating func issue(
    _ item: Int, _ quantity: Int64, on day: Day, otherwise: UnitPrice, _ rounding: Rounding
  ) -> Issue {
    var cost = currentCost(item, on: day)
    if cost.isNone {
      levels[item].lastCost = otherwise
      cost = otherwise
    }
    guard !cost.isNone else {
      levels[item].quantity -= quantity
      return .unknown
    }
    guard let amount = fitting(cost.times(Quantity(units: quantity), rounding)) else {
      return .overflow
    }
    levels[item].quantity -= quantity
    levels[item].value -= amount.cents
    let variance = revalue(item, on: day, rounding)
    return .cost(amount: amount.cents, unitCost: cost, variance: variance)
  }
}
