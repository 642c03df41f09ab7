import Ledger
import Measures

/// How stock gives its cost to what leaves it (DOMAIN §8 [S85]). Amounts are cents, quantities four
/// decimals; a nil amount does not fit.
///
/// Whatever the method, no quantity means no value: what rounding or a foreign cost leaves behind
/// goes to variance.
protocol CostingMethod {
  /// Adds stock at an amount. What of it covers negative stock stays at the cost it left with; the
  /// difference is variance, which is returned.
  mutating func receive(
    _ item: Int, _ quantity: Int64, _ amount: Int64, on day: Day, _ rounding: Rounding
  ) -> Int64?
  /// Takes stock out at its cost; `otherwise` where the item has no cost yet.
  mutating func issue(
    _ item: Int, _ quantity: Int64, on day: Day, otherwise: UnitPrice, _ rounding: Rounding
  ) -> Issue
  /// What the next unit would cost; `.none` where the item never had a cost.
  func currentCost(_ item: Int, on day: Day) -> UnitPrice
  /// Moves what is on hand to its value on a day; returns the difference.
  mutating func revalue(_ item: Int, on day: Day, _ rounding: Rounding) -> Int64
  func quantity(_ item: Int) -> Int64
  func value(_ item: Int) -> Int64
}

/// What left stock.
enum Issue {
  /// `variance` is what stayed behind in value where no quantity did.
  case cost(amount: Int64, unitCost: UnitPrice, variance: Int64)
  /// The item never had a cost; its quantity is gone all the same.
  case unknown
  case overflow
}

/// Costs the movements through the as-of day, in order of day and then of the file.
///
/// An issue takes its own unit cost, else what the method says; either way stock is relieved by the
/// method, the difference going to variance, so that one odd cost never bends the average. A return
/// takes the exact cost of the issue it undoes, another one the current cost, which is a finding
/// (DOMAIN §8.4 [S90]). Back-dated receipts count from their day on (§8.3).
///
/// Movements go on to `material` as soon as they have their cost, so that costs are not kept by row:
/// five million of them would be 80 MB.
func costMovements<Method: CostingMethod>(
  _ book: Book, asOf: Day, _ method: consuming Method, material: inout MaterialPass,
  sums: inout WorkSums, notes: inout WorkNotes
) -> Stock {
  var run = CostingRun(book: book, asOf: asOf, method: method, notes: notes)
  run.costAll(&material, &sums)
  notes = run.notes
  return run.stock
}

private struct CostingRun<Method: CostingMethod> {
  let book: Book
  let inventory: Inventory
  let asOf: Day
  let rounding: Rounding
  var method: Method
  var notes: WorkNotes
  var stock: Stock
  var wentNegative: [Bool]
  var unlinked = RowTally()

  init(book: Book, asOf: Day, method: Method, notes: WorkNotes) {
    self.book = book
    inventory = book.inventory
    self.asOf = asOf
    self.method = method
    self.notes = notes
    rounding = book.company.rounding
    stock = Stock(items: book.items.index.count)
    wentNegative = Array(repeating: false, count: book.items.index.count)
  }

  mutating func costAll(_ material: inout MaterialPass, _ sums: inout WorkSums) {
    let order = movementOrder(inventory.day, through: asOf)
    var costed = [CostedMovement]()
    costed.reserveCapacity(256)
    for place in 0..<(order?.count ?? inventory.count) {
      let row = order.map { Int($0[place]) } ?? place
      guard inventory.day[row] <= asOf else { break }
      var movement = CostedMovement(row: row)
      let item = inventory.item[row]
      if item.exists, !cost(&movement, item.row, &material) {
        notes.overflow(book, Inventory.self, line: inventory.line[row], what: "cost")
      }
      material.remember(movement)
      costed.append(movement)
      if costed.count == 256 {
        material.add(costed, &sums)
        costed.removeAll(keepingCapacity: true)
      }
    }
    material.add(costed, &sums)
    for item in wentNegative.indices {
      let left = method.revalue(item, on: asOf, rounding)
      stock.levels.values[item].variance += Money(cents: left)
      stock.levels.values[item].quantity = Quantity(units: method.quantity(item))
      stock.levels.values[item].value = Money(cents: method.value(item))
    }
    reportUnlinked()
  }

  /// Whether everything fitted.
  private mutating func cost(
    _ movement: inout CostedMovement, _ item: Int, _ material: inout MaterialPass
  ) -> Bool {
    let quantity = inventory.quantity[movement.row].units
    let own = inventory.unitCost[movement.row]
    guard abs(method.quantity(item)) < 1_000_000_000_0000 else { return false }
    switch inventory.type[movement.row] {
    case .receipt:
      return receive(&movement, item, quantity, own.isNone ? .zero : own)
    case .issue:
      return issue(&movement, item, quantity, own)
    case .return:
      return takeBack(&movement, item, quantity, &material)
    case .adjustment:
      return adjust(movement.row, item, quantity, own)
    }
  }

  private mutating func receive(
    _ movement: inout CostedMovement, _ item: Int, _ quantity: Int64, _ unitCost: UnitPrice
  ) -> Bool {
    guard let amount = Billing.amount(unitCost, times: quantity, rounding),
      let variance = method.receive(
        item, quantity, amount.units, on: inventory.day[movement.row], rounding)
    else { return false }
    movement.unitCost = unitCost
    change(item) { level in
      level.received += amount
      level.variance += Money(cents: variance)
    }
    return true
  }

