public import Ledger
public import Measures

/// A figure and how it came about: its rule, the row it stands in, and the figures that make it, down to
/// the rows of the files.
public struct Explanation: Sendable {
  /// What the figure is: "Open".
  public var what: String
  /// As a person reads it: "1,284.50", "2026-10-31", "Net 30".
  public var value: String
  /// Where it is money that is added up.
  public var amount: Money?
  /// What it was worked out to from its parts, by another road than the report's; nil where there is none.
  public var recomputed: Money?
  /// The rule in a sentence, with the source of the standard where there is one.
  public var rule: String
  /// The row it was read from.
  public var place: Place?
  public var parts: [Explanation]

  /// Something read or decided that is no amount.
  static func fact(
    _ what: String, _ value: String, at place: Place? = nil, rule: String = "",
    _ parts: [Explanation] = []
  ) -> Self {
    Self(
      what: what, value: value, amount: nil, recomputed: nil, rule: rule, place: place, parts: parts
    )
  }

  /// An amount as it was read, or as another report explains it.
  static func amount(
    _ what: String, _ amount: Money, at place: Place? = nil, rule: String = "",
    recomputed: Money? = nil, _ parts: [Explanation] = []
  ) -> Self {
    Self(
      what: what, value: amount.grouped, amount: amount, recomputed: recomputed, rule: rule,
      place: place, parts: parts)
  }

  /// An amount that is the sum of its parts; parts without an amount are remarks.
  static func sum(
    _ what: String, _ amount: Money, rule: String = "", _ parts: [Explanation]
  ) -> Self {
    .amount(
      what, amount, rule: rule, recomputed: parts.compactMap(\.amount).sum(), parts)
  }

  /// The same where it is above zero; else the figure is zero.
  static func aboveZero(
    _ what: String, _ amount: Money, rule: String = "", _ parts: [Explanation]
  ) -> Self {
    .amount(
      what, amount, rule: rule, recomputed: max(.zero, parts.compactMap(\.amount).sum()), parts)
  }

  /// Every figure here and below that its parts do not come to.
  public var faults: [Explanation] {
    let own = recomputed != nil && recomputed != amount ? [self] : []
    return own + parts.flatMap(\.faults)
  }
}

/// What an id names.
public enum ExplainedSubject: Sendable {
  case customer(RowID<Customers>)
  case job(RowID<Jobs>)
  case invoice(RowID<Invoices>)
  case payment(RowID<Payments>)
  case entry(EntryID)
  case item(RowID<Item>)

  /// The column of the reports in which its id stands.
  public var key: String {
    switch self {
    case .customer: "customer_id"
    case .job: "job_id"
    case .invoice: "invoice_id"
    case .payment: "payment_id"
    case .entry: "entry_id"
    case .item: "item_id"
    }
  }
}

/// Explains the figures of one closing, and of the period that ends with it (DESIGN §1, `tieout explain`).
public struct Explainer: Sendable {
  let closing: Closing
  /// As of the day before the period.
  let opening: Closing
  let period: Period
  let effects: ApplicationEffects
  let schedule: WipSchedule
  let statements: Statements
  var book: Book { closing.book }
  var position: Position { closing.position }
  var asOf: Day { closing.position.asOf }

  /// - Parameters:
  ///   - closing: with its rows kept.
  ///   - opening: as of the day before the period, with its rows kept.
  public init(_ closing: Closing, opening: Closing, _ period: Period) {
    self.closing = closing
    self.opening = opening
    self.period = period
    effects = ApplicationEffects(closing.book)
    schedule = WipSchedule(closing.position, closing.work, opening: opening, period)
    statements = Statements(closing.position)
  }

  /// Everything that has this id: ids of different tables may be alike.
  public func subjects(named id: String) -> [ExplainedSubject] {
    var found = [ExplainedSubject]()
    let (customer, job) = (book.customers.index.find(id), book.jobs.index.find(id))
    let (invoice, payment) = (book.invoices.index.find(id), book.payments.index.find(id))
    if customer.exists { found.append(.customer(customer)) }
    if job.exists { found.append(.job(job)) }
    if invoice.exists { found.append(.invoice(invoice)) }
    if payment.exists { found.append(.payment(payment)) }
    let item = book.items.index.find(id)
    if item.exists { found.append(.item(item)) }
    let columns: [(EntryKind, TextColumn)] = [
      (.labor, book.timesheets.id), (.material, book.inventory.id), (.other, book.costs.id),
    ]
    for (kind, ids) in columns {
      found += ids.indices.filter { ids[$0] == id }.map { .entry(EntryID(kind, $0)) }
    }
    return found
  }

  public func explain(_ subject: ExplainedSubject) -> Explanation {
    switch subject {
    case .customer(let customer): explain(customer)
    case .job(let job): explain(job)
    case .invoice(let invoice): explain(invoice)
    case .payment(let payment): explain(payment)
    case .entry(let entry): explain(entry)
    case .item(let item): explain(item)
    }
  }

  func place<T: Table>(_ table: T, _ row: Int, _ column: String = "") -> Place {
    Place(file: book.file(T.self), line: table.line[row], column: column)
  }

  /// Amounts of opening balances of a measure, as parts.
  func openingParts(
    _ measure: OpeningMeasure, _ isMeant: (_ customer: RowID<Customers>, _ job: RowID<Jobs>) -> Bool
  ) -> [Explanation] {
    let balances = book.openingBalances
    return balances.rows.filter { row in
      let job = balances.job[row].orNil ?? .none
      let customer =
        balances.customer[row].orNil ?? (job.exists ? book.jobs.customer[job.row] : .none)
      return balances.measure[row] == measure && balances.day[row] <= asOf
        && isMeant(customer, job)
    }.map {
      .amount("opening balance", balances.amount[$0], at: place(balances, $0, "amount"))
    }
  }
}
