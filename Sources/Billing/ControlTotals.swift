public import Ledger
public import Measures

/// The control accounts by movements: what was invoiced, received, applied and voided through a day,
/// without any document's or customer's balance. The second road of the tie-outs (DOMAIN §7).
public struct ControlTotals: Sendable {
  /// Net AR: totals of live documents, less cash, discounts and deposits applied, plus refunds that
  /// are not of deposits.
  public var receivable = Money.zero
  /// The part of it that is not credit memo or cash on account.
  public var open = Money.zero
  public var retainage = Money.zero
  public var depositsHeld = Money.zero
  public var billed = Money.zero
  public var taxBilled = Money.zero
  /// Cash received on documents and deposits, less refunds on them.
  public var received = Money.zero
  /// Original contracts and changes approved by the day.
  public var contracts = Money.zero

  public init(_ book: Book, asOf: Day) {
    var movements = Movements(book, asOf: asOf)
    movements.addDocuments()
    movements.addPayments()
    movements.addApplications()
    movements.addOpening()
    movements.addContracts()
    self = movements.totals
  }

  fileprivate init() {}
}

private struct Movements {
  let book: Book
  let asOf: Day
  let effects: ApplicationEffects
  let agesRequests: Bool
  var totals = ControlTotals()
  /// Paid on deposit invoices less refunds, by row: tax on a request is no deposit.
  var paidOnDeposits: [Int: Money] = [:]

  init(_ book: Book, asOf: Day) {
    self.book = book
    self.asOf = asOf
    effects = ApplicationEffects(book)
    agesRequests = book.company.aging.depositRequests
  }

  /// A document enters with its day and leaves with its void.
  mutating func addDocuments() {
    let invoices = book.invoices
    for row in invoices.rows where invoices.day[row] <= asOf {
      add(document: row, invoices, sign: 1)
      if effects.voidFrom(row) <= asOf { add(document: row, invoices, sign: -1) }
    }
  }

  @inline(__always)
  private mutating func add(document row: Int, _ invoices: Invoices, sign: Int64) {
    let type = invoices.type[row]
    totals.retainage.units += invoices.retainage[row].orZero.units * sign
    if type != .deposit {
      totals.depositsHeld.units += invoices.deposit[row].orZero.units * sign
    }
    if type != .deposit || agesRequests {
      totals.receivable.units += invoices.total[row].units * sign
      if type != .creditMemo { totals.open.units += invoices.total[row].units * sign }
    }
    if type.billsRevenue {
      totals.billed.units += invoices.subtotal[row].orZero.units * sign
      totals.taxBilled.units += invoices.tax[row].orZero.units * sign
    }
  }

  /// A payment enters with its day and leaves with its reversal.
  mutating func addPayments() {
    let (day, reversedFrom) = (effects.paymentDay, effects.reversedFrom)
    let (type, amount) = (effects.paymentType, book.payments.amount)
    for row in day.indices where day[row] <= asOf && reversedFrom[row] > asOf {
      switch type[row] {
      case .payment:
        totals.receivable -= amount[row]
      case .deposit:
        totals.depositsHeld += amount[row]
        totals.received += amount[row]
      case .refund:
        if book.depositPaidBack(byRefund: row, on: asOf) == nil {
          totals.receivable += amount[row]
        } else {
          totals.depositsHeld -= amount[row]
          totals.received -= amount[row]
        }
      case .reversal:
        break
      }
    }
  }

  mutating func addApplications() {
    let (amount, discount) = (book.applications.amount, book.applications.discount)
    for row in amount.indices where effects.start(of: row, ifStandingOn: asOf) != nil {
      add(
        application: row, effects.source(of: row), effects.invoice[row].row, amount[row],
        discount: discount[row].orZero)
    }
    for (row, paid) in paidOnDeposits {
      totals.depositsHeld += depositShare(
        of: paid, deposit: book.invoices.deposit[row].orZero, total: book.invoices.total[row])
    }
  }

  private mutating func add(
    application row: Int, _ source: ApplicationSource, _ target: Int, _ amount: Money,
    discount: Money
  ) {
    let isDeposit = effects.documentType[target] == .deposit
    let isCounted = !isDeposit || agesRequests
    if source == .refund {
      refund(row, target, amount, isDeposit: isDeposit)
      return
    }
    let isInOpen = effects.documentType[target] != .creditMemo && isCounted
    if isInOpen { totals.open -= amount + discount }
    if isCounted { totals.receivable -= discount }
    if source == .cash { totals.received += amount }
    switch source {
    case .deposit:
      totals.depositsHeld -= amount
      if isCounted { totals.receivable -= amount }
    case .writeOff:
      totals.open += amount
      if !isCounted { totals.receivable += amount }
    case .credit:
      let memo = effects.document[row].row
      if effects.documentType[memo] != .creditMemo { totals.open += amount }
      if !isCounted { totals.receivable += amount }
    case .cash:
      if !isCounted { totals.receivable += amount }
    case .refund, .nothing:
      break
    }
    if isDeposit {
      paidOnDeposits[target, default: .zero] +=
        source == .writeOff ? discount : amount + discount
    }
  }

  private mutating func refund(_ row: Int, _ target: Int, _ amount: Money, isDeposit: Bool) {
    totals.received -= amount
    // A refund that names a direct deposit too has been counted whole, with its payment.
    let payment = effects.payment[row].row
    let isCountedWhole = book.depositPaidBack(byRefund: payment, on: asOf) != nil
    if isCountedWhole {
      totals.received += amount
      totals.depositsHeld += amount
      totals.receivable += isDeposit ? .zero : amount
    } else if isDeposit {
      totals.receivable -= amount
    }
    if isDeposit {
      paidOnDeposits[target, default: .zero] -= amount
    } else if effects.documentType[target] != .creditMemo {
      totals.open += amount
    }
  }

  mutating func addOpening() {
    let opening = OpeningSums(book, asOf: asOf)
    totals.receivable += opening.sum(.unapplied)
    totals.retainage += opening.sum(.retainage)
    totals.depositsHeld += opening.sum(.deposit)
    totals.billed += opening.sum(.billed)
    totals.received += opening.sum(.received)
  }

  mutating func addContracts() {
    for job in book.jobs.rows {
      totals.contracts +=
        book.jobs.contractAmount[job].orNil ?? book.jobs.notToExceed[job].orZero
    }
    for row in book.changeOrders.rows where book.changeOrders.approvedFrom(row) <= asOf {
      totals.contracts += book.changeOrders.amount[row]
    }
  }
}
