import Ledger
import Measures

/// Jobs that hold more retainage than the rule of their region allows, whatever was agreed (DOMAIN §2.5
/// [S16–S19]): more than the cap of what was billed, or after the rule's step more than the lower rate.
///
/// Held is without retained tax. A cent a document is let pass, as each was rounded by itself.
func retainageBreaches(_ book: Book, _ documents: Documents) -> [Finding] {
  guard book.retainageRules.count > 0 else { return [] }
  let (rules, table) = (RegionRules(book.retainageRules), book.retainageRules)
  var retainedTax: [RowID<Jobs>: Money] = [:]
  var count: [RowID<Jobs>: Int64] = [:]
  for row in book.invoices.rows where documents.balances[row].isLive {
    guard !book.invoices.retainage[row].orZero.isZero else { continue }
    retainedTax[book.invoices.job[row], default: .zero] += book.invoices.retainageTax[row].orZero
    count[book.invoices.job[row], default: 0] += 1
  }
  return book.jobs.ids.compactMap { job in
    let sums = documents.jobs[job]
    let held = sums.retainageHeld - (retainedTax[job] ?? .zero)
    guard held > .zero, let rule = rules.row(of: job.row, in: book, asOf: documents.asOf) else {
      return nil
    }
    let contract = documents.contracts[job].revised
    var rate = table.cap[rule].orNil
    if let at = table.stepAt[rule].orNil, let to = table.stepTo[rule].orNil, contract > .zero,
      Int128(sums.billed.units) * Int128(Percentage.whole.units)
        >= Int128(contract.units) * Int128(at.units)
    {
      rate = rate.map { min($0, to) } ?? to
    }
    guard let rate, let most = sums.billed.times(rate, book.company.rounding),
      held > most + Money(cents: count[job] ?? 0)
    else { return nil }
    return Finding(
      .warning, "retainage_above_rule",
      at: Place(file: book.file(Jobs.self), line: book.jobs.line[job.row]),
      value: book.jobs.id[job.row],
      "holds \(held.grouped) of retainage on \(sums.billed.grouped) billed, "
        + "above the \(rate.shortText()) % of \(book.citation(ofRetainageRule: rule))",
      expected: "\(most.grouped) at most",
      remedy: "release the rest, or see whether the rule applies to this contract",
      amount: held - most)
  }
}
