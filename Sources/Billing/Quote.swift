import Ledger
import Measures

/// What an entry would bill, before anything stands in its way.
struct Quote {
  /// To the cent; nil where it does not fit.
  var price: Money? = .zero
  /// For one unit or hour, as the reader sees it.
  var unitPrice = UnitPrice.none
  /// What is missing for a price: a rate or a cost.
  var missing: BlockedReason?
  /// How the price came about, for adjustments to go on from: base × units × factor ÷ divisor;
  /// `.none` where the price itself is all there is.
  var base = UnitPrice.none
  var factor: Int64 = 1
  var divisor: Int64 = 1

  /// The price before it was rounded; nil where it is missing.
  func exact(units: Int64) -> ExactAmount? {
    guard missing == nil else { return nil }
    guard let base = base.orNil else { return price.map(ExactAmount.init) }
    var exact = ExactAmount(base, times: units)
    exact.multiply(by: factor, over: divisor)
    return exact
  }

  /// A unit price that needs no more than its quantity.
  @inline(__always)
  init(_ unitPrice: UnitPrice, times units: Int64, _ rounding: Rounding) {
    self.unitPrice = unitPrice
    base = unitPrice
    price = amount(unitPrice, times: units, rounding)
  }

  /// An amount as a whole.
  init(_ price: Money?, units: Int64) {
    self.price = fitting(price)
    unitPrice = price?.perUnit(units) ?? .none
  }

  init(missing: BlockedReason) { self.missing = missing }
}

extension Entries {
  /// Puts the adjustments of an entry into effect after its price and state were found without them:
  /// its price, and whether it is excluded or held.
  ///
  /// A document has decided first: what is billed, or billed later, changes its price only.
  ///
  /// - Returns: false where the price does not fit.
  mutating func adjust(
    _ entry: EntryID, _ rules: [Int], _ adjustments: inout AdjustmentRules, quote: Quote,
    units: Int64, cost: ExactAmount?, _ term: JobTerms, isApproved: Bool = true,
    _ company: Company
  ) -> Bool {
    let row = entry.row
    var quote = quote
    let exact = adjustments.price(
      rules, base: quote.exact(units: units), cost: cost, units: units,
      markupMeans: company.billing.markupMeans)
    if let exact {
      quote.missing = nil
      quote.price = exact.rounded(company.rounding)
      price[row] = quote.price ?? .zero
      unitPrice[row] = exact.perUnit(units)
    }
    guard state[row] == .ready || state[row] == .blocked else { return quote.price != nil }
    let (excluded, held) = adjustments.decision(rules)
    if let decision = excluded ?? held { adjustments.note(entry, decidedBy: decision) }
    reason[row] =
      excluded != nil
      ? nil : term.blocks(isHeld: held != nil, isApproved: isApproved, missing: quote.missing)
    state[row] = excluded != nil ? .excluded : reason[row] == nil ? .ready : .blocked
    return quote.price != nil
  }
}
