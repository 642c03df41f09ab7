import Ledger
import Measures

/// Prices and states of all issues and returns of stock; their cost comes from `Stock`.
///
/// Issues first, with their adjustments, then the returns that undo them, which bill what their issue
/// did, negative (DESIGN §5).
func materialEntries(
  _ book: Book, _ terms: WorkTerms, _ stock: Stock, adjustments: inout AdjustmentRules,
  jobs: inout [JobWork], notes: inout WorkNotes
) -> Entries {
  let pass = MaterialPass(book, terms, stock)
  var adjusted = [Int]()
  var entries = pass.run(book, &adjusted, &notes)
  for row in adjusted { pass.adjust(row, nil, &entries, book, &adjustments, &notes) }
  for link in stock.linkedReturns {
    pass.takeBack(link, &entries, book, &notes)
    guard pass.term(link.row).isAdjusted else { continue }
    pass.adjust(link.row, link, &entries, book, &adjustments, &notes)
  }
  for row in book.inventory.rows where entries.state[row] != .noEntry {
    jobs[book.inventory.job[row].row].material += entries.cost[row]
  }
  notes.report(
    "no_markup",
    remedy: "add a row to markups.csv for the schedule in use, with cost_over 0 and no category"
  ) { _, rows, _ in "no markup holds for \(rows) of material, billed at cost" }
  return entries
}

private struct MaterialPass {
  let terms: WorkTerms
  let stock: Stock
  let prices: MaterialPrices
  let inventory: Inventory
  let items: Versions<Items>
  /// Whether a row is a return that undoes an issue.
  var isLinked: [Bool]

  init(_ book: Book, _ terms: WorkTerms, _ stock: Stock) {
    self.terms = terms
    self.stock = stock
    prices = MaterialPrices(book)
    inventory = book.inventory
    items = book.items.versions
    isLinked = Array(repeating: false, count: book.inventory.count)
    for link in stock.linkedReturns { isLinked[link.row] = true }
  }

  func term(_ row: Int) -> JobTerms { terms.jobs[inventory.job[row].row] }

  /// All but the linked returns, as if there were no adjustments; `adjusted` gets those of jobs that
  /// have some.
  func run(_ book: Book, _ adjusted: inout [Int], _ notes: inout WorkNotes) -> Entries {
    let lines = book.inventory
    let (days, jobs, types) = (lines.day.span, lines.job.span, lines.type.span)
    let (billable, invoices) = (lines.isBillable.span, lines.invoice.span)
    var states = [EntryState](repeating: .notYet, count: lines.count)
    var reasons = [BlockedReason?](repeating: nil, count: lines.count)
    var prices = [Money](repeating: .zero, count: lines.count)
    var unitPrices = [UnitPrice](repeating: .none, count: lines.count)
    var state = states.mutableSpan
    var reason = reasons.mutableSpan
    var price = prices.mutableSpan
    var unitPrice = unitPrices.mutableSpan

    for row in days.indices {
      guard types[row] == .issue || types[row] == .return, jobs[row].exists else {
        state[row] = .noEntry
        continue
      }
      let term = terms.jobs[jobs[row].row]
      if term.isAdjusted, !isLinked[row] { adjusted.append(row) }
      guard days[row] <= terms.asOf, !isLinked[row] else { continue }
      let decided = terms.state(invoices[row], isBillable: billable[row], term)
      guard term.billsEntries, decided != .notBillable else {
        state[row] = decided ?? .inContract
        continue
      }
      var isUnmarked = false
      let quote = quote(row, term, isUnmarked: &isUnmarked)
      price[row] = quote.price ?? .zero
      unitPrice[row] = quote.unitPrice
      if isUnmarked { noteUnmarked(row, quote, book, &notes) }
      if quote.price == nil {
        notes.overflow(book, Inventory.self, line: lines.line[row], what: "price")
      }
      if let decided {
        state[row] = decided
        continue
      }
      let blocked = term.blocks(isHeld: false, isApproved: true, missing: quote.missing)
      state[row] = blocked == nil ? .ready : .blocked
      reason[row] = blocked
    }
    return Entries(
      state: states, reason: reasons, cost: stock.cost, burden: [], price: prices,
      unitPrice: unitPrices)
  }

