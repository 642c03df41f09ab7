import Ledger
import Measures

extension Explainer {
  /// The job's line of the work-in-progress schedule (DOMAIN §3), each figure added up from its rows or
  /// from figures above it.
  func workInProgress(_ job: RowID<Jobs>) -> Explanation {
    let line = schedule.lines[job.row]
    let span = "\(period.first.text) to \(period.last.text)"
    guard line.isListed else {
      return .fact("work in progress", span, rule: "in no schedule: nothing to show on the job")
    }
    return .fact(
      line.isEnded ? "completed contract" : "work in progress", span,
      estimates(line) + periods(line) + profits(line) + balances(line))
  }

  private func estimates(_ line: WipLine) -> [Explanation] {
    guard let estimate = line.contract.estimate.orNil else { return [] }
    var parts: [Explanation] = [.sum("estimated cost", estimate, estimateRows(line))]
    if !line.isEnded {
      parts.append(
        .sum(
          "cost to complete", line.costToComplete,
          [.amount("estimated cost", estimate), .amount("less cost to date", -line.current.cost)]))
    }
    guard let original = line.originalEstimatedGrossProfit.orNil,
      let latest = line.current.estimatedGrossProfit.orNil
    else { return parts }
    parts += [
      .sum(
        "original estimated gross profit", original,
        [
          .amount("original contract", line.contract.original),
          .amount("less original estimate", -line.originalEstimate),
        ]),
      .sum(
        "fade", line.fade, rule: "profit lost since the first estimate",
        [
          .amount("original estimated gross profit", original),
          .amount("less estimated gross profit", -latest),
        ]),
    ]
    return parts
  }

  /// The row of the latest estimate, and the changes approved since.
  private func estimateRows(_ line: WipLine) -> [Explanation] {
    let (estimates, changes) = (book.estimates, book.changeOrders)
    let latest = estimates.rows
      .filter { estimates.job[$0] == line.job && estimates.day[$0] <= asOf }
      .max { (estimates.day[$0], $0) < (estimates.day[$1], $1) }
    var parts = [Explanation]()
    if let latest {
      parts.append(
        .amount(
          "estimated \(estimates.day[latest].text)", estimates.estimatedCost[latest],
          at: place(estimates, latest, "estimated_cost")))
    } else {
      parts.append(
        .amount(
          "the job's own", book.jobs.estimatedCost[line.job.row],
          at: place(book.jobs, line.job.row, "estimated_cost")))
    }
    for row in changes.rows where changes.job[row] == line.job {
      let (from, cost) = (changes.approvedFrom(row), changes.estimatedCost[row].orZero)
      guard from <= asOf, from > line.contract.estimateDay, !cost.isZero else { continue }
      parts.append(
        .amount(
          "change order \(changes.id[row])", cost, at: place(changes, row, "estimated_cost"),
          rule: "approved \(from.text), after the estimate"))
    }
    return parts
  }

  private func periods(_ line: WipLine) -> [Explanation] {
    let subtotal = book.invoices.subtotal
    let (before, now) = (opening.position.documents.balances, position.documents.balances)
    return [
      .sum(
        "cost this period", line.costThisPeriod,
        rule: "what entries cost on its last day less what they cost before it",
        [EntryKind.labor, .material, .other].flatMap { entriesOfPeriod($0, of: line.job) }),
      .sum(
        "earned this period", line.earnedThisPeriod,
        rule: "a change of price or estimate is caught up in it",
        [
          .amount("earned", line.current.earned),
          .amount("less earned before", -line.prior.earned),
        ]),
      .sum(
        "billed this period", line.billedThisPeriod, rule: "voids of the period taken off",
        documents(
          of: line.job, "subtotal", { $0.billsRevenue }, whole: { subtotal[$0].orZero },
          share: { $0.subtotal },
          times: { (now[$0].isLive ? 1 : 0) - (before[$0].isLive ? 1 : 0) })),
      .aboveZero(
        "underbilled", line.current.underbilled, rule: "earned above billed",
        [.amount("earned", line.current.earned), .amount("less billed", -line.current.billed)]),
      .aboveZero(
        "overbilled", line.current.overbilled, rule: "billed above earned",
        [.amount("billed", line.current.billed), .amount("less earned", -line.current.earned)]),
    ]
  }

  private func entriesOfPeriod(_ kind: EntryKind, of job: RowID<Jobs>) -> [Explanation] {
    let (now, before) = (closing.work.entries(kind), opening.work.entries(kind))
    return entries(kind, of: job).compactMap { id in
      let change = now[id.row].burdenedCost - before[id.row].burdenedCost
      return change.isZero
        ? nil : .amount("\(entryName(id)) of \(day(of: id).text)", change, at: place(of: id))
    }
  }

  private func profits(_ line: WipLine) -> [Explanation] {
    let (current, prior) = (line.current, line.prior)
    return [
      lossProvision(line),
      .sum(
        "loss provision change", line.lossProvisionChange,
        [
          .amount("loss provision", current.lossProvision),
          .amount("less that before the period", -prior.lossProvision),
        ]),
      .sum(
        "gross profit to date", current.grossProfit,
        [
          .amount("earned", current.earned), .amount("less cost to date", -current.cost),
          .amount("less loss provision", -current.lossProvision),
        ]),
      .sum(
        "gross profit this period", line.grossProfitThisPeriod,
        [
          .amount("earned this period", line.earnedThisPeriod),
          .amount("less cost this period", -line.costThisPeriod),
          .amount("less loss provision change", -line.lossProvisionChange),
        ]),
    ]
  }

  private func lossProvision(_ line: WipLine) -> Explanation {
    let provision = line.current.lossProvision
    guard let price = line.contract.price(book.jobs.method[line.job.row]),
      let estimate = line.contract.estimate.orNil, estimate > price
    else {
      return .amount(
        "loss provision", provision, rule: "no loss is expected: estimated cost is not above price",
        recomputed: .zero)
    }
    return .aboveZero(
      "loss provision", provision,
      rule: "the whole loss, less what cost above earned shows of it",
      [
        .amount("estimated cost", estimate), .amount("less price", -price),
        .amount("less cost to date", -line.current.cost), .amount("earned", line.current.earned),
      ])
  }

  private func balances(_ line: WipLine) -> [Explanation] {
    let amounts = [
      ("earned", line.current.earned), ("billed", -line.current.billed),
      ("retainage held", line.retainageHeld), ("deposits held", -line.depositsHeld),
    ].filter { !$0.1.isZero }
    var parts: [Explanation] = [
      .aboveZero(
        "contract asset", line.contractAsset,
        rule: "one figure a contract, not set off against others",
        amounts.map { .amount($0.0, $0.1) }),
      .aboveZero(
        "contract liability", line.contractLiability, rule: "the same below zero",
        amounts.map { .amount($0.0, -$0.1) }),
    ]
    if line.contract.hasAmount, !line.isEnded {
      parts.append(
        .aboveZero(
          "backlog", line.backlog,
          [
            .amount("revised contract", line.contract.revised),
            .amount("less earned", -line.current.earned),
          ]))
    }
    return parts
  }
}
