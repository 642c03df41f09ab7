import Ledger
public import Measures

/// Totals over all entries, whatever their jobs: the other road to the sums by job.
public struct EntryTotals: Sendable {
  /// Prices of all entries.
  public var prices = Money.zero
  /// The same prices, by billing state.
  public var pricesByState = InlineArray<9, Money>(repeating: .zero)
  /// Cost of all entries on the day, burden included, by kind.
  public var laborCost = Money.zero
  public var materialCost = Money.zero
  public var otherCost = Money.zero
  /// Hours in all billing states on the day.
  public var hours = Hours.zero

  /// Prices of entries ready, blocked or billed later.
  public var unbilled: Money {
    EntryState.allCases.filter(\.isUnbilled).map { pricesByState[Int($0.rawValue)] }.sum()
  }
  public var allStates: Money { EntryState.allCases.map { pricesByState[Int($0.rawValue)] }.sum() }
  public var cost: Money { laborCost + materialCost + otherCost }

  @inline(__always)
  mutating func add(_ price: Money, _ state: EntryState) {
    prices += price
    pricesByState[Int(state.rawValue)] += price
  }

  /// An entry whose state changed after it was counted.
  mutating func move(_ price: Money, from old: EntryState, to new: EntryState) {
    pricesByState[Int(old.rawValue)] -= price
    pricesByState[Int(new.rawValue)] += price
  }

  mutating func add(_ more: EntryTotals) {
    prices += more.prices
    for state in pricesByState.indices { pricesByState[state] += more.pricesByState[state] }
    laborCost += more.laborCost
    materialCost += more.materialCost
    otherCost += more.otherCost
    hours += more.hours
  }
}

/// What one core has found so far. All of it is sums, or lists that are sorted at the end, so that it
/// does not matter which core took which rows.
struct WorkSums {
  /// By job: what every entry reads and adds to, beside each other, so that an entry waits for one
  /// place in memory. Each core has its own.
  var jobs: [JobSums] = []
  /// By `JobTerms.place`.
  var unbilled: [UnbilledWork] = []
  var totals = EntryTotals()
  /// Timesheet lines of jobs that adjustments name.
  var adjusted: [Int] = []
  /// Entries on their way to `unbilled`.
  private var pending: [PendingEntry] = []
  /// Ready entries of jobs with a not-to-exceed amount.
  var limited: [LimitedEntry] = []
  var overflows: [Overflow] = []
  /// Technicians without a row on the day of the work, by number.
  var unknownTechnicians: [Int32: RowTally] = [:]
  /// Entries without a rate or a cost, by job.
  var missing: [MissingCause: RowTally] = [:]

  /// Of no job: for what has been counted elsewhere.
  init() {}

  init(_ terms: WorkTerms) {
    jobs.reserveInLargePages(terms.jobs.count)
    for term in terms.jobs { jobs.append(JobSums(terms: term)) }
    unbilled = Array(inLargePages: UnbilledWork(), count: terms.billing)
  }

  /// Counts a settled entry: in the totals, and on its job where it is unbilled. Cost is added apart.
  @inline(always)
  mutating func add(
    _ id: EntryID, _ entry: Entry, _ day: Day, _ term: JobTerms, job: Int, hours: Hours = .zero,
    isApproved: Bool = true, asOf: Day
  ) {
    totals.add(entry.price, entry.state)
    // On a contract that is billed otherwise an entry has no price.
    guard entry.state.isUnbilled, term.billsEntries else { return }
    pending.append(
      PendingEntry(
        price: entry.price, hours: hours, place: term.place, day: day, kind: id.kind,
        state: entry.state, reason: entry.reason, isApproved: isApproved,
        age: ageClass(of: day, on: asOf)))
    if pending.count == Self.together { flush() }
    if term.isLimited, entry.state == .ready {
      limited.append(LimitedEntry(job: Int32(job), day: day, entry: id, price: entry.price))
    }
    if let reason = entry.reason, reason == .noRate || reason == .noCost {
      missing[MissingCause(reason: reason, job: job), default: RowTally()]
        .add(id, hours: hours, amount: entry.burdenedCost)
    }
  }

  /// Jobs lie anywhere in memory: entries that are added together are waited for together.
  private static let together = 256

  /// Brings what is on its way to `unbilled`; to be called before that is read.
  mutating func flush() {
    var entries: [PendingEntry] = []
    swap(&entries, &pending)
    var sums = unbilled.mutableSpan
    for entry in entries { sums[Int(entry.place)].add(entry) }
    entries.removeAll(keepingCapacity: true)
    swap(&entries, &pending)
  }

  /// What another core found. Both have been flushed.
  mutating func add(_ more: WorkSums) {
    for job in jobs.indices {
      jobs[job].labor += more.jobs[job].labor
      jobs[job].burden += more.jobs[job].burden
      jobs[job].material += more.jobs[job].material
    }
    for place in unbilled.indices { unbilled[place].add(more.unbilled[place]) }
    totals.add(more.totals)
    adjusted += more.adjusted
    limited += more.limited
    overflows += more.overflows
    unknownTechnicians.merge(more.unknownTechnicians) { $0.with($1) }
    missing.merge(more.missing) { $0.with($1) }
  }
}

/// How entries of a job are priced, and what they cost it.
struct JobSums {
  let terms: JobTerms
  var labor = Money.zero
  var burden = Money.zero
  var material = Money.zero
}

/// A product that does not fit.
struct Overflow {
  var entry: EntryID
  var what: String
}

struct MissingCause: Hashable {
  var reason: BlockedReason
  var job: Int
}

/// Rows of one cause, counted: the first of them and what is at stake.
struct RowTally {
  var first = EntryID(.other, .max)
  var rows = 0
  var hours = Hours.zero
  var amount = Money.zero

  mutating func add(_ entry: EntryID, hours: Hours = .zero, amount: Money = .zero) {
    first = min(first, entry)
    rows += 1
    self.hours += hours
    self.amount += amount
  }

  func with(_ more: RowTally) -> RowTally {
    var both = self
    both.first = min(first, more.first)
    both.rows += more.rows
    both.hours += more.hours
    both.amount += more.amount
    return both
  }
}
