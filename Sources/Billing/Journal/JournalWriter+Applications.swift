internal import Ledger
internal import Measures

/// What an application posts on a day.
struct AppliedPostings {
  var postings = Postings()
  /// A debit to what a request for a deposit made a liability: its deposit, and tax on it.
  var request = Money.zero
}

extension JournalWriter {
  /// Deposits applied, discounts, what pays or cancels a request; cash against an invoice moves nothing,
  /// as its receipt has credited AR already.
  mutating func addApplications() {
    var taxedRequests: [Int: [Int]] = [:]
    for row in effects.day.indices {
      guard let (from, until) = effects.period(of: row) else { continue }
      let target = effects.invoice[row].row
      if isTaxedRequest(target) {
        taxedRequests[target, default: []].append(row)
        continue
      }
      guard from <= period.last, until >= period.first else { continue }
      for day in days(ofApplication: row, from, until) where period.contains(day) {
        var change = applied(row, on: day).postings
        change.debit(.customerDeposits, applied(row, on: day).request)
        let before = applied(row, on: day + -1)
        change = change.change(from: before.postings)
        change.credit(.customerDeposits, before.request)
        post(application: row, day, isUndone: day == until, isFirst: day == from, change)
      }
    }
    for target in taxedRequests.keys.sorted() {
      addTaxedRequest(target, taxedRequests[target] ?? [])
    }
  }

  private func days(ofApplication row: Int, _ from: Day, _ until: Day) -> Set<Day> {
    let payment = effects.payment[row]
    return Set([from, until] + (payment.exists ? daysOfDeposit(paidBackBy: payment.row) : []))
  }

  private func isTaxedRequest(_ target: Int) -> Bool {
    effects.documentType[target] == .deposit
      && book.invoices.deposit[target].orZero != book.invoices.total[target]
  }

  /// A request that is taxed on receipt (DOMAIN §4.5, [S52]): what is paid, paid back and given up is
  /// deposit and tax in proportion, of all of it together, so that no cent is left over.
  private mutating func addTaxedRequest(_ target: Int, _ applications: [Int]) {
    var days = Set<Day>()
    for row in applications {
      guard let (from, until) = effects.period(of: row) else { continue }
      days.formUnion(self.days(ofApplication: row, from, until))
    }
    var deposit = liability(ofRequest: target, applications, on: .none)
    var old = applications.map { _ in AppliedPostings() }
    for day in days.sorted() where day != .never {
      let new = applications.map { applied($0, on: day) }
      let after = liability(ofRequest: target, applications, on: day)
      // The day's shares of deposit go with the first application that changes on it.
      var share = deposit - after
      deposit = after
      for (place, row) in applications.enumerated() {
        guard let (from, until) = effects.period(of: row),
          self.days(ofApplication: row, from, until).contains(day)
        else { continue }
        var change = new[place].postings.change(from: old[place].postings)
        change.debit(.customerDeposits, share)
        change.debit(.salesTax, new[place].request - old[place].request - share)
        share = .zero
        post(application: row, day, isUndone: day == until, isFirst: day == from, change)
      }
      old = new
    }
  }

  /// What of a taxed request is a deposit liability, what it applies elsewhere apart.
  private func liability(ofRequest target: Int, _ applications: [Int], on day: Day) -> Money {
    let (deposit, total) = (book.invoices.deposit[target].orZero, book.invoices.total[target])
    func share(_ paid: Money) -> Money { depositShare(of: paid, deposit: deposit, total: total) }
    var (paid, givenUp, refunded) = (Money.zero, Money.zero, Money.zero)
    for row in applications where effects.start(of: row, ifStandingOn: day) != nil {
      let (amount, discount) = amounts(row)
      switch effects.source(of: row) {
      case .refund: refunded += amount
      case .writeOff:
        givenUp += amount
        paid += discount
      case .cash, .credit, .deposit: paid += amount + discount
      case .nothing: break
      }
    }
    guard agesRequests else { return share(paid - refunded) }
    return deposit - share(paid + givenUp) + share(paid - refunded)
  }

  private func amounts(_ row: Int) -> (amount: Money, discount: Money) {
    (book.applications.amount[row], book.applications.discount[row].orZero)
  }

  /// What stands of an application on a day; nothing where it does not count.
  private func applied(_ row: Int, on day: Day) -> AppliedPostings {
    guard effects.start(of: row, ifStandingOn: day) != nil else { return AppliedPostings() }
    let source = effects.source(of: row)
    let target = effects.invoice[row].row
    let (amount, discount) = amounts(row)
    if source == .refund { return refunded(row, amount, target, on: day) }
    var applied = AppliedPostings()
    if source == .deposit { applied.postings.debit(.customerDeposits, amount) }
    applied.postings.addDiscount(discount, on: target, book)
    if effects.documentType[target] != .deposit {
      applied.postings.credit(.receivable, source == .deposit ? amount + discount : discount)
    } else if agesRequests {
      applied.postings.credit(.receivable, source == .deposit ? amount + discount : discount)
      // A request that was written off as a receivable is no loss: nothing had been earned.
      if source == .writeOff {
        applied.postings.credit(.allowance, amount)
        applied.request += amount
      }
    } else {
      if source != .deposit { applied.postings.debit(.receivable, amount) }
      if source == .writeOff {
        applied.postings.credit(.allowance, amount)
        applied.request -= discount
      } else {
        applied.request -= amount + discount
      }
    }
    return applied
  }

  /// A refund was charged to the customer with its payment, or to the direct deposit that it names.
  private func refunded(_ row: Int, _ amount: Money, _ target: Int, on day: Day) -> AppliedPostings
  {
    var applied = AppliedPostings()
    let isRequest = effects.documentType[target] == .deposit
    let isOfDeposit = book.depositPaidBack(byRefund: effects.payment[row].row, on: day) != nil
    if isRequest { applied.request = amount }
    if isOfDeposit { applied.postings.credit(.customerDeposits, amount) }
    if isRequest, !isOfDeposit { applied.postings.credit(.receivable, amount) }
    if !isRequest, isOfDeposit { applied.postings.debit(.receivable, amount) }
    return applied
  }

  private mutating func post(
    application row: Int, _ day: Day, isUndone: Bool, isFirst: Bool, _ change: Postings
  ) {
    let (book, target) = (book, effects.invoice[row].row)
    post(
      day, isUndone ? .applicationUndone : .application, change,
      customer: book.invoices.customer[target]
    ) {
      let (id, invoice) = (book.applications.id[row], book.invoices.id[target])
      let source = "\(book.applications.sourceID[row]) applied to \(invoice)"
      if isUndone { return ("undone \(id)", invoice, "\(source), undone") }
      return (isFirst ? "application \(id)" : "application \(id) on \(day.text)", invoice, source)
    }
  }
}

extension Postings {
  /// A cash discount (DOMAIN §6.11 [S38, S82]); its part of the tax lowers the tax where early payment
  /// does.
  fileprivate mutating func addDiscount(_ discount: Money, on target: Int, _ book: Book) {
    guard !discount.isZero else { return }
    var tax = Money.zero
    let invoices = book.invoices
    if book.company.discounts.tax == .onEarlyPayment, invoices.total[target] > .zero {
      let due = invoices.tax[target].orZero - invoices.retainageTax[target].orZero
      tax =
        discount.scaled(due.units, of: invoices.total[target].units, book.company.rounding)
        ?? .zero
    }
    debit(.salesTax, tax)
    debit(.discounts, discount - tax)
  }
}
