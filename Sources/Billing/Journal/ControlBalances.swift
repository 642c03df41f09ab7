public import Ledger
public import Measures

/// What the control accounts must show on a day, by their role: a debit, or a credit below zero. From
/// customers, documents and jobs as they stand, without any entry (DOMAIN §7).
public struct ControlBalances: Sendable {
  public let day: Day
  private let balances: [AccountRole: Money]
  /// Earned less billed of all jobs: what accrues in either direction.
  public let earnedNotBilled: Money
  /// Deposits that live requests still ask for, tax on them apart: a liability of the ledger beside
  /// those held.
  public let openRequests: Money

  /// The roles whose balance documents and jobs decide, in the order of `AccountRole`.
  public var roles: [AccountRole] { AccountRole.allCases.filter { balances[$0] != nil } }

  public subscript(_ role: AccountRole) -> Money { balances[role] ?? .zero }

  public init(_ position: Position) {
    let customers = position.customers.customers.values
    let work = unbilledWork(position)
    let openRequests = openRequested(position)
    self.openRequests = openRequests
    day = position.asOf
    var balances: [AccountRole: Money] = [
      .receivable: customers.map(\.net).sum(),
      .retainageReceivable: customers.map(\.retainageHeld).sum(),
      .customerDeposits: -(customers.map(\.depositsHeld).sum() + openRequests),
      .retainedTax: -retainedTax(position),
      .unbilledReceivable: work.unbilled,
      .underbillings: contracts(position) { max(.zero, $0) },
      .overbillings: -(contracts(position) { max(.zero, -$0) } + work.overbilled),
      .lossProvision: -expectedLosses(position),
    ]
    balances[.allowance] = requiredAllowance(position).map { -$0 }
    self.balances = balances
    let documents = position.documents
    earnedNotBilled =
      position.earned.values.map(\.earned).sum()
      - (position.control.billed - documents.notOnJob.billed)
  }
}

/// None where requests are kept out of AR.
private func openRequested(_ position: Position) -> Money {
  let (book, balances) = (position.book, position.documents.balances)
  guard book.company.aging.depositRequests else { return .zero }
  var open = Money.zero
  for row in book.invoices.rows where book.invoices.type[row] == .deposit && balances[row].isLive {
    let (deposit, total) = (book.invoices.deposit[row].orZero, book.invoices.total[row])
    open += deposit - depositShare(of: total - balances[row].open, deposit: deposit, total: total)
  }
  return open
}

private func retainedTax(_ position: Position) -> Money {
  let (invoices, balances) = (position.book.invoices, position.documents.balances)
  return invoices.rows.lazy.filter { balances[$0].isLive }
    .map { invoices.retainageTax[$0].orZero }.sum()
}

/// Approved work that is on no invoice, of jobs that bill their entries, as far as their caps go; and
/// what was billed beyond them (DOMAIN §7).
private func unbilledWork(_ position: Position) -> (unbilled: Money, overbilled: Money) {
  let book = position.book
  let heldBack = HeldBack(book, asOf: position.asOf)
  var (unbilled, overbilled) = (Money.zero, Money.zero)
  for job in book.jobs.ids where book.jobs.method[job.row].billsEntries {
    let work = position.work.unbilled(job).approved + heldBack.of(job)
    let cap = position.documents.contracts[job].cap
    let room = cap.isNone ? work : min(work, cap - position.documents.jobs[job].billed)
    if room > .zero { unbilled += room } else { overbilled -= room }
  }
  return (unbilled, overbilled)
}

/// The sum over contracts of a part of what they have earned and not billed.
private func contracts(_ position: Position, _ part: (Money) -> Money) -> Money {
  let jobs = position.book.jobs
  var sum = Money.zero
  for job in jobs.ids where !jobs.method[job.row].billsEntries {
    sum += part(position.earned[job].earned - position.documents.jobs[job].billed)
  }
  return sum
}

/// What of the expected losses is still to come on contracts that are estimated above their price
/// (DOMAIN §3.6, [S23]–[S25]): by cost to cost (estimated cost − contract) × (1 − percent complete), rounded
/// once a job; by the other methods the loss less what cost has shown beyond revenue.
private func expectedLosses(_ position: Position) -> Money {
  let book = position.book
  var losses = Money.zero
  for job in book.jobs.ids {
    let (contract, method) = (position.documents.contracts[job], book.jobs.method[job.row])
    guard let price = contract.price(method), let estimate = contract.estimate.orNil,
      estimate > price
    else { continue }
    let (loss, cost) = (estimate - price, position.work.cost(job))
    guard method == .fixedPrice else {
      losses += max(.zero, loss - (cost - position.earned[job].earned))
      continue
    }
    guard estimate > .zero, cost < estimate else { continue }
    guard cost > .zero else {
      losses += loss - cost
      continue
    }
    // Of cost to date the part that revenue covers, rounded as revenue is.
    let apart = min(max(contract.uninstalled, .zero), cost)
    let share = (price - apart).scaled(
      (cost - apart).units, of: (estimate - apart).units, book.company.rounding)
    losses += loss - cost + min((share ?? .zero) + apart, price)
  }
  return losses
}
