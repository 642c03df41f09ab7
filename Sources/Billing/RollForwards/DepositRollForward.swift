public import Ledger
public import Measures

/// What moves deposits held (DESIGN §6).
public enum DepositColumn: Int, CaseIterable, Sendable {
  case received
  case applied
  case refunded
  case forfeited
  case voided
}

extension CustomerRollForward<DepositColumn> {
  /// Deposits held of every customer through a period, a liability (DOMAIN §4.7 [S54]).
  ///
  /// Received directly, or applied to a request, of a request with tax in proportion (DOMAIN §4.5
  /// [S52]); applied from a deposit or on an invoice's face; paid back; forfeited. What a void or a
  /// reversal undoes is `voided`, whichever it was.
  ///
  /// - Parameter opening: of the day before.
  public init(depositsOf book: Book, _ period: Period, opening: CustomerBalances) {
    self.init(
      book, period, opening: opening.customers.values.map(\.depositsHeld), and: .deposit)
    let effects = ApplicationEffects(book)
    addFaces(book, effects)
    addPayments(book, effects)
    addApplications(book, effects)
  }

  /// What documents apply or forfeit by themselves.
  private mutating func addFaces(_ book: Book, _ effects: ApplicationEffects) {
    let invoices = book.invoices
    for row in invoices.rows where invoices.type[row] != .deposit {
      let (deposit, days) = (invoices.deposit[row].orZero, effects.standing(ofDocument: row))
      guard !deposit.isZero, days.moves(in: period) else { continue }
      add(
        deposit, invoices.type[row] == .depositForfeit ? .forfeited : .applied,
        invoices.customer[row], days, undone: .voided)
    }
  }

  /// Direct deposits, and refunds that name one.
  private mutating func addPayments(_ book: Book, _ effects: ApplicationEffects) {
    let payments = book.payments
    for row in payments.rows {
      switch payments.type[row] {
      case .deposit:
        add(
          payments.amount[row], .received, payments.customer[row],
          effects.standing(ofPayment: row), undone: .voided)
      case .refund:
        guard let (deposit, days) = effects.standing(ofRefund: row, payments) else { continue }
        add(
          -payments.amount[row], .refunded, payments.customer[deposit.row], days, undone: .voided)
      case .payment, .reversal: break
      }
    }
  }

  private mutating func addApplications(_ book: Book, _ effects: ApplicationEffects) {
    var taxed: [Int: [RequestChange]] = [:]
    for row in effects.day.indices {
      guard let (days, _) = effects.standing(of: row), days.from <= period.last else { continue }
      let (target, source) = (effects.invoice[row].row, effects.source(of: row))
      let amount = book.applications.amount[row]
      if source == .deposit {
        add(-amount, .applied, effects.giver(of: row, book), days, undone: .voided)
      }
      if source == .refund,
        let (deposit, named) = effects.standing(ofRefund: effects.payment[row].row, book.payments),
        let both = days.and(named)
      {
        // Only what a refund does not pay back on a document is the named deposit's.
        add(amount, .refunded, book.payments.customer[deposit.row], both, undone: .voided)
      }
      guard effects.documentType[target] == .deposit else { continue }
      let change = RequestChange(
        source, amount, discount: book.applications.discount[row].orZero, days)
      if book.invoices.deposit[target].orZero == book.invoices.total[target] {
        let customer = book.invoices.customer[target]
        add(change.paid, .received, customer, days, undone: .voided)
        add(-change.back, .refunded, customer, days, undone: .voided)
      } else {
        taxed[target, default: []].append(change)
      }
    }
    for (target, changes) in taxed { addTaxed(target, changes, book) }
  }

  /// All that was paid on a request together is deposit and tax in proportion, so that no cent is lost.
  private mutating func addTaxed(_ target: Int, _ changes: [RequestChange], _ book: Book) {
    let customer = book.invoices.customer[target]
    let (deposit, total) = (book.invoices.deposit[target].orZero, book.invoices.total[target])
    func share(_ paid: Money) -> Money { depositShare(of: paid, deposit: deposit, total: total) }
    let starts = changes.map { ($0.days.from, $0.paid, $0.back, isEnd: false) }
    let ends = changes.map { ($0.days.until, -$0.paid, -$0.back, isEnd: true) }
    var (paid, back) = (Money.zero, Money.zero)
    for (day, paidMore, backMore, isEnd) in (starts + ends).sorted(by: { $0.0 < $1.0 }) {
      let (received, held) = (share(paid), share(paid - back))
      paid += paidMore
      back += backMore
      let (receivedMore, heldMore) = (share(paid) - received, share(paid - back) - held)
      if isEnd {
        add(heldMore, .voided, customer, on: day)
      } else {
        add(receivedMore, .received, customer, on: day)
        add(heldMore - receivedMore, .refunded, customer, on: day)
      }
    }
  }
}

/// What an application makes of a request for a deposit, while it counts.
private struct RequestChange {
  let days: Standing
  var paid = Money.zero
  var back = Money.zero

  init(_ source: ApplicationSource, _ amount: Money, discount: Money, _ days: Standing) {
    self.days = days
    switch source {
    case .refund: back = amount
    case .writeOff: paid = discount
    case .cash, .deposit, .credit: paid = amount + discount
    case .nothing: break
    }
  }
}
