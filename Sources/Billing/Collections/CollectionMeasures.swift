public import Ledger
public import Measures

/// How well a month's receivables were collected (DOMAIN §5.5, §5.6).
public struct CollectionMonth: Hashable, Sendable {
  public let receivable: MonthlyReceivable
  /// Days sales outstanding, to two decimals, half up; nil where there are no sales to measure by.
  public let dso: Quantity?
  /// The same of what is not past due ([S59]).
  public let bestPossibleDSO: Quantity?
  /// Collection effectiveness index; nil where nothing could have been collected.
  public let cei: Percentage?

  /// DSO less best possible DSO ([S60]).
  public var averageDaysDelinquent: Quantity? {
    guard let dso, let bestPossibleDSO else { return nil }
    return dso - bestPossibleDSO
  }
}

/// The collection measures of the thirteen months that end with the as-of day's; those before the first
/// document are left out.
///
/// DSO and CEI look back over `dso_months` calendar months, as many as there are since the first
/// document, so that a month without books counts neither as sales nor as days.
public func collectionMeasures(
  _ receivables: MonthlyReceivables, _ policy: Company.Collections
) -> [CollectionMonth] {
  let months = receivables.months
  return months.indices.dropFirst().suffix(13).map { place in
    let history = months[1...place]
    let period = history.suffix(policy.dsoMonths)
    func days(_ balance: Money) -> Quantity? {
      switch policy.dso {
      case .period: daysSalesOutstanding(balance, over: period)
      case .countBack: daysCountedBack(balance, over: history)
      }
    }
    return CollectionMonth(
      receivable: months[place], dso: days(months[place].ending),
      bestPossibleDSO: days(months[place].current),
      cei: collectionEffectiveness(
        beginning: months[period.startIndex - 1].ending, over: period, policy.ceiSales))
  }
}

/// Balance × days ÷ sales of the same days ([S58]); zero where nothing is owed.
///
/// 5,000.00 after three months of 92 days that sold 23,000.00 are 20 days.
private func daysSalesOutstanding(
  _ balance: Money, over months: ArraySlice<MonthlyReceivable>
) -> Quantity? {
  let sales = months.map(\.sales).sum()
  guard sales > .zero else { return nil }
  let days = months.map(\.days).reduce(0, +)
  return hundredths(Int128(max(balance, .zero).units) * Int128(days), of: sales)
}

/// The days in which the latest sales make up the balance: whole months backwards while what is left is
/// more than they sold, then so much of the days of the next ([S61], calendar days).
///
/// 5,000.00 at the end of October, which sold 4,000.00, after a September of 2,000.00: 31 days, and
/// 1,000.00 ÷ 2,000.00 of 30.
///
/// - Returns: nil where all months sold less than the balance.
private func daysCountedBack(
  _ balance: Money, over months: ArraySlice<MonthlyReceivable>
) -> Quantity? {
  guard balance > .zero else { return .zero }
  var left = balance
  var days = 0
  for month in months.reversed() {
    if left <= month.sales {
      let whole = Int128(days) * Int128(month.sales.units)
      return hundredths(whole + Int128(left.units) * Int128(month.days), of: month.sales)
    }
    left -= month.sales
    days += month.days
  }
  return nil
}

/// A quotient of days, rounded once to two decimals.
private func hundredths(_ numerator: Int128, of sales: Money) -> Quantity? {
  roundedQuotient(numerator * 100, Int128(sales.units), .halfAwayFromZero)
    .map { Quantity(units: $0 * 100) }
}

/// `(beginning + sales − ending) ÷ (beginning + sales − ending current)`, in percent with four decimals.
///
/// Sales are those of all months, or their average where the company says so: 10,890 in three months
/// after 6,200, with 6,340 open at the end and 3,590 of it current, are 79.6 % by total ([S63]) and
/// 55.9 % by average ([S62]).
private func collectionEffectiveness(
  beginning: Money, over months: ArraySlice<MonthlyReceivable>, _ sales: Company.Collections.Sales
) -> Percentage? {
  guard let last = months.last else { return nil }
  // Everything times the number of months, so that the average needs no rounding.
  let divisor = sales == .average ? Int128(months.count) : 1
  let sold = Int128(beginning.units) * divisor + Int128(months.map(\.sales).sum().units)
  let available = sold - Int128(last.current.units) * divisor
  guard available > 0 else { return nil }
  let collected = sold - Int128(last.ending.units) * divisor
  return roundedQuotient(collected * 100_0000, available, .halfAwayFromZero)
    .map(Percentage.init(units:))
}
