public import Ledger
public import Measures

/// What became of one document through the as-of day (DESIGN §4): 32 bytes, as there are millions.
///
/// `open = total − applied − discount + made from it + refunded`; on a deposit invoice the last two
/// lower the deposit held instead, and leave the request alone.
public struct DocumentBalance: Sendable {
  /// What is still owed on it; zero where it is not live.
  public var open = Money.zero
  /// Cash applied to it, less what refunds paid back on it.
  public var received = Money.zero
  /// Filled where something is open.
  public var dueDate = Day.none
  /// Days from the due date, or the invoice date where the company ages by it; negative before it.
  public var daysPastDue: Int32 = 0
  /// 0 is not due, 1 the first bucket past due, the last is "over".
  public var bucket: UInt8 = 0
  /// Issued on or before the day and not void on it.
  public var isLive = false
}

/// What was paid on a deposit invoice and what was made of it.
private struct DepositBalance: Sendable {
  /// Applied to the request, discounts included, write-offs and refunds not.
  var paid = Money.zero
  /// Applied from it to other documents.
  var madeFrom = Money.zero
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

  /// The deposit invoices, and what became of each.
  private let depositRows: RankedRows
  private let deposits: [DepositBalance]

  public init(_ book: Book, asOf: Day) {
    var sums = DocumentSums(book, asOf: asOf)
    sums.apply()
    depositRefunds = payBackDeposits(book, asOf: asOf, used: &sums.used)
    unknownTerms = sums.close()
    self.asOf = asOf
    documents = PerRow(sums.documents)
    used = PerRow(sums.used)
    bucketCount = book.company.aging.buckets.count + 2
    depositRows = sums.depositRows
    deposits = sums.deposits
  }

  public subscript(_ row: Int) -> DocumentBalance {
    @inlinable get { documents.values[row] }
  }

  /// What is held of a deposit invoice: received on it, less what was applied or paid back.
  public func depositHeld(_ book: Book, _ row: Int) -> Money {
    guard documents.values[row].isLive, let place = depositRows.place(of: row) else { return .zero }
    return depositShare(
      of: deposits[place].paid, deposit: book.invoices.deposit[row].orZero,
      total: book.invoices.total[row]) - deposits[place].madeFrom
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

private struct DocumentSums {
  let book: Book
  let asOf: Day
  var documents: [DocumentBalance]
  /// By payment.
  var used: [Money]
  var depositRows: RankedRows
  var deposits: [DepositBalance]

  /// Documents with their totals, as if nothing were applied yet.
  init(_ book: Book, asOf: Day) {
    self.book = book
    self.asOf = asOf
    let invoices = book.invoices
    documents = Array(inLargePages: DocumentBalance(), count: invoices.count)
    depositRows = RankedRows(of: invoices.count)
    for row in documents.indices {
      if invoices.type[row] == .deposit { depositRows.insert(row) }
      guard invoices.isLive(row, on: asOf) else { continue }
      documents[row].isLive = true
      documents[row].open = invoices.total[row]
    }
    depositRows.rank()
    deposits = Array(repeating: DepositBalance(), count: depositRows.count)
    used = Array(repeating: .zero, count: book.payments.count)
  }

  /// Takes every application that stands on the day to its document and from its source.
  mutating func apply() {
    let (applications, payments, types) = (book.applications, book.payments, book.invoices.type)
    for row in applications.rows
    where applications.day[row] <= asOf && applications.invoice[row].exists {
      let target = applications.invoice[row].row
      guard documents[target].isLive else { continue }
      let amount = applications.amount[row]
      let source: ApplicationSource
      if let payment = applications.payment[row].orNil?.row {
        guard payments.isLive(payment, on: asOf) else { continue }
        source = ApplicationSource(payments.type[payment])
        if source != .nothing { used[payment] += amount }
      } else if let document = applications.document[row].orNil?.row {
        guard documents[document].isLive else { continue }
        source = ApplicationSource(types[document])
        if let place = depositRows.place(of: document) {
          deposits[place].madeFrom += amount
        } else {
          documents[document].open += amount
        }
      } else {
        continue
      }
      take(amount, discount: applications.discount[row].orZero, from: source, target)
    }
  }

  @inline(__always)
  private mutating func take(
    _ amount: Money, discount: Money, from source: ApplicationSource, _ target: Int
  ) {
    let deposit = depositRows.place(of: target)
    switch source {
    case .nothing:
      return
    case .refund:
      documents[target].received -= amount
      if let deposit { deposits[deposit].paid -= amount } else { documents[target].open += amount }
      return
    case .cash: documents[target].received += amount
    case .deposit, .credit, .writeOff: break
    }
    documents[target].open -= amount + discount
    if let deposit { deposits[deposit].paid += source == .writeOff ? discount : amount + discount }
  }

  /// Gives the age of what is open; terms nobody knows are named.
  mutating func close() -> [Int] {
    let isAgedByDueDate = book.company.aging.basis == .dueDate
    let (days, buckets) = (book.invoices.day, book.company.aging.buckets)
    var dueDates = DueDates(book)
    for row in documents.indices where !documents[row].open.isZero {
      let due = dueDates.dueDate(of: row)
      let late = asOf - (isAgedByDueDate ? due : days[row])
      documents[row].dueDate = due
      documents[row].daysPastDue = Int32(late)
      documents[row].bucket = bucket(of: late, buckets)
    }
    return dueDates.unknown
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

/// Which bucket so many days past due fall into; due on the as-of day is not past due, and the last
/// day of a bucket still belongs to it (DOMAIN §5.2, [S67]).
func bucket(of days: Int, _ buckets: [Int]) -> UInt8 {
  guard days > 0 else { return 0 }
  var bucket = 1
  for last in buckets where days > last { bucket += 1 }
  return UInt8(bucket)
}
