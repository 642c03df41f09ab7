public import Ledger
public import Measures

/// One job of the work-in-progress schedule, on the as-of day and the day before the period
/// (DOMAIN §3).
public struct WipLine: Sendable {
  public let job: RowID<Jobs>
  /// Complete, closed or cancelled on the day: it stands in the schedule of completed contracts.
  public let isEnded: Bool
  /// Whether its schedule lists it.
  public internal(set) var isListed = false
  public let contract: ContractValue
  /// The job's own estimate, or its first dated one; `.none` without any.
  public let originalEstimate: Money
  /// Cost to date as a share of the estimate, for display; nil without an estimate.
  public let completePercentage: Percentage?
  /// The part of the cost that is in neither side of that share (DOMAIN §3.5, [S22]).
  public let uninstalled: Money
  public let current: WipStanding
  /// As of the day before the period, with what opening balances of the period brought along.
  public internal(set) var prior: WipStanding
  public let retainageHeld: Money
  public let depositsHeld: Money

  public var costThisPeriod: Money { current.cost - prior.cost }
  public var earnedThisPeriod: Money { current.earned - prior.earned }
  public var billedThisPeriod: Money { current.billed - prior.billed }
  public var lossProvisionChange: Money { current.lossProvision - prior.lossProvision }
  public var grossProfitThisPeriod: Money { current.grossProfit - prior.grossProfit }

  /// The estimate less cost to date, below zero where the cost is above it; nothing more is to come
  /// on a job that has ended; `.none` without an estimate.
  public var costToComplete: Money {
    if isEnded { return .zero }
    return contract.estimate.orNil.map { $0 - current.cost } ?? .none
  }

  /// Original contract less original estimate; `.none` where one of them is missing.
  public var originalEstimatedGrossProfit: Money {
    guard contract.hasAmount, let estimate = originalEstimate.orNil else { return .none }
    return contract.original - estimate
  }

  /// Estimated gross profit as a share of the revised contract, of an ended job of what it earned.
  public var marginPercentage: Percentage? {
    current.estimatedGrossProfit.orNil?
      .percentage(of: isEnded ? current.earned : contract.revised)
  }

  /// The estimated gross profit that was lost since the original estimate, below zero where it grew;
  /// `.none` where one of them is missing (DOMAIN §3.8, [S27]).
  public var fade: Money {
    guard let original = originalEstimatedGrossProfit.orNil,
      let latest = current.estimatedGrossProfit.orNil
    else { return .none }
    return original - latest
  }

  /// The fade as a share of the original estimated gross profit, not a difference of margins; nil
  /// where there was no profit to lose.
  public var fadePercentage: Percentage? {
    guard let original = originalEstimatedGrossProfit.orNil, original > .zero else { return nil }
    return fade.orNil?.percentage(of: original)
  }

  /// What the customer owes on the contract beyond its invoices, in one figure: earned less billed,
  /// and retainage, less deposits (DOMAIN §2.1, [S12]). Below zero it is a liability.
  var contractPosition: Money { current.earned - current.billed + retainageHeld - depositsHeld }
  public var contractAsset: Money { max(.zero, contractPosition) }
  public var contractLiability: Money { max(.zero, -contractPosition) }

  /// What an agreed contract is still to earn; zero where units beyond it were installed.
  public var backlog: Money {
    isEnded || !contract.hasAmount ? .zero : max(.zero, contract.revised - current.earned)
  }
}

/// What a job has cost, earned and billed by the end of a day.
public struct WipStanding: Sendable {
  public var cost = Money.zero
  public var earned = Money.zero
  /// Gross of retainage, without tax and deposits (DOMAIN §3.3).
  public var billed = Money.zero
  public var lossProvision = Money.zero
  /// Revised contract less estimated cost; of a job that has ended the profit it made; `.none` where
  /// contract or estimate are missing, or the contract was not agreed on yet.
  public var estimatedGrossProfit = Money.none

  /// The provision is a cost of revenue (DOMAIN §3.6, [S23]).
  public var grossProfit: Money { earned - cost - lossProvision }
  public var underbilled: Money { max(.zero, earned - billed) }
  public var overbilled: Money { max(.zero, billed - earned) }

  init(_ job: RowID<Jobs>, in position: Position) {
    let revenue = position.earned[job]
    cost = position.work.cost(job)
    billed = position.documents.jobs[job].billed
    take(revenue, position.documents.contracts[job])
  }

  /// Earnings, and the profit that contract and estimate promise.
  mutating func take(_ revenue: EarnedRevenue, _ contract: ContractValue) {
    earned = revenue.earned
    lossProvision = revenue.lossProvision
    if contract.isEnded {
      estimatedGrossProfit = earned - cost
    } else if contract.hasAmount, contract.isAgreed, let estimate = contract.estimate.orNil {
      estimatedGrossProfit = contract.revised - estimate
    } else {
      estimatedGrossProfit = .none
    }
  }
}
