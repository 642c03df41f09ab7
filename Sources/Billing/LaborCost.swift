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

  /// What holds for the hours of a technician and pay type on a day.
  ///
  /// Without a row on the day the line's own rate still counts, without burden; the multiplier is one
  /// where the pay type has no row yet.
  func terms(
    _ technician: RowID<Technician>, _ payType: RowID<PayType>, on day: Day
  ) -> HourTerms {
    var terms = HourTerms(technician: technician, payType: payType, day: day)
    if let row = technicians.row(of: RowID(Int(technician.number)), on: day) {
      terms.isKnown = true
      terms.rate = costRate[row].isNone ? .zero : costRate[row]
      terms.burden = burdens[row].isNone ? .zero : burdens[row]
      terms.role = roles[row]
    }
    if let row = payTypes.row(of: RowID(Int(payType.number)), on: day), !multipliers[row].isNone {
      terms.multiplier = multipliers[row]
    }
    terms.simplify()
    return terms
  }
}

/// What an hour of a technician costs on a day at a pay type. A technician's lines of a day follow one
/// another, so most lines have the terms of the one before: a comparison instead of four look-ups.
struct HourTerms {
  var technician = RowID<Technician>.missing
  var payType = RowID<PayType>.missing
  var day = Day.none
  /// Whether the technician has a row on the day.
  var isKnown = false
  var role = RowID<Role>.none
  var rate = UnitPrice.zero
  var burden = Percentage.zero
  var multiplier = unity
  /// The multiplier in hundredths and the burden in hundredths of a percent, where they are whole: a
  /// product of these fits where one in the last decimals does not. Zero multiplier where not.
  var hundredths: (multiplier: Int64, burden: Int64) = (0, 0)
  /// What it bills, for the cards last asked for; see `LaborPass.rate`.
  var billed: LaborRates.Rate?
  /// Where those cards stand in `WorkTerms.lists`; -1 before any.
  var cards: Int32 = -1

  @inline(__always)
  func isOf(_ technician: RowID<Technician>, _ payType: RowID<PayType>, _ day: Day) -> Bool {
    technician == self.technician && payType == self.payType && day == self.day
  }

  /// Cost and burden of hours at the line's own rate or the technician's; nil where they do not fit.
  @inline(__always)
  func cost(_ hours: Hours, own: UnitPrice, _ rounding: Rounding) -> (cost: Money, burden: Money)? {
    let rate = own.isNone ? rate : own
    let (base, overBase) = hours.units.multipliedReportingOverflow(by: rate.units)
    let (product, overProduct) = base.multipliedReportingOverflow(by: hundredths.multiplier)
    let (loaded, overLoaded) = product.multipliedReportingOverflow(by: hundredths.burden)
    guard hundredths.multiplier != 0, !overBase, !overProduct, !overLoaded else {
      return wideLaborCost(hours, rate, multiplier, burden, rounding)
    }
    guard let cost = rounded(product, per: 1_0000_0000, rounding),
      let share = rounded(loaded, per: 1_0000_0000_0000, rounding)
    else { return nil }
    return (cost, share)
  }

  /// To be called once multiplier and burden are known.
  mutating func simplify() {
    guard multiplier.units % 100 == 0, burden.units % 100 == 0 else { return }
    hundredths = (multiplier.units / 100, burden.units / 100)
  }
}

/// Cost and burden of hours at a rate, both from the same exact product; nil where they do not fit.
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
