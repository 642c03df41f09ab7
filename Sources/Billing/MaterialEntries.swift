import Ledger
import Measures

/// Prices and states of issues and returns of stock, each as soon as it is costed; a return that undoes
/// an issue bills what that did, negative (DESIGN §5).
///
/// Entries of jobs that adjustments name wait for `finish`: issues first, then the returns of them.
struct MaterialPass: Sendable {
  private let terms: WorkTerms
  private let prices: MaterialPrices
  private let inventory: Inventory
  private let items: Versions<Items>
  private let keepsRows: Bool
  /// Issues that a return names, in the order of their rows.
  private let returned: RankedRows
  /// What became of them.
  private var issues: [ReturnedIssue]
  private var adjusted: [CostedMovement] = []
  private var adjustedReturns: [CostedMovement] = []
  /// Material that is billed at cost, as no markup holds for it.
  private(set) var unmarked = RowTally()
  /// Where somebody wants rows.
  private(set) var entries: Entries
  private(set) var unitCosts: [UnitPrice]

  init(_ book: Book, _ terms: WorkTerms, keepsRows: Bool) {
    self.terms = terms
    self.keepsRows = keepsRows
    prices = MaterialPrices(book)
    inventory = book.inventory
    items = book.items.versions
    returned = returnedIssues(book.inventory)
    issues = Array(repeating: ReturnedIssue(), count: returned.count)
    entries = Entries(count: keepsRows ? inventory.count : 0)
    unitCosts = Array(repeating: .none, count: keepsRows ? inventory.count : 0)
    for row in entries.rows where !isEntry(row) { entries[row].state = .noEntry }
  }

  /// Whether a movement is charged or credited to a job.
  @inline(always)
  private func isEntry(_ row: Int) -> Bool {
    let type = inventory.type[row]
    return (type == .issue || type == .return) && inventory.job[row].exists
  }

  /// The issue that a return undoes, with what it cost and what came back so far: of the same item and
  /// job, and before it.
  func issueUndone(by row: Int) -> (place: Int, issue: ReturnedIssue)? {
    guard let issue = inventory.reverses[row].orNil?.row,
      inventory.type[issue] == .issue, inventory.item[issue] == inventory.item[row],
      inventory.job[issue] == inventory.job[row],
      (inventory.day[issue], issue) < (inventory.day[row], row),
      let place = returned.place(of: issue)
    else { return nil }
    return (place, issues[place])
  }

  mutating func takeBack(_ quantity: Int64, fromIssueAt place: Int) {
    issues[place].cameBack += quantity
  }

  /// Remembers the cost of a movement that comes back later.
  @inline(always)
  mutating func remember(_ movement: CostedMovement) {
    guard let place = returned.place(of: movement.row) else { return }
    issues[place].row = movement.row
    (issues[place].cost, issues[place].unitCost) = (movement.cost, movement.unitCost)
  }

  /// Takes movements on or before the day that have been costed, in order of day and file, 256 at most.
  mutating func add(_ movements: [CostedMovement], _ sums: inout WorkSums) {
    // Jobs lie anywhere in memory: fetched together, they are waited for together.
    var ahead = InlineArray<256, JobTerms>(repeating: JobTerms())
    var jobs = InlineArray<256, RowID<Jobs>>(repeating: .none)
    for place in movements.indices where isEntry(movements[place].row) {
      jobs[place] = inventory.job[movements[place].row]
      ahead[place] = sums.jobs[jobs[place].row].terms
    }
    var byJob = sums.jobs.mutableSpan
    for place in movements.indices where jobs[place].exists {
      byJob[jobs[place].row].material += movements[place].cost
    }
    for place in movements.indices {
      let movement = movements[place]
      if keepsRows { unitCosts[movement.row] = movement.unitCost }
      if jobs[place].exists { add(movement, ahead[place], &sums) }
    }
  }

  @inline(always)
  private mutating func add(
    _ movement: CostedMovement, _ term: JobTerms, _ sums: inout WorkSums
  ) {
    sums.totals.materialCost += movement.cost
    guard !term.isAdjusted else {
      if movement.issue == nil {
        adjusted.append(movement)
      } else {
        adjustedReturns.append(movement)
      }
      return
    }
    let entry = settle(movement, term, &sums)
    if let place = returned.place(of: movement.row) { issues[place].entry = entry }
    record(movement.row, entry, term, inventory.job[movement.row].row, &sums)
  }

  @inline(always)
  private mutating func record(
    _ row: Int, _ entry: Entry, _ term: JobTerms, _ job: Int, _ sums: inout WorkSums
  ) {
    if keepsRows { entries[row] = entry }
    sums.add(
      EntryID(.material, row), entry, inventory.day[row], term, job: job, asOf: terms.asOf)
  }

  /// As if there were no adjustments.
  @inline(always)
  private mutating func settle(
    _ movement: CostedMovement, _ term: JobTerms, _ sums: inout WorkSums
  ) -> Entry {
    let row = movement.row
    var entry = Entry()
    entry.cost = movement.cost
    var decided = terms.state(inventory.invoice[row], isBillable: inventory.isBillable[row], term)
    let issued = movement.issue.map { issues[$0].entry.state }
    // What was never to be billed leaves nothing to give back.
    if decided == nil, issued == .notBillable || issued == .excluded { decided = issued }
    guard term.billsEntries, decided != .notBillable else {
      entry.state = decided ?? .inContract
      return entry
    }
    var isUnmarked = false
    let quote = quote(movement, term, isUnmarked: &isUnmarked)
    if isUnmarked { unmarked.add(EntryID(.material, row), amount: quote.price ?? .zero) }
    if quote.price == nil {
      sums.overflows.append(Overflow(entry: EntryID(.material, row), what: "price"))
    }
    entry.settle(quote, decided, term, terms)
    return entry
  }

