import Measures

/// Whole cents for exact shares, which add up to their exact sum rounded once.
///
/// Each share is `exact ÷ denominator` cents. It is cut off, and the cents left over go one each to the
/// largest remainders, the earlier share first; so a share of nothing stays nothing and none moves by a
/// whole cent. Shares with their signs turned are split as their mirror. All are zero where the sum does
/// not fit.
func roundedShares(
  _ exact: [Int128], per denominator: Int128, _ rounding: Rounding
) -> [Money] {
  let sum = exact.reduce(0, +)
  let sign = sum != 0 ? sum : exact.first { $0 != 0 } ?? 0
  if sign < 0 { return roundedShares(exact.map { -$0 }, per: denominator, rounding).map { -$0 } }
  guard let total = roundedQuotient(sum, denominator, rounding) else {
    return exact.map { _ in .zero }
  }
  var cents: [Int64] = []
  var remainders: [(remainder: Int128, place: Int)] = []
  for (place, share) in exact.enumerated() {
    let (quotient, remainder) = share.quotientAndRemainder(dividingBy: denominator)
    let isBelow = remainder < 0
    cents.append(Int64(clamping: isBelow ? quotient - 1 : quotient))
    remainders.append((isBelow ? remainder + denominator : remainder, place))
  }
  remainders.sort { ($1.remainder, $0.place) < ($0.remainder, $1.place) }
  let left = Int128(total) - cents.reduce(0) { $0 + Int128($1) }
  for (_, place) in remainders.prefix(Int(clamping: max(0, left))) { cents[place] += 1 }
  return cents.map(Money.init(cents:))
}
