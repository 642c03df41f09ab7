internal import Ledger
internal import Measures

/// Signs that a job in progress needs review (DOMAIN §3.12, [S36], [S37]; fade §3.8, [S27]): one
/// finding a job and sign. Cost above the estimate, a negative estimate to complete, is told where
/// revenue is earned.
func reviewFindings(_ book: Book, _ lines: [WipLine], _ period: Period) -> [Finding] {
  let review = WipReview(book: book, period: period)
  return lines.filter { !$0.isEnded && $0.isListed }.flatMap { line in
    [
      review.withoutContract(line), review.billedInFull(line), review.staleEstimate(line),
      review.fade(line),
    ].compactMap(\.self)
  }
}

private struct WipReview {
  let book: Book
  let period: Period

  /// Cost with no contract to earn it from.
  func withoutContract(_ line: WipLine) -> Finding? {
    guard isContract(line), line.contract.revised.isZero, line.current.cost > .zero else {
      return nil
    }
    return finding(
      "cost_without_contract", line, column: "contract_amount",
      "\(name(line)) has cost of \(line.current.cost.grouped) and no contract amount",
      expected: "the amount of the contract",
      remedy: "enter contract_amount, or the billing method that the job has",
      amount: line.current.cost)
  }

  /// All billed before all is done. An agreement is billed in advance as a matter of course.
  func billedInFull(_ line: WipLine) -> Finding? {
    let revised = line.contract.revised
    guard book.jobs.method[line.job.row] != .serviceAgreement, revised > .zero,
      line.current.billed >= revised, let left = line.costToComplete.orNil, left > .zero
    else { return nil }
    return finding(
      "billed_before_done", line, column: "contract_amount",
      "\(name(line)) has billed \(line.current.billed.grouped), all of its contract, and "
        + "\(left.grouped) of its cost is still to come",
      expected: "billing in step with the work",
      remedy: "enter the completion if the work is done, or a lower estimate in estimates.csv",
      amount: left)
  }

  /// Cost to cost is as good as its estimate: work went on, and nobody looked at it again.
  func staleEstimate(_ line: WipLine) -> Finding? {
    let (contract, row) = (line.contract, line.job.row)
    let agreed = book.jobs.contractDate[row]
    guard book.jobs.method[row] == .fixedPrice, !contract.estimate.isNone,
      !line.costThisPeriod.isZero, max(contract.estimateDay, agreed) < period.first
    else { return nil }
    let age =
      contract.estimateDay.isNone ? "the job's first" : "of \(contract.estimateDay.text)"
    return finding(
      "estimate_not_updated", line, column: "estimated_cost",
      "\(name(line)) has cost of \(line.costThisPeriod.grouped) since \(period.first.text), and its "
        + "estimate is \(age)",
      expected: "an estimate of the period, even where it is the same",
      remedy: "enter the estimate in estimates.csv with its day", amount: line.costThisPeriod)
  }

  /// Profit lost since the job was first estimated, beyond what the company lets pass.
  func fade(_ line: WipLine) -> Finding? {
    guard let share = line.fadePercentage, share > book.company.fadeAbove else { return nil }
    return finding(
      "profit_fade", line, column: "estimated_cost",
      "\(name(line)) is estimated to make \(line.current.estimatedGrossProfit.grouped) and was "
        + "first to make \(line.originalEstimatedGrossProfit.grouped): \(share.shortText()) % less",
      expected: "at most \(book.company.fadeAbove.shortText()) % less",
      remedy: "find out why, and whether a change order is due", amount: line.fade)
  }

  /// Whether the job earns a contract, and not what its entries are worth.
  private func isContract(_ line: WipLine) -> Bool {
    let method = book.jobs.method[line.job.row]
    return !method.billsEntries && method != .noCharge
  }

  private func name(_ line: WipLine) -> String { book.jobs.id[line.job.row] }

  private func finding(
    _ code: String, _ line: WipLine, column: String, _ message: String, expected: String,
    remedy: String, amount: Money
  ) -> Finding {
    Finding(
      .warning, code,
      at: Place(
        file: book.file(Jobs.self), line: book.jobs.line[line.job.row], column: column),
      message, expected: expected, remedy: remedy, amount: amount)
  }
}
