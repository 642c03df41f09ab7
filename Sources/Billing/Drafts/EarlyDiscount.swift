public import Ledger
public import Measures

/// What a document allows for early payment, on the day of a payment (DOMAIN §6.11 [S38, S81, S82]).
///
/// The first window that still holds decides. The discount is of the amount before tax; of the whole
/// where the policy says so, or where early payment lowers the tax too. A part payment earns its
/// grossed-up share, paid ÷ (1 − p) × p: within 2/10, 980.00 settle 1,000.00 and 490.00 settle 500.00.
public struct EarlyDiscount: Sendable {
  /// What a payment settles of a document.
  public struct Settled: Hashable, Sendable {
    /// Of the payment.
    public var applied: Money
    public var discount: Money
    /// A rest that counts as paid beside the discount.
    public var tolerance: Money
  }

  /// Nil where none holds, or there is nothing to take it of.
  public let window: PaymentTerms.Discount?
  /// The discount as an exact share of what is settled: `part ÷ whole`.
  private let part: Int128
  private let whole: Int128
  private let tolerance: Money

  /// - Parameters:
  ///   - net: of the total, what is not tax.
  ///   - day: the day of the payment, which may lie before the invoice's.
  public init(
    _ terms: PaymentTerms, net: Money, total: Money, invoiceDay: Day, on day: Day,
    _ policy: Company.Discounts
  ) {
    let isOfTotal = policy.base == .total || policy.tax == .onEarlyPayment
    let base = isOfTotal ? total : net
    let open = terms.discounts.first { day <= invoiceDay + $0.days }
    window = total > .zero && base > .zero ? open : nil
    part = Int128(window?.percentage.units ?? 0) * Int128(base.units)
    whole = Int128(Percentage.whole.units) * Int128(max(total, Money(cents: 1)).units)
    tolerance = policy.tolerance
  }

  /// That of an invoice, a draw or a release: a request for a deposit and a finance charge are no
  /// sales and allow none.
  init(_ book: Book, invoice row: Int, _ terms: PaymentTerms, on day: Day) {
    let (invoices, total) = (book.invoices, book.invoices.total[row])
    let tax = invoices.tax[row].orZero - invoices.retainageTax[row].orZero
    let type = invoices.type[row]
    let isSale = type == .standard || type == .progress || type == .retainageRelease
    self.init(
      isSale ? terms : PaymentTerms(terms.rule), net: total - tax, total: total,
      invoiceDay: invoices.day[row], on: day, book.company.discounts)
  }

  /// How much of a payment settles how much of what is open, never more than that: what is applied,
  /// the discount that it earns, and a rest up to the tolerance that counts as paid.
  ///
  /// The discount is exact and rounded once. Without a discount nothing is tolerated.
  public func settle(_ open: Money, with amount: Money, _ rounding: Rounding) -> Settled {
    guard part > 0, part < whole else {
      return Settled(applied: min(open, amount), discount: .zero, tolerance: .zero)
    }
    let all = share(of: open, part, whole, rounding)
    let applied = min(amount, open - all)
    let rest = open - all - applied
    if rest <= tolerance { return Settled(applied: applied, discount: all, tolerance: rest) }
    let earned = share(of: amount, part, whole - part, rounding)
    return Settled(applied: amount, discount: min(earned, open - amount), tolerance: .zero)
  }

  private func share(
    of amount: Money, _ part: Int128, _ whole: Int128, _ rounding: Rounding
  ) -> Money {
    let (product, overflow) = Int128(amount.units).multipliedReportingOverflow(by: part)
    guard !overflow else { return .zero }
    return roundedQuotient(product, whole, rounding).map(Money.init(cents:)) ?? .zero
  }
}
