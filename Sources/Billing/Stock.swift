public import Ledger
public import Measures

/// What an item has on hand on the as-of day, and how it came to it.
///
///     value + variance = received − issued + returned + adjusted
public struct StockLevel: Sendable, Equatable {
  public var quantity = Quantity.zero
  public var value = Money.zero
  /// What stock was worth beyond what it cost, or less: receipts that cover negative stock, purchases
  /// beside the standard, the cents left where nothing is (DOMAIN §8.1, §8.5, §8.7).
  public var variance = Money.zero
  public var received = Money.zero
  /// Charged to jobs.
  public var issued = Money.zero
  /// Given back by jobs.
  public var returned = Money.zero
  /// Counted more, or less, than the book had.
  public var adjusted = Money.zero
  public init() {}
}

/// Movements of stock at cost, through the as-of day.
public struct Stock: Sendable {
  public internal(set) var levels: PerRow<Item, StockLevel>
  /// Of one unit of each movement, to four decimals; `.none` where an issue or return has no cost. By
  /// row of `inventory`, where rows are kept.
  public internal(set) var unitCost: [UnitPrice] = []

  init(items: Int) { levels = PerRow(repeating: StockLevel(), count: items) }

  /// Costs every movement and hands it on to `material`.
  init(
    _ book: Book, asOf: Day, material: inout MaterialPass, sums: inout WorkSums,
    notes: inout WorkNotes
  ) {
    let standards = StandardCosts(book)
    let items = book.items.index.count
    switch book.company.costing {
    case .movingAverage:
      let method = MovingAverage(items: items, standards)
      self = costMovements(
        book, asOf: asOf, method, material: &material, sums: &sums, notes: &notes)
    case .fifo:
      let method = FirstInFirstOut(items: items, standards)
      self = costMovements(
        book, asOf: asOf, method, material: &material, sums: &sums, notes: &notes)
    case .standard:
      let method = StandardCosting(items: items, standards)
      self = costMovements(
        book, asOf: asOf, method, material: &material, sums: &sums, notes: &notes)
    }
  }
}

/// What a return takes of an amount of its issue, so that returns of the whole quantity take the
/// whole amount to the cent, however they are split (DOMAIN §8.4 [S90]).
func returnedShare(
  of amount: Int64, quantity: Int64, before: Int64, issued: Int64, _ rounding: Rounding
) -> Int64? {
  guard let upTo = proportion(amount, before + quantity, of: issued, rounding),
    let until = proportion(amount, before, of: issued, rounding)
  else { return nil }
  return upTo - until
}

/// The standard cost of items, by day.
struct StandardCosts {
  private let versions: Versions<Items>
  private let costs: [UnitPrice]

  init(_ book: Book) {
    versions = book.items.versions
    costs = book.items.standardCost
  }

  /// `.none` where the item has none on the day.
  @inline(__always)
  func cost(_ item: Int, on day: Day) -> UnitPrice {
    guard let row = versions.row(of: RowID(item), on: day) else { return .none }
    return costs[row]
  }
}
