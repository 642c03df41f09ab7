public import Ledger
public import Measures

/// What moves net AR (DESIGN §6).
public enum ReceivableColumn: Int, CaseIterable, Sendable {
  case invoiced
  case tax
  case retainageWithheld
  case retainageReleased
  case depositsRequested
  case financeCharges
  case credits
  case cashReceived
  case refunds
  case reversals
  case depositsApplied
  case discounts
  case writeOffs
  case recoveries
  case voids
}

extension CustomerRollForward<ReceivableColumn> {
  /// Net AR of every customer through a period.
  ///
  /// A document enters with its day, split by the identity of DESIGN §4, and leaves in `voids` with its
  /// void. Cash lowers AR when it is received, applied or not; an application moves a discount, a
  /// deposit, or what one customer of a family pays for another. Whatever a void or a reversal undoes
  /// is in their columns. A request for a deposit counts from its day, or from its payment on where the
  /// company keeps requests out of AR.
  ///
  /// - Parameter opening: of the day before.
  public init(receivablesOf book: Book, _ period: Period, opening: CustomerBalances) {
    self.init(book, period, opening: opening.customers.values.map(\.net), and: .unapplied)
    let effects = ApplicationEffects(book)
    addDocuments(book, effects)
    addPayments(book, effects)
    addApplications(book, effects)
  }

  private mutating func addDocuments(_ book: Book, _ effects: ApplicationEffects) {
    let invoices = book.invoices
    for row in invoices.rows {
      let (days, customer) = (effects.standing(ofDocument: row), invoices.customer[row])
      let (type, total) = (invoices.type[row], invoices.total[row])
      guard days.moves(in: period), type != .deposit || book.company.aging.depositRequests else {
        continue
      }
      add(-total, .voids, customer, on: days.until)
      func enter(_ amount: Money, _ column: ReceivableColumn) {
        self.add(amount, column, customer, on: days.from)
      }
      switch type {
      case .creditMemo: enter(total, .credits)
      case .financeCharge: enter(total, .financeCharges)
      case .depositForfeit: enter(total, .depositsApplied)
      case .writeOff:
        enter(total, invoices.writeOff[row].orZero < .zero ? .recoveries : .writeOffs)
      case .standard, .progress, .deposit, .retainageRelease:
        let deposit = invoices.deposit[row].orZero
        enter(invoices.subtotal[row].orZero - invoices.writeOff[row].orZero, .invoiced)
        enter(invoices.tax[row].orZero, .tax)
        enter(
          -invoices.retainage[row].orZero,
          type == .retainageRelease ? .retainageReleased : .retainageWithheld)
        enter(deposit, type == .deposit ? .depositsRequested : .depositsApplied)
      }
    }
  }

  private mutating func addPayments(_ book: Book, _ effects: ApplicationEffects) {
    let payments = book.payments
    for row in payments.rows {
      let (days, customer) = (effects.standing(ofPayment: row), payments.customer[row])
      let amount = payments.amount[row]
      guard days.moves(in: period) else { continue }
      switch payments.type[row] {
      case .payment: add(-amount, .cashReceived, customer, days, undone: .reversals)
      case .refund:
        add(amount, .refunds, customer, days, undone: .reversals)
        // What pays back a direct deposit is no receivable while that stands.
        guard let (_, named) = effects.standing(ofRefund: row, payments) else { continue }
        add(-amount, .refunds, customer, named, undone: .reversals)
      case .deposit, .reversal: break
      }
    }
  }

  private mutating func addApplications(_ book: Book, _ effects: ApplicationEffects) {
    for row in effects.day.indices {
      guard let (days, isReversed) = effects.standing(of: row), days.moves(in: period) else {
        continue
      }
      let target = effects.invoice[row].row
      let isDeposit = effects.documentType[target] == .deposit
      let isCounted = !isDeposit || book.company.aging.depositRequests
      let (amount, customer) = (book.applications.amount[row], book.invoices.customer[target])
      let (source, giver) = (effects.source(of: row), effects.giver(of: row, book))
      let end: ReceivableColumn = isReversed ? .reversals : .voids
      /// Takes an amount from the target and gives it to the giver, who had it on account.
      func move(_ column: ReceivableColumn) {
        add(amount, isCounted ? column : .depositsRequested, giver, days, undone: end)
        if isCounted { add(-amount, column, customer, days, undone: end) }
      }
      switch source {
      case .cash: move(.cashReceived)
      case .credit: move(.credits)
      case .writeOff: move(.writeOffs)
      case .deposit:
        if isCounted { add(-amount, .depositsApplied, customer, days, undone: end) }
      case .refund:
        add(-amount, .refunds, giver, days, undone: end)
        if !isDeposit { add(amount, .refunds, customer, days, undone: end) }
        // A refund that pays back a direct deposit was no receivable.
        let named = effects.standing(ofRefund: effects.payment[row].row, book.payments)
        if let both = days.and(named?.1) { add(amount, .refunds, giver, both, undone: end) }
      case .nothing: break
      }
      guard isCounted, source != .refund else { continue }
      let discount = book.applications.discount[row].orZero
      add(-discount, .discounts, customer, days, undone: end)
    }
  }
}

extension ApplicationEffects {
  /// Whose payment or document an application draws on.
  func giver(of row: Int, _ book: Book) -> RowID<Customers> {
    if let payment = payment[row].orNil { return book.payments.customer[payment.row] }
    return document[row].exists ? book.invoices.customer[document[row].row] : .none
  }
}
