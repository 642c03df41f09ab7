import Measures

/// Stock that leaves in the order in which it came (DOMAIN §8.1 [S85]).
///
/// What is issued beyond the layers costs what the last receipt did; the next receipt fills it first,
/// the difference being variance (§8.5 [S89]). A return is a layer of its own, at the cost of the
/// issue it undoes.
struct FirstInFirstOut: CostingMethod {
  private struct Layer {
    var quantity: Int64
    var value: Int64
    var next: Int32 = -1
  }
  private struct Level {
    var quantity: Int64 = 0
    var value: Int64 = 0
    var first: Int32 = -1
    var last: Int32 = -1
    var lastCost = UnitPrice.none
  }
  private var levels: [Level]
  private var layers: [Layer] = []
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
    if level.first >= 0 {
      let layer = layers[Int(level.first)]
      return Money(cents: layer.value).perUnit(layer.quantity)
    }
    return level.lastCost.isNone ? standards.cost(item, on: day) : level.lastCost
  }

  mutating func receive(
    _ item: Int, _ quantity: Int64, _ amount: Int64, on day: Day, _ rounding: Rounding
  ) -> Int64? {
    guard quantity > 0 else { return amount }
    var level = levels[item]
    let after = level.quantity + quantity
    var variance: Int64 = 0
    var layer = Layer(quantity: quantity, value: amount)
    if level.quantity >= 0 {
      level.value += amount
    } else {
      guard
        let value = after >= 0
          ? proportion(amount, after, of: quantity, rounding)
          : proportion(level.value, after, of: level.quantity, rounding)
      else { return nil }
      variance = level.value + amount - value
      level.value = value
      layer = Layer(quantity: max(0, after), value: after > 0 ? value : 0)
    }
    level.quantity = after
    level.lastCost = Money(cents: amount).perUnit(quantity)
    if layer.quantity > 0 { append(layer, to: &level) }
    levels[item] = level
    return variance
  }

  private mutating func append(_ layer: Layer, to level: inout Level) {
    let place = Int32(layers.count)
    layers.append(layer)
    if level.first < 0 { level.first = place } else { layers[Int(level.last)].next = place }
    level.last = place
  }

  mutating func issue(
    _ item: Int, _ quantity: Int64, on day: Day, otherwise: UnitPrice, _ rounding: Rounding
  ) -> Issue {
    var level = levels[item]
    if level.lastCost.isNone { level.lastCost = standards.cost(item, on: day) }
    if level.lastCost.isNone { level.lastCost = otherwise }
    if level.lastCost.isNone {
      levels[item].quantity -= quantity
      return .unknown
    }
    var (left, amount) = (quantity, Int64(0))
    while left > 0, level.first >= 0 {
      let place = Int(level.first)
      let taken = min(left, layers[place].quantity)
      guard
        let value = proportion(layers[place].value, taken, of: layers[place].quantity, rounding)
      else { return .overflow }
      layers[place].quantity -= taken
      layers[place].value -= value
      (left, amount) = (left - taken, amount + value)
      if layers[place].quantity == 0 { level.first = layers[place].next }
    }
    if left > 0 {
      guard let short = level.lastCost.times(Quantity(units: left), rounding) else {
        return .overflow
      }
      amount += short.cents
    }
    guard fitting(amount) != nil else { return .overflow }
    level.quantity -= quantity
    level.value -= amount
    levels[item] = level
    let unitCost = quantity == 0 ? level.lastCost : Money(cents: amount).perUnit(quantity)
    return .cost(amount: amount, unitCost: unitCost, variance: 0)
  }
}
