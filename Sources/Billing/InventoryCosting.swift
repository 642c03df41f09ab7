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
func costMovements<Method: CostingMethod>(
  _ book: Book, asOf: Day, _ method: consuming Method, notes: inout WorkNotes
) -> Stock {
  var run = CostingRun(book: book, asOf: asOf, method: method, notes: notes)
  run.costAll()
  notes = run.notes
  return run.stock
}

private struct CostingRun<Method: CostingMethod> {
  let book: Book
  let asOf: Day
  let rounding: Rounding
  var method: Method
  var notes: WorkNotes
  var stock: Stock
  /// Of each issue, what came back so far.
  var returned: [Int: Int64] = [:]
  var wentNegative: [Bool]

  init(book: Book, asOf: Day, method: Method, notes: WorkNotes) {
    self.book = book
    self.asOf = asOf
    self.method = method
    self.notes = notes
    rounding = book.company.rounding
    stock = Stock(movements: book.inventory.count, items: book.items.index.count)
    wentNegative = Array(repeating: false, count: book.items.index.count)
  }

  mutating func costAll() {
    let order = movementOrder(book.inventory.day, through: asOf)
    for place in 0..<(order?.count ?? book.inventory.count) {
      let row = order.map { Int($0[place]) } ?? place
      guard book.inventory.day[row] <= asOf else { break }
      let item = book.inventory.item[row]
      guard item.exists else { continue }
      if !cost(row, item.row) {
        notes.overflow(book, Inventory.self, line: book.inventory.line[row], what: "cost")
      }
    }
    for item in wentNegative.indices {
      let left = method.revalue(item, on: asOf, rounding)
      stock.levels.values[item].variance += Money(cents: left)
      stock.levels.values[item].quantity = Quantity(units: method.quantity(item))
      stock.levels.values[item].value = Money(cents: method.value(item))
    }
    reportUnlinked()
  }

  /// Whether everything fitted.
  private mutating func cost(_ row: Int, _ item: Int) -> Bool {
    let quantity = book.inventory.quantity[row].units
    let own = book.inventory.unitCost[row]
    guard abs(method.quantity(item)) < 1_000_000_000_0000 else { return false }
    switch book.inventory.type[row] {
    case .receipt:
      return receive(row, item, quantity, own.isNone ? .zero : own)
    case .issue:
      return issue(row, item, quantity, own)
    case .return:
      return takeBack(row, item, quantity)
    case .adjustment:
      return adjust(row, item, quantity, own)
    }
  }

  private mutating func receive(
    _ row: Int, _ item: Int, _ quantity: Int64, _ unitCost: UnitPrice
  ) -> Bool {
    guard let amount = fitting(unitCost.times(Quantity(units: quantity), rounding)),
      let variance = method.receive(
        item, quantity, amount.units, on: book.inventory.day[row], rounding)
    else { return false }
    stock.unitCost[row] = unitCost
    stock.levels.values[item].received += amount
    stock.levels.values[item].variance += Money(cents: variance)
    return true
  }

  private mutating func issue(
    _ row: Int, _ item: Int, _ quantity: Int64, _ own: UnitPrice
  ) -> Bool {
    let day = book.inventory.day[row]
    let taken = method.issue(item, quantity, on: day, otherwise: own, rounding)
    noteNegative(row, item)
    guard case .cost(let relieved, let unitCost, let variance) = taken else {
      if case .unknown = taken { return true }
      return false
    }
    var amount = Money(cents: relieved)
    if own.isNone {
      stock.unitCost[row] = unitCost
    } else {
      guard let charged = fitting(own.times(Quantity(units: quantity), rounding)) else {
        return false
      }
      amount = charged
      stock.unitCost[row] = own
    }
    stock.cost[row] = amount
    stock.levels.values[item].issued += amount
    stock.levels.values[item].variance += Money(cents: relieved + variance) - amount
    return true
  }

  private mutating func takeBack(_ row: Int, _ item: Int, _ quantity: Int64) -> Bool {
    let day = book.inventory.day[row]
    var amount: Int64 = 0
    if let issue = issueUndone(by: row) {
      let before = returned[issue] ?? 0
      returned[issue] = before + quantity
      stock.linkedReturns.append(.init(row: row, issue: issue, before: before))
      stock.unitCost[row] = stock.unitCost[issue]
      guard
        let share = returnedShare(
          of: stock.cost[issue].units, quantity: quantity, before: before,
          issued: book.inventory.quantity[issue].units, rounding)
      else { return false }
      amount = share
    } else {
      let own = book.inventory.unitCost[row]
      let current = own.isNone ? method.currentCost(item, on: day) : own
      stock.unitCost[row] = current
      guard let value = (current.orNil ?? .zero).times(Quantity(units: quantity), rounding) else {
        return false
      }
      amount = value.units
      if notes.isFirst("unlinked_return", 0, amount: value) {
        notes.describe("unlinked_return", 0, at: place(row, "reverses"))
      }
    }
    guard fitting(amount) != nil,
      let variance = method.receive(item, quantity, amount, on: day, rounding)
    else { return false }
    stock.cost[row] = Money(cents: -amount)
    stock.levels.values[item].returned += Money(cents: amount)
    stock.levels.values[item].variance += Money(cents: variance)
    return true
  }

  private mutating func adjust(
    _ row: Int, _ item: Int, _ quantity: Int64, _ own: UnitPrice
  ) -> Bool {
    let day = book.inventory.day[row]
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
      let amount = fitting((unitCost.orNil ?? .zero).times(Quantity(units: quantity), rounding)),
      let variance = method.receive(item, quantity, amount.units, on: day, rounding)
    else { return false }
    stock.levels.values[item].adjusted += amount
    stock.levels.values[item].variance += Money(cents: variance)
    return true
  }

  /// The issue that a return undoes: of the same item and job, and before it.
  private func issueUndone(by row: Int) -> Int? {
    guard let issue = book.inventory.reverses[row].orNil?.row,
      book.inventory.type[issue] == .issue,
      book.inventory.item[issue] == book.inventory.item[row],
      book.inventory.job[issue] == book.inventory.job[row],
      (book.inventory.day[issue], issue) < (book.inventory.day[row], row)
    else { return nil }
    return issue
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
        value: book.inventory.quantity[row].shortText(),
        "takes \(book.items.index.keys[item]) \(short) below zero",
        expected: "a receipt on or before the day of the issue",
        remedy: "enter the missing receipt, or correct the quantity"))
  }

  private func place(_ row: Int, _ column: String) -> Place {
    Place(file: book.file(Inventory.self), line: book.inventory.line[row], column: column)
  }

  private mutating func reportUnlinked() {
    notes.report(
      "unlinked_return", remedy: "name the issue that each return undoes in the column reverses"
    ) { _, rows, _ in
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
