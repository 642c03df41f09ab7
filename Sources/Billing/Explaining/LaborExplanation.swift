import Ledger
import Measures

extension Explainer {
  /// Hours, what they cost and what they bill, each by the rows that say so.
  func labor(_ row: Int, _ entry: Entry, _ job: RowID<Jobs>) -> [Explanation] {
    let lines = book.timesheets
    let (hours, day) = (lines.hours[row], lines.day[row])
    let payType = RowID<PayTypes>(Int(lines.payType[row].number))
    let type = book.payTypes.versions.row(of: payType, on: day)
    let technician = book.technicians.versions.row(
      of: RowID(Int(lines.technician[row].number)), on: day)
    var parts: [Explanation] = [
      .fact("hours", hours.text, at: place(lines, row, "hours"))
    ]
    if let technician {
      let table = book.technicians
      parts.append(
        .fact(
          "technician", "\(table.technicianName[technician]), \(table.roleName[technician])",
          at: place(table, technician)))
    }
    parts.append(laborCost(row, entry, technician: technician, type: type))
    guard book.jobs.method[job.row].billsEntries else { return parts }
    parts.append(laborPrice(row, entry, job, technician: technician, type: type))
    return parts
  }

  private func laborCost(
    _ row: Int, _ entry: Entry, technician: Int?, type: Int?
  ) -> Explanation {
    let (lines, technicians) = (book.timesheets, book.technicians)
    let own = lines.costRate[row].orNil
    let rate = own ?? technician.flatMap { technicians.costRate[$0].orNil } ?? .zero
    let multiplier = type.flatMap { book.payTypes.costMultiplier[$0].orNil } ?? unity
    let burden = technician.flatMap { technicians.burden[$0].orNil } ?? .zero
    var exact = ExactAmount(rate, times: lines.hours[row].units)
    exact.multiply(by: multiplier.units, over: 1_0000)
    let cost = exact.rounded(book.company.rounding)
    exact.multiply(by: burden.units, over: Percentage.whole.units)
    let share = exact.rounded(book.company.rounding)
    let parts: [Explanation] = [
      .fact(
        "cost rate", rate.text,
        at: own != nil
          ? place(lines, row, "cost_rate") : technician.map { place(technicians, $0, "cost_rate") }),
      .fact(
        "multiplier", multiplier.text, at: type.flatMap { payTypePlace($0) },
        rule: "of the pay type"),
      .amount("cost", entry.cost, recomputed: cost),
      .amount(
        "burden", entry.burden, rule: "\(burden.text) % of the same product, rounded apart",
        recomputed: share),
    ]
    return .amount(
      "cost with burden", entry.burdenedCost,
      rule:
        "hours × rate × multiplier, rounded once; hours are never rounded for cost",
      recomputed: cost.flatMap { cost in share.map { cost + $0 } }, parts)
  }

  /// Built-in pay types have no line.
  private func payTypePlace(_ row: Int) -> Place? {
    book.payTypes.line[row] > 0 ? place(book.payTypes, row) : nil
  }

  private func laborPrice(
    _ row: Int, _ entry: Entry, _ job: RowID<Jobs>, technician: Int?, type: Int?
  ) -> Explanation {
    let lines = book.timesheets
    if book.jobs.method[job.row] == .costPlus { return costPlus(entry, job) }
    let billed = TimeIncrement(book.company.billing).billed(lines.hours[row])
    var parts = [Explanation]()
    if billed != lines.hours[row] {
      parts.append(.fact("hours billed", billed.text, rule: "rounded to the company's increment"))
    }
    var exact: ExactAmount?
    if let own = lines.billRate[row].orNil {
      parts.append(
        .fact("bill rate", own.text, at: place(lines, row, "bill_rate"), rule: "its own"))
      exact = ExactAmount(own, times: billed.units)
    } else if let found = card(row, job, technician: technician) {
      let rates = book.rates
      parts.append(
        .fact(
          "bill rate", rates.billRate[found.row].text, at: place(rates, found.row, "bill_rate"),
          rule: "card \(rates.cardName[found.row]) of the \(found.whose), role "
            + "\(rates.roleName[found.row]), from \(rates.effectiveFrom[found.row].text)"))
      var amount = ExactAmount(rates.billRate[found.row], times: billed.units)
      if !found.isOwnType, let type {
        let multiplier = book.payTypes.billMultiplier[type].orNil ?? unity
        parts.append(
          .fact(
            "multiplier", multiplier.text, at: payTypePlace(type),
            rule: "the card has no rate for \(book.payTypes.id[type]): REG by its multiplier"))
        amount.multiply(by: multiplier.units, over: 1_0000)
      }
      exact = amount
    } else {
      parts.append(.fact("bill rate", "none", rule: "no card has one; never revenue of zero"))
    }
    return price(EntryID(.labor, row), entry, exact, "hours × rate, rounded once", parts)
  }

  /// The rate of the first card that has one: the job's, the customer's, the company's.
  private func card(
    _ row: Int, _ job: RowID<Jobs>, technician: Int?
  ) -> (row: Int, whose: String, isOwnType: Bool)? {
    let (lines, rates) = (book.timesheets, book.rates)
    guard let technician else { return nil }
    let (role, type, day) = (
      book.technicians.role[technician], lines.payType[row], lines.day[row]
    )
    let customer = book.jobs.customer[job.row]
    let cards: [(RowID<RateCard>, String)] = [
      (book.jobs.rateCard[job.row], "job"),
      (customer.exists ? book.customers.rateCard[customer.row] : .none, "customer"),
      (rates.cards.find(book.company.rateCard), "company"),
    ]
    let regular = book.payTypes.index.find("REG")
    for (card, whose) in cards where card.exists {
      if let row = rates.versions.row(of: rates.key(card, role, type), on: day) {
        return (row, whose, true)
      }
      if type != regular, let row = rates.versions.row(of: rates.key(card, role, regular), on: day)
      {
        return (row, whose, false)
      }
    }
    return nil
  }
}
