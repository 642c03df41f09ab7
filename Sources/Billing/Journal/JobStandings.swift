internal import Ledger
public import Measures

/// How every job stands on a day: what month-end accruals are made of.
public struct JobStandings: Sendable {
  public let day: Day
  /// By job, as are the others.
  let earned: [Money]
  let underbilled: [Money]
  let overbilled: [Money]
  let lossProvision: [Money]
  /// Nil where the company configures none.
  let allowance: Money?

  public init(_ position: Position) {
    let earned = position.earned.values
    day = position.asOf
    self.earned = earned.map(\.earned)
    underbilled = earned.map(\.underbilled)
    overbilled = earned.map(\.overbilled)
    lossProvision = earned.map(\.lossProvision)
    allowance = requiredAllowance(position)
  }
}

/// The balance that the allowance for credit losses must have (DOMAIN §5.7, [S64, S67]).
///
/// Nil where the company has neither a matrix nor a rate for retainage.
func requiredAllowance(_ position: Position) -> Money? {
  let policy = position.book.company.allowance
  guard !policy.matrix.isEmpty || !policy.retainage.isZero else { return nil }
  return Allowance(position.book, position.documents.balances, position.customers).required
}
