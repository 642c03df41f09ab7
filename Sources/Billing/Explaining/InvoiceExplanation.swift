import Ledger
import Measures

extension Explainer {
  /// A document: its identity, what was applied to it by the day and what was not yet, when it is due.
  func explain(_ invoice: RowID<Invoices>) -> Explanation {
    let (invoices, row) = (book.invoices, invoice.row)
    let type = invoices.type[row].rawValue
    var parts: [Explanation] = [
      .fact("type", type, at: place(invoices, row)),
      .fact("customer", name(of: invoices.customer[row])),
    ]
    if let job = invoices.job[row].orNil {
      parts.append(.fact("job", "\(book.jobs.id[job.row]) \(book.jobs.jobName[job.row])"))
    }
    parts.append(.fact("date", invoices.day[row].text, at: place(invoices, row, "date")))
    parts.append(standing(row))
    parts.append(total(row))
    parts += linesOf(row)
    parts.append(open(row))
    if invoices.type[row] == .deposit, position.documents.balances[row].isLive {
      parts.append(
        .amount(
          "deposit held", position.documents.balances.depositHeld(book, row),
          rule: "received on it, less what was applied to other documents or paid back"))
    }
    parts += due(row)
    parts += entriesOn(row)
    return .fact("invoice \(invoices.id[row])", "as of \(asOf.text)", parts)
  }

  func name(of customer: RowID<Customers>) -> String {
    guard customer.exists else { return "" }
    return "\(book.customers.id[customer.row]) \(book.customers.customerName[customer.row])"
  }

  /// Whether it counts on the day, and why not.
  private func standing(_ row: Int) -> Explanation {
    let invoices = book.invoices
    let rule = "a document counts from its date until it is void"
    if invoices.day[row] > asOf {
      return .fact("counts on the day", "no: dated after it", rule: rule)
    }
    let void = invoices.voidFrom(row)
    if void <= asOf {
      return .fact(
        "counts on the day", "no: void from \(void.text)", at: place(invoices, row, "void_date"),
        rule: rule)
    }
    return .fact("counts on the day", "yes", rule: rule)
  }

  private func total(_ row: Int) -> Explanation {
    let invoices = book.invoices
    func part(_ name: String, _ amount: Money, minus: Bool = false) -> Explanation? {
      guard !amount.orZero.isZero else { return nil }
      return .amount(
        minus ? "less \(name)" : name, minus ? -amount : amount, at: place(invoices, row, name))
    }
    return .sum(
      "total", invoices.total[row],
      rule: "subtotal + tax + deposit − retainage − write_off, the identity of all documents",
      [
        part("subtotal", invoices.subtotal[row]), part("tax", invoices.tax[row]),
        part("deposit", invoices.deposit[row]),
        part("retainage", invoices.retainage[row], minus: true),
        part("write_off", invoices.writeOff[row], minus: true),
      ].compactMap(\.self))
  }

  private func linesOf(_ row: Int) -> [Explanation] {
    let lines = book.invoiceLines
    let own = lines.rows.filter { lines.invoice[$0] == RowID(row) }
    guard !own.isEmpty else { return [] }
    return [
      .fact(
        "lines", "\(own.count)",
        own.map { line in
          .amount(
            lines.description[line].isEmpty
              ? "line \(lines.lineNumber[line])" : lines.description[line],
            lines.amount[line].orZero, at: place(lines, line, "amount"))
        })
    ]
  }

  /// The open balance and every application that touches it, those that do not count yet or no longer
  /// among them.
  private func open(_ row: Int) -> Explanation {
    let balance = position.documents.balances[row]
    guard balance.isLive else {
      return .amount("open", .zero, rule: "a document that does not count has nothing open")
    }
    var parts: [Explanation] = [
      .amount("total", book.invoices.total[row], at: place(book.invoices, row, "total"))
    ]
    for application in book.applications.rows
    where effects.invoice[application] == RowID(row) || effects.document[application] == RowID(row)
    {
      parts.append(part(application, of: row))
    }
    return .sum(
      "open", balance.open,
      rule: "total − applications − discounts + what was applied from it or paid back, each from "
        + "the latest of its own day, its source's and its invoice's",
      parts)
  }

