public import Measures

/// What was done on a job through the as-of day: what it cost, and what of it is still unbilled.
///
/// Cost is of all methods. Amounts to bill are of time-and-material and cost-plus jobs only: in the
/// other methods an entry is a cost of the contract and has no price of its own (DESIGN §5).
public struct JobWork: Sendable {
  // Cost to date, with what the opening balances brought along.
  public var labor = Money.zero
  public var burden = Money.zero
  public var material = Money.zero
  public var subcontract = Money.zero
  public var equipment = Money.zero
  /// Permits, freight, expenses and other costs.
  public var other = Money.zero
  /// How much of labor, material and other came from opening balances.
  public var openingLabor = Money.zero
  public var openingMaterial = Money.zero
  public var openingOther = Money.zero

  /// Price of approved entries that are not billed on the day: billed later, ready or blocked, but
  /// not excluded. Time that nobody approved is left out of accruals (DOMAIN §7).
  public var approvedUnbilled = Money.zero

  // What is unbilled on the day, in three ways that add up to the same.
  public var ready = Money.zero
  public var blocked = Money.zero
  public var billedLater = Money.zero
  public var unbilledLabor = Money.zero
  public var unbilledMaterial = Money.zero
  public var unbilledOther = Money.zero
  /// By the age of the work on the as-of day: 0–30 days, 31–60, 61–90, over 90.
  public var aged = InlineArray<4, Money>(repeating: .zero)

  /// Hours behind `unbilledLabor`, those without a rate among them.
  public var unbilledHours = Hours.zero
  /// Entries ready, blocked or billed later; the one that crosses a cap is counted once.
  public var unbilledEntries = 0
  /// The day of the oldest of them; `.none` without any.
  public var oldestDay = Day.none
  var blockedParts = InlineArray<10, Money>(repeating: .zero)

  public init() {}

  /// Cost to date of all kinds.
  public var cost: Money { labor + burden + material + subcontract + equipment + other }

  public var openingCost: Money { openingLabor + openingMaterial + openingOther }

  /// Worked and on no invoice on the day.
  public var unbilled: Money { ready + blocked + billedLater }

  /// What is blocked for one reason.
  public func blocked(_ reason: BlockedReason) -> Money { blockedParts[Int(reason.rawValue)] }
}
