public import Measures

/// Who is billed. Row `i` is `ids.keys[i]`, `name[i]` and so on.
public struct Customers: Table {
  public static let name = "customers"
  public var line = LineNumbers()
  public var id = TextColumn()
  public var customerName = TextColumn()
  public var parent: [RowID<Customers>] = []
  public var terms = TextColumn()
  public var taxCode: [RowID<TaxCodes>] = []
  public var isTaxExempt: [Bool] = []
  public var rateCard: [RowID<RateCard>] = []
  public var markupSchedule: [RowID<MarkupSchedule>] = []
  public var creditLimit: [Money] = []
  public var isOnHold: [Bool] = []
  public var region = TextColumn()
  public var email = TextColumn()
  public var phone = TextColumn()
  public var address1 = TextColumn()
  public var address2 = TextColumn()
  public var city = TextColumn()
  public var postalCode = TextColumn()
  public var country = TextColumn()
  public var index = KeyIndex<Customers>()
  public init() {}
}
