import Ledger
import Measures

extension Explainer {
  /// Earned by the job's method, worked out again from what went into it.
  func earned(_ job: RowID<Jobs>) -> Explanation {
    let earned = position.earned[job]
    let (rule, recomputed, inputs) = formula(job)
    var parts = inputs
    if let complete = earned.completePercentage {
      parts.append(.fact("complete", "\(complete.text) %", rule: "shown, never multiplied by"))
    }
    return .amount("earned", earned.earned, rule: rule, recomputed: recomputed, parts)
  }

  private typealias Formula = (rule: String, recomputed: Money?, parts: [Explanation])

  private func formula(_ job: RowID<Jobs>) -> Formula {
    switch book.jobs.method[job.row] {
    case .timeAndMaterials, .costPlus: entriesFormula(job)
    case .fixedPrice: fixedPriceFormula(job)
    case .unitPrice: unitPriceFormula(job)
    case .serviceAgreement: termFormula(job)
    case .noCharge: ("no charge: nothing is earned", .zero, [])
    }
  }

  private func entriesFormula(_ job: RowID<Jobs>) -> Formula {
    let billed = position.documents.jobs[job].billed
    var parts: [Explanation] = [.amount("billed", billed), approved(job)]
    let held = HeldBack(book, asOf: asOf).of(job)
    if !held.isZero {
      parts.append(.amount("held back by the cap on invoices", held))
    }
    let value = parts.compactMap(\.amount).sum()
    if let cap = position.documents.contracts[job].cap.orNil {
      parts.append(.fact("cap", cap.grouped, rule: "the not-to-exceed amount, and changes"))
      if value > cap { parts.append(.amount("beyond the cap", cap - value)) }
    }
    return (
      "the lesser of the cap and what was billed with approved work not billed yet",
      parts.compactMap(\.amount).sum(), parts
    )
  }

  /// Hours that nobody approved are left out of what was earned (DOMAIN §7).
  private func approved(_ job: RowID<Jobs>) -> Explanation {
    let parts = [EntryKind.labor, .material, .other].flatMap { kind in
      let settled = closing.work.entries(kind)
      return entries(kind, of: job).filter { id in
        settled[id.row].state.isUnbilled && !settled[id.row].price.isZero
          && (kind != .labor || book.timesheets.isApproved(id.row, on: asOf))
      }.map { id in
        Explanation.amount(
          "\(entryName(id)) of \(day(of: id).text)", settled[id.row].price, at: place(of: id))
      }
    }
    return .sum("approved and not billed", position.work.unbilled(job).approved, parts)
  }

  private func fixedPriceFormula(_ job: RowID<Jobs>) -> Formula {
    let (contract, cost) = (position.documents.contracts[job], position.work.cost(job))
    let price = contract.revised
    var parts: [Explanation] = [
      .amount("revised contract", price), .amount("cost to date", cost),
      .fact("estimated cost", contract.estimate.orNil?.grouped ?? "none"),
    ]
    if contract.isCompleted { return ("complete: the contract", price, parts) }
    if contract.status == .cancelled {
      let billed = position.documents.jobs[job].billed
      return ("cancelled: what was billed, as no more will be", billed, [.amount("billed", billed)])
    }
    let costAlone = min(max(cost, .zero), price)
    guard let estimate = contract.estimate.orNil, estimate > .zero else {
      return ("without an estimate: the cost, never above the contract", costAlone, parts)
    }
    let apart = uninstalledPart(of: cost, contract.uninstalled)
    if !apart.isZero { parts.append(.amount("uninstalled", apart)) }
    let threshold = book.company.zeroMarginBelow
    let isEarly =
      Int128((cost - apart).units) * Int128(Percentage.whole.units)
      < Int128(threshold.units) * Int128((estimate - apart).units)
    if isEarly, estimate <= price {
      let share = threshold.shortText()
      return (
        "below \(share) % complete: the cost, no margin", costAlone, parts
      )
    }
    return (
      "(contract − uninstalled) × (cost − uninstalled) ÷ (estimate − uninstalled) + uninstalled, "
        + "rounded once, never above the contract",
      costToCost(price, cost, estimate, apart), parts
    )
  }

  private func costToCost(
    _ price: Money, _ cost: Money, _ estimate: Money, _ apart: Money
  ) -> Money? {
    if cost <= .zero { return .zero }
    if cost >= estimate { return price }
    var exact = ExactAmount(price - apart)
    exact.multiply(by: (cost - apart).units, over: (estimate - apart).units)
    return exact.rounded(book.company.rounding).map { min($0 + apart, price) }
  }

  private func unitPriceFormula(_ job: RowID<Jobs>) -> Formula {
    let (schedule, progress) = (book.scheduleOfValues, book.progress)
    var parts = [Explanation]()
    for line in schedule.rows where schedule.job[line] == job {
      let row = progress.rows
        .filter { progress.scheduleLine[$0] == RowID(line) && progress.day[$0] <= asOf }
        .max {
          (progress.day[$0], progress.applicationNumber[$0], $0)
            < (progress.day[$1], progress.applicationNumber[$1], $1)
        }
      guard let row else { continue }
      let value = completedValue(book, line: line, progress: row) ?? .zero
      parts.append(
        .amount(
          "line \(schedule.lineNumber[line]), \(schedule.description[line])", value,
          at: place(progress, row), recomputed: completed(line, row)))
    }
    if parts.compactMap(\.amount).sum().isZero {
      parts += openingParts(.earned) { _, other in other == job }
    }
    return (
      "quantity completed × unit price of each schedule line, rounded once a line",
      parts.compactMap(\.amount).sum(), parts
    )
  }

  /// Quantity × price of a line; nil where its progress is given otherwise.
  private func completed(_ line: Int, _ row: Int) -> Money? {
    guard let quantity = book.progress.completedQuantity[row].orNil,
      let price = book.scheduleOfValues.unitPrice[line].orNil
    else { return nil }
    return ExactAmount(price, times: quantity.units).rounded(book.company.rounding)
  }

  private func termFormula(_ job: RowID<Jobs>) -> Formula {
    let (jobs, contract) = (book.jobs, position.documents.contracts[job])
    guard let end = jobs.endDate[job.row].orNil,
      let start = jobs.startDate[job.row].orNil ?? jobs.contractDate[job.row].orNil, start <= end
    else {
      let billed = position.documents.jobs[job].billed
      return ("without a term: what was billed", billed, [.amount("billed", billed)])
    }
    var last = asOf
    if contract.status == .cancelled { last = min(last, jobs.cancelledDate[job.row].orNil ?? last) }
    let (days, elapsed) = (end - start + 1, min(max(last - start + 1, 0), end - start + 1))
    var exact = ExactAmount(contract.revised)
    exact.multiply(by: Int64(elapsed), over: Int64(days))
    return (
      "the contract × days through \(last.text) ÷ days of its term, first and last included",
      exact.rounded(book.company.rounding),
      [
        .amount("revised contract", contract.revised),
        .fact("from", start.text, at: place(jobs, job.row, "start_date")),
        .fact("to", end.text, at: place(jobs, job.row, "end_date")),
        .fact("days", "\(elapsed) of \(days)"),
      ]
    )
  }
}
