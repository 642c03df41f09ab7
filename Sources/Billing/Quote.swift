import Ledger
import Measures

/// What an entry would bill, before anything stands in its way.
struct Quote {
  /// To the cent; nil where it does not fit.
  var price: Money? = .zero
  /// What is missing for a price: a rate or a cost.
  var missing: BlockedReason?
  /// How the price came about, for adjustments to go on from: base × units × factor ÷ divisor;
  /// `.none` where the price itself is all there is.
  var base = UnitPrice.none
  var factor: Int64 = 1
  var divisor: Int64 = 1
  /// For one unit or hour, where the price did not come from a base: of a return what its issue had.
  var given: UnitPrice?
  private var units: Int64 = 0

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
    base = unitPrice
    price = amount(unitPrice, times: units, rounding)
  }

  /// A price made from a base.
  @inline(__always)
  init(_ price: Money?, _ base: UnitPrice, factor: Int64 = 1, over divisor: Int64 = 1) {
    self.price = price
    self.base = base
    (self.factor, self.divisor) = (factor, divisor)
  }

  /// An amount as a whole.
  init(_ price: Money?, units: Int64) {
    self.price = fitting(price)
    self.units = units
  }

  init(missing: BlockedReason) { self.missing = missing }

  /// For one unit or hour, as the reader sees it; `.none` where it is unknown.
  func unitPrice(_ rounding: Rounding) -> UnitPrice {
    if let given { return given }
    guard let base = base.orNil else { return price?.perUnit(units) ?? .none }
    return factor == divisor
      ? base
      : roundedProduct(base.units, factor, per: divisor, rounding).map(UnitPrice.init(units:))
        ?? .none
  }
}

extension Entry {
  /// Takes a price, and the state that document, flag or method gave, or what blocks it.
  @inline(__always)
  mutating func settle(
    _ quote: Quote, _ decided: EntryState?, _ term: JobTerms, _ terms: WorkTerms,
    isApproved: Bool = true
  ) {
    price = quote.price ?? .zero
    if terms.keepsRows { unitPrice = quote.unitPrice(terms.rounding) }  // a division that few need
    if let decided {
      state = decided
      return
    }
    reason = term.blocks(isHeld: false, isApproved: isApproved, missing: quote.missing)
    state = reason == nil ? .ready : .blocked
  }

  /// Puts the adjustments of an entry into effect after its price and state were found without them:
  /// its price, and whether it is excluded or held.
  ///
  /// A document has decided first: what is billed, or billed later, changes its price only.
  ///
  /// - Returns: false where the price does not fit.
  mutating func adjust(
    _ id: EntryID, _ rules: [Int], _ adjustments: inout AdjustmentRules, quote: Quote,
    units: Int64, cost: ExactAmount?, _ term: JobTerms, isApproved: Bool = true,
    _ company: Company
  ) -> Bool {
    var quote = quote
    adjustments.note(id, changedBy: rules, isBilled: state != .ready && state != .blocked)
    let exact = adjustments.price(
      rules, base: quote.exact(units: units), cost: cost, units: units,
      markupMeans: company.billing.markupMeans)
    if let exact {
      quote.missing = nil
      quote.price = exact.rounded(company.rounding)
      price = quote.price ?? .zero
      unitPrice = exact.perUnit(units)
    }
    guard state == .ready || state == .blocked else { return quote.price != nil }
    let (excluded, held) = adjustments.decision(rules)
    if let decision = excluded ?? held { adjustments.note(id, decidedBy: decision) }
    reason =
      excluded != nil
      ? nil : term.blocks(isHeld: held != nil, isApproved: isApproved, missing: quote.missing)
    state = excluded != nil ? .excluded : reason == nil ? .ready : .blocked
    return quote.price != nil
  }
}