  /// The quantity, negative of a return.
  @inline(__always)
  func units(_ row: Int) -> Int64 {
    let units = inventory.quantity[row].units
    return inventory.type[row] == .return ? -units : units
  }

  @inline(__always)
  func quote(_ row: Int, _ term: JobTerms, isUnmarked: inout Bool) -> Quote {
    let units = units(row)
    let unitCost = stock.unitCost[row]
    if term.isCostPlus {
      guard !unitCost.isNone else { return Quote(missing: .noCost) }
      let fee = terms.fees[Int(term.pricing)]
      return Quote(fee.price(ofCost: stock.cost[row], terms.rounding), units: units)
    }
    let own = inventory.billPrice[row]
    guard own.isNone else { return Quote(own, times: units, terms.rounding) }
    let day = inventory.day[row]
    return prices.quote(
      units, item: items.row(of: RowID(Int(inventory.item[row].number)), on: day),
      unitCost: unitCost, terms.lists[Int(term.pricing)].schedules, on: day,
      isUnmarked: &isUnmarked)
  }

  /// A return of an issue: what was never to be billed leaves nothing to give back.
  func takeBack(
    _ link: Stock.LinkedReturn, _ entries: inout Entries, _ book: Book, _ notes: inout WorkNotes
  ) {
    let (row, term) = (link.row, term(link.row))
    var state = terms.state(
      inventory.invoice[row], isBillable: inventory.isBillable[row], term)
    let issued = entries.state[link.issue]
    if state == nil, issued == .notBillable || issued == .excluded { state = issued }
    guard term.billsEntries, state != .notBillable else {
      entries.state[row] = state ?? .inContract
      return
    }
    let quote = reversal(link, entries, term)
    entries.settle(row, quote, state, term)
    if quote.price == nil {
      notes.overflow(book, Inventory.self, line: inventory.line[row], what: "price")
    }
  }

  /// Its own price, or that of its issue, adjustments included.
  private func reversal(
    _ link: Stock.LinkedReturn, _ entries: Entries, _ term: JobTerms
  ) -> Quote {
    if !term.isCostPlus, let own = inventory.billPrice[link.row].orNil {
      return Quote(own, times: units(link.row), terms.rounding)
    }
    let share = returnedShare(
      of: entries.price[link.issue].units, quantity: inventory.quantity[link.row].units,
      before: link.before, issued: inventory.quantity[link.issue].units, terms.rounding)
    var quote = Quote(share.map { Money(cents: -$0) }, units: units(link.row))
    quote.unitPrice = entries.unitPrice[link.issue]
    if let reason = entries.reason[link.issue], reason == .noRate || reason == .noCost {
      quote.missing = reason
    }
    return quote
  }

  /// What adjustments change; a return that takes its issue's price has inherited those by kind and
  /// category with it.
  func adjust(
    _ row: Int, _ link: Stock.LinkedReturn?, _ entries: inout Entries, _ book: Book,
    _ adjustments: inout AdjustmentRules, _ notes: inout WorkNotes
  ) {
    let term = term(row)
    let item = items.row(of: RowID(Int(inventory.item[row].number)), on: inventory.day[row])
    let rules = adjustments.rows(
      for: inventory.job[row], .material, id: inventory.id.slice(row),
      category: item.map { book.items.categoryName.slice($0) } ?? [],
      ownIDOnly: link != nil && inventory.billPrice[row].isNone)
    guard !rules.isEmpty, entries.state[row].hasPrice, term.billsEntries else { return }
    var isUnmarked = false
    let quote =
      link.map { reversal($0, entries, term) } ?? quote(row, term, isUnmarked: &isUnmarked)
    let fits = entries.adjust(
      EntryID(.material, row), rules, &adjustments, quote: quote, units: units(row),
      cost: stock.unitCost[row].orNil.map { ExactAmount($0, times: units(row)) }, term,
      book.company)
    if !fits { notes.overflow(book, Inventory.self, line: inventory.line[row], what: "price") }
  }

  @inline(never)
  private func noteUnmarked(
    _ row: Int, _ quote: Quote, _ book: Book, _ notes: inout WorkNotes
  ) {
    guard notes.isFirst("no_markup", 0, amount: quote.price ?? .zero) else { return }
    notes.describe(
      "no_markup", 0, at: Place(file: book.file(Inventory.self), line: inventory.line[row]))
  }
}
