public import Ledger
public import Measures

/// A balance of every customer from the day before a period to its last day: what it was, and what
/// moved it, each movement in one column.
///
///     closing = opening + Σ columns
///
/// Movements go by the days of documents, payments and applications; no balance of the last day is
/// looked at, so that it is a second road to the closing (DOMAIN §4.7 [S54]).
public struct CustomerRollForward<Column: CaseIterable & RawRepresentable<Int> & Sendable>: Sendable
{
  public let period: Period
  /// As of the day before, with what the input opens with in the period: that belongs to no period
  /// (DESIGN §3).
  public private(set) var opening: PerRow<Customers, Money>
  /// What of the opening the input opens with in the period.
  public private(set) var brought = Money.zero
  /// Column by column, customer after customer.
  private var sums: [Money]

  /// - Parameters:
  ///   - opening: of each customer on the day before.
  ///   - measure: what of the opening balances belongs to it.
  init(_ book: Book, _ period: Period, opening: [Money], and measure: OpeningMeasure) {
    self.period = period
    self.opening = PerRow(opening)
    sums = Array(repeating: .zero, count: opening.count * Column.allCases.count)
    OpeningSums(book, in: period).forEach(measure) { customer, _, amount in
      guard customer.exists else { return }
      self.opening[customer] += amount
      brought += amount
    }
  }

  /// What a column moved, as it moves the balance: below zero where it lowers it.
  public func moved(_ customer: RowID<Customers>, _ column: Column) -> Money {
    sums[customer.row * Column.allCases.count + column.rawValue]
  }

  public func closing(_ customer: RowID<Customers>) -> Money {
    opening[customer] + Column.allCases.map { moved(customer, $0) }.sum()
  }

  /// A column of all customers.
  public func moved(_ column: Column) -> Money {
    opening.ids.map { moved($0, column) }.sum()
  }

  /// Whether there is anything to show of a customer.
  public func isListed(_ customer: RowID<Customers>) -> Bool {
    !opening[customer].isZero || Column.allCases.contains { !moved(customer, $0).isZero }
  }

  /// Something that moves the balance from a day on, and back on the day that ends it.
  mutating func add(
    _ amount: Money, _ column: Column, _ customer: RowID<Customers>, _ days: Standing,
    undone end: Column
  ) {
    add(amount, column, customer, on: days.from)
    add(-amount, end, customer, on: days.until)
  }

  mutating func add(
    _ amount: Money, _ column: Column, _ customer: RowID<Customers>, on day: Day
  ) {
    guard customer.exists, period.contains(day) else { return }
    sums[customer.row * Column.allCases.count + column.rawValue] += amount
  }
}

/// The days on which something counts: from one to the day before another, `.never` for no end.
struct Standing {
  var from: Day
  var until: Day

  /// The days of both; nil where they share none.
  func and(_ other: Standing?) -> Standing? {
    guard let other else { return nil }
    let both = Standing(from: max(from, other.from), until: min(until, other.until))
    return both.from < both.until ? both : nil
  }

  /// Whether any movement of it is of a period.
  func moves(in period: Period) -> Bool { from <= period.last && until >= period.first }
}

extension ApplicationEffects {
  /// From a document's day to its void; one that is void from its own day counts on none.
  func standing(ofDocument row: Int) -> Standing {
    Standing(from: documentDay[row], until: max(documentDay[row], voidFrom(row)))
  }

  /// From a payment's day to its reversal.
  func standing(ofPayment row: Int) -> Standing {
    Standing(from: paymentDay[row], until: max(paymentDay[row], reversedFrom[row]))
  }

  /// While an application counts, and whether a reversal ends it, else a void.
  func standing(of row: Int) -> (days: Standing, isReversed: Bool)? {
    guard let period = period(of: row) else { return nil }
    let payment = payment[row]
    return (
      Standing(from: period.from, until: period.until),
      payment.exists && period.until == reversedFrom[payment.row]
    )
  }

  /// The direct deposit that a refund names, and while it pays that back.
  func standing(ofRefund row: Int, _ payments: Payments) -> (RowID<Payments>, Standing)? {
    let deposit = payments.reverses[row]
    guard paymentType[row] == .refund, deposit.exists, paymentType[deposit.row] == .deposit,
      let days = standing(ofPayment: row).and(standing(ofPayment: deposit.row))
    else { return nil }
    return (deposit, days)
  }
}
