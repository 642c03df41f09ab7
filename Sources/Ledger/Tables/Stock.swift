public import Measures

public enum Category {}
public enum MarkupSchedule {}
/// An item, whatever rows of `items.csv` hold on a day.
public enum Item {}

/// Parts, with their prices from a day on.
public struct Items: Table {
  public static let name = "items"
  public var line = LineNumbers()
  public var id = TextColumn()
  public var description = TextColumn()
  public var categoryName = TextColumn()
  public var unit = TextColumn()
  public var listPrice: [UnitPrice] = []
  public var standardCost: [UnitPrice] = []
  public var isTaxable: [Bool] = []
  public var effectiveFrom: [Day] = []
  public var category: [RowID<Category>] = []
  public var index = KeyIndex<Item>()
  public var versions = Versions<Items>()
  public init() {}
}

public enum MovementType: String, Choice {
  case receipt
  case issue
  case `return`
  case adjustment
}

/// Movements of stock: received, issued to jobs, returned, adjusted.
public struct Inventory: Table {
  public static let name = "inventory"
  public var line = LineNumbers()
  /// Empty where no chosen report prints it.
  public var id = TextColumn()
  /// The ids as numbers, until `reverses` is found.
  public var idNumbers = EntryNumbers()
  public var day: [Day] = []
  public var item = FewRows<Item, UInt16>()
  public var type: [MovementType] = []
  /// Positive, whatever the type; an adjustment may be negative.
  public var quantity = QuantityColumn()
  /// Of receipts, and of other movements that have their own.
  public var unitCost = BlankColumn<UnitPrice>(blank: .none)
  public var job: [RowID<Jobs>] = []
  public var lineNumber = TextColumn()
  /// The issue that a return undoes.
  public var reverses = BlankColumn<RowID<Inventory>>(blank: .none)
  public var isBillable: [Bool] = []
  public var billPrice = BlankColumn<UnitPrice>(blank: .none)
  public var invoice: [RowID<Invoices>] = []
  public init() {}
}

/// What is added to the cost of material, by tier of unit cost.
public struct Markups: Table {
  public static let name = "markups"
  public var line = LineNumbers()
  public var scheduleName = TextColumn()
  public var categoryName = TextColumn()
  public var costOver: [UnitPrice] = []
  public var percentage: [Percentage] = []
  public var effectiveFrom: [Day] = []
  public var schedule: [RowID<MarkupSchedule>] = []
  /// `.none`: every category.
  public var category: [RowID<Category>] = []
  public var schedules = KeyIndex<MarkupSchedule>()
  public var categories = KeyIndex<Category>()
  public init() {}
}

public enum CostKind: String, Choice {
  case subcontract
  case equipment
  case permit
  case freight
  case expense
  case other
}

/// Costs of jobs that are neither hours nor stock.
public struct Costs: Table {
  public static let name = "costs"
  public var line = LineNumbers()
  public var id = TextColumn()
  public var day: [Day] = []
  public var job: [RowID<Jobs>] = []
  public var kind: [CostKind] = []
  public var vendor = TextColumn()
  public var description = TextColumn()
  public var amount: [Money] = []
  public var isBillable: [Bool] = []
  public var invoice: [RowID<Invoices>] = []
  public init() {}
}
