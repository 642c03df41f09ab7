import Ledger
import Measures

extension Explainer {
  /// A job's contract, billing, cost, earnings and unbilled work, each down to its rows.
  func explain(_ job: RowID<Jobs>) -> Explanation {
    let jobs = book.jobs
    var parts: [Explanation] = [
      .fact("customer", name(of: jobs.customer[job.row]), at: place(jobs, job.row, "customer_id")),
      .fact(
        "billing method", jobs.method[job.row].rawValue,
        at: place(jobs, job.row, "billing_method")),
      .fact(
        "status", JobStanding(jobs, job.row, on: asOf).status.rawValue,
        at: place(jobs, job.row, "status"), rule: "as it was on the day"),
    ]
    parts.append(contract(job))
    parts.append(billed(job))
    parts.append(retainage(of: job))
    parts.append(deposits(of: job))
    parts.append(cost(of: job))
    parts.append(earned(job))
    if jobs.method[job.row].billsEntries { parts.append(unbilled(job)) }
    parts.append(workInProgress(job))
    return .fact(
      "job \(jobs.id[job.row]) \(jobs.jobName[job.row])", "as of \(asOf.text)",
      at: place(jobs, job.row), parts)
  }

  private func contract(_ job: RowID<Jobs>) -> Explanation {
    let (jobs, changes) = (book.jobs, book.changeOrders)
    let value = position.documents.contracts[job]
    var parts = [Explanation]()
    if let amount = jobs.contractAmount[job.row].orNil {
      parts.append(.amount("contract amount", amount, at: place(jobs, job.row, "contract_amount")))
    } else if let cap = jobs.notToExceed[job.row].orNil {
      parts.append(
        .amount("not-to-exceed amount", cap, at: place(jobs, job.row, "not_to_exceed")))
    }
    for row in changes.rows where changes.job[row] == job {
      let (id, place) = (changes.id[row], place(changes, row, "amount"))
      let from = changes.approvedFrom(row)
      if from <= asOf {
        parts.append(
          .amount(
            "change order \(id)", changes.amount[row], at: place, rule: "approved \(from.text)"))
      } else {
        let why = from == .never ? changes.status[row].rawValue : "approved only \(from.text)"
        parts.append(
          .fact("change order \(id)", "\(changes.amount[row].grouped), \(why)", at: place))
      }
    }
    return .sum(
      "revised contract", value.revised,
      rule: "the contract and changes approved by the day", parts)
  }

  /// The parts of documents that are on the job, with an amount of each.
  ///
  /// - Parameter count: 1 for a document that counts, -1 for one that is taken off; by default those
  ///   that are live on the day count.
  func documents(
    of job: RowID<Jobs>, _ column: String, _ isMeant: (InvoiceType) -> Bool,
    whole: (Int) -> Money, share: (InvoiceShare) -> Money,
    times count: ((_ row: Int) -> Int)? = nil
  ) -> [Explanation] {
    let (invoices, shares) = (book.invoices, position.documents.shares)
    var parts = [Explanation]()
    for row in invoices.rows where isMeant(invoices.type[row]) {
      let times = count?(row) ?? (position.documents.balances[row].isLive ? 1 : 0)
      guard times != 0 else { continue }
      var amount: Money
      if shares.has(row) {
        amount = shares.of(row).filter { $0.job == job }.map(share).sum()
      } else {
        amount = invoices.job[row] == job ? whole(row) : .zero
      }
      if times < 0 { amount = -amount }
      guard !amount.isZero else { continue }
      parts.append(
        .amount(
          "\(invoices.id[row]) \(invoices.type[row].rawValue) of \(invoices.day[row].text)", amount,
          at: place(invoices, row, column),
          rule: shares.has(row) ? "its lines on this job" : ""))
    }
    return parts
  }

  private func billed(_ job: RowID<Jobs>) -> Explanation {
    let subtotal = book.invoices.subtotal
    return .sum(
      "billed", position.documents.jobs[job].billed,
      rule: "subtotals of standard and progress invoices and credit memos, gross of retainage, "
        + "without tax and deposits",
      documents(
        of: job, "subtotal", { $0.billsRevenue }, whole: { subtotal[$0].orZero },
        share: { $0.subtotal }) + openingParts(.billed) { _, other in other == job })
  }

  private func retainage(of job: RowID<Jobs>) -> Explanation {
    let retainage = book.invoices.retainage
    return .sum(
      "retainage held", position.documents.jobs[job].retainageHeld,
      rule: "withheld less released",
      documents(
        of: job, "retainage", { _ in true }, whole: { retainage[$0].orZero },
        share: { $0.retainage }) + openingParts(.retainage) { _, other in other == job })
  }

  /// Entries of the job through the day, of one kind.
  func entries(_ kind: EntryKind, of job: RowID<Jobs>) -> [EntryID] {
    let column =
      switch kind {
      case .labor: book.timesheets.job
      case .material: book.inventory.job
      case .other: book.costs.job
      }
    return column.indices.filter { column[$0] == job }.map { EntryID(kind, $0) }
  }

  /// Each kind of job-cost, down to its entries.
  private func cost(of job: RowID<Jobs>) -> Explanation {
    let cost = closing.work.jobs[job].cost
    let kinds = book.costs.kind
    func kind(
      _ name: String, _ amount: Money, _ kind: EntryKind, opening: OpeningMeasure? = nil,
      _ part: (_ row: Int, Entry) -> Money
    ) -> Explanation {
      let settled = closing.work.entries(kind)
      let parts = entries(kind, of: job).compactMap { id in
        let cost = part(id.row, settled[id.row])
        return cost.isZero
          ? nil
          : Explanation.amount("\(entryName(id)) of \(day(of: id).text)", cost, at: place(of: id))
      }
      let brought = opening.map { openingParts($0) { _, other in other == job } } ?? []
      return .sum(name, amount, parts + brought)
    }
    func other(_ isMeant: @escaping (CostKind) -> Bool) -> (Int, Entry) -> Money {
      { isMeant(kinds[$0]) ? $1.cost : .zero }
    }
    return .sum(
      "cost to date", cost.total, rule: "explain an entry for how its cost came about",
      [
        kind("labor", cost.labor, .labor, opening: .costLabor) { $1.cost },
        kind("burden", cost.burden, .labor) { $1.burden },
        kind("material", cost.material, .material, opening: .costMaterial) { $1.cost },
        kind("subcontract", cost.subcontract, .other, other { $0 == .subcontract }),
        kind("equipment", cost.equipment, .other, other { $0 == .equipment }),
        kind(
          "other", cost.other, .other, opening: .costOther,
          other { $0 != .subcontract && $0 != .equipment }),
      ].filter { $0.amount?.isZero == false })
  }

  private func unbilled(_ job: RowID<Jobs>) -> Explanation {
    let work = closing.work
    var parts = [Explanation]()
    for kind in [EntryKind.labor, .material, .other] {
      for id in entries(kind, of: job) where work.entries(kind)[id.row].state.isUnbilled {
        let entry = work.entries(kind)[id.row]
        let state = entry.reason.map { "\(entry.state.name): \($0.name)" } ?? entry.state.name
        parts.append(
          .amount(
            "\(entryName(id)) of \(day(of: id).text)", entry.price, at: place(of: id), rule: state))
      }
    }
    return .sum(
      "unbilled", work.jobs.unbilled(job).total,
      rule: "worked by the day and on no invoice then, at billing prices", parts)
  }
}
