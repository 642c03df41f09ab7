import Ledger
import Measures

extension Explainer {
  /// What a customer owes, has to its credit, and is held to: document by document.
  func explain(_ customer: RowID<Customers>) -> Explanation {
    let balance = position.customers[customer]
    let row = customer.row
    return .fact(
      "customer \(name(of: customer))", "as of \(asOf.text)", at: place(book.customers, row),
      [
        .sum(
          "net", balance.net, rule: "open + unapplied: the customer's part of the AR account",
          [open(customer), unapplied(customer)]),
        retainage(of: customer),
        deposits(of: customer),
        allowance(of: customer),
        borrowingBase(of: customer),
      ].compactMap(\.self))
  }

  private func live(_ customer: RowID<Customers>) -> [Int] {
    book.invoices.rows.filter {
      book.invoices.customer[$0] == customer && position.documents.balances[$0].isLive
    }
  }

  func part(_ row: Int, _ amount: Money, _ column: String) -> Explanation {
    let invoices = book.invoices
    return .amount(
      "\(invoices.id[row]) \(invoices.type[row].rawValue) of \(invoices.day[row].text)", amount,
      at: place(invoices, row, column))
  }

  private func open(_ customer: RowID<Customers>) -> Explanation {
    let balances = position.documents.balances
    let parts = live(customer).filter { !balances[$0].open.isZero && book.isReceivable($0) }
    return .sum(
      "open", position.customers[customer].open,
      rule: "what is open on each live document but credit memos; explain one for its applications",
      parts.map { part($0, balances[$0].open, "total") })
  }

  private func unapplied(_ customer: RowID<Customers>) -> Explanation {
    let (balances, payments) = (position.documents.balances, book.payments)
    var parts = live(customer)
      .filter { book.invoices.type[$0] == .creditMemo && !balances[$0].open.isZero }
      .map { part($0, balances[$0].open, "total") }
    for row in payments.rows
    where payments.customer[row] == customer && payments.isLive(row, on: asOf) {
      let rest = payments.amount[row] - balances.used.values[row]
      guard !rest.isZero, payments.type[row] == .payment || payments.type[row] == .refund else {
        continue
      }
      parts.append(
        .amount(
          "\(payments.id[row]) \(payments.type[row].rawValue) of \(payments.day[row].text)",
          payments.type[row] == .payment ? -rest : rest, at: place(payments, row, "amount")))
    }
    parts += openingParts(.unapplied) { owner, _ in owner == customer }
    return .sum(
      "unapplied", position.customers[customer].unapplied,
      rule: "credit memos and cash not applied on the day, as a credit", parts)
  }

  private func retainage(of customer: RowID<Customers>) -> Explanation {
    .sum(
      "retainage held", position.customers[customer].retainageHeld,
      rule: "withheld on documents, less released; not due, never aged",
      retainageRows { $0.customer == customer })
  }

  private func deposits(of customer: RowID<Customers>) -> Explanation {
    .sum(
      "deposits held", position.customers[customer].depositsHeld,
      rule:
        "received − applied − refunded − forfeited: a liability, outside AR",
      depositRows { $0.customer == customer })
  }
}
