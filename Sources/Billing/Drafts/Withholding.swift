import Ledger
import Measures

/// Retainage of documents that draw against no schedule, and the limit of what any draft gives back.
struct Withholding {
  private let book: Book
  private let documents: Documents

  init(_ book: Book, _ documents: Documents) {
    (self.book, self.documents) = (book, documents)
  }

  /// The job's rate of the amount, at most the cap of the contract; once the step is reached the lower
  /// rate, which under `cumulative` gives back what is held above it (DOMAIN §1, retainage reduction
  /// [S16]).
  func withhold(_ draft: inout Draft, _ balance: DraftBalances.Balance) {
    let (job, rounding) = (draft.job.row, book.company.rounding)
    guard var rate = book.jobs.retainagePercentage[job].orNil, rate > .zero else { return }
    let contract = documents.contracts[draft.job].revised
    let toDate = balance.billed + draft.subtotal
    let policy = book.jobs.retainagePolicy[job] ?? book.company.retainagePolicy
    var target: Money?
    if let at = book.jobs.retainageStepAt[job].orNil, contract > .zero,
      Int128(toDate.units) * 100_0000 >= Int128(contract.units) * Int128(at.units)
    {
      if policy == .stopAt {
        target = contract.times(at, rounding)?.times(rate, rounding)
      } else if let to = book.jobs.retainageStepTo[job].orNil {
        rate = min(rate, to)
        if policy == .cumulative { target = toDate.times(rate, rounding) }
      }
    }
    let withheld = balance.retainage - balance.retainageTax + balance.released
    var change = draft.subtotal.times(rate, rounding) ?? .zero
    if let target {
      change = policy == .stopAt ? max(.zero, min(change, target - withheld)) : target - withheld
    }
    if let cap = book.jobs.retainageCap[job].orNil, let most = contract.times(cap, rounding) {
      change = min(change, max(.zero, most - withheld))
    }
    change = max(change, -(balance.retainage - balance.retainageTax))
    let weights = draft.lines.map { max(0, $0.amount.units) }
    for (place, part) in change.split(by: weights).enumerated() {
      draft.lines[place].retainage = part
    }
  }

  /// A draw gives back no more than documents hold: what its lines would give back beyond is taken off
  /// them in proportion (DESIGN §4).
  func limit(_ draft: inout Draft, _ balance: DraftBalances.Balance) {
    let held = balance.retainage - balance.retainageTax
    let beyond = -(draft.lines.map(\.retainage).sum() + held)
    guard beyond > .zero else { return }
    let parts = beyond.split(by: draft.lines.map { max(0, -$0.retainage.units) })
    for place in draft.lines.indices { draft.lines[place].retainage += parts[place] }
    draft.why +=
      " It gives back \(beyond.grouped) less retainage than its rates say: no more is held."
  }
}
