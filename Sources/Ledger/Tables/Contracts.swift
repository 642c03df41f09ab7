public import Measures

public enum ChangeOrderStatus: String, Choice {
  case approved
  case pending
  case rejected
}

/// Changes of a job's contract.
public struct ChangeOrders: Table {
  public static let name = "change_orders"
  public var line = LineNumbers()
  public var id = TextColumn()
  public var job: [RowID<Jobs>] = []
  /// The day it was raised.
  public var day: [Day] = []
  public var approvedDate: [Day] = []
  public var description = TextColumn()
  public var amount: [Money] = []
  public var estimatedCost: [Money] = []
  public var status: [ChangeOrderStatus] = []
  public var index = KeyIndex<ChangeOrders>()
  public init() {}

  /// The day from which the change counts; `.never` where it is not approved.
  public func approvedFrom(_ row: Int) -> Day {
    guard status[row] == .approved else { return .never }
    return approvedDate[row].orNil ?? day[row]
  }
}

/// What a job was expected to cost in all, as estimated on a day.
public struct Estimates: Table {
  public static let name = "estimates"
  public var line = LineNumbers()
  public var job: [RowID<Jobs>] = []
  public var day: [Day] = []
  /// Total at completion, changes approved to that day included.
  public var estimatedCost: [Money] = []
  public var uninstalledCost: [Money] = []
  public init() {}
}

/// What a line of work or an amount is, for tax and for grouping.
public enum EntryKind: String, Choice {
  case labor
  case material
  case other
}

/// A contract split into priced lines of work.
public struct ScheduleOfValues: Table {
  public static let name = "schedule_of_values"
  public var line = LineNumbers()
  public var job: [RowID<Jobs>] = []
  public var lineNumber = TextColumn()
  public var description = TextColumn()
  public var scheduledValue: [Money] = []
  public var taxKind: [EntryKind] = []
  public var changeOrder: [RowID<ChangeOrders>] = []
  public var retainagePercentage: [Percentage] = []
  public var unit = TextColumn()
  public var unitPrice: [UnitPrice] = []
  public var quantity: [Quantity] = []
  /// Job and line number together, a NUL between them.
  public var index = KeyIndex<ScheduleOfValues>()
  public init() {}
}

/// How far each line of a schedule of values was on a day.
public struct Progress: Table {
  public static let name = "progress"
  public var line = LineNumbers()
  public var job: [RowID<Jobs>] = []
  public var lineNumber = TextColumn()
  public var day: [Day] = []
  /// 0 where it is blank.
  public var applicationNumber: [Int32] = []
  /// (D+E)/C, stored material excluded.
  public var percentComplete: [Percentage] = []
  public var completedAmount: [Money] = []
  public var completedQuantity: [Quantity] = []
  public var storedMaterials: [Money] = []
  public var retainage: [Money] = []
  public var certifiedAmount: [Money] = []
  public var invoice: [RowID<Invoices>] = []
  /// The schedule line meant by job and line number; `.missing` where there is none.
  public var scheduleLine: [RowID<ScheduleOfValues>] = []
  public init() {}
}
