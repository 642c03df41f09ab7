import Ledger
import Measures

/// Prices and states of all costs that are neither hours nor stock: the amount plus the markup of
/// its kind, or plus the fee of a cost-plus contract (DESIGN §5).
func costEntries(
  _ book: Book, _ terms: WorkTerms, adjustments: inout AdjustmentRules, jobs: inout [JobWork],
  notes: inout WorkNotes
) -> Entries {
  let costs = book.costs
  let prices = CostPrices(book.company.billing, terms)
  var entries = Entries(count: costs.count)
  for row in costs.rows {
    guard let job = costs.job[row].orNil?.row else {
      entries.state[row] = .noEntry
      continue
    }
    guard costs.day[row] <= terms.asOf else { continue }
    let (term, kind) = (terms.jobs[job], costs.kind[row])
    let cost = costs.amount[row].orNil ?? .zero
    entries.cost[row] = cost
    jobs[job].add(cost, kind)
    let state = terms.state(costs.invoice[row], isBillable: costs.isBillable[row], term)
    guard term.billsEntries, state != .notBillable else {
      entries.state[row] = state ?? .inContract
      continue
    }
    let quote = prices.quote(cost, kind, term)
    if quote.price == nil {
      notes.overflow(book, Costs.self, line: costs.line[row], what: "price")
    }
    entries.settle(row, quote, state, term)
  }
  for row in costs.rows where costs.job[row].exists {
    let term = terms.jobs[costs.job[row].row]
    guard term.isAdjusted else { continue }
    let rules = adjustments.rows(
      for: costs.job[row], .other, id: costs.id.slice(row),
      category: Array(costs.kind[row].rawValue.utf8)[...])
    guard !rules.isEmpty, entries.state[row].hasPrice, term.billsEntries else { continue }
    let fits = entries.adjust(
      EntryID(.other, row), rules, &adjustments,
      quote: prices.quote(entries.cost[row], costs.kind[row], term), units: CostPrices.oneUnit,
      cost: ExactAmount(entries.cost[row]), term, book.company)
    if !fits { notes.overflow(book, Costs.self, line: costs.line[row], what: "price") }
  }
  return entries
}

/// What a cost is billed at.
private struct CostPrices {
  /// A cost is one unit of itself.
  static let oneUnit: Int64 = 1_0000
  private let markups: [Percentage]
  private let terms: WorkTerms

  init(_ policy: Company.Billing, _ terms: WorkTerms) {
    markups = CostKind.allCases.map { policy.costMarkupByKind[$0] ?? policy.costMarkup }
    self.terms = terms
  }

  func quote(_ cost: Money, _ kind: CostKind, _ term: JobTerms) -> Quote {
    if term.isCostPlus {
      let fee = terms.fees[Int(term.pricing)]
      return Quote(fee.price(ofCost: cost, terms.rounding), units: Self.oneUnit)
    }
    let factor = Percentage.whole.units + markups[kind.place].units
    return Quote(
      roundedProduct(cost.units, factor, per: Percentage.whole.units, terms.rounding)
        .map(Money.init(cents:)), units: Self.oneUnit)
  }
}

extension Entries {
  /// Records a price, and the state that document, flag or method gave, or what blocks it.
  @inline(__always)
  mutating func settle(_ row: Int, _ quote: Quote, _ state: EntryState?, _ term: JobTerms) {
    price[row] = quote.price ?? .zero
    unitPrice[row] = quote.unitPrice
    if let state {
      self.state[row] = state
      return
    }
    let blocked = term.blocks(isHeld: false, isApproved: true, missing: quote.missing)
    self.state[row] = blocked == nil ? .ready : .blocked
    reason[row] = blocked
  }
}

extension CostKind {
  /// Its place in `allCases`.
  fileprivate var place: Int {
    switch self {
    case .subcontract: 0
    case .equipment: 1
    case .permit: 2
    case .freight: 3
    case .expense: 4
    case .other: 5
    }
  }
}

extension JobWork {
  fileprivate mutating func add(_ cost: Money, _ kind: CostKind) {
    switch kind {
    case .subcontract: subcontract += cost
    case .equipment: equipment += cost
    case .permit, .freight, .expense, .other: other += cost
    }
  }
}
