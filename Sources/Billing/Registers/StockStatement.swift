public import Ledger
public import Measures

/// An item of stock as of a day: what is on hand, what it cost and where the rest of it went.
public struct StockStatement: Sendable {
  public let item: RowID<Item>
  /// The row of `items` that counts on the day; the earliest before the first of them.
  public let version: Int
  public let level: StockLevel

  /// Value ÷ quantity, four decimals, half away from zero; `.none` of nothing (DOMAIN §8.2 [S86]).
  public var averageCost: UnitPrice { level.value.perUnit(level.quantity.units) }

  /// The items that moved through the day, in the order of the file.
  public static func all(_ work: Work, _ book: Book) -> [StockStatement] {
    let versions = book.items.versions
    return work.stock.levels.ids.compactMap { item in
      let level = work.stock.levels[item]
      let id = RowID<Items>(item.row)
      guard level != StockLevel(),
        let version = versions.row(of: id, on: work.asOf) ?? versions.rows(of: id).first
      else { return nil }
      return StockStatement(item: item, version: version, level: level)
    }
  }
}

/// What the file of movements says through a day, movement by movement and by no method of costing.
public struct StockFileTotals: Sendable {
  /// Quantity × unit cost of receipts, each rounded.
  public private(set) var received = Money.zero
  /// Received, returned and counted, less issued.
  public private(set) var quantity = Quantity.zero

  public init(_ book: Book, asOf: Day) {
    let rows = book.inventory
    for row in rows.rows where rows.day[row] <= asOf && rows.item[row].exists {
      let moved = rows.quantity[row]
      switch rows.type[row] {
      case .receipt:
        quantity += moved
        received +=
          rows.unitCost[row].orNil?.times(moved, book.company.rounding) ?? .zero
      case .return, .adjustment: quantity += moved
      case .issue: quantity -= moved
      }
    }
  }
}
