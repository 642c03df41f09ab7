public import Measures

/// Tax by code and jurisdiction, from a day on.
public struct TaxCodes: Table {
  public static let name = "tax_codes"
  public var line = LineNumbers()
  public var id = TextColumn()
  public var component = TextColumn()
  public var rate: [Percentage] = []
  public var taxesLabor: [Bool] = []
  public var taxesMaterial: [Bool] = []
  public var taxesOther: [Bool] = []
  public var effectiveFrom: [Day] = []
  /// Distinct codes; a row is a version of one component of one of them.
  public var index = KeyIndex<TaxCodes>()
  public init() {}
}

/// Payment terms that the company defines beside the built-in ones.
public struct TermsTable: Table {
  public static let name = "terms"
  public var line = LineNumbers()
  public var id = TextColumn()
  public var dueDays: [Int32] = []
  public var dayOfMonth: [Int32] = []
  public var monthsAhead: [Int32] = []
  public var discountPercentage: [Percentage] = []
  public var discountDays: [Int32] = []
  public var secondDiscountPercentage: [Percentage] = []
  public var secondDiscountDays: [Int32] = []
  public var index = KeyIndex<TermsTable>()
  public init() {}
  /// An empty cell of a column of whole numbers.
  public static let none = Int32.min
}

public enum AdjustmentAction: String, Choice {
  case exclude
  case hold
  case setRate = "set_rate"
  case setMarkup = "set_markup_pct"
  case discount = "discount_pct"
  case setTaxCode = "set_tax_code"
  case setAmount = "set_amount"
  case addLine = "add_line"
}

/// What a person changed about the billing of a job, with the reason.
public struct Adjustments: Table {
  public static let name = "adjustments"
  public var line = LineNumbers()
  public var id = TextColumn()
  public var job: [RowID<Jobs>] = []
  /// An entry's id, or labor, material, other, or a category, or `retainageTarget`.
  public var target = TextColumn()
  public var action: [AdjustmentAction] = []
  public var value = TextColumn()
  public var description = TextColumn()
  public var reason = TextColumn()
  public var author = TextColumn()
  public var day: [Day] = []
  public init() {}
  /// What an adjustment of a job's release of retainage names.
  public static let retainageTarget = "retainage"
}

/// The user's own table of legal caps on retainage.
public struct RetainageRules: Table {
  public static let name = "retainage_rules"
  public var line = LineNumbers()
  public var region = TextColumn()
  public var effectiveFrom: [Day] = []
  public var cap: [Percentage] = []
  public var stepAt: [Percentage] = []
  public var stepTo: [Percentage] = []
  public var source = TextColumn()
  public init() {}
}

/// The general ledger's own figures, to tie out to.
public struct GLBalances: Table {
  public static let name = "gl_balances"
  public var line = LineNumbers()
  public var day: [Day] = []
  public var account = TextColumn()
  public var balance: [Money] = []
  public init() {}
}
