import Ledger
import Measures

extension Explainer {
  func entryName(_ id: EntryID) -> String {
    switch id.kind {
    case .labor: book.timesheets.id[id.row]
    case .material: book.inventory.id[id.row]
    case .other: book.costs.id[id.row]
    }
  }

  func place(of id: EntryID) -> Place {
    switch id.kind {
    case .labor: place(book.timesheets, id.row)
    case .material: place(book.inventory, id.row)
    case .other: place(book.costs, id.row)
    }
  }

  func day(of id: EntryID) -> Day {
    switch id.kind {
    case .labor: book.timesheets.day[id.row]
    case .material: book.inventory.day[id.row]
    case .other: book.costs.day[id.row]
    }
  }

  /// An hour, a part or a cost: what it cost, what it bills and by which rows, and its billing state.
  func explain(_ id: EntryID) -> Explanation {
    let line = closing.work.line(id, in: book)
    let entry = closing.work.entries(id.kind)[id.row]
    var parts: [Explanation] = [.fact("day", line.day.text, at: place(of: id))]
    if line.job.exists {
      parts.append(
        .fact("job", "\(book.jobs.id[line.job.row]) \(book.jobs.jobName[line.job.row])"))
    }
    guard entry.state != .noEntry, entry.state != .notYet else {
      let why = entry.state == .notYet ? "dated after \(asOf.text)" : "charged to no job"
      parts.append(.fact("counts on the day", "no: \(why)"))
      return .fact("\(id.kind.rawValue) \(entryName(id))", "as of \(asOf.text)", parts)
    }
    switch id.kind {
    case .labor: parts += labor(id.row, entry, line.job)
    case .material: parts += material(id.row, line)
    case .other: parts += other(id.row, entry, line.job)
    }
    parts.append(state(id, line))
    return .fact("\(id.kind.rawValue) \(entryName(id))", "as of \(asOf.text)", parts)
  }

  func other(_ row: Int, _ entry: Entry, _ job: RowID<Jobs>) -> [Explanation] {
    let costs = book.costs
    var parts: [Explanation] = [
      .fact("kind", costs.kind[row].rawValue, at: place(costs, row, "kind")),
      .fact("vendor", costs.vendor[row]), .fact("description", costs.description[row]),
      .amount("cost", entry.cost, at: place(costs, row, "amount")),
    ].filter { !$0.value.isEmpty }
    guard book.jobs.method[job.row].billsEntries else { return parts }
    guard book.jobs.method[job.row] != .costPlus else { return parts + [costPlus(entry, job)] }
    let policy = book.company.billing
    let markup = policy.costMarkupByKind[costs.kind[row]] ?? policy.costMarkup
    var exact = ExactAmount(entry.cost)
    exact.multiply(by: Percentage.whole.units + markup.units, over: Percentage.whole.units)
    parts.append(
      price(
        EntryID(.other, row), entry, exact, "cost + markup of its kind, rounded once",
        [.fact("markup", "\(markup.text) %", rule: "of company.toml")]))
    return parts
  }

  func costPlus(_ entry: Entry, _ job: RowID<Jobs>) -> Explanation {
    let jobs = book.jobs
    let fee = Fee(jobs, job.row)
    var parts: [Explanation] = [
      .fact("fee", "\(fee.percentage.text) %", at: place(jobs, job.row, "fee_pct"))
    ]
    if !fee.amount.isZero {
      parts.append(
        .fact(
          "fixed fee", fee.amount.grouped, at: place(jobs, job.row, "fee_amount"),
          rule: "in proportion to cost, over the estimate of \(fee.estimate.grouped)"))
    }
    return .amount(
      "price", entry.price, rule: "cost with burden + fee, rounded once", parts
    )
  }

  /// The price, with the adjustments that changed it; only without any it must be the exact product.
  func price(
    _ id: EntryID, _ entry: Entry, _ exact: ExactAmount?, _ rule: String, _ parts: [Explanation]
  ) -> Explanation {
    guard entry.state.hasPrice else {
      return .amount(
        "price", entry.price, rule: "an entry that is \(entry.state.name) has no price")
    }
    let adjustments = closing.work.adjustments(of: id)
    let rows = book.adjustments
    let changes = adjustments.map { row in
      Explanation.fact(
        "adjustment \(rows.id[row])",
        [rows.action[row].rawValue, rows.value[row], rows.reason[row], rows.author[row]]
          .filter { !$0.isEmpty }.joined(separator: ", "),
        at: place(rows, row))
    }
    return .amount(
      "price", entry.price, rule: rule,
      recomputed: adjustments.isEmpty ? exact.flatMap { $0.rounded(book.company.rounding) } : nil,
      parts + changes)
  }

  private func state(_ id: EntryID, _ line: WorkLine) -> Explanation {
    var parts = [Explanation]()
    if let invoice = line.invoice.orNil {
      parts.append(
        .fact(
          "on invoice",
          "\(book.invoices.id[invoice.row]) of \(book.invoices.day[invoice.row].text)",
          at: place(book.invoices, invoice.row)))
    }
    if let row = closing.work.adjustedBy[id] {
      parts.append(
        .fact(
          "by adjustment", "\(book.adjustments.id[row]): \(book.adjustments.reason[row])",
          at: place(book.adjustments, row)))
    }
    if let ready = closing.work.readyParts[id] {
      parts.append(.fact("fits under the cap", ready.grouped))
    }
    let reason = line.reason.map { ": \($0.name), to be cleared by \($0.clearedBy)" } ?? ""
    return .fact("billing state", line.state.name + reason, parts)
  }
}
