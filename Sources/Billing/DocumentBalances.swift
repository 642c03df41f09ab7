public import Ledger
public import Measures

/// What became of one document through the as-of day (DESIGN §4).
///
/// `open = total − applied − discount + made from it + refunded`; on a deposit invoice the last two
/// lower the deposit held instead, and leave the request alone.
public struct DocumentBalance: Sendable {
  /// What is still owed on it; zero where it is not live.
  public var open = Money.zero
  /// Applications to it, from whatever source.
  public var applied = Money.zero
  public var discount = Money.zero
  /// What a credit memo or write-off gave to other documents, or a deposit to invoices.
  public var madeFrom = Money.zero
  /// What refunds paid back on it.
  public var refunded = Money.zero
  /// The part of `applied` that is cash.
  public var received = Money.zero
  /// The part of `applied` that came from write-offs.
  public var writtenOff = Money.zero
  /// Filled where something is open.
  public var dueDate = Day.none
  /// Days from the due date, or the invoice date where the company ages by it; negative before it.
  public var daysPastDue: Int32 = 0
  /// 0 is not due, 1 the first bucket past due, the last is "over".
  public var bucket: UInt8 = 0
  /// Issued on or before the day and not void on it.
  public var isLive = false

  @inline(__always)
  fileprivate mutating func take(
    _ amount: Money, discount: Money, from source: ApplicationSource
  ) {
    switch source {
    case .nothing: return
    case .refund:
      refunded += amount
      return
    case .cash: received += amount
    case .writeOff: writtenOff += amount
    case .deposit, .credit: break
    }
    applied += amount
    self.discount += discount
  }
}

/// Every document's balance as of a day, from the documents and the applications that stood on it.
///
/// Nothing dated after the day counts (DOMAIN §5.3, [S56]). Retainage is no part of `open`, so it
/// is never aged (DOMAIN §2.2, [S13]).
public struct DocumentBalances: Sendable {
  public let asOf: Day
  public let documents: PerRow<Invoices, DocumentBalance>
  /// What was applied from each payment and direct deposit, or paid back by a refund.
  public let used: PerRow<Payments, Money>
  /// Direct deposits paid back by refunds that name them.
  public let depositRefunds: [DepositRefund]
  /// The first open document of each text of payment terms that nobody knows.
  let unknownTerms: [Int]
  /// How many buckets there are, "not due" and "over" included.
  public let bucketCount: Int

  public init(_ book: Book, asOf: Day) {
    var documents = liveDocuments(book.invoices, asOf: asOf)
    var used = [Money](repeating: .zero, count: book.payments.count)
    apply(book, asOf: asOf, to: &documents, used: &used)
    depositRefunds = payBackDeposits(book, asOf: asOf, used: &used)
    unknownTerms = close(book, asOf: asOf, &documents)
    self.asOf = asOf
    self.documents = PerRow(documents)
    self.used = PerRow(used)
    bucketCount = book.company.aging.buckets.count + 2
  }

  public subscript(_ row: Int) -> DocumentBalance {
    @inlinable get { documents.values[row] }
  }

  /// What is held of a deposit invoice: received on it, less what was applied or paid back.
  public func depositHeld(_ book: Book, _ row: Int) -> Money {
    let balance = documents.values[row]
    guard book.invoices.type[row] == .deposit, balance.isLive else { return .zero }
    let paid = balance.applied + balance.discount - balance.writtenOff - balance.refunded
    return depositShare(
      of: paid, deposit: book.invoices.deposit[row].orZero, total: book.invoices.total[row])
      - balance.madeFrom
  }
}

extension Book {
  /// Whether what is open on a document is receivable: credit memos stand in `unapplied` instead, and
  /// deposit requests count unless the company says otherwise (DESIGN §6).
  @inline(__always)
  public func isReceivable(_ row: Int) -> Bool {
    switch invoices.type[row] {
    case .creditMemo: false
    case .deposit: company.aging.depositRequests
    default: true
    }
  }
}

