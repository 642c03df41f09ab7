public import Ledger
public import Measures

/// What was sold in a calendar month, and what was owed at its end.
public struct MonthlyReceivable: Hashable, Sendable {
  public let month: Month
  /// Its days; of the as-of day's month those through that day.
  public let days: Int
  /// Totals of revenue and retainage release documents: tax included, retainage when it is released
  /// (DOMAIN §5.8). Credit memos lower it, and so does a void, in the month of its day.
  public let sales: Money
  /// Net AR at the end of the month, without deposit requests: open documents, less credit memos and
  /// cash that are not applied.
  public let ending: Money
  /// Open then on documents that were not past due, whatever the aging goes by; credit memos and
  /// deposit requests are left out.
  public let current: Money
}

/// Sales and receivables month by month: what every document, payment and application adds from the
/// month in which it takes effect to that in which it ends.
///
/// One pass over each table, however many months there are: no document's balance is worked out. Any
/// month is what `CustomerBalances` say as of its last day.
public struct MonthlyReceivables: Sendable {
  /// The month before the first document, in which nothing was sold, and every month from then to that
  /// of the as-of day; nothing where no document was issued by the day.
  public let months: [MonthlyReceivable]

  public init(_ book: Book, asOf: Day) {
    guard let calendar = MonthEnds(from: book.invoices.day.min() ?? .never, through: asOf) else {
      months = []
      return
    }
    var flows = ReceivableFlows(book, calendar)
    flows.addDocuments()
    flows.addPayments()
    flows.addApplications()
    flows.addOpening(asOf: asOf)
    let (ending, current) = (flows.ending.balances, flows.current.balances)
    months = calendar.months.indices.map { place in
      MonthlyReceivable(
        month: calendar.months[place], days: calendar.days[place],
        sales: flows.sales.changes[place], ending: ending[place], current: current[place])
    }
  }
}

/// Changes of a balance by month; the last place is that of days after the as-of day.
private struct MonthlyChanges {
  var changes: [Money]

  init(_ calendar: MonthEnds) {
    changes = Array(repeating: .zero, count: calendar.months.count + 1)
  }

  /// Counts an amount from one month to the one before another.
  mutating func add(_ amount: Money, from: Int, until: Int) {
    guard from < until else { return }
    changes[from] += amount
    changes[until] -= amount
  }

  /// The balance at the end of each month.
  var balances: [Money] {
    var balance = Money.zero
    return changes.dropLast().map { change in
      balance += change
      return balance
    }
  }
}

private struct ReceivableFlows {
  let book: Book
  let calendar: MonthEnds
  var sales: MonthlyChanges
  var ending: MonthlyChanges
  var current: MonthlyChanges
  /// By document: the first month at whose end it is past due.
  private var pastDueFrom: [Int32]

  init(_ book: Book, _ calendar: MonthEnds) {
    self.book = book
    self.calendar = calendar
    (sales, ending, current) = (
      MonthlyChanges(calendar), MonthlyChanges(calendar), MonthlyChanges(calendar)
    )
    var dueDates = DueDates(book)
    pastDueFrom = book.invoices.rows.map { row in
      Int32(calendar.place(of: dueDates.dueDate(of: row) + 1))
    }
  }

  /// A document enters with its day and leaves with its void.
  mutating func addDocuments() {
    let invoices = book.invoices
    for row in invoices.rows where invoices.type[row] != .deposit {
      let from = calendar.place(of: invoices.day[row])
      let until = calendar.place(of: max(invoices.day[row], invoices.voidFrom(row)))
      let (type, total) = (invoices.type[row], invoices.total[row])
      ending.add(total, from: from, until: until)
      if type != .creditMemo {
        current.add(total, from: from, until: min(until, Int(pastDueFrom[row])))
      }
      if type.billsRevenue || type == .retainageRelease {
        sales.add(total, from: from, until: until)
      }
    }
  }

  /// Cash is a credit until it is applied, a refund without application a charge; direct deposits and
  /// what pays them back are outside AR.
  mutating func addPayments() {
    let payments = book.payments
    for row in payments.rows {
      let (from, until) = months(ofPayment: row)
      switch payments.type[row] {
      case .payment: ending.add(-payments.amount[row], from: from, until: until)
      case .refund:
        ending.add(payments.amount[row], from: from, until: until)
        if let held = months(ofDepositPaidBackBy: row) {
          ending.add(
            -payments.amount[row], from: max(from, held.from), until: min(until, held.until))
        }
      case .deposit, .reversal: break
      }
    }
  }

  mutating func addApplications() {
    let effects = ApplicationEffects(book)
    let (amounts, discounts) = (book.applications.amount, book.applications.discount)
    for row in amounts.indices {
      guard let period = effects.period(of: row) else { continue }
      let (from, until) = (calendar.place(of: period.from), calendar.place(of: period.until))
      let (amount, source) = (amounts[row], effects.source(of: row))
      let target = effects.invoice[row].row
      let type = effects.documentType[target]
      // What the invoice's balance changes by, and that of its source: cash or a document.
      let charged: Money =
        if type == .deposit { .zero } else if source == .refund { amount } else {
          -(amount + discounts[row].orZero)
        }
      let used: Money =
        if source == .deposit { .zero } else if source == .refund { -amount } else { amount }
      ending.add(charged + used, from: from, until: until)
      if type != .creditMemo {
        current.add(charged, from: from, until: min(until, Int(pastDueFrom[target])))
      }
      let document = effects.document[row]
      if source == .credit || source == .writeOff,
        effects.documentType[document.row] != .creditMemo
      {
        current.add(used, from: from, until: min(until, Int(pastDueFrom[document.row])))
      }
      if source == .refund, let held = months(ofDepositPaidBackBy: effects.payment[row].row) {
        // The refund is paid out of the deposit, not of AR.
        ending.add(amount, from: max(from, held.from), until: min(until, held.until))
      }
    }
  }

  mutating func addOpening(asOf: Day) {
    let balances = book.openingBalances
    for row in balances.rows where balances.measure[row] == .unapplied {
      let from = calendar.place(of: balances.day[row])
      ending.add(balances.amount[row], from: from, until: calendar.months.count)
    }
  }

  private func months(ofPayment row: Int) -> (from: Int, until: Int) {
    (
      calendar.place(of: book.payments.day[row]),
      calendar.place(of: book.payments.reversedFrom[row])
    )
  }

  /// The months in which the deposit stands that a refund pays back; nil where it names none.
  private func months(ofDepositPaidBackBy refund: Int) -> (from: Int, until: Int)? {
    let deposit = book.payments.reverses[refund]
    guard deposit.exists, book.payments.type[deposit.row] == .deposit else { return nil }
    return months(ofPayment: deposit.row)
  }
}
