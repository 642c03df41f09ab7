public import Ledger
public import Measures

/// What an application draws on. The source's own row decides, not the word in `source_type`: a
/// payment of type deposit is a deposit whatever the application calls it.
public enum ApplicationSource: Sendable {
  case cash
  /// A deposit invoice or a payment of type deposit.
  case deposit
  /// A refund pays back the document it names.
  case refund
  /// A credit memo, or another document with a credit balance.
  case credit
  case writeOff
  /// No source that could be applied: import has reported it.
  case nothing

  @inline(__always)
  init(_ type: PaymentType) {
    self =
      switch type {
      case .payment: .cash
      case .deposit: .deposit
      case .refund: .refund
      case .reversal: .nothing
      }
  }

  @inline(__always)
  init(_ type: InvoiceType) {
    self =
      switch type {
      case .deposit: .deposit
      case .writeOff: .writeOff
      default: .credit
      }
  }
}

/// When each application counts, and what it draws on; columns of the book, for loops over them.
public struct ApplicationEffects: Sendable {
  let day: [Day]
  let invoice: [RowID<Invoices>]
  let payment: [RowID<Payments>]
  let document: [RowID<Invoices>]
  let documentDay: [Day]
  private let status: [InvoiceStatus]
  private let voidDate: [Day]
  let documentType: [InvoiceType]
  let paymentDay: [Day]
  let reversedFrom: [Day]
  let paymentType: [PaymentType]

  public init(_ book: Book) {
    day = book.applications.day
    invoice = book.applications.invoice
    payment = book.applications.payment
    document = book.applications.document
    documentDay = book.invoices.day
    status = book.invoices.status
    voidDate = book.invoices.voidDate
    documentType = book.invoices.type
    paymentDay = book.payments.day
    reversedFrom = book.payments.reversedFrom
    paymentType = book.payments.type
  }

  /// The day from which a document no longer counts.
  @inline(__always)
  func voidFrom(_ document: Int) -> Day {
    status[document] == .void ? voidDate[document].orNil ?? documentDay[document] : .never
  }

  public func source(of row: Int) -> ApplicationSource {
    let (payment, document) = (payment[row], document[row])
    if payment.exists { return ApplicationSource(paymentType[payment.row]) }
    return document.exists ? ApplicationSource(documentType[document.row]) : .nothing
  }

  /// The days on which an application counts, from the first to the one before `until`; nil where it
  /// never does.
  ///
  /// It begins on the latest of its own day, its source's and its invoice's, and ends with the void of
  /// either document or the reversal of its payment: the money is back at its source (DESIGN §4;
  /// DOMAIN §5.3, [S56]).
  public func period(of row: Int) -> (from: Day, until: Day)? {
    let invoice = invoice[row]
    guard invoice.exists, source(of: row) != .nothing else { return nil }
    var from = max(day[row], documentDay[invoice.row])
    var until = voidFrom(invoice.row)
    let (payment, document) = (payment[row], document[row])
    if payment.exists {
      from = max(from, paymentDay[payment.row])
      until = min(until, reversedFrom[payment.row])
    } else {
      from = max(from, documentDay[document.row])
      until = min(until, voidFrom(document.row))
    }
    return from < until ? (from, until) : nil
  }

  /// The first day on which an application counts, where it counts on the as-of day.
  func start(of row: Int, ifStandingOn asOf: Day) -> Day? {
    guard let period = period(of: row), period.from <= asOf, period.until > asOf else { return nil }
    return period.from
  }
}

extension Book {
  /// The deposit that a refund without application pays back: the payment its `reverses` names,
  /// where that is of type deposit and stands on the day.
  func depositPaidBack(byRefund row: Int, on asOf: Day) -> RowID<Payments>? {
    let deposit = payments.reverses[row]
    guard payments.type[row] == .refund, deposit.exists,
      payments.type[deposit.row] == .deposit, payments.isLive(deposit.row, on: asOf)
    else { return nil }
    return deposit
  }
}

extension Money {
  /// The amount of a cell that may be empty: nothing.
  @inline(__always) var orZero: Money { isNone ? .zero : self }
}

/// How much of what was paid on a deposit invoice is deposit: all of it, but for tax on the request.
///
/// A deposit that is taxed on receipt (DOMAIN §4.5, [S52]) is paid in proportion.
func depositShare(of paid: Money, deposit: Money, total: Money) -> Money {
  guard deposit != total, !total.isZero else { return paid }
  return paid.scaled(deposit.units, of: total.units, .halfAwayFromZero) ?? paid
}
