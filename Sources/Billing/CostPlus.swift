import Ledger
import Measures

/// What a cost-plus contract adds to cost: a percentage, or a fixed fee as far as the estimated cost
/// is spent (DESIGN §5; DOMAIN §6.1 [S68]).
///
/// The base is cost as it was booked, burden included, in whole cents; the price is rounded once.
struct Fee {
  var percentage = Percentage.zero
  var amount = Money.zero
  /// The cost over which the fixed fee is spread; without one the fee waits for a person.
  var estimate = Money.zero

  init(_ jobs: borrowing Jobs, _ job: Int) {
    percentage = jobs.feePercentage[job].orNil ?? .zero
    amount = jobs.feeAmount[job].orNil ?? .zero
    estimate = jobs.estimatedCost[job].orNil ?? .zero
  }

  /// Cost + cost × percentage + fee × cost ÷ estimate; nil where it does not fit.
  func price(ofCost cost: Money, _ rounding: Rounding) -> Money? {
    let factor = Percentage.whole.units + percentage.units
    guard !amount.isZero, estimate.units > 0 else {
      return roundedProduct(cost.units, factor, per: 100_0000, rounding).map(Money.init(cents:))
    }
    // cost × (factor × estimate + 100 % × fee) ÷ (100 % × estimate)
    let share = Int128(factor) * Int128(estimate.units) + 100_0000 * Int128(amount.units)
    let (product, overflow) = share.multipliedReportingOverflow(by: Int128(cost.units))
    guard !overflow else { return nil }
    return roundedQuotient(product, 100_0000 * Int128(estimate.units), rounding)
      .map(Money.init(cents:))
  }
}
