/// The side of the balance sheet or of income on which an account stands.
public enum AccountClass: String, Sendable {
  case assets = "Assets"
  case liabilities = "Liabilities"
  case equity = "Equity"
  case income = "Income"
  case expenses = "Expenses"

  /// Whether its balance is a credit in the usual case.
  public var isCredit: Bool { self == .liabilities || self == .equity || self == .income }
}

/// What an account of the general ledger is for (DOMAIN §9): the keys of `[accounts]` in
/// `company.toml`, which give each its name in the company's own ledger.
public enum AccountRole: String, Choice {
  /// Receipts less refunds.
  case cash
  /// Net AR: what is open, less credits and cash not applied.
  case receivable
  /// Withheld and not released (DOMAIN §2.1, [S11]).
  case retainageReceivable = "retainage_receivable"
  /// Expected credit losses, a credit among the assets.
  case allowance
  case inventory
  /// Time and material, cost plus: earned and not billed.
  case unbilledReceivable = "unbilled_receivable"
  /// Contracts: earned above billed (DOMAIN §3.4, [S34]).
  case underbillings
  /// Due with the documents.
  case salesTax = "sales_tax"
  /// Withheld with the retainage that includes it.
  case retainedTax = "retained_tax"
  /// Deposits held, and requests not yet paid.
  case customerDeposits = "customer_deposits"
  /// Billed above earned.
  case overbillings
  /// Losses still to come on contracts (DOMAIN §3.6, [S23]).
  case lossProvision = "loss_provision"
  /// Billed, and the accrual of time and material.
  case revenue
  /// Over- and underbilling of contracts, reversed the next day.
  case overUnder = "over_under"
  case financeIncome = "finance_income"
  case forfeitedDeposits = "forfeited_deposits"
  /// Early-payment discounts taken, a debit among the income.
  case discounts
  case jobCost = "job_cost"
  /// Receipts that cover negative stock, purchases beside the standard.
  case priceVariance = "price_variance"
  /// The change of the provision for losses.
  case lossExpense = "loss_expense"
  /// The change of the allowance.
  case badDebt = "bad_debt"
  /// What balances came from before the input, or before the period.
  case openingBalances = "opening_balances"

  public var accountClass: AccountClass {
    switch self {
    case .cash, .receivable, .retainageReceivable, .allowance, .inventory, .unbilledReceivable,
      .underbillings:
      .assets
    case .salesTax, .retainedTax, .customerDeposits, .overbillings, .lossProvision: .liabilities
    case .revenue, .overUnder, .financeIncome, .forfeitedDeposits, .discounts: .income
    case .jobCost, .priceVariance, .lossExpense, .badDebt: .expenses
    case .openingBalances: .equity
    }
  }

  /// The name where `company.toml` gives none; short enough for every ledger.
  public var defaultName: String {
    switch self {
    case .cash: "Cash"
    case .receivable: "Accounts receivable"
    case .retainageReceivable: "Retainage receivable"
    case .allowance: "Allowance for credit losses"
    case .inventory: "Inventory"
    case .unbilledReceivable: "Unbilled receivable"
    case .underbillings: "Costs in excess of billings"
    case .salesTax: "Sales tax payable"
    case .retainedTax: "Sales tax on retainage"
    case .customerDeposits: "Customer deposits"
    case .overbillings: "Billings in excess of costs"
    case .lossProvision: "Provision for contract losses"
    case .revenue: "Contract revenue"
    case .overUnder: "Over- and underbilling"
    case .financeIncome: "Finance charges"
    case .forfeitedDeposits: "Forfeited deposits"
    case .discounts: "Discounts taken"
    case .jobCost: "Job cost"
    case .priceVariance: "Purchase price variance"
    case .lossExpense: "Contract losses"
    case .badDebt: "Bad-debt expense"
    case .openingBalances: "Opening balances"
    }
  }
}
