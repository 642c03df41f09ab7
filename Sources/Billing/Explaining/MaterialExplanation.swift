import Ledger
import Measures

extension Explainer {
  /// An issue or return of stock.
  func material(_ row: Int, _ line: WorkLine) -> [Explanation] {
    let inventory = book.inventory
    let item = book.items.versions.row(
      of: RowID(Int(inventory.item[row].number)), on: inventory.day[row])
    var parts: [Explanation] = []
    if let item {
      parts.append(
        .fact(
          "item", "\(book.items.id[item]) \(book.items.description[item])",
          at: place(book.items, item)))
    }
    parts.append(.fact("quantity", line.quantity.text, at: place(inventory, row, "quantity")))
    if let issue = inventory.reverses[row].orNil {
      parts.append(
        .fact(
          "returns", inventory.id[issue.row], at: place(inventory, issue.row),
          rule: "a return takes its issue's cost and price"))
    }
    let method =
      inventory.unitCost[row].orNil != nil && inventory.type[row] == .issue
      ? "its own unit cost"
      : "\(book.company.costing.rawValue) of the stock on the day"
    parts.append(
      .amount(
        "cost", line.cost, rule: method,
        [.fact("unit cost", line.unitCost.orNil?.text ?? "none")] + receipts(before: row)))
    guard book.jobs.method[line.job.row].billsEntries else { return parts }
    let id = EntryID(.material, row)
    let entry = closing.work.material[row]
    if book.jobs.method[line.job.row] == .costPlus {
      parts.append(costPlus(entry, line.job))
    } else if let own = inventory.billPrice[row].orNil {
      parts.append(
        price(
          id, entry, ExactAmount(own, times: line.quantity.units), "quantity × its own price",
          [.fact("bill price", own.text, at: place(inventory, row, "bill_price"))]))
    } else {
      parts.append(marked(id, entry, line, item: item))
    }
    return parts
  }

  /// The last receipts of the item before a movement: what its cost was made from.
  private func receipts(before row: Int) -> [Explanation] {
    let inventory = book.inventory
    return inventory.rows.filter {
      inventory.item[$0] == inventory.item[row] && inventory.type[$0] == .receipt
        && (inventory.day[$0], $0) < (inventory.day[row], row)
    }.suffix(5).map {
      .fact(
        "receipt \(inventory.id[$0]) of \(inventory.day[$0].text)",
        "\(inventory.quantity[$0].text) at \(inventory.unitCost[$0].orNil?.text ?? "none")",
        at: place(inventory, $0))
    }
  }

  /// The price by markup or list.
  private func marked(
    _ id: EntryID, _ entry: Entry, _ line: WorkLine, item: Int?
  ) -> Explanation {
    let policy = book.company.billing
    var parts = [Explanation]()
    var exact: ExactAmount?
    let isReturn = book.inventory.reverses[id.row].exists
    let list = item.flatMap { book.items.listPrice[$0].orNil }
    if let list, let item, policy.materialPricing != .markup {
      parts.append(.fact("list price", list.text, at: place(book.items, item, "list_price")))
      if policy.materialPricing == .list { exact = ExactAmount(list, times: line.quantity.units) }
    }
    if policy.materialPricing != .list, let cost = line.unitCost.orNil, !isReturn {
      let tier = tier(of: cost, category: item.map { book.items.category[$0] } ?? .none, line)
      let share = tier.map { book.markups.percentage[$0] } ?? .zero
      parts.append(
        .fact(
          policy.markupMeans.rawValue, "\(share.text) %",
          at: tier.map { place(book.markups, $0, "markup_pct") },
          rule: tier == nil
            ? "no tier holds: billed at cost"
            : "the highest tier that the unit cost is above, of the first schedule that has one"))
      if policy.materialPricing == .markup {
        var amount = ExactAmount(cost, times: line.quantity.units)
        let whole = Percentage.whole.units
        if policy.markupMeans == .margin {
          amount.multiply(by: whole, over: whole - share.units)
        } else {
          amount.multiply(by: whole + share.units, over: whole)
        }
        exact = amount
      }
    }
    parts.append(.fact("unit price", line.unitPrice.orNil?.text ?? "none"))
    return price(
      id, entry, isReturn ? nil : exact,
      "quantity × unit cost with its \(policy.markupMeans.rawValue), or the list price, rounded once",
      parts)
  }

  /// The row of markups.csv that holds: of the job's schedule, the customer's, the company's; the item's
  /// category before all; the highest cost_over below the cost; the latest from.
  private func tier(
    of cost: UnitPrice, category: RowID<Category>, _ line: WorkLine
  ) -> Int? {
    let (markups, customer) = (book.markups, book.jobs.customer[line.job.row])
    let schedules: [RowID<MarkupSchedule>] = [
      book.jobs.markupSchedule[line.job.row],
      customer.exists ? book.customers.markupSchedule[customer.row] : .none,
      markups.schedules.find(book.company.markupSchedule),
    ]
    for schedule in schedules where schedule.exists {
      for group in [category, .none] {
        let rows = markups.rows.filter {
          markups.schedule[$0] == schedule && markups.category[$0] == group
            && (markups.costOver[$0].orNil ?? .zero) < cost && markups.effectiveFrom[$0] <= line.day
        }
        let best = rows.max {
          (markups.costOver[$0], markups.effectiveFrom[$0], $0)
            < (markups.costOver[$1], markups.effectiveFrom[$1], $1)
        }
        if let best { return best }
      }
    }
    return nil
  }
}
