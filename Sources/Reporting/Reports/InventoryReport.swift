internal import Billing
internal import Ledger
internal import Measures

/// `inventory`: stock on hand as of a day, and what it cost on its way to the jobs (DOMAIN §8).
public enum InventoryReport {
  public static let name = "inventory"

  /// Items that moved, by item id.
  public static func sheet(_ reports: Reports) -> Sheet {
    let items = reports.book.items
    let ranks = items.index.keys.ranks
    let rows = StockStatement.all(reports.work, reports.book).sorted {
      ranks[$0.item.row] < ranks[$1.item.row]
    }
    return Sheet(
      report: name, title: "Inventory",
      subtitle: reports.position.subtitle(reports.book.company.costing.sentence),
      emptySentence: "Nothing moved in or out of stock.", columns: columns(reports.book), rows: rows
    )
  }

  static func columns(_ book: Book) -> [ReportColumn<StockStatement>] {
    let items = book.items
    return [
      .id("item_id", "Item", in: items.index.keys, rule: "The item's id in items.csv.") {
        $0.item.row
      },
      .text(
        "description", "Description", in: items.description,
        rule: "As items.csv describes it on the as-of day."
      ) { $0.version },
      .text("category", "Category", in: items.categoryName, rule: "Its category in items.csv.") {
        $0.version
      },
      .number(
        SheetColumn(
          key: "quantity", title: "On hand", kind: .quantity, alert: .belowZero,
          rule:
            "Received, returned and counted, less issued; below zero where more was issued than "
            + "there was.")
      ) { $0.level.quantity.units },
      .number(
        SheetColumn(
          key: "average_cost", title: "Average cost", kind: .unitPrice,
          rule:
            "Value divided by quantity, rounded to four decimals; empty where nothing is on hand.")
      ) { $0.averageCost.units },
      .money("value", "Value", alert: .belowZero, rule: "What is on hand, at cost.") {
        $0.level.value
      },
      .money(
        "issued_to_jobs", "Issued to jobs", rule: "Cost of what was issued to jobs through the day."
      ) { $0.level.issued },
      .money("returned", "Returned", rule: "Cost of what jobs gave back through the day.") {
        $0.level.returned
      },
      .money(
        "variance", "Variance",
        rule:
          "Received and counted, less issued, plus returned, less the value: receipts that cover "
          + "negative stock, purchases beside the standard, cents left of nothing."
      ) { $0.level.variance },
    ]
  }

  /// Receipts and quantities against the file, movement by movement; what jobs took against their cost;
  /// and the value against both.
  public static func tieOuts(_ reports: Reports) -> [TieOut] {
    let (book, work) = (reports.book, reports.work)
    let levels = StockStatement.all(work, book).map(\.level)
    let file = StockFileTotals(book, asOf: reports.position.asOf)
    let jobs = work.jobs.allCosts.map(\.material).sum() - work.jobs.opening.material
    let (value, variance) = (levels.map(\.value).sum(), levels.map(\.variance).sum())
    let charged = levels.map(\.issued).sum() - levels.map(\.returned).sum()
    return [
      TieOut(
        "inventory: issued to jobs", charged, "issued less returned, by item", equals: jobs,
        "material cost of all jobs, opening balances apart"),
      TieOut(
        "inventory: value", value + variance, "on hand and variance, by item",
        equals: file.received + levels.map(\.adjusted).sum() - jobs,
        "receipts of the file + counted − material cost of jobs"),
      quantityTieOut(levels.map(\.quantity).sum(), file.quantity),
    ]
  }

  /// Quantities, compared in full and shown in hundredths.
  private static func quantityTieOut(_ items: Quantity, _ file: Quantity) -> TieOut {
    func shown(_ quantity: Quantity) -> Money {
      Money(cents: roundedProduct(quantity.units, 1, per: 100, .halfAwayFromZero) ?? 0)
    }
    let right = shown(file)
    var left = shown(items)
    if left == right, items != file { left.units += 1 }
    return TieOut(
      "inventory: quantity", left, "on hand of all items", equals: right,
      "received + returned + counted − issued, by the file")
  }
}

extension Company.Costing {
  fileprivate var sentence: String {
    switch self {
    case .movingAverage: "at moving average"
    case .fifo: "first in, first out"
    case .standard: "at standard cost"
    }
  }
}

extension ReportColumn {
  /// A number in units of its last decimal; that of an empty cell leaves it empty.
  fileprivate static func number(
    _ column: SheetColumn, _ value: @escaping @Sendable (Row) -> Int64
  ) -> Self {
    Self(column) { rows, block in
      for row in rows { block.append(value(row)) }
    }
  }
}

extension ReportKind {
  public static let inventory = ReportKind(
    InventoryReport.name, "stock on hand at cost, and what jobs took",
    rows: "each item that moved through the day",
    tables: ["items", "inventory"],
    sheet: InventoryReport.sheet, tieOuts: InventoryReport.tieOuts)
}
