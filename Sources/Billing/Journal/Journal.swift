public import Ledger
public import Measures

/// The general journal of some days: an entry for every event that moves receivables, retainage,
/// deposits, stock on jobs and revenue, and the accruals of each month's end (DOMAIN §9).
///
/// Entries stand in order of day, then of event, then of the id of what they are about.
public struct Journal: Sendable {
  public let period: Period
  public let entries: [JournalEntry]
  /// What accounts had before the first entry, and after the last: from documents and jobs as they
  /// stood on those days, never from entries.
  public let opening: ControlBalances
  public let closing: ControlBalances
  /// Revenue earned in the period by all jobs, and billed on none; what opening balances of the
  /// period had earned before is left out.
  public let earned: Money

  /// - Parameters:
  ///   - closing: as of the last day.
  ///   - opening: as of the day before the first.
  ///   - work: as of the last day, with its rows; nil where no stock is kept.
  ///   - standings: jobs on each of `days(in:period:)`.
  public init(
    _ closing: Position, opening: Position, work: Work?, period: Period,
    standings: [JobStandings] = []
  ) {
    let book = closing.book
    var writer = JournalWriter(book, period)
    writer.addDocuments()
    writer.addPayments()
    writer.addApplications()
    if let work { writer.addStock(work) }
    let (first, last) = (JobStandings(opening), JobStandings(closing))
    let brought = writer.addOpeningBalances([first] + standings + [last])
    var before = first
    for standing in standings + [last]
    where standing.day == period.last || standing.day == standing.day.month.last {
      writer.addAccruals(standing, since: before)
      before = standing
    }
    writer.addReversal(of: first)
    writer.sort()
    self.period = period
    entries = writer.entries
    self.opening = ControlBalances(opening)
    self.closing = ControlBalances(closing)
    earned =
      last.earned.sum() - first.earned.sum() + closing.documents.notOnJob.billed
      - opening.documents.notOnJob.billed - brought
  }

  /// The days beside its last on which a period needs to know how jobs stand: the ends of its months,
  /// and the days of opening balances.
  public static func days(in book: Book, _ period: Period) -> [Day] {
    var days = Set(book.openingBalances.day.filter { period.contains($0) })
    var month = period.first.month
    while month.last <= period.last {
      days.insert(month.last)
      month = month.advanced(by: 1)
    }
    days.remove(period.last)
    return days.sorted()
  }

  /// The debits of an account less its credits.
  public func change(_ role: AccountRole) -> Money {
    entries.lazy.flatMap(\.lines).filter { $0.role == role }.map(\.amount).sum()
  }
}

/// Collects the entries of a period.
struct JournalWriter {
  let book: Book
  let period: Period
  let effects: ApplicationEffects
  /// Whether requests for deposits that nobody paid are receivables.
  let agesRequests: Bool
  private(set) var entries: [JournalEntry] = []

  init(_ book: Book, _ period: Period) {
    self.book = book
    self.period = period
    effects = ApplicationEffects(book)
    agesRequests = book.company.aging.depositRequests
  }

  /// Adds an entry, where it falls into the period and moves anything.
  ///
  /// - Parameter texts: its id, what it is about and its memo; made only where it is added.
  mutating func post(
    _ day: Day, _ event: JournalEvent, _ postings: @autoclosure () -> Postings,
    customer: RowID<Customers> = .none, _ texts: () -> (id: String, document: String, memo: String)
  ) {
    guard period.contains(day) else { return }
    let lines = postings().lines.filter { !$0.amount.isZero }
    guard !lines.isEmpty else { return }
    let texts = texts()
    entries.append(
      JournalEntry(
        day: day, event: event, id: texts.id, document: texts.document, customer: customer,
        memo: texts.memo, lines: lines))
  }

  mutating func sort() {
    // Ids are compared where nothing else decides; the place keeps the order of equal ones.
    entries = entries.enumerated().sorted { (a: (Int, JournalEntry), b: (Int, JournalEntry)) in
      let order = ((a.1.day, a.1.event.rawValue), (b.1.day, b.1.event.rawValue))
      guard order.0 == order.1 else { return order.0 < order.1 }
      return (a.1.id, a.0) < (b.1.id, b.0)
    }.map(\.element)
  }
}