private func liveDocuments(_ invoices: Invoices, asOf: Day) -> [DocumentBalance] {
  var documents = [DocumentBalance](repeating: DocumentBalance(), count: invoices.count)
  let (day, status, voidDate) = (invoices.day, invoices.status, invoices.voidDate)
  for row in documents.indices where day[row] <= asOf {
    documents[row].isLive = status[row] != .void || (!voidDate[row].isNone && voidDate[row] > asOf)
  }
  return documents
}

private func apply(
  _ book: Book, asOf: Day, to documents: inout [DocumentBalance], used: inout [Money]
) {
  let applications = book.applications
  let (day, invoice) = (applications.day, applications.invoice)
  let (amount, discount) = (applications.amount, applications.discount)
  let (payment, document) = (applications.payment, applications.document)
  let (paymentDay, reversedFrom) = (book.payments.day, book.payments.reversedFrom)
  let (paymentType, documentType) = (book.payments.type, book.invoices.type)
  for row in day.indices where day[row] <= asOf && invoice[row].exists {
    let target = invoice[row].row
    guard documents[target].isLive else { continue }
    let source: ApplicationSource
    if payment[row].exists {
      let payment = payment[row].row
      guard paymentDay[payment] <= asOf, reversedFrom[payment] > asOf else { continue }
      source = ApplicationSource(paymentType[payment])
      if source != .nothing { used[payment] += amount[row] }
    } else if document[row].exists {
      let document = document[row].row
      guard documents[document].isLive else { continue }
      source = ApplicationSource(documentType[document])
      documents[document].madeFrom += amount[row]
    } else {
      continue
    }
    documents[target].take(amount[row], discount: discount[row].orZero, from: source)
  }
}

/// A direct deposit paid back: no document is involved, the refund's `reverses` names the deposit.
public struct DepositRefund: Sendable {
  public let refund: RowID<Payments>
  public let deposit: RowID<Payments>
  /// What of the refund was not applied to a document.
  public let amount: Money
}

private func payBackDeposits(_ book: Book, asOf: Day, used: inout [Money]) -> [DepositRefund] {
  let payments = book.payments
  var refunds = [DepositRefund]()
  for row in payments.rows where payments.type[row] == .refund {
    guard payments.isLive(row, on: asOf),
      let deposit = book.depositPaidBack(byRefund: row, on: asOf)
    else { continue }
    let amount = payments.amount[row] - used[row]
    refunds.append(DepositRefund(refund: RowID(row), deposit: deposit, amount: amount))
    used[deposit.row] += amount
    used[row] += amount
  }
  return refunds
}

/// Takes the balances, with due date and age where something is open; terms nobody knows are named.
private func close(_ book: Book, asOf: Day, _ documents: inout [DocumentBalance]) -> [Int] {
  let invoices = book.invoices
  let (type, total) = (invoices.type, invoices.total)
  let isAgedByDueDate = book.company.aging.basis == .dueDate
  let buckets = book.company.aging.buckets
  var dueDates = DueDates(book)
  for row in documents.indices where documents[row].isLive {
    var open = total[row] - documents[row].applied - documents[row].discount
    if type[row] != .deposit { open += documents[row].madeFrom + documents[row].refunded }
    guard !open.isZero else { continue }
    let due = dueDates.dueDate(of: row)
    let days = asOf - (isAgedByDueDate ? due : invoices.day[row])
    documents[row].open = open
    documents[row].dueDate = due
    documents[row].daysPastDue = Int32(days)
    documents[row].bucket = bucket(of: days, buckets)
  }
  return dueDates.unknown
}

/// Which bucket so many days past due fall into; due on the as-of day is not past due, and the last
/// day of a bucket still belongs to it (DOMAIN §5.2, [S67]).
func bucket(of days: Int, _ buckets: [Int]) -> UInt8 {
  guard days > 0 else { return 0 }
  var bucket = 1
  for last in buckets where days > last { bucket += 1 }
  return UInt8(bucket)
}
