public import Measures

/// How a job becomes money.
public enum BillingMethod: String, Choice {
  case fixedPrice = "fixed_price"
  case timeAndMaterials = "time_and_materials"
  case costPlus = "cost_plus"
  case unitPrice = "unit_price"
  case serviceAgreement = "service_agreement"
  case noCharge = "no_charge"

  /// Whether entries are billed one by one; in the other methods they are cost of a contract.
  public var billsEntries: Bool { self == .timeAndMaterials || self == .costPlus }
}

public enum JobStatus: String, Choice {
  case open
  case complete
  case closed
  case onHold = "on_hold"
  case cancelled
}

public enum RetainagePolicy: String, Choice {
  case cumulative
  case stopAt = "stop_at"
  case perApplication = "per_application"
}

/// Contracts and service jobs.
public struct Jobs: Table {
  public static let name = "jobs"
  public var line = LineNumbers()
  public var id = TextColumn()
  public var customer: [RowID<Customers>] = []
  public var jobName = TextColumn()
  public var method: [BillingMethod] = []
  public var contractAmount: [Money] = []
  public var estimatedCost: [Money] = []
  public var notToExceed: [Money] = []
  public var feePercentage: [Percentage] = []
  public var feeAmount: [Money] = []
  public var depositPercentage: [Percentage] = []
  public var depositAmount: [Money] = []
  public var depositRecoveryPercentage: [Percentage] = []
  public var depositRecoveryStart: [Percentage] = []
  public var retainagePercentage: [Percentage] = []
  public var retainageStoredPercentage: [Percentage] = []
  /// Nil where the company's policy holds.
  public var retainagePolicy: [RetainagePolicy?] = []
  public var retainageStepAt: [Percentage] = []
  public var retainageStepTo: [Percentage] = []
  public var retainageCap: [Percentage] = []
  public var status: [JobStatus] = []
  public var contractDate: [Day] = []
  public var startDate: [Day] = []
  public var endDate: [Day] = []
  public var completionDate: [Day] = []
  public var closedDate: [Day] = []
  public var holdFrom: [Day] = []
  public var holdTo: [Day] = []
  public var cancelledDate: [Day] = []
  public var hasSignature: [Bool] = []
  public var hasPhotos: [Bool] = []
  public var terms = TextColumn()
  public var taxCode: [RowID<TaxCodes>] = []
  public var rateCard: [RowID<RateCard>] = []
  public var markupSchedule: [RowID<MarkupSchedule>] = []
  public var region = TextColumn()
  public var branch = TextColumn()
  public var manager = TextColumn()
  public var parent: [RowID<Jobs>] = []
  public var poNumber = TextColumn()
  /// Whether the file has the signature and photos columns, so that closeout can be required.
  public var hasCloseoutColumns = false
  public var index = KeyIndex<Jobs>()
  public init() {}
}