  /// What an application does to a document that counts on the day.
  private func part(_ application: Int, of row: Int) -> Explanation {
    let rows = book.applications
    let isFrom = effects.document[application] == RowID(row)
    let other =
      isFrom
      ? effects.invoice[application].orNil.map { book.invoices.id[$0.row] } ?? ""
      : rows.sourceID[application]
    let what = (isFrom ? "applied from it to " : "applied from ") + other
    let place = place(rows, application, "amount")
    guard let period = effects.period(of: application) else {
      return .fact(what, "never counts: its source or invoice is not there", at: place)
    }
    guard period.from <= asOf, period.until > asOf else {
      let when = period.from > asOf ? "only from \(period.from.text)" : "until \(period.until.text)"
      return .fact(what, "\(rows.amount[application].grouped), \(when)", at: place)
    }
    let amount = rows.amount[application]
    let isDeposit = book.invoices.type[row] == .deposit
    let discount = rows.discount[application].orZero
    let change =
      switch (isFrom, effects.source(of: application)) {
      case (true, _), (false, .refund): isDeposit ? Money.zero : amount
      case (false, _): -(amount + discount)
      }
    let since = "since \(period.from.text)"
    return .amount(
      what, change, at: place,
      rule: discount.isZero
        ? since : "\(since): \(amount.grouped) and a discount of \(discount.grouped)")
  }

  private func due(_ row: Int) -> [Explanation] {
    let invoices = book.invoices
    let day = book.dueDate(ofInvoice: row)
    var parts: [Explanation] = []
    if invoices.dueDate[row].orNil != nil {
      parts.append(.fact("due", day.text, at: place(invoices, row, "due_date")))
    } else {
      let terms = book.termsText(ofInvoice: row)
      parts.append(
        .fact(
          "due", day.text, at: terms.isEmpty ? nil : book.termsPlace(ofInvoice: row),
          rule: terms.isEmpty ? "no terms: due on receipt" : "by its terms, \(terms)"))
    }
    let balance = position.documents.balances[row]
    if !balance.open.isZero {
      let basis = book.company.aging.basis == .dueDate ? "the due date" : "the invoice date"
      parts.append(
        .fact(
          "days past due", "\(balance.daysPastDue)",
          rule: "from \(basis) to \(asOf.text); the day itself is not past due"))
    }
    return parts
  }

  private func entriesOn(_ row: Int) -> [Explanation] {
    let work = closing.work
    let columns: [(EntryKind, [RowID<Invoices>])] = [
      (.labor, book.timesheets.invoice), (.material, book.inventory.invoice),
      (.other, book.costs.invoice),
    ]
    var entries = [Explanation]()
    for (kind, invoices) in columns {
      for entry in invoices.indices where invoices[entry] == RowID(row) {
        let id = EntryID(kind, entry)
        entries.append(
          .amount(
            "\(kind.rawValue) \(entryName(id))", work.entries(kind)[entry].price, at: place(of: id))
        )
      }
    }
    guard !entries.isEmpty else { return [] }
    return [
      .fact(
        "entries behind it", "\(entries.count)",
        rule: "with the prices that rates and markups give them; the invoice may say otherwise",
        entries)
    ]
  }

  /// Money received or paid back, and where it went.
  func explain(_ payment: RowID<Payments>) -> Explanation {
    let (payments, row) = (book.payments, payment.row)
    var uses: [Explanation] = [
      .amount("amount", payments.amount[row], at: place(payments, row, "amount"))
    ]
    for application in book.applications.rows where effects.payment[application] == payment {
      let invoice = effects.invoice[application].orNil.map { book.invoices.id[$0.row] } ?? ""
      let place = place(book.applications, application, "amount")
      let amount = book.applications.amount[application]
      if let period = effects.period(of: application), period.from <= asOf, period.until > asOf {
        uses.append(
          .amount("applied to \(invoice)", -amount, at: place, rule: "since \(period.from.text)"))
      } else {
        uses.append(
          .fact("applied to \(invoice)", "\(amount.grouped), not on this day", at: place))
      }
    }
    for refund in position.documents.balances.depositRefunds
    where refund.deposit == payment || refund.refund == payment {
      uses.append(
        .amount(
          "paid back by \(payments.id[refund.refund.row])", -refund.amount,
          at: place(payments, refund.refund.row)))
    }
    let used = position.documents.balances.used.values[row]
    return .fact(
      "payment \(payments.id[row])", "as of \(asOf.text)", at: place(payments, row),
      [
        .fact("type", payments.type[row].rawValue),
        .fact("customer", name(of: payments.customer[row])),
        .fact("date", payments.day[row].text, at: place(payments, row, "date")),
        payments.isLive(row, on: asOf)
          ? .sum("not applied", payments.amount[row] - used, uses)
          : .fact("counts on the day", "no: dated after it or reversed by it"),
      ])
  }
}
