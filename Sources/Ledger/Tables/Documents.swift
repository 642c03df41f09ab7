public import Measures

public enum InvoiceType: String, Choice {
  case standard
  case progress
  case deposit
  case retainageRelease = "retainage_release"
  case creditMemo = "credit_memo"
  case writeOff = "write_off"
  case financeCharge = "finance_charge"
  case depositForfeit = "deposit_forfeit"

  /// Whether its subtotal is billed revenue (DESIGN §4).
  public var billsRevenue: Bool { self == .standard || self == .progress || self == .creditMemo }
}

public enum InvoiceStatus: String, Choice {
  case issued
  case void
}

/// Every document that moves receivables. `total = subtotal + tax + deposit − retainage − writeOff`.
public struct Invoices: Table {
  public static let name = "invoices"
  public var line = LineNumbers()
  public var id = TextColumn()
  public var customer: [RowID<Customers>] = []
  public var job: [RowID<Jobs>] = []
  public var type: [InvoiceType] = []
  public var day: [Day] = []
  public var dueDate: [Day] = []
  public var terms = TextColumn()
  public var subtotal = MoneyColumn()
  public var tax = MoneyColumn()
  public var deposit = MoneyColumn()
  public var retainage = MoneyColumn()
  public var retainageTax = MoneyColumn()
  public var writeOff = MoneyColumn()
  public var total = MoneyColumn()
  public var status: [InvoiceStatus] = []
  public var voidDate: [Day] = []
  public var isDisputed: [Bool] = []
  public var disputedFrom: [Day] = []
  public var disputedTo: [Day] = []
  public var credits = BlankColumn<RowID<Invoices>>(blank: .none)
  public var isRebill: [Bool] = []
  public var reference = TextColumn()
  public var poNumber = TextColumn()
  /// Whether the file gave nothing but the total, so that tax and retainage were not split.
  public var isTotalOnly: [Bool] = []
  public var index = KeyIndex<Invoices>()
  public init() {}

  /// The day from which the document no longer counts; `.never` while it does.
  @inlinable
  public func voidFrom(_ row: Int) -> Day {
    status[row] == .void ? (voidDate[row].isNone ? day[row] : voidDate[row]) : .never
  }

  /// Whether the document counts on a day: issued on or before it and not void on it.
  @inlinable
  public func isLive(_ row: Int, on asOf: Day) -> Bool {
    day[row] <= asOf && voidFrom(row) > asOf
  }

  public func isDisputed(_ row: Int, on asOf: Day) -> Bool {
    guard isDisputed[row] else { return false }
    let begins = disputedFrom[row].isNone || disputedFrom[row] <= asOf
    return begins && (disputedTo[row].isNone || disputedTo[row] >= asOf)
  }
}

/// The lines of documents, where the source has them.
public struct InvoiceLines: Table {
  public static let name = "invoice_lines"
  public var line = LineNumbers()
  public var invoice: [RowID<Invoices>] = []
  public var lineNumber = TextColumn()
  public var job: [RowID<Jobs>] = []
  public var scheduleLineNumber = TextColumn()
  public var entryID = TextColumn()
  public var kind: [EntryKind] = []
  public var description = TextColumn()
  public var quantity: [Quantity] = []
  public var unitPrice: [UnitPrice] = []
  public var amount: [Money] = []
  public var taxCode: [RowID<TaxCodes>] = []
  /// Whether the line says that it is taxed; nil where it says nothing.
  public var isTaxable: [Bool?] = []
  public var tax: [Money] = []
  public var retainage: [Money] = []
  public init() {}

  /// Whether any line says which entries it bills.
  public var namesEntries: Bool { entryID.indices.contains { !entryID.isEmpty($0) } }
}

public enum PaymentType: String, Choice {
  case payment
  case deposit
  case refund
  case reversal
}

/// Money received and paid back; `amount` is positive whatever the type.
public struct Payments: Table {
  public static let name = "payments"
  public var line = LineNumbers()
  public var id = TextColumn()
  public var customer: [RowID<Customers>] = []
  public var day: [Day] = []
  public var type: [PaymentType] = []
  public var job: [RowID<Jobs>] = []
  public var method = TextColumn()
  public var reference = TextColumn()
  public var reverses: [RowID<Payments>] = []
  public var amount: [Money] = []
  public var index = KeyIndex<Payments>()
  /// The day from which a reversal undoes each payment; `.never` where none does.
  public var reversedFrom: [Day] = []
  public init() {}

  @inlinable
  public func isLive(_ row: Int, on asOf: Day) -> Bool {
    day[row] <= asOf && reversedFrom[row] > asOf
  }
}

public enum SourceType: String, Choice {
  case payment
  case creditMemo = "credit_memo"
  case deposit
  case writeOff = "write_off"
  case refund
}

/// A payment, credit, deposit, write-off or refund put against an invoice.
public struct Applications: Table {
  public static let name = "applications"
  public var line = LineNumbers()
  public var id = TextColumn()
  public var day: [Day] = []
  public var sourceType: [SourceType] = []
  public var sourceID = TextColumn()
  public var invoice: [RowID<Invoices>] = []
  public var amount = MoneyColumn()
  public var discount = MoneyColumn()
  /// The source where it is a payment, a direct deposit or a refund.
  public var payment: [RowID<Payments>] = []
  /// The source where it is a document: a credit memo, a deposit invoice, a write-off.
  public var document: [RowID<Invoices>] = []
  public init() {}
}

public enum OpeningMeasure: String, Choice {
  case costLabor = "cost_labor"
  case costMaterial = "cost_material"
  case costOther = "cost_other"
  case billed
  case certified
  case retainage
  case earned
  case received
  case deposit
  case unapplied
}

/// What a job or customer brought along from before the input begins.
public struct OpeningBalances: Table {
  public static let name = "opening_balances"
  public var line = LineNumbers()
  public var day: [Day] = []
  public var customer: [RowID<Customers>] = []
  public var job: [RowID<Jobs>] = []
  public var lineNumber = TextColumn()
  public var measure: [OpeningMeasure] = []
  public var amount: [Money] = []
  public init() {}
}
