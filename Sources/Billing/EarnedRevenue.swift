public import Measures

/// What a job has earned through a day, by its billing method (DESIGN §5; DOMAIN §3).
public struct EarnedRevenue: Sendable {
  public var earned = Money.zero
  /// Cost to date as a share of the estimate, uninstalled material in neither, at most 100 %; nil
  /// without an estimate. For display: nothing is multiplied by it (DOMAIN §0).
  public var completePercentage: Percentage?
  /// The part of an expected loss that cost to cost has not shown yet (DOMAIN §3.6, [S23]).
  public var lossProvision = Money.zero
  /// Earned and not billed; never below zero, and so is `overbilled` (DOMAIN §3.4).
  public var underbilled = Money.zero
  public var overbilled = Money.zero

  public init() {}
}

/// Revenue earned through the as-of day on a fixed-price contract, by the cost-to-cost method.
///
/// `(contract − uninstalled) × (cost − uninstalled) ÷ (estimate − uninstalled) + uninstalled`, to the
/// cent, half up, never above `contract`; the percentage itself is not rounded. Material that is
/// bought and not installed earns its cost and no profit (DOMAIN §3.5, [S22]; ASC 606-10-55-21).
/// A contract of 1,000,000.00 estimated at 850,000.00 with 425,000.00 spent has earned 500,000.00.
///
/// Nil where the estimate is not above zero, or where the result does not fit.
public func costToCost(
  contract: Money, cost: Money, estimate: Money, uninstalled: Money = .zero,
  rounding: Rounding = .halfAwayFromZero
) -> Money? {
  guard estimate > .zero else { return nil }
  guard cost > .zero else { return .zero }
  guard cost < estimate else { return contract }
  let apart = uninstalledPart(of: cost, uninstalled)
  let share = (contract - apart).scaled(
    (cost - apart).units, of: (estimate - apart).units, rounding)
  return share.map { min($0 + apart, contract) }
}

/// The expected loss that `earned` does not show yet: the whole loss less what was lost so far, on
/// contracts that are estimated above their price (DOMAIN §3.6, [S23]–[S25]).
public func lossProvision(contract: Money, cost: Money, estimate: Money, earned: Money) -> Money {
  guard estimate > contract else { return .zero }
  return max(.zero, (estimate - contract) - (cost - earned))
}

/// How much of the cost to date is material that is not installed: no more than there is of either.
func uninstalledPart(of cost: Money, _ uninstalled: Money) -> Money {
  min(max(uninstalled, .zero), max(cost, .zero))
}

/// How far a job is by its cost; nil without an estimate above zero.
public func completePercentage(cost: Money, estimate: Money, uninstalled: Money) -> Percentage? {
  guard let estimate = estimate.orNil, estimate > .zero else { return nil }
  guard cost < estimate else { return .whole }
  let apart = uninstalledPart(of: cost, uninstalled)
  return max(.zero, (cost - apart).percentage(of: estimate - apart) ?? .zero)
}

/// Contract spread over the days of its term, first and last included.
///
/// Nil where the term has no days.
public func earnedByDays(
  contract: Money, start: Day, end: Day, through day: Day, rounding: Rounding
) -> Money? {
  let days = end - start + 1
  guard days > 0 else { return nil }
  let elapsed = min(max(day - start + 1, 0), days)
  return contract.scaled(Int64(elapsed), of: Int64(days), rounding)
}
