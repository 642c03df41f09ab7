import Ledger
import Measures

/// What an hour is billed at (DESIGN §5; DOMAIN §6.1 [S68], §6.4).
///
/// The job's card is asked first, then the customer's, then the company's. A card answers with its
/// rate for the role and pay type on the day; with only a REG rate it answers for the other pay types
/// by their multiplier, which is part of the product that is rounded once: 2 h × 66.00 × 1.5 bill
/// 198.00 (worked example tm-01). A card without either is passed over; without any there is no rate,
/// which is an exception and never revenue of zero (DOMAIN §7).
struct LaborRates {
  private let versions: Versions<Rates>
  private let billRate: [UnitPrice]
  private let roles: Int
  private let payTypeCount: Int
  private let payTypes: Versions<PayTypes>
  private let multipliers: [Factor]
  private let regular: RowID<PayType>

  struct Rate {
    var perHour: UnitPrice
    var multiplier: Factor
  }

  init(_ book: Book) {
    versions = book.rates.versions
    billRate = book.rates.billRate
    roles = book.rates.roles.count
    payTypeCount = book.rates.payTypeCount
    payTypes = book.payTypes.versions
    multipliers = book.payTypes.billMultiplier
    regular = book.payTypes.index.find("REG")
  }

  @inline(__always)
  func rate(
    _ cards: InlineTriple<RateCard>, _ role: RowID<Role>, _ payType: RowID<PayType>, on day: Day
  ) -> Rate? {
    guard role.exists, role.row < roles, payType.exists else { return nil }
    if let rate = rate(cards.first, role, payType, on: day) { return rate }
    if let rate = rate(cards.second, role, payType, on: day) { return rate }
    return rate(cards.last, role, payType, on: day)
  }

  @inline(__always)
  private func rate(
    _ card: RowID<RateCard>, _ role: RowID<Role>, _ payType: RowID<PayType>, on day: Day
  ) -> Rate? {
    guard card.exists else { return nil }
    let base = (card.row * roles + role.row) * payTypeCount  // as in Rates.key
    if let row = versions.row(of: RowID(base + payType.row), on: day) {
      return Rate(perHour: billRate[row], multiplier: unity)
    }
    guard payType != regular, regular.exists,
      let row = versions.row(of: RowID(base + regular.row), on: day),
      let type = payTypes.row(of: RowID(payType.row), on: day)
    else { return nil }
    let multiplier = multipliers[type]
    return Rate(perHour: billRate[row], multiplier: multiplier.isNone ? unity : multiplier)
  }
}

/// One, as a value that the compiler knows.
var unity: Factor { Factor(units: 1_0000) }
