import Ledger
import Measures

/// What is worked out for all customers and jobs at once, and explained one by one.
struct Statements: Sendable {
  let deposits: [DepositRow]
  let retainage: [RetainageRow]
  let allowance: Allowance
  let borrowingBase: BorrowingBase

  init(_ position: Position) {
    let balances = position.documents.balances
    deposits = DepositStatement(position.book, position.documents).rows
    retainage = RetainageStatement(position).rows
    allowance = Allowance(position.book, balances, position.customers)
    borrowingBase = BorrowingBase(position.book, balances, position.customers)
  }
}

extension Explainer {
  /// Deposits one by one: what became of each (DOMAIN §4).
  func depositRows(_ isMeant: (DepositRow) -> Bool) -> [Explanation] {
    statements.deposits.filter(isMeant).map { row in
      let parts: [Explanation] = [
        .amount(
          "received", row.received,
          rule: row.receivedOn.orNil.map { "last on \($0.text)" } ?? "nothing yet"),
        .amount("less applied", -row.applied), .amount("less refunded", -row.refunded),
        .amount("less forfeited", -row.forfeited),
      ].filter { $0.amount?.isZero == false }
      var node = Explanation.sum(name(of: row), row.held, parts)
      node.place = place(of: row)
      if !row.requested.isZero {
        node.rule = "asked for \(row.requested.grouped), of it open \(row.openRequest.grouped)"
      }
      return node
    }
  }

  private func name(of row: DepositRow) -> String {
    if let payment = row.payment.orNil {
      return "\(book.payments.id[payment.row]) deposit of \(row.day.text)"
    }
    guard let invoice = row.invoice.orNil else { return "opening balance of \(row.day.text)" }
    let type = book.invoices.type[invoice.row].rawValue
    return "\(book.invoices.id[invoice.row]) \(type) of \(row.day.text)"
  }

  private func place(of row: DepositRow) -> Place? {
    if let payment = row.payment.orNil { return place(book.payments, payment.row) }
    return row.invoice.orNil.map { place(book.invoices, $0.row) }
  }

  /// Retainage document by document, or line by line: what became of it (DOMAIN §2).
  func retainageRows(_ isMeant: (RetainageRow) -> Bool) -> [Explanation] {
    let (invoices, lines) = (book.invoices, book.invoiceLines)
    return statements.retainage.filter(isMeant).map { row in
      let parts: [Explanation] = [
        .amount("withheld", row.withheld, rule: basis(of: row)),
        .amount("less released", -row.released), .amount("less written off", -row.writtenOff),
      ].filter { $0.amount?.isZero == false }
      var what = row.invoice.orNil.map { invoices.id[$0.row] } ?? "opening balance"
      if let line = row.line { what += ", line \(lines.lineNumber[line])" }
      var node = Explanation.sum(what, row.held, parts)
      node.place =
        row.line.map { place(lines, $0, "retainage") }
        ?? row.invoice.orNil.map { place(invoices, $0.row, "retainage") }
      if !row.releasable.isZero {
        node.rule = "a release of the day could bill \(row.releasable.grouped) of it"
      }
      return node
    }
  }

  private func basis(of row: RetainageRow) -> String {
    guard let rate = row.rate else { return "" }
    let tax = row.withheldTax.isZero ? "" : ", and its tax of \(row.withheldTax.grouped)"
    return "\(rate.text) % of \(row.base.grouped)\(tax)"
  }

  /// What is held on a job; what an invoice of the job applies counts here, whatever job it came from.
  func deposits(of job: RowID<Jobs>) -> Explanation {
    let (invoices, payments) = (book.invoices, book.payments)
    let (balances, shares) = (position.documents.balances, position.documents.shares)
    var parts = [Explanation]()
    for row in invoices.rows where balances[row].isLive {
      let isRequest = invoices.type[row] == .deposit
      let held = isRequest ? balances.depositHeld(book, row) : invoices.deposit[row].orZero
      guard !held.isZero else { continue }
      var amount = invoices.job[row] == job ? held : .zero
      if shares.has(row) {
        let own = shares.of(row)
        let amounts = isRequest ? own.split(held) : own.map(\.deposit)
        amount = zip(own, amounts).filter { $0.0.job == job }.map(\.1).sum()
      }
      guard !amount.isZero else { continue }
      parts.append(
        .amount(
          "\(invoices.id[row]) \(invoices.type[row].rawValue) of \(invoices.day[row].text)", amount,
          at: place(invoices, row, "deposit")))
    }
    for row in payments.rows
    where payments.job[row] == job && payments.type[row] == .deposit
      && payments.isLive(row, on: asOf)
    {
      parts.append(
        .amount(
          "\(payments.id[row]) deposit of \(payments.day[row].text), less what was applied of it",
          payments.amount[row] - balances.used.values[row], at: place(payments, row, "amount")))
    }
    return .sum(
      "deposits held", position.documents.jobs[job].depositsHeld,
      rule: "received − applied − refunded − forfeited: a liability",
      parts + openingParts(.deposit) { _, other in other == job })
  }
}
