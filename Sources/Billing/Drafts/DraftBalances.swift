import Ledger
import Measures

/// What a job was billed, what is withheld and what is held for it, with the drafts of this run counted in,
/// so that two drafts of a job never use the same money.
struct DraftBalances {
  struct Balance {
    var billed = Money.zero
    /// Retainage held, its tax included.
    var retainage = Money.zero
    /// The tax that is held with it.
    var retainageTax = Money.zero
    var released = Money.zero
    var deposits = Money.zero
  }

  private let documents: Documents
  private let held: RetainageByDocument
  private var taken: [RowID<Jobs>: Balance] = [:]

  init(_ documents: Documents, _ held: RetainageByDocument) {
    (self.documents, self.held) = (documents, held)
  }

  subscript(job: RowID<Jobs>) -> Balance {
    if let balance = taken[job] { return balance }
    let sums = documents.jobs[job]
    return Balance(
      billed: sums.billed, retainage: sums.retainageHeld,
      retainageTax: held.of(job).map(\.tax).sum(), released: sums.retainageReleased,
      deposits: sums.depositsHeld)
  }

  /// Counts a finished draft of revenue in.
  mutating func take(_ draft: Draft) {
    guard draft.job.exists, draft.type.billsRevenue else { return }
    var balance = self[draft.job]
    balance.billed += draft.subtotal
    balance.retainage += draft.retainage
    balance.retainageTax += draft.retainageTax
    balance.deposits += draft.deposit
    taken[draft.job] = balance
  }
}