  /// The quantity, negative of a return.
  @inline(always)
  private func units(_ row: Int) -> Int64 {
    let units = inventory.quantity[row].units
    return inventory.type[row] == .return ? -units : units
  }

  @inline(always)
  private func quote(
    _ movement: CostedMovement, _ term: JobTerms, isUnmarked: inout Bool
  ) -> Quote {
    if let issue = movement.issue { return reversal(movement, of: issues[issue], term) }
    let row = movement.row
    let units = units(row)
    if term.isCostPlus {
      guard !movement.unitCost.isNone else { return Quote(missing: .noCost) }
      let fee = terms.fees[Int(term.pricing)]
      return Quote(fee.price(ofCost: movement.cost, terms.rounding), units: units)
    }
    let own = inventory.billPrice[row]
    guard own.isNone else { return Quote(own, times: units, terms.rounding) }
    let day = inventory.day[row]
    return prices.quote(
      units, item: items.row(of: RowID(Int(inventory.item[row].number)), on: day),
      unitCost: movement.unitCost, terms.lists[Int(term.pricing)].schedules, on: day,
      isUnmarked: &isUnmarked)
  }

  /// Its own price, or that of its issue, adjustments included.
  private func reversal(
    _ movement: CostedMovement, of issue: ReturnedIssue, _ term: JobTerms
  ) -> Quote {
    let row = movement.row
    if !term.isCostPlus, let own = inventory.billPrice[row].orNil {
      return Quote(own, times: units(row), terms.rounding)
    }
    let share = returnedShare(
      of: issue.entry.price.units, quantity: inventory.quantity[row].units,
      before: movement.cameBackBefore, issued: inventory.quantity[issue.row].units, terms.rounding)
    var quote = Quote(share.map { Money(cents: -$0) }, units: units(row))
    quote.given = issue.entry.unitPrice
    if let reason = issue.entry.reason, reason == .noRate || reason == .noCost {
      quote.missing = reason
    }
    return quote
  }

  /// Settles what waited for its adjustments.
  mutating func finish(
    _ book: Book, _ adjustments: inout AdjustmentRules, _ sums: inout WorkSums
  ) {
    guard adjustments.concernAny else { return }
    for row in inventory.day.indices where inventory.day[row] > terms.asOf && isEntry(row) {
      // Nothing to change yet, but what names the entry is no mistake.
      guard terms.jobs[inventory.job[row].row].isAdjusted else { continue }
      _ = rules(row, ownIDOnly: false, book, &adjustments)
    }
    adjusted.sort { $0.row < $1.row }
    for movement in adjusted { adjust(movement, book, &adjustments, &sums) }
    for movement in adjustedReturns { adjust(movement, book, &adjustments, &sums) }
  }

  private func rules(
    _ row: Int, ownIDOnly: Bool, _ book: Book, _ adjustments: inout AdjustmentRules
  ) -> [Int] {
    let item = items.row(of: RowID(Int(inventory.item[row].number)), on: inventory.day[row])
    return adjustments.rows(
      for: inventory.job[row], .material, id: inventory.id.slice(row),
      category: item.map { book.items.categoryName.slice($0) } ?? [], ownIDOnly: ownIDOnly)
  }

  /// What adjustments change; a return that takes its issue's price has inherited those by kind and
  /// category with it.
  private mutating func adjust(
    _ movement: CostedMovement, _ book: Book, _ adjustments: inout AdjustmentRules,
    _ sums: inout WorkSums
  ) {
    let row = movement.row
    let job = inventory.job[row].row
    let term = terms.jobs[job]
    var entry = settle(movement, term, &sums)
    let rules = rules(
      row, ownIDOnly: movement.issue != nil && inventory.billPrice[row].isNone, book, &adjustments)
    if !rules.isEmpty, entry.state.hasPrice, term.billsEntries {
      var isUnmarked = false
      let fits = entry.adjust(
        EntryID(.material, row), rules, &adjustments,
        quote: quote(movement, term, isUnmarked: &isUnmarked), units: units(row),
        cost: movement.unitCost.orNil.map { ExactAmount($0, times: units(row)) }, term,
        book.company)
      if !fits {
        sums.overflows.append(Overflow(entry: EntryID(.material, row), what: "price"))
      }
    }
    if let place = returned.place(of: row) { issues[place].entry = entry }
    record(row, entry, term, job, &sums)
  }
}

/// A movement with its cost: positive of an issue, negative of a return, zero of the others.
struct CostedMovement {
  var row: Int
  var cost = Money.zero
  var unitCost = UnitPrice.none
  /// Of a return that undoes an issue, where that stands among the issues that are returned.
  var issue: Int?
  /// What had come back of the issue before.
  var cameBackBefore: Int64 = 0
}

/// An issue that a return names.
struct ReturnedIssue {
  var row = 0
  var cost = Money.zero
  var unitCost = UnitPrice.none
  /// The quantity that came back so far.
  var cameBack: Int64 = 0
  var entry = Entry()
}

private func returnedIssues(_ inventory: Inventory) -> RankedRows {
  var rows = RankedRows(of: inventory.count)
  let (types, reverses) = (inventory.type.span, inventory.reverses)
  for row in types.indices where types[row] == .return && reverses[row].exists {
    rows.insert(reverses[row].row)
  }
  rows.rank()
  return rows
}
