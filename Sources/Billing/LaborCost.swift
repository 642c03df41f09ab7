import Ledger
import Measures

/// What an hour of a technician costs the job: hours × cost rate × the pay type's multiplier, and
/// burden on that product (DESIGN §5).
///
/// The rate is the line's own, else that of the technician's row on the day; the multiplier applies to
/// both. The exact product is rounded once, and once more with its burden: 2.5 h × 38.0000 × 1.5 cost
/// 142.50, and 25 % of burden 35.63. Hours are those that were worked, never those billed (DOMAIN
/// §6.2 [S69]).
struct LaborCost {
  private let technicians: Versions<Technicians>
  private let costRate: [UnitPrice]
  private let burdens: [Percentage]
  private let roles: [RowID<Role>]
  private let payTypes: Versions<PayTypes>
  private let multipliers: [Factor]

  init(_ book: Book) {
    technicians = book.technicians.versions
    costRate = book.technicians.costRate
    burdens = book.technicians.burden
    roles = book.technicians.role
    payTypes = book.payTypes.versions
    multipliers = book.payTypes.costMultiplier
  }

  /// The technician's row on a day.
  @inline(__always)
  func row(of technician: RowID<Technician>, on day: Day) -> Int? {
    technicians.row(of: RowID(Int(technician.number)), on: day)
  }

  @inline(__always)
  func role(_ row: Int) -> RowID<Role> { roles[row] }

  /// Cost and burden of hours; nil where they do not fit.
  ///
  /// Without a row on the day the line's own rate still counts, without burden.
  @inline(__always)
  func cost(
    _ hours: Hours, _ technician: Int?, own: UnitPrice, _ payType: RowID<PayType>, on day: Day,
    _ rounding: Rounding
  ) -> (cost: Money, burden: Money)? {
    var rate = own
    var burden = Percentage.zero
    if let technician {
      if own.isNone { rate = costRate[technician] }
      burden = burdens[technician]
    }
    return laborCost(
      hours, rate.isNone ? .zero : rate, multiplier(payType, on: day),
      burden.isNone ? .zero : burden, rounding)
  }

  /// The pay type's multiplier on a day, one where it has no row yet.
  @inline(__always)
  private func multiplier(_ payType: RowID<PayType>, on day: Day) -> Factor {
    guard let row = payTypes.row(of: RowID(Int(payType.number)), on: day) else { return unity }
    let multiplier = multipliers[row]
    return multiplier.isNone ? unity : multiplier
  }
}

/// Cost and burden of hours at a rate; nil where they do not fit.
///
/// Both come from the same exact product. Multipliers in hundredths and percentages in hundredths of
/// a percent keep it within Int64; what does not fit there is taken in Int128.
@inline(__always)
func laborCost(
  _ hours: Hours, _ rate: UnitPrice, _ multiplier: Factor, _ burden: Percentage,
  _ rounding: Rounding
) -> (cost: Money, burden: Money)? {
  let (base, overBase) = hours.units.multipliedReportingOverflow(by: rate.units)
  let (product, overProduct) = base.multipliedReportingOverflow(by: multiplier.units / 100)
  let (loaded, overLoaded) = product.multipliedReportingOverflow(by: burden.units / 100)
  let isHundredths = multiplier.units % 100 == 0 && burden.units % 100 == 0
  guard isHundredths, !overBase, !overProduct, !overLoaded else {
    return wideLaborCost(hours, rate, multiplier, burden, rounding)
  }
  guard let cost = rounded(product, per: 1_0000_0000, rounding),
    let share = rounded(loaded, per: 1_0000_0000_0000, rounding)
  else { return nil }
  return (cost, share)
}

@inline(never)
private func wideLaborCost(
  _ hours: Hours, _ rate: UnitPrice, _ multiplier: Factor, _ burden: Percentage,
  _ rounding: Rounding
) -> (cost: Money, burden: Money)? {
  var exact = ExactAmount(rate, times: hours.units)
  exact.multiply(by: multiplier.units, over: 1_0000)
  guard let cost = exact.rounded(rounding) else { return nil }
  exact.multiply(by: burden.units, over: 100_0000)
  guard let share = exact.rounded(rounding) else { return nil }
  return (cost, share)
}
