import Ledger
import Measures

/// What a document allows for early payment, on one day (DOMAIN §6.11 [S38, S81, S82]).
///
/// The discount is of the amount before tax, or of the whole where the policy says so or early payment
/// lowers the tax too. A part payment earns its grossed-up share: 980.00 paid within 2/10 settle
/// 1,000.00, and 490.00 settle 500.00.
struct EarlyDiscount {
  /// The discount as an exact share of what is settled: `part ÷ whole`.
  private let part: Int128
  private let whole: Int128
  /// The percentage of the window; zero where none is open.
  let percentage: Percentage

  /// - Parameter day: the day of the payment.
  init(_ book: Book, _ invoice: Int, _ terms: PaymentTerms, on day: Day) {
    let (invoices, policy) = (book.invoices, book.company.discounts)
    let window = terms.discounts.first { day <= invoices.day[invoice] + $0.days }
    let total = invoices.total[invoice]
    var base = total
    if policy.base == .net, policy.tax != .onEarlyPayment {
      base -= invoices.tax[invoice].orZero - invoices.retainageTax[invoice].orZero
    }
    percentage = total > .zero && base > .zero ? window?.percentage ?? .zero : .zero
    part = Int128(percentage.units) * Int128(base.units)
    whole = Int128(Percentage.whole.units) * Int128(max(total, Money(cents: 1)).units)
  }

  /// How much of a payment settles how much of what is open, and the discount that it earns; a rest up
  /// to the tolerance after a discount counts as discount.
  func settle(
    _ open: Money, with amount: Money, tolerance: Money, _ rounding: Rounding
  ) -> (applied: Money, discount: Money) {
    guard part > 0, part < whole else { return (min(open, amount), .zero) }
    let all = share(of: open, part, whole, rounding)
    if amount + tolerance >= open - all {
      let applied = min(amount, open - all)
      return (applied, open - applied)
    }
    let earned = share(of: amount, part, whole - part, rounding)
    return (amount, min(earned, open - amount))
  }

  private func share(
    of amount: Money, _ part: Int128, _ whole: Int128, _ rounding: Rounding
  ) -> Money {
    let (product, overflow) = Int128(amount.units).multipliedReportingOverflow(by: part)
    guard !overflow else { return .zero }
    return roundedQuotient(product, whole, rounding).map(Money.init(cents:)) ?? .zero
  }
}
