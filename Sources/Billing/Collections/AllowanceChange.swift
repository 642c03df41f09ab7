public import Ledger
public import Measures

/// The allowance from the day before a period to its last day (DOMAIN §5.7, [S64, S65]).
public struct AllowanceChange: Sendable {
  /// Required on the day before the period.
  public let opening: Allowance
  public let closing: Allowance
  /// Given up in the period, receivables and retainage; a void takes it back in the period of its day.
  public let writeOffs: Money
  /// Collected after all: write-offs below zero, shown above zero.
  public let recoveries: Money

  /// The charge to bad debt: `required − (opening − write-offs + recoveries)`; below zero where less is
  /// needed than there is.
  public var expense: Money {
    closing.required - (opening.required - writeOffs + recoveries)
  }

  /// - Parameters:
  ///   - balances: those of the last day of the period.
  ///   - customers: those of the same day.
  public init(
    _ book: Book, _ period: Period, _ balances: DocumentBalances, _ customers: CustomerBalances
  ) {
    let before = DocumentBalances(book, asOf: period.opening)
    opening = Allowance(book, before, CustomerBalances(book, before))
    closing = Allowance(book, balances, customers)
    var (writeOffs, recoveries) = (Money.zero, Money.zero)
    let invoices = book.invoices
    for row in invoices.rows where invoices.type[row] == .writeOff {
      let amount = invoices.writeOff[row].orZero
      var change = Money.zero
      if period.contains(invoices.day[row]) { change += amount }
      if period.contains(max(invoices.day[row], invoices.voidFrom(row))) { change -= amount }
      if amount > .zero { writeOffs += change } else { recoveries -= change }
    }
    (self.writeOffs, self.recoveries) = (writeOffs, recoveries)
  }
}
