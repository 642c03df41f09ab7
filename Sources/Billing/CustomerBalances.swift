public import Ledger
public import Measures

/// What one customer owes, holds and is held to on a day (DESIGN §4, §6).
public struct CustomerBalance: Sendable {
  /// Open on all live documents but credit memos; an overpaid invoice lowers it.
  public var open = Money.zero
  /// Credit memos and cash that are not applied, zero or negative unless a refund paid back too much
  /// (DOMAIN §5.4, [S57]).
  public var unapplied = Money.zero
  /// The part of `open` that is past due.
  public var pastDue = Money.zero
  /// Withheld and not released; never aged (DOMAIN §2.2, [S13]).
  public var retainageHeld = Money.zero
  /// Owed back or in work; a liability outside AR (DOMAIN §4.1, [S46]).
  public var depositsHeld = Money.zero
  /// Open on deposit invoices.
  public var openRequests = Money.zero
  /// The part of `open` in dispute on the day.
  public var disputed = Money.zero
  /// The greatest days past due of anything open; zero where nothing is past due, nil where nothing
  /// is open.
  public var oldestDays: Int?
  /// From invoice to application, weighted by amount, over twelve months; nil where nothing was paid.
  public var averageDaysToPay: Int?
  /// Whether any document has a balance, even where they cancel out.
  public var hasOpenDocument = false

  public init() {}

  /// The customer's part of the AR control account.
  public var net: Money { open + unapplied }

  public var pastDuePercentage: Percentage? {
    open > .zero ? pastDue.percentage(of: open) : nil
  }

  /// Whether the aging lists the customer.
  public var isListed: Bool {
    hasOpenDocument || !unapplied.isZero || !retainageHeld.isZero || !depositsHeld.isZero
  }
}

/// Every customer's balance as of a day, with its aging.
public struct CustomerBalances: Sendable {
  public let customers: PerRow<Customers, CustomerBalance>
  public let bucketCount: Int
  /// Bucket by bucket, customer after customer.
  private let aged: [Money]

  public init(_ book: Book, _ balances: DocumentBalances) {
    var sums = CustomerSums(book, balances)
    sums.addDocuments()
    sums.addPayments()
    sums.addOpening()
    sums.averageDaysToPay()
    customers = PerRow(sums.customers)
    aged = sums.aged
    bucketCount = balances.bucketCount
  }

  public subscript(_ customer: RowID<Customers>) -> CustomerBalance {
    @inlinable get { customers.values[customer.row] }
  }

  /// What a customer has open in one bucket; bucket 0 is not due.
  public func aged(_ customer: RowID<Customers>, bucket: Int) -> Money {
    aged[customer.row * bucketCount + bucket]
  }
}

private struct CustomerSums {
  let book: Book
  let balances: DocumentBalances
  var customers: [CustomerBalance]
  var aged: [Money]

  init(_ book: Book, _ balances: DocumentBalances) {
    self.book = book
    self.balances = balances
    customers = Array(repeating: CustomerBalance(), count: book.customers.count)
    aged = Array(repeating: .zero, count: book.customers.count * balances.bucketCount)
  }

  mutating func addDocuments() {
    let (owner, type) = (book.invoices.customer, book.invoices.type)
    let (retainage, deposit) = (book.invoices.retainage, book.invoices.deposit)
    let documents = balances.documents.values
    let agesRequests = book.company.aging.depositRequests
    for row in documents.indices where documents[row].isLive && owner[row].exists {
      let customer = owner[row].row
      let open = documents[row].open
      let type = type[row]
      customers[customer].retainageHeld += retainage[row].orZero
      if type == .deposit {
        customers[customer].depositsHeld += balances.depositHeld(book, row)
        customers[customer].openRequests += open
      } else {
        customers[customer].depositsHeld += deposit[row].orZero
      }
      guard !open.isZero else { continue }
      if type == .creditMemo {
        customers[customer].unapplied += open
      } else if type != .deposit || agesRequests {
        age(row, documents[row], customer)
      }
    }
  }

  private mutating func age(_ row: Int, _ balance: DocumentBalance, _ customer: Int) {
    customers[customer].open += balance.open
    customers[customer].hasOpenDocument = true
    aged[customer * balances.bucketCount + Int(balance.bucket)] += balance.open
    if balance.bucket > 0 { customers[customer].pastDue += balance.open }
    if balance.open > .zero {
      let oldest = customers[customer].oldestDays ?? 0
      customers[customer].oldestDays = max(oldest, Int(balance.daysPastDue))
    }
    if book.invoices.isDisputed[row], book.invoices.isDisputed(row, on: balances.asOf) {
      customers[customer].disputed += balance.open
    }
  }

  /// Cash not applied is a credit, a refund without application a charge; a direct deposit is held.
  mutating func addPayments() {
    let (owner, type, amount) = (book.payments.customer, book.payments.type, book.payments.amount)
    let (day, reversedFrom) = (book.payments.day, book.payments.reversedFrom)
    let (used, asOf) = (balances.used.values, balances.asOf)
    for row in day.indices where day[row] <= asOf && reversedFrom[row] > asOf && owner[row].exists {
      let customer = owner[row].row
      let rest = amount[row] - used[row]
      switch type[row] {
      case .payment: customers[customer].unapplied -= rest
      case .refund: customers[customer].unapplied += rest
      case .deposit: customers[customer].depositsHeld += rest
      case .reversal: break
      }
    }
  }

  mutating func addOpening() {
    let opening = OpeningSums(book, asOf: balances.asOf)
    opening.forEach(.unapplied) { customer, _, amount in
      if customer.exists { customers[customer.row].unapplied += amount }
    }
    opening.forEach(.retainage) { customer, _, amount in
      if customer.exists { customers[customer.row].retainageHeld += amount }
    }
    opening.forEach(.deposit) { customer, _, amount in
      if customer.exists { customers[customer.row].depositsHeld += amount }
    }
  }

  /// Payments of the twelve months that end with the as-of day; rounded half up.
  mutating func averageDaysToPay() {
    let (first, asOf) = (dayAfterTwelveMonthsBack(from: balances.asOf), balances.asOf)
    let effects = ApplicationEffects(book)
    let (owner, amount) = (book.invoices.customer, book.applications.amount)
    var paid = [(amount: Int128, days: Int128)](repeating: (0, 0), count: customers.count)
    for row in amount.indices where effects.source(of: row) == .cash {
      guard let start = effects.start(of: row, ifStandingOn: asOf), start >= first else { continue }
      let invoice = effects.invoice[row].row
      guard owner[invoice].exists else { continue }
      let (customer, amount) = (owner[invoice].row, Int128(amount[row].units))
      paid[customer].amount += amount
      paid[customer].days += amount * Int128(start - effects.documentDay[invoice])
    }
    for customer in customers.indices where paid[customer].amount > 0 {
      let days = roundedQuotient(paid[customer].days, paid[customer].amount, .halfAwayFromZero)
      customers[customer].averageDaysToPay = days.map { Int($0) }
    }
  }
}

/// The first of the twelve months' days: 2025-11-01 for 2026-10-31, and for a month's last day always
/// a month's first.
private func dayAfterTwelveMonthsBack(from asOf: Day) -> Day {
  let month = asOf.month.advanced(by: -12)
  return asOf == asOf.month.last ? month.last + 1 : month.day(asOf.calendar.day) + 1
}
