import Measures

/// Stock at its moving average: quantity and value are carried, the average is their quotient
/// (DOMAIN §8.2 [S86]).
///
/// Negative stock is issued at the current average. A receipt first fills it: that part is worth what
/// was issued, its difference to the receipt's cost is variance, and the rest comes in at its own
/// cost (§8.5 [S89]). A receipt without cost lowers the average (§8.6).
struct MovingAverage: CostingMethod {
  private struct Level {
    var quantity: Int64 = 0
    var value: Int64 = 0
    /// The last average known, for when there is nothing to divide; `.none` before the first cost.
    var average = UnitPrice.none
  }
  private var levels: [Level]
  private let standards: StandardCosts

  init(items: Int, _ standards: StandardCosts) {
    levels = Array(repeating: Level(), count: items)
    self.standards = standards
  }

  func quantity(_ item: Int) -> Int64 { levels[item].quantity }
  func value(_ item: Int) -> Int64 { levels[item].value }
  mutating func revalue(_ item: Int, on day: Day, _ rounding: Rounding) -> Int64 { 0 }

  func currentCost(_ item: Int, on day: Day) -> UnitPrice {
    let level = levels[item]
    if level.quantity > 0 { return Money(cents: level.value).perUnit(level.quantity) }
    return level.average.isNone ? standards.cost(item, on: day) : level.average
  }

  mutating func receive(
    _ item: Int, _ quantity: Int64, _ amount: Int64, on day: Day, _ rounding: Rounding
  ) -> Int64? {
    guard quantity > 0 else { return amount }
    var level = levels[item]
    var variance: Int64 = 0
    let after = level.quantity + quantity
    if level.quantity >= 0 {
      level.value += amount
    } else {
      // The part above zero keeps the receipt's cost, the part below the cost it was issued at.
      guard
        let value = after >= 0
          ? proportion(amount, after, of: quantity, rounding)
          : proportion(level.value, after, of: level.quantity, rounding)
      else { return nil }
      variance = level.value + amount - value
      level.value = value
    }
    level.quantity = after
    level.average = Money(cents: amount).perUnit(quantity)
    levels[item] = level
    return variance
  }

  mutating func issue(
    _ item: Int, _ quantity: Int64, on day: Day, otherwise: UnitPrice, _ rounding: Rounding
  ) -> Issue {
    var level = levels[item]
    if level.average.isNone { level.average = standards.cost(item, on: day) }
    if level.average.isNone { level.average = otherwise }
    if level.average.isNone {
      levels[item].quantity -= quantity
      return .unknown
    }
    var amount = proportion(level.value, quantity, of: level.quantity, rounding)
    if level.quantity == 0 || (level.quantity < 0 && level.value == 0) {
      amount = level.average.times(Quantity(units: quantity), rounding)?.cents
    } else {
      level.average = Money(cents: level.value).perUnit(level.quantity)
    }
    guard let amount, fitting(amount) != nil else { return .overflow }
    level.quantity -= quantity
    level.value -= amount
    var variance: Int64 = 0
    if level.quantity == 0 { swap(&variance, &level.value) }
    levels[item] = level
    return .cost(amount: amount, unitCost: level.average, variance: variance)
  }
}
