internal import Billing
internal import Ledger
internal import Measures

extension Reports {
  /// The control accounts of the day before the period.
  var openingControl: ControlTotals {
    opening?.position.control ?? ControlTotals(book, asOf: period.opening)
  }

  /// What became of every document through the day before the period.
  var openingBalances: DocumentBalances {
    opening?.position.documents.balances ?? DocumentBalances(book, asOf: period.opening)
  }
}

extension TieOut {
  /// Sums of a report's rows against another report's figures, customer by customer: the differences
  /// without their signs are nothing.
  static func byCustomer(
    _ name: String, _ sums: PerRow<Customers, Money>, _ road: String,
    equals figures: PerRow<Customers, Money>, _ otherRoad: String
  ) -> TieOut {
    let apart = zip(sums.values, figures.values).map { Money(units: abs($0.units - $1.units)) }
    return TieOut(
      name, apart.sum(), "differences of each customer's \(road)", equals: .zero,
      "none from \(otherRoad)")
  }
}

extension Sequence {
  /// Sums by customer; rows of no customer are left out.
  func sums(
    of customers: Customers, _ owner: (Element) -> RowID<Customers>, _ amount: (Element) -> Money
  ) -> PerRow<Customers, Money> {
    var sums = PerRow<Customers, Money>(repeating: .zero, count: customers.count)
    for row in self where owner(row).exists { sums[owner(row)] += amount(row) }
    return sums
  }
}
