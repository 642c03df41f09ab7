public import Measures

/// The company's policies, from `company.toml`; every one has a default (DESIGN §3).
public struct Company: Sendable {
  public var name = ""
  public var currency = "USD"
  public var rateCard = "standard"
  public var markupSchedule = "standard"
  public var rounding = Rounding.halfAwayFromZero
  public var taxRounding = TaxRounding.invoice
  public var aging = Aging()
  public var billing = Billing()
  public var retainagePolicy = RetainagePolicy.cumulative
  public var retainageTax = RetainageTax.atBilling
  public var deposits = Deposits()
  public var costing = Costing.movingAverage
  public var negativeStock = NegativeStock.allow
  public var discounts = Discounts()
  public var financeCharges = FinanceCharges()
  public var zeroMarginBelow = Percentage.zero
  /// The share of the original estimated gross profit that may be lost before a person is told; a
  /// tenth is the usual alarm (DOMAIN §3.8, [S27]).
  public var fadeAbove = Percentage(units: 10_0000)
  public var collections = Collections()
  public var allowance = Allowance()
  public var borrowingBase = BorrowingBase()
  /// The ledger's names of accounts: `receivable = "1200 Accounts receivable"`.
  public var accounts: [AccountRole: String] = [:]
  public init() {}

  /// The account that has a role, by the name that the company gives it.
  public func account(_ role: AccountRole) -> String { accounts[role] ?? role.defaultName }

  public enum TaxRounding: String, Choice { case invoice, line }
  public enum RetainageTax: String, Choice {
    case atBilling = "at_billing"
    case atRelease = "at_release"
  }
  public enum Costing: String, Choice {
    case movingAverage = "moving_average"
    case fifo, standard
  }
  public enum NegativeStock: String, Choice { case allow, refuse }

  public struct Aging: Sendable {
    public enum Basis: String, Choice {
      case dueDate = "due_date"
      case invoiceDate = "invoice_date"
    }
    public var basis = Basis.dueDate
    /// The last day past due of each bucket but the final one.
    public var buckets = [30, 60, 90]
    public var depositRequests = true
    public init() {}
  }

  public struct Billing: Sendable {
    public enum Closeout: String, Choice { case require, warn, off }
    public enum Direction: String, Choice { case nearest, up, down }
    public enum Per: String, Choice { case entry, day }
    public enum MaterialPricing: String, Choice {
      case markup, list
      case higherOf = "higher_of"
    }
    public enum MarkupMeans: String, Choice { case markup, margin }
    public enum NotToExceed: String, Choice { case adjust, block }
    public enum OverSchedule: String, Choice { case refuse, allow }
    public var closeout = Closeout.require
    public var openJobs = true
    public var timeIncrementMinutes = 0
    public var timeRounding = Direction.nearest
    public var timeRoundingPer = Per.entry
    public var minimumVisitHours = Hours.zero
    public var tripCharge = Money.zero
    public var materialPricing = MaterialPricing.markup
    public var markupMeans = MarkupMeans.markup
    public var costMarkup = Percentage.zero
    /// By kind, where it differs from `costMarkup`.
    public var costMarkupByKind: [CostKind: Percentage] = [:]
    public var notToExceed = NotToExceed.adjust
    public var overSchedule = OverSchedule.refuse
    public var groupLines = true
    public init() {}
  }

  public struct Deposits: Sendable {
    public enum Apply: String, Choice { case full, proportional, manual }
    public enum Tax: String, Choice {
      case onApplication = "on_application"
      case onReceipt = "on_receipt"
    }
    public enum Base: String, Choice { case gross, net }
    public var apply = Apply.full
    public var tax = Tax.onApplication
    public var recoveryBase = Base.gross
    public init() {}
  }

  public struct Discounts: Sendable {
    public enum Base: String, Choice { case net, total }
    public enum Tax: String, Choice {
      case never
      case onEarlyPayment = "on_early_payment"
      case always
    }
    public var base = Base.net
    public var tax = Tax.never
    public var tolerance = Money.zero
    public init() {}
  }

  public struct FinanceCharges: Sendable {
    public enum Period: String, Choice { case month, year }
    public var rate = Percentage.zero
    public var period = Period.month
    public var graceDays = 0
    public init() {}
  }

  public struct Collections: Sendable {
    public enum DSO: String, Choice {
      case period
      case countBack = "count_back"
    }
    public enum Sales: String, Choice { case total, average }
    public var dso = DSO.period
    public var dsoMonths = 3
    public var ceiSales = Sales.total
    public init() {}
  }

  public struct Allowance: Sendable {
    public struct Step: Sendable {
      /// Days past due at which the rate begins; 0 is not due.
      public var days: Int
      public var rate: Percentage
      public init(days: Int, rate: Percentage) {
        self.days = days
        self.rate = rate
      }
    }
    public var matrix: [Step] = []
    /// In place of a matrix: the share of what is in a step that rolls on into the next within a month;
    /// of the last step, the share that is lost.
    public var rollRates: [Step] = []
    public var retainage = Percentage.zero
    /// Whether an allowance is worked out at all.
    public var hasSteps: Bool { !matrix.isEmpty || !rollRates.isEmpty }
    public init() {}
  }

  /// What a lender takes off receivables that secure a loan.
  public struct BorrowingBase: Sendable {
    /// The most that one customer may be of all that is open.
    public var concentration = Percentage(units: 25_0000)
    /// The part of a customer's balance over 90 days above which none of it is eligible.
    public var crossAging = Percentage(units: 50_0000)
    public init() {}
  }
}
