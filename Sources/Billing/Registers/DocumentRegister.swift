public import Ledger
public import Measures

/// A document as it enters a period: when it is issued, or, with its amounts turned, when it is void.
public struct RegisterEntry: Sendable {
  /// Of `invoices`.
  public let row: Int
  /// The day of the document, or of its void.
  public let day: Day
  public let isVoid: Bool

  public init(row: Int, day: Day, isVoid: Bool) {
    (self.row, self.day, self.isVoid) = (row, day, isVoid)
  }

  /// An amount of the document as it moves the accounts in the period.
  public func signed(_ amount: Money) -> Money {
    let amount = amount.orZero
    return isVoid ? -amount : amount
  }
}

/// Every document that is issued or becomes void in a period, of all types (DESIGN §6).
///
/// A void takes the document off with an entry of its own on the day of the void, so that a document of
/// an earlier month leaves that month's register as it was, and one that is issued and void in the same
/// period has both. What is void later than the period is issued in it.
public struct DocumentRegister: Sendable {
  /// In the order of the file; a void after the document it ends.
  public let entries: [RegisterEntry]

  public init(_ book: Book, _ period: Period) {
    let invoices = book.invoices
    var entries: [RegisterEntry] = []
    for row in invoices.rows {
      let day = invoices.day[row]
      if period.contains(day) { entries.append(RegisterEntry(row: row, day: day, isVoid: false)) }
      let void = max(day, invoices.voidFrom(row))
      if period.contains(void) {
        entries.append(RegisterEntry(row: row, day: void, isVoid: true))
      }
    }
    self.entries = entries
  }
}

/// Sums over the documents that stand on a day, column by column.
public struct DocumentStanding: Sendable, Equatable {
  public var subtotal = Money.zero
  public var tax = Money.zero
  public var retainage = Money.zero
  /// The tax that is withheld with retainage; a write-off's apart.
  public var retainedTax = Money.zero
  public var deposit = Money.zero
  public var writeOff = Money.zero
  public var total = Money.zero

  public init() {}

  /// The documents that are issued and not void on a day.
  ///
  /// What a period changes is the difference of two days: another road than the register's, which goes
  /// by the documents' own days.
  public init(_ book: Book, on day: Day) {
    let invoices = book.invoices
    for row in invoices.rows where invoices.isLive(row, on: day) {
      subtotal += invoices.subtotal[row].orZero
      tax += invoices.tax[row].orZero
      retainage += invoices.retainage[row].orZero
      if invoices.type[row] != .writeOff { retainedTax += invoices.retainageTax[row].orZero }
      deposit += invoices.deposit[row].orZero
      writeOff += invoices.writeOff[row].orZero
      total += invoices.total[row]
    }
  }

  public static func - (a: Self, b: Self) -> Self {
    var sums = a
    sums.subtotal -= b.subtotal
    sums.tax -= b.tax
    sums.retainage -= b.retainage
    sums.retainedTax -= b.retainedTax
    sums.deposit -= b.deposit
    sums.writeOff -= b.writeOff
    sums.total -= b.total
    return sums
  }
}

extension ControlTotals {
  /// What the documents of a period billed and withheld, by the control accounts of both days; balances
  /// that the input opens with within the period are no documents.
  public static func documents(
    _ book: Book, from opening: ControlTotals, to closing: ControlTotals, _ period: Period
  ) -> (billed: Money, tax: Money, retainage: Money) {
    let (before, after) = (
      OpeningSums(book, asOf: period.opening), OpeningSums(book, asOf: period.last)
    )
    func brought(_ measure: OpeningMeasure) -> Money { after.sum(measure) - before.sum(measure) }
    return (
      closing.billed - opening.billed - brought(.billed), closing.taxBilled - opening.taxBilled,
      closing.retainage - opening.retainage - brought(.retainage)
    )
  }

  /// Cash received on documents in a period, less refunds on them, by the control accounts of both days.
  public static func cashOnDocuments(
    _ book: Book, from opening: (ControlTotals, DocumentBalances),
    to closing: (ControlTotals, DocumentBalances)
  ) -> Money {
    func onDocuments(_ control: ControlTotals, _ balances: DocumentBalances) -> Money {
      let payments = book.payments
      let deposits = payments.rows.lazy
        .filter { payments.type[$0] == .deposit && payments.isLive($0, on: balances.asOf) }
        .map { payments.amount[$0] }.sum()
      return control.received - deposits + balances.depositRefunds.map(\.amount).sum()
        - OpeningSums(book, asOf: balances.asOf).sum(.received)
    }
    return onDocuments(closing.0, closing.1) - onDocuments(opening.0, opening.1)
  }
}
