public import Measures

/// A name that several tables share, such as a role; it has no columns of its own.
public enum Role {}
public enum RateCard {}
public enum PayType {}
/// A technician, whatever rows of `technicians.csv` hold on a day.
public enum Technician {}

/// Who works, at which cost, from when.
public struct Technicians: Table {
  public static let name = "technicians"
  public var line = LineNumbers()
  public var id = TextColumn()
  public var technicianName = TextColumn()
  public var roleName = TextColumn()
  public var costRate: [UnitPrice] = []
  public var burden: [Percentage] = []
  public var effectiveFrom: [Day] = []
  public var role: [RowID<Role>] = []
  public var index = KeyIndex<Technician>()
  public var versions = Versions<Technicians>()
  public init() {}
}

/// Multipliers by pay type; REG, OT, DT and TRAVEL are built in.
public struct PayTypes: Table {
  public static let name = "pay_types"
  public var line = LineNumbers()
  public var id = TextColumn()
  public var billMultiplier: [Factor] = []
  public var costMultiplier: [Factor] = []
  public var effectiveFrom: [Day] = []
  public var index = KeyIndex<PayType>()
  public var versions = Versions<PayTypes>()
  public init() {}
}

/// What an hour is billed at, by card, role, pay type and day.
public struct Rates: Table {
  public static let name = "rates"
  public var line = LineNumbers()
  public var cardName = TextColumn()
  public var roleName = TextColumn()
  public var payTypeName = TextColumn()
  public var effectiveFrom: [Day] = []
  public var billRate: [UnitPrice] = []
  public var cards = KeyIndex<RateCard>()
  public var roles = KeyIndex<Role>()
  /// The rows of a card, role and pay type: `key(card, role, payType)` into `versions`.
  public var versions = Versions<Rates>()
  public var payTypeCount = 0
  public init() {}

  public func key(
    _ card: RowID<RateCard>, _ role: RowID<Role>, _ payType: RowID<PayType>
  ) -> RowID<Rates> {
    guard card.exists, role.exists, payType.exists, role.row < roles.count else { return .missing }
    return RowID((card.row * roles.count + role.row) * payTypeCount + payType.row)
  }
}

/// Hours reported by technicians. Row `i` is `day[i]`, `job[i]`, `hours[i]` and so on.
public struct Timesheets: Table {
  public static let name = "timesheets"
  public var line = LineNumbers()
  /// Empty, as are `lineNumber` and `note`, where no chosen report prints it.
  public var id = TextColumn()
  public var day: [Day] = []
  public var technician = FewRows<Technician, UInt16>()
  public var job: [RowID<Jobs>] = []
  public var lineNumber = TextColumn()
  public var payType = FewRows<PayType, UInt8>()
  public var hours = HoursColumn()
  public var isBillable: [Bool] = []
  public var isApproved: [Bool] = []
  public var approvedDate: [Day] = []
  public var billRate = BlankColumn<UnitPrice>(blank: .none)
  public var costRate = BlankColumn<UnitPrice>(blank: .none)
  /// `.none` until billed, `.missing` where it was billed on an invoice that is not in the input.
  public var invoice: [RowID<Invoices>] = []
  public var note = TextColumn()
  public init() {}

  /// Whether the line was approved by the end of a day.
  @inlinable
  public func isApproved(_ row: Int, on day: Day) -> Bool {
    isApproved[row] && (approvedDate[row].isNone || approvedDate[row] <= day)
  }
}
