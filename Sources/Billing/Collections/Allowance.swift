public import Ledger
public import Measures

/// The allowance for credit losses that is required on a day, by a matrix of days past due or
/// by roll rates (DOMAIN §5.7, [S64, S66, S67]).
///
/// Every document of the aging's open balance is in the step of its days past due, counted from its due
/// date whatever the aging goes by; retainage held is a pool of its own ([S67b]).
public struct Allowance: Sendable {
  /// Receivables that share a rate of expected loss.
  public struct Pool: Hashable, Sendable {
    public let key: String
    public let open: Money
    /// What of it is expected to be lost.
    public let loss: ExactShare
    /// Open × loss, rounded once.
    public let required: Money
  }

  /// The steps of the matrix, youngest first; nothing where the company has no matrix.
  public let steps: [Pool]
  public let retainage: Pool
  /// Each customer's part of what is required on open, to which the parts add up exactly; zero where
  /// there is no matrix.
  public let byCustomer: PerRow<Customers, Money>
  /// The same step by step.
  let parts: [[Money]]

  /// What is required on open and on retainage.
  public var required: Money { steps.map(\.required).sum() + retainage.required }

  public init(_ book: Book, _ balances: DocumentBalances, _ customers: CustomerBalances) {
    let matrix = AllowanceMatrix(book.company.allowance)
    let rounding = book.company.rounding
    var all = [Money](repeating: .zero, count: book.customers.count)
    var parts = [[Money]]()
    steps = openBySteps(book, balances, matrix).enumerated().map { step, open in
      let pool = Pool(
        key: matrix.key(step), open: open.sum(), loss: matrix.losses[step], rounding)
      let exact = open.map { Int128($0.units) * pool.loss.numerator }
      let shares = roundedShares(exact, per: pool.loss.denominator, rounding)
      for (customer, share) in shares.enumerated() { all[customer] += share }
      parts.append(shares)
      return pool
    }
    byCustomer = PerRow(all)
    self.parts = parts
    retainage = Pool(
      key: "retainage_pool", open: customers.customers.values.map(\.retainageHeld).sum(),
      loss: ExactShare(book.company.allowance.retainage), rounding)
  }
}

extension Allowance.Pool {
  fileprivate init(key: String, open: Money, loss: ExactShare, _ rounding: Rounding) {
    self.key = key
    self.open = open
    self.loss = loss
    // A part of an amount fits where the amount does.
    required = open.times(loss, rounding) ?? open
  }
}

/// What each customer has open in each step.
private func openBySteps(
  _ book: Book, _ balances: DocumentBalances, _ matrix: AllowanceMatrix
) -> [[Money]] {
  var open = matrix.steps.map { _ in [Money](repeating: .zero, count: book.customers.count) }
  guard !open.isEmpty else { return [] }
  let owner = book.invoices.customer
  for (row, balance) in balances.documents.values.enumerated()
  where !balance.open.isZero && owner[row].exists && book.isReceivable(row) {
    open[matrix.step(of: balances.asOf - balance.dueDate)][owner[row].row] += balance.open
  }
  return open
}