  private mutating func issue(
    _ movement: inout CostedMovement, _ item: Int, _ quantity: Int64, _ own: UnitPrice
  ) -> Bool {
    let day = inventory.day[movement.row]
    let taken = method.issue(item, quantity, on: day, otherwise: own, rounding)
    noteNegative(movement.row, item)
    guard case .cost(let relieved, let unitCost, let variance) = taken else {
      if case .unknown = taken { return true }
      return false
    }
    var amount = Money(cents: relieved)
    if own.isNone {
      movement.unitCost = unitCost
    } else {
      guard let charged = Billing.amount(own, times: quantity, rounding) else {
        return false
      }
      amount = charged
      movement.unitCost = own
    }
    movement.cost = amount
    change(item) { level in
      level.issued += amount
      level.variance += Money(cents: relieved + variance) - amount
    }
    return true
  }

  private mutating func takeBack(
    _ movement: inout CostedMovement, _ item: Int, _ quantity: Int64,
    _ material: inout MaterialPass
  ) -> Bool {
    let row = movement.row
    let day = inventory.day[row]
    var amount: Int64 = 0
    if let (place, issue) = material.issueUndone(by: row) {
      (movement.issue, movement.cameBackBefore) = (place, issue.cameBack)
      material.takeBack(quantity, fromIssueAt: place)
      movement.unitCost = issue.unitCost
      guard
        let share = returnedShare(
          of: issue.cost.units, quantity: quantity, before: issue.cameBack,
          issued: inventory.quantity[issue.row].units, rounding)
      else { return false }
      amount = share
    } else {
      let own = inventory.unitCost[row]
      let current = own.isNone ? method.currentCost(item, on: day) : own
      movement.unitCost = current
      guard let value = (current.orNil ?? .zero).times(Quantity(units: quantity), rounding) else {
        return false
      }
      amount = value.units
      unlinked.add(EntryID(.material, row), amount: value)
    }
    guard fitting(amount) != nil,
      let variance = method.receive(item, quantity, amount, on: day, rounding)
    else { return false }
    movement.cost = Money(cents: -amount)
    change(item) { level in
      level.returned += Money(cents: amount)
      level.variance += Money(cents: variance)
    }
    return true
  }

  private mutating func adjust(
    _ row: Int, _ item: Int, _ quantity: Int64, _ own: UnitPrice
  ) -> Bool {
    let day = inventory.day[row]
    if quantity < 0 {
      switch method.issue(item, -quantity, on: day, otherwise: own, rounding) {
      case .cost(let amount, _, let variance):
        stock.levels.values[item].adjusted -= Money(cents: amount)
        stock.levels.values[item].variance += Money(cents: variance)
      case .unknown: break
      case .overflow: return false
      }
      return true
    }
    let unitCost = own.isNone ? method.currentCost(item, on: day) : own
    guard
      let amount = Billing.amount(unitCost.orNil ?? .zero, times: quantity, rounding),
      let variance = method.receive(item, quantity, amount.units, on: day, rounding)
    else { return false }
    change(item) { level in
      level.adjusted += amount
      level.variance += Money(cents: variance)
    }
    return true
  }

  @inline(__always)
  private mutating func change(_ item: Int, _ change: (inout StockLevel) -> Void) {
    change(&stock.levels.values[item])
  }

  private mutating func noteNegative(_ row: Int, _ item: Int) {
    guard method.quantity(item) < 0, !wentNegative[item] else { return }
    wentNegative[item] = true
    let isRefused = book.company.negativeStock == .refuse
    let short = Quantity(units: -method.quantity(item)).shortText()
    notes.add(
      Finding(
        isRefused ? .error : .warning, "negative_stock",
        at: place(row, "quantity"),
        value: inventory.quantity[row].shortText(),
        "takes \(book.items.index.keys[item]) \(short) below zero",
        expected: "a receipt on or before the day of the issue",
        remedy: "enter the missing receipt, or correct the quantity"))
  }

  private func place(_ row: Int, _ column: String) -> Place {
    Place(file: book.file(Inventory.self), line: inventory.line[row], column: column)
  }

  private mutating func reportUnlinked() {
    notes.add(
      unlinked, "unlinked_return", book, column: "reverses",
      remedy: "name the issue that each return undoes in the column reverses"
    ) { rows, _ in
      "\(rows) of returns name no earlier issue of their job and item; they take the current cost"
    }
  }
}

/// The rows through a day in order of day, then of the file; nil where the file has that order.
private func movementOrder(_ days: [Day], through asOf: Day) -> [Int32]? {
  var isOrdered = true
  var (first, last) = (Int32.max, Int32.min)
  for row in days.indices {
    let day = days[row]
    if row > 0, day < days[row - 1] { isOrdered = false }
    guard day <= asOf else { continue }
    first = min(first, day.number)
    last = max(last, day.number)
  }
  guard !isOrdered, first <= last else { return nil }
  var place = [Int32](repeating: 0, count: Int(last - first) + 2)
  var count = 0
  for day in days where day <= asOf {
    place[Int(day.number - first) + 1] += 1
    count += 1
  }
  for day in 1..<place.count { place[day] += place[day - 1] }
  var order = [Int32](repeating: 0, count: count)
  for row in days.indices where days[row] <= asOf {
    let day = Int(days[row].number - first)
    order[Int(place[day])] = Int32(row)
    place[day] += 1
  }
  return order
}
