/// How many rows of each table a scale asks for.
struct Sizes {
  let timesheets: Int
  var movements: Int { timesheets / 2 }
  var invoices: Int { timesheets / 10 }
  var costs: Int { timesheets / 100 }
  var jobs: Int { max(timesheets / 50, 50) }
  var customers: Int { max(timesheets / 500, 20) }
  var technicians: Int { max(timesheets / 5000, 20) }
  let items = 2000
}

enum Method: Int {
  case timeAndMaterials, fixed, costPlus, unitPrice, service, noCharge

  /// Out of a hundred jobs, in the order of the cases.
  static let shares = [45, 35, 8, 4, 5, 3]

  var word: StaticString {
    switch self {
    case .timeAndMaterials: "time_and_materials"
    case .fixed: "fixed_price"
    case .costPlus: "cost_plus"
    case .unitPrice: "unit_price"
    case .service: "service_agreement"
    case .noCharge: "no_charge"
    }
  }

  /// Billed by what was agreed, not by the hours worked.
  var hasContract: Bool { self == .fixed || self == .unitPrice || self == .service }
}

enum Status { case open, complete, closed, onHold, cancelled }

struct Customer {
  var terms: Int  // into `termsList`
  var taxCode: Int
  var exempt: Bool
  var rateCard: Int?
}

struct Job {
  var customer: Int
  var method: Method
  var start: Int
  var end: Int  // planned; the last day of work is never after it
  var status: Status
  var closedDay: Int?
  var rateCard: Int?
  var retainagePct = 0
  var depositPct = 0
  var slots: Range<Int> = 0..<0  // its invoices, in order of day
  var cost = 0  // cents, all its hours, parts and costs
  var value = 0  // cents, the same at billing prices

  /// The last day on which something happens at the job.
  var lastWork: Int { min(end, Days.last) }
}

struct Technician {
  var role: Int
  var costRate: Int  // cents an hour
}

struct Item {
  var category: Int
  var cost: Int  // hundredths of a cent, as unit costs have four decimals
  var list: Int
}

enum Kind {
  case standard, progress, deposit, release, creditMemo, writeOff, financeCharge

  var word: StaticString {
    switch self {
    case .standard: "standard"
    case .progress: "progress"
    case .deposit: "deposit"
    case .release: "retainage_release"
    case .creditMemo: "credit_memo"
    case .writeOff: "write_off"
    case .financeCharge: "finance_charge"
    }
  }

  var isRevenue: Bool { self == .standard || self == .progress }
}

/// A document; amounts in cents, under `total = subtotal + tax + deposit − retainage − write_off`.
struct Invoice {
  var job: Int
  var day: Int
  var kind: Kind
  var voidDay: Int?
  var number = 0
  var entries = 0  // price of the hours, parts and costs billed on it
  var subtotal = 0
  var tax = 0
  var deposit = 0
  var retainage = 0
  var writeOff = 0
  var credits: Int?  // the invoice a credit memo is for
  var applied = 0
  var disputed = false

  var total: Int { subtotal + tax + deposit - retainage - writeOff }
  var open: Int { total - applied }
  /// Work may be billed on it.
  var takesEntries: Bool { kind.isRevenue && voidDay == nil }
}

enum Source {
  case payment, creditMemo, deposit, writeOff

  var word: StaticString {
    switch self {
    case .payment: "payment"
    case .creditMemo: "credit_memo"
    case .deposit: "deposit"
    case .writeOff: "write_off"
    }
  }
}

struct Payment {
  var customer: Int
  var day: Int
  var amount: Int
  var reverses: Int?
}

struct Application {
  var day: Int
  var source: Source
  var from: Int  // a payment or an invoice, by index
  var to: Int
  var amount: Int
  var discount = 0
}

/// One contractor in memory: everything but the timesheets and movements, which are written as they
/// are drawn, leaving their cost and price behind in the jobs and invoices.
struct Company {
  let sizes: Sizes
  let seed: UInt64
  var customers: [Customer] = []
  var jobs: [Job] = []
  var technicians: [Technician] = []
  var items: [Item] = []
  var invoices: [Invoice] = []
  var payments: [Payment] = []
  var applications: [Application] = []

  static let termsList: [(name: String, days: Int?)] = [
    ("Net 30", 30), ("Net 15", 15), ("Net 45", 45), ("Due on receipt", 0), ("2/10 Net 30", 30),
    ("EOM", nil), ("Net 60", 60), ("10th prox", nil),
  ]
  static let taxCodes = [
    (code: "TX-DAL", parts: [("State of Texas", 62_500), ("Dallas", 20_000)]),
    (code: "WA-SEA", parts: [("State of Washington", 65_000), ("Seattle", 38_500)]),
    (code: "CO-DEN", parts: [("State of Colorado", 29_000), ("Denver", 51_500), ("RTD", 10_000)]),
    (code: "FL-ORL", parts: [("State of Florida", 60_000), ("Orange County", 5_000)]),
    (code: "OR-NONE", parts: [("State of Oregon", 0)]),
  ]
  static let rateCards = ["standard", "commercial", "government"]
  static let cardFactors = [100, 108, 97]
  /// Role, bill rate and cost rate an hour, in cents.
  static let roles = [
    (name: "Apprentice", bill: 78_00, cost: 24_50), (name: "Technician", bill: 112_00, cost: 36_75),
    (name: "Senior Technician", bill: 128_50, cost: 44_00),
    (name: "Electrician", bill: 135_00, cost: 46_25), (name: "Plumber", bill: 131_75, cost: 43_90),
    (name: "Foreman", bill: 149_00, cost: 52_00),
  ]
  static let burdenPercent = 28

  /// The bill rate for a regular hour, in cents.
  static func billRate(card: Int, role: Int) -> Int { roles[role].bill * cardFactors[card] / 100 }
}
