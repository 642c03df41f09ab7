public import Ledger
public import Measures

/// What was done on a job through the as-of day: what it cost, and what of it is still unbilled.
///
/// Cost is of all methods. Amounts to bill are of time-and-material and cost-plus jobs only: in the
/// other methods an entry is a cost of the contract and has no price of its own (DESIGN §5).
public struct JobWork: Sendable {
  public var cost = JobCost()
  public var unbilled = UnbilledWork()

  public init() {}
}

/// Cost of a job to date, with what the opening balances brought along.
public struct JobCost: Sendable {
  public var labor = Money.zero
  public var burden = Money.zero
  public var material = Money.zero
  public var subcontract = Money.zero
  public var equipment = Money.zero
  /// Permits, freight, expenses and other costs.
  public var other = Money.zero

  public init() {}

  /// Of all kinds.
  @inlinable public var total: Money {
    labor + burden + material + subcontract + equipment + other
  }
}

/// What of a job's work is on no invoice on the day, in three ways that add up to the same: by kind,
/// by what stands in its way, by age.
public struct UnbilledWork: Sendable {
  public var labor = Money.zero
  public var material = Money.zero
  public var other = Money.zero
  public var ready = Money.zero
  public var blocked = Money.zero
  public var billedLater = Money.zero
  /// Price of the approved entries among them. Time that nobody approved is left out of accruals
  /// (DOMAIN §7).
  public var approved = Money.zero
  /// Hours behind `labor`, those without a rate among them.
  public var hours = Hours.zero
  /// By the age of the work on the as-of day: 0–30 days, 31–60, 61–90, over 90.
  public var aged = InlineArray<4, Money>(repeating: .zero)
  /// Entries ready, blocked or billed later; the one that crosses a cap is counted once.
  public var entries: Int32 = 0
  /// The day of the oldest of them; `.never` without any.
  public var oldestDay = Day.never
  /// Of what is ready, the sum of the prices above zero: only where it exceeds the room under a cap
  /// can the cap cut anything.
  var positive = Money.zero
  @usableFromInline var blockedParts = InlineArray<10, Money>(repeating: .zero)

  public init() {}

  /// Worked and on no invoice on the day.
  @inlinable public var total: Money { ready + blocked + billedLater }

  /// What is blocked for one reason.
  @inlinable
  public func blocked(_ reason: BlockedReason) -> Money { blockedParts[Int(reason.rawValue)] }

  /// What is blocked for any reason, summed reason by reason.
  public var allReasons: Money {
    var sum = Money.zero
    for reason in blockedParts.indices { sum += blockedParts[reason] }
    return sum
  }

  /// An entry that is ready, blocked or billed later.
  @inline(__always)
  mutating func add(_ entry: PendingEntry) {
    let price = entry.price
    switch entry.kind {
    case .labor: labor += price
    case .material: material += price
    case .other: other += price
    }
    switch entry.state {
    case .ready:
      ready += price
      if price > .zero { positive += price }
    case .billedLater: billedLater += price
    default:
      blocked += price
      if let reason = entry.reason { blockedParts[Int(reason.rawValue)] += price }
    }
    if entry.isApproved { approved += price }
    aged[Int(entry.age)] += price
    hours += entry.hours
    entries += 1
    oldestDay = min(oldestDay, entry.day)
  }

  /// The part of a ready entry that lies beyond a cap.
  mutating func cut(_ beyond: Money) {
    ready -= beyond
    blocked += beyond
    blockedParts[Int(BlockedReason.notToExceed.rawValue)] += beyond
  }

  /// What another core found of the same job.
  mutating func add(_ more: UnbilledWork) {
    guard more.entries > 0 else { return }
    labor += more.labor
    material += more.material
    other += more.other
    ready += more.ready
    blocked += more.blocked
    billedLater += more.billedLater
    approved += more.approved
    hours += more.hours
    for age in aged.indices { aged[age] += more.aged[age] }
    entries += more.entries
    oldestDay = min(oldestDay, more.oldestDay)
    for reason in blockedParts.indices { blockedParts[reason] += more.blockedParts[reason] }
    positive += more.positive
  }
}

/// An entry that is ready, blocked or billed later, on its way to the sums of its job.
struct PendingEntry {
  var price = Money.zero
  var hours = Hours.zero
  /// Where the job's sums stand; see `JobTerms.place`.
  var place: Int32 = 0
  var day = Day.none
  var kind = EntryKind.labor
  var state = EntryState.ready
  var reason: BlockedReason?
  var isApproved = true
  var age: UInt8 = 0
}

/// The age of work in days: 0–30, 31–60, 61–90, over 90.
@inline(__always)
func ageClass(of day: Day, on asOf: Day) -> UInt8 {
  let age = asOf - day
  return age <= 30 ? 0 : age <= 60 ? 1 : age <= 90 ? 2 : 3
}

/// The work on every job. What is unbilled has a row for jobs that bill entries only, as it is four
/// times as wide as the cost, and most jobs of a contractor may be contracts.
public struct JobWorks: Sendable {
  @usableFromInline let costs: [JobCost]
  /// Where each job stands in `unbilled`; below zero where it does not bill entries.
  @usableFromInline let places: [Int32]
  @usableFromInline let unbilled: [UnbilledWork]
  @usableFromInline let none = UnbilledWork()
  /// What of the cost came from opening balances.
  public let opening: JobCost

  init(_ costs: [JobCost], opening: JobCost, places: [Int32], unbilled: [UnbilledWork]) {
    self.costs = costs
    self.opening = opening
    self.places = places
    self.unbilled = unbilled
  }

  public init(_ works: [JobWork]) {
    self.init(
      works.map(\.cost), opening: JobCost(), places: works.indices.map(Int32.init),
      unbilled: works.map(\.unbilled))
  }

  public var count: Int { costs.count }
  public var ids: some Sequence<RowID<Jobs>> { costs.indices.lazy.map { RowID($0) } }

  public subscript(_ job: RowID<Jobs>) -> JobWork {
    var work = JobWork()
    work.cost = costs[job.row]
    work.unbilled = unbilled(job)
    return work
  }

  @inlinable
  public func cost(_ job: RowID<Jobs>) -> Money { costs[job.row].total }

  /// Read in place: a report that asks for one amount does not copy the others.
  @inlinable
  public func unbilled(_ job: RowID<Jobs>) -> UnbilledWork {
    let place = Int(places[job.row])
    return place < 0 ? none : unbilled[place]
  }

  /// The costs of all jobs.
  public var allCosts: [JobCost] { costs }
  /// What is unbilled on all jobs that bill entries, in no order that means anything.
  public var allUnbilled: [UnbilledWork] { unbilled }
}
