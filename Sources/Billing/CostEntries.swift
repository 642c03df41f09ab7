import Ledger
import Measures

/// Prices and states of all costs that are neither hours nor stock: the amount plus the markup of
/// its kind, or plus the fee of a cost-plus contract (DESIGN §5).
struct CostPass: Sendable {
  private let costs: Costs
  private let terms: WorkTerms
  private let markups: [Percentage]
  private let keepsRows: Bool
  private var adjusted: [Int] = []
  /// By job; labor and material are zero.
  private(set) var jobCosts: [JobCost]
  /// Where somebody wants rows.
  private(set) var entries: Entries

  init(_ book: Book, _ terms: WorkTerms, keepsRows: Bool) {
    costs = book.costs
    self.terms = terms
    self.keepsRows = keepsRows
    let policy = book.company.billing
    markups = CostKind.allCases.map { policy.costMarkupByKind[$0] ?? policy.costMarkup }
    jobCosts = Array(inLargePages: JobCost(), count: book.jobs.count)
    entries = Entries(count: keepsRows ? costs.count : 0)
  }

  mutating func run(_ sums: inout WorkSums) {
    for row in costs.rows {
      guard let job = costs.job[row].orNil?.row else {
        if keepsRows { entries[row].state = .noEntry }
        continue
      }
      let term = terms.jobs[job]
      if term.isAdjusted { adjusted.append(row) }
      guard costs.day[row] <= terms.asOf else { continue }
      let cost = costs.amount[row].orNil ?? .zero
      jobCosts[job].add(cost, costs.kind[row])
      sums.totals.otherCost += cost
      guard !term.isAdjusted else { continue }
      record(row, settle(row, term, &sums), term, &sums)
    }
  }

  /// What waited for its adjustments.
  mutating func finish(
    _ book: Book, _ adjustments: inout AdjustmentRules, _ sums: inout WorkSums
  ) {
    for row in adjusted {
      let job = costs.job[row]
      let rules = adjustments.rows(
        for: job, .other, id: costs.id.slice(row),
        category: Array(costs.kind[row].rawValue.utf8)[...])
      guard costs.day[row] <= terms.asOf else { continue }
      let term = terms.jobs[job.row]
      var entry = settle(row, term, &sums)
      if !rules.isEmpty, entry.state.hasPrice, term.billsEntries {
        let fits = entry.adjust(
          EntryID(.other, row), rules, &adjustments, quote: quote(row, entry.cost, term),
          units: Self.oneUnit, cost: ExactAmount(entry.cost), term, book.company)
        if !fits { sums.overflows.append(Overflow(entry: EntryID(.other, row), what: "price")) }
      }
      record(row, entry, term, &sums)
    }
  }

  private mutating func record(
    _ row: Int, _ entry: Entry, _ term: JobTerms, _ sums: inout WorkSums
  ) {
    if keepsRows { entries[row] = entry }
    sums.add(
      EntryID(.other, row), entry, costs.day[row], term, job: costs.job[row].row, asOf: terms.asOf)
  }

  /// As if there were no adjustments.
  private func settle(_ row: Int, _ term: JobTerms, _ sums: inout WorkSums) -> Entry {
    var entry = Entry()
    entry.cost = costs.amount[row].orNil ?? .zero
    let decided = terms.state(costs.invoice[row], isBillable: costs.isBillable[row], term)
    guard term.billsEntries, decided != .notBillable else {
      entry.state = decided ?? .inContract
      return entry
    }
    let quote = quote(row, entry.cost, term)
    if quote.price == nil {
      sums.overflows.append(Overflow(entry: EntryID(.other, row), what: "price"))
    }
    entry.settle(quote, decided, term, terms)
    return entry
  }

  /// A cost is one unit of itself.
  private static let oneUnit: Int64 = 1_0000

  private func quote(_ row: Int, _ cost: Money, _ term: JobTerms) -> Quote {
    if term.isCostPlus {
      let fee = terms.fees[Int(term.pricing)]
      return Quote(fee.price(ofCost: cost, terms.rounding), units: Self.oneUnit)
    }
    let factor = Percentage.whole.units + markups[costs.kind[row].place].units
    return Quote(
      roundedProduct(cost.units, factor, per: Percentage.whole.units, terms.rounding)
        .map(Money.init(cents:)), units: Self.oneUnit)
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

extension JobCost {
  fileprivate mutating func add(_ cost: Money, _ kind: CostKind) {
    switch kind {
    case .subcontract: subcontract += cost
    case .equipment: equipment += cost
    case .permit, .freight, .expense, .other: other += cost
    }
  }
}
