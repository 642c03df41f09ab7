public import Ledger
public import Measures

/// A row of the cash receipts: money that came in or went out, and what it was put against.
public struct CashMovement: Sendable {
  /// Of `payments`.
  public var payment: RowID<Payments>
  /// What it was put against; `.none` where nothing was.
  public var invoice: RowID<Invoices>
  /// Positive what came in; on the first row of a payment of the period, `.none` on others.
  public var amount = Money.none
  public var applied = Money.zero
  public var discount = Money.zero
  /// What the payment's rows leave on account, on the last of them; `.none` on others.
  public var unapplied = Money.none
}

/// Money received and paid back in a period, with every change of what it was put against (DESIGN §6).
///
/// Refunds and reversals are negative. An application counts in the period in which it takes effect and
/// is taken back in the one in which a void or a reversal ends it (DESIGN §4; DOMAIN §5.3 [S56]): under
/// the reversal where that ends it, else under its payment. So a payment of an earlier period has rows
/// without an amount where it is applied only now, and
///
///     Σ amount = Σ applied + Σ unapplied
public struct CashRegister: Sendable {
  /// By payment in the order of the file, and by application.
  public let movements: [CashMovement]

  public init(_ book: Book, _ period: Period) {
    let payments = book.payments
    var reversal = [RowID<Payments>](repeating: .none, count: payments.count)
    var byPayment: [(payment: Int, order: Int, movement: CashMovement)] = []
    for row in payments.rows where payments.type[row] == .reversal {
      if let undone = payments.reverses[row].orNil { reversal[undone.row] = RowID(row) }
    }
    let (effects, rows) = (ApplicationEffects(book), book.applications)
    for row in rows.rows {
      guard let payment = rows.payment[row].orNil, let days = effects.period(of: row) else {
        continue
      }
      let isRefund = payments.type[payment.row] == .refund
      let sign: Int64 = isRefund ? -1 : 1
      var movement = CashMovement(payment: payment, invoice: rows.invoice[row])
      movement.applied = Money(cents: rows.amount[row].orZero.units * sign)
      movement.discount = isRefund ? .zero : rows.discount[row].orZero
      if period.contains(days.from) { byPayment.append((payment.row, row, movement)) }
      guard period.contains(days.until) else { continue }
      if days.until == payments.reversedFrom[payment.row], reversal[payment.row].exists {
        movement.payment = reversal[payment.row]
      }
      movement.applied = -movement.applied
      movement.discount = -movement.discount
      byPayment.append((movement.payment.row, row, movement))
    }
    byPayment.sort { ($0.payment, $0.order) < ($1.payment, $1.order) }
    movements = Self.withAmounts(book, period, byPayment.map(\.movement))
  }

  /// Puts the amount of each payment of the period on its first row, and the rest of it on its last.
  private static func withAmounts(
    _ book: Book, _ period: Period, _ movements: [CashMovement]
  ) -> [CashMovement] {
    let payments = book.payments
    var result: [CashMovement] = []
    var next = 0
    for row in payments.rows {
      let start = result.count
      while next < movements.count, movements[next].payment.row == row {
        result.append(movements[next])
        next += 1
      }
      let isOfPeriod = period.contains(payments.day[row])
      guard isOfPeriod || result.count > start else { continue }
      if result.count == start {
        result.append(CashMovement(payment: RowID(row), invoice: .none))
      }
      if isOfPeriod { result[start].amount = book.cash(row) }
      result[result.count - 1].unapplied =
        result[start].amount.orZero - result[start...].map(\.applied).sum()
    }
    return result
  }
}

/// Cash of all payments, and what it is put against, as it stands on a day: another road than the
/// register's, which goes by the days of payments and applications.
public struct CashStanding: Sendable {
  public var cash = Money.zero
  /// Of payments and deposits, less of refunds.
  public var applied = Money.zero
  public var discount = Money.zero
  /// Cash on account, and deposits received directly that are not applied.
  public var unapplied = Money.zero

  public init(_ book: Book, _ balances: DocumentBalances) {
    let (payments, asOf) = (book.payments, balances.asOf)
    for row in payments.rows where payments.isLive(row, on: asOf) {
      let amount = book.cash(row)
      guard payments.type[row] != .reversal else { continue }
      cash += amount
      let used = balances.used.values[row]
      unapplied += payments.type[row] == .refund ? amount + used : amount - used
    }
    let rows = book.applications
    for row in rows.rows where rows.day[row] <= asOf && rows.invoice[row].exists {
      guard let payment = rows.payment[row].orNil?.row, payments.type[payment] != .reversal,
        payments.isLive(payment, on: asOf), book.invoices.isLive(rows.invoice[row].row, on: asOf)
      else { continue }
      if payments.type[payment] == .refund {
        applied -= rows.amount[row].orZero
      } else {
        applied += rows.amount[row].orZero
        discount += rows.discount[row].orZero
      }
    }
  }
}

extension Book {
  /// What a payment brings in; what a refund pays out and a reversal takes back is negative.
  func cash(_ row: Int) -> Money {
    switch payments.type[row] {
    case .payment, .deposit: return payments.amount[row]
    case .refund: return -payments.amount[row]
    case .reversal:
      guard let undone = payments.reverses[row].orNil?.row else { return -payments.amount[row] }
      return -cash(undone)
    }
  }
}
