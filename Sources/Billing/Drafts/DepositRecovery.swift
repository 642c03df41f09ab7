import Ledger
import Measures

/// How much of the deposit held on a job is applied on its next invoice (DESIGN §5; DOMAIN §4.2, §4.4).
///
/// Never more than is held, and never more than the invoice asks for.
/// - A job with `deposit_recovery_pct` pays it back as FIDIC 14.2 has it [S49, S49b]: from the certificate
///   on with which the work billed passes `deposit_recovery_start_pct` of the contract, that share of
///   each certificate, gross or net of retainage by policy, not retroactively, the last one the rest.
/// - Else by policy: `full` as far as it goes; `proportional` the deposit's part that the invoice is of
///   the contract, the last one the rest; `manual` nothing.
struct DepositRecovery {
  private let book: Book
  private let documents: Documents
  private let rounding: Rounding

  init(_ book: Book, _ documents: Documents) {
    (self.book, self.documents) = (book, documents)
    rounding = book.company.rounding
  }

  /// - Parameters:
  ///   - balance: of the job before this draft.
  ///   - isFinal: whether nothing is left to bill after it.
  /// - Returns: what is applied, and why; nil where nothing is.
  func applied(
    _ draft: Draft, _ balance: DraftBalances.Balance, isFinal: Bool
  ) -> (amount: Money, why: String)? {
    let held = balance.deposits
    guard held > .zero, draft.total > .zero else { return nil }
    guard let (wanted, why) = wanted(draft, balance, isFinal: isFinal) else { return nil }
    let amount = min(wanted, min(held, draft.total))
    return amount > .zero ? (amount, why) : nil
  }

  private func wanted(
    _ draft: Draft, _ balance: DraftBalances.Balance, isFinal: Bool
  ) -> (Money, String)? {
    let held = balance.deposits
    let job = draft.job.row
    let contract = documents.contracts[draft.job].revised
    if let share = book.jobs.depositRecoveryPercentage[job].orNil {
      guard isFinal || passesStart(draft, balance, contract) else { return nil }
      let base =
        book.company.deposits.recoveryBase == .net
        ? draft.subtotal - draft.retainage : draft.subtotal
      if isFinal { return (held, "The rest of the deposit is recovered.") }
      let part = base.times(share, rounding) ?? .zero
      return (part, "\(share.shortText()) % of it recovers the deposit.")
    }
    switch book.company.deposits.apply {
    case .manual: return nil
    case .full: return (held, "The deposit is applied.")
    case .proportional:
      if isFinal || contract <= .zero { return (held, "The rest of the deposit is applied.") }
      // Held was received less what earlier invoices took: their part of the contract is known.
      let left = contract - balance.billed
      let part = held.scaled(draft.subtotal.units, of: max(left, draft.subtotal).units, rounding)
      return (part ?? .zero, "Its share of the deposit is applied.")
    }
  }

  /// Work billed, this draft included, is more than the start's share of the contract.
  private func passesStart(
    _ draft: Draft, _ balance: DraftBalances.Balance, _ contract: Money
  ) -> Bool {
    let start = book.jobs.depositRecoveryStart[draft.job.row].orNil ?? .zero
    var toDate = balance.billed + draft.subtotal
    if book.company.deposits.recoveryBase == .net {
      toDate -= draft.retainage + balance.retainage + balance.released
    }
    return Int128(toDate.units) * Int128(Percentage.whole.units)
      > Int128(contract.units) * Int128(start.units)
  }
}
