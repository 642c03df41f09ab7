import Ledger
import Measures

extension Explainer {
  /// The customer's part of what the allowance requires on open documents (DOMAIN §5.7); nil where the
  /// company has no matrix.
  func allowance(of customer: RowID<Customers>) -> Explanation? {
    let (allowance, matrix) = (statements.allowance, AllowanceMatrix(book.company.allowance))
    guard !allowance.steps.isEmpty else { return nil }
    let balances = position.documents.balances
    var rows = matrix.steps.map { _ in [Int]() }
    for row in receivable(customer) where !balances[row].open.isZero {
      rows[matrix.step(of: asOf - balances[row].dueDate)].append(row)
    }
    let steps = rows.indices.filter { !rows[$0].isEmpty }.map { step in
      let (open, share) = (
        rows[step].map { balances[$0].open }.sum(), allowance.parts[step][customer.row]
      )
      let loss = allowance.steps[step].loss
      return Explanation.amount(
        allowance.steps[step].key, share,
        rule:
          "\(loss.percentage.text) % of \(open.grouped), cut off or rounded up to the next cent, so "
          + "that all customers add up to what the step requires",
        recomputed: nearest(to: share, loss, of: open),
        rows[step].map { part($0, balances[$0].open, "total") })
    }
    return .sum(
      "allowance", allowance.byCustomer[customer],
      rule:
        "expected loss on open documents by days past their due date; "
        + "retainage is a pool of its own", steps)
  }

  /// A share that lies within a cent of the exact product; else the product rounded.
  private func nearest(to share: Money, _ loss: ExactShare, of open: Money) -> Money? {
    let exact = Int128(open.units) * loss.numerator
    let difference = Int128(share.units) * loss.denominator - exact
    return difference.magnitude < loss.denominator.magnitude
      ? share : open.times(loss, book.company.rounding)
  }

  private func receivable(_ customer: RowID<Customers>) -> [Int] {
    book.invoices.rows.filter {
      book.invoices.customer[$0] == customer && book.isReceivable($0)
        && position.documents.balances[$0].isLive
    }
  }

  /// What a lender takes of the customer's balance as security: open less what is ineligible, document
  /// by document.
  func borrowingBase(of customer: RowID<Customers>) -> Explanation {
    let base = statements.borrowingBase.customers[customer]
    let left = ineligible(customer, base)
    let excess = Explanation.amount(
      "less concentration excess", -base.concentrationExcess,
      rule: "what is left above \(book.company.borrowingBase.concentration.shortText()) % of all "
        + "that is open, \(allOpen.grouped)", recomputed: -excess(above: left))
    let sum = max(.zero, left.compactMap(\.amount).sum()) - base.concentrationExcess
    return .amount(
      "eligible", base.eligible, rule: "the borrowing base; never below zero",
      recomputed: max(.zero, sum), left + [excess])
  }

  private var allOpen: Money { position.customers.customers.values.map(\.open).sum() }

  private func excess(above left: [Explanation]) -> Money {
    let policy = book.company.borrowingBase
    let limit = allOpen.times(policy.concentration, book.company.rounding) ?? allOpen
    let rest = max(.zero, left.compactMap(\.amount).sum())
    return max(.zero, rest - max(.zero, limit))
  }

  /// Open, and what is taken off it before concentration.
  private func ineligible(
    _ customer: RowID<Customers>, _ base: BorrowingBaseRow
  ) -> [Explanation] {
    let (balances, invoices) = (position.documents.balances, book.invoices)
    var (over90, releases, requests, disputed) = ([Int](), [Int](), [Int](), [Int]())
    for row in receivable(customer) where balances[row].open > .zero {
      if balances[row].daysPastDue > 90 {
        over90.append(row)
      } else if invoices.type[row] == .retainageRelease {
        releases.append(row)
      } else if invoices.type[row] == .deposit {
        requests.append(row)
      } else if invoices.isDisputed(row, on: asOf) {
        disputed.append(row)
      }
    }
    let balance = position.customers[customer]
    let late = over90.map { balances[$0].open }.sum()
    let part = book.company.borrowingBase.crossAging
    let isCrossed =
      late > .zero
      && Int128(late.units) * Int128(Percentage.whole.units)
        > Int128(balance.open.units) * Int128(part.units)
    func documents(_ rows: [Int]) -> [Explanation] {
      isCrossed ? [] : rows.map { self.part($0, -balances[$0].open, "total") }
    }
    let contra: [Explanation] = [
      .amount("credits and cash not applied", min(.zero, balance.unapplied)),
      .amount("deposits held", -max(.zero, balance.depositsHeld)),
    ]
    return [
      .amount("open", balance.open, rule: "as in the aging, explained above"),
      .amount(
        "less over 90", -base.over90,
        rule: isCrossed
          ? "more than \(part.shortText()) % of open is over 90 days, so none of it is eligible"
          : "",
        recomputed: -(isCrossed ? max(late, balance.open) : late),
        over90.map { self.part($0, -balances[$0].open, "total") }),
      .sum("less retainage released", -base.retainage, documents(releases)),
      .sum(
        "less contra", -base.contra, rule: "what the customer could set off or refuse to pay",
        contra.filter { $0.amount?.isZero == false } + documents(requests) + documents(disputed)),
    ]
  }
}
