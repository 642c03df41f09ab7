import Ledger
import Measures

/// What every draft gets at the end: retainage, tax, the deposit that is applied, terms and due date.
struct DraftFinish {
  private let book: Book
  private let position: Position
  private let taxes: TaxRates
  private let recovery: DepositRecovery

  init(_ book: Book, _ position: Position, _ taxes: TaxRates) {
    (self.book, self.position, self.taxes) = (book, position, taxes)
    recovery = DepositRecovery(book, position.documents)
  }

  /// The code of a job's lines, and whether its customer is taxed at all.
  func tax(of job: RowID<Jobs>) -> (code: RowID<TaxCodes>, isTaxable: Bool) {
    (taxes.taxCode(of: job, book), !taxes.isExempt(book.jobs.customer[job.row], book))
  }

  /// - Parameter taxBases: the lines as they are taxed, where that is not by their own amounts.
  func complete(_ draft: inout Draft, taxBases: [DraftLine]? = nil) {
    let terms = terms(of: draft)
    draft.terms = terms.text
    draft.dueDate = terms.terms.dueDate(of: draft.day)
    switch draft.type {
    case .retainageRelease, .financeCharge: return
    case .deposit:
      let (code, isTaxable) = tax(of: draft.job)
      for place in draft.lines.indices {
        draft.lines[place].taxCode = code
        draft.lines[place].isTaxable = isTaxable && book.company.deposits.tax == .onReceipt
      }
      draft.taxes = taxes.tax(&draft.lines, on: draft.day)
      draft.deposit = draft.lines.map(\.amount).sum()
      return
    default: break
    }
    if draft.application == 0 {
      withhold(&draft)
    } else {
      let (code, isTaxable) = tax(of: draft.job)
      for place in draft.lines.indices {
        (draft.lines[place].taxCode, draft.lines[place].isTaxable) = (code, isTaxable)
      }
    }
    var bases = taxBases ?? draft.lines
    let early = book.company.discounts.tax == .always ? terms.terms.discounts.first : nil
    draft.taxes = taxes.tax(&bases, on: draft.day, discount: early?.percentage)
    for place in bases.indices { draft.lines[place].tax = bases[place].tax }
    if book.company.retainageTax == .atRelease {
      draft.retainageTax = taxes.retained(draft.lines, on: draft.day)
    }
    recover(&draft)
  }

  private func recover(_ draft: inout Draft) {
    guard draft.total > .zero else { return }
    let contract = position.documents.contracts[draft.job]
    let billed = position.documents.jobs[draft.job].billed + draft.subtotal
    let isFinal = contract.isCompleted || contract.hasAmount && billed >= contract.revised
    guard let applied = recovery.applied(draft, isFinal: isFinal) else { return }
    draft.deposit = -applied.amount
    draft.why += " \(applied.why)"
  }

  /// Retainage of a document that draws against no schedule: the job's rate of its amount, at most the
  /// cap of the contract; once the step is reached the lower rate, which under `cumulative` gives back
  /// what is held above it (DOMAIN §1, retainage reduction [S16]).
  private func withhold(_ draft: inout Draft) {
    let (job, rounding) = (draft.job.row, book.company.rounding)
    guard var rate = book.jobs.retainagePercentage[job].orNil, rate > .zero else { return }
    let sums = position.documents.jobs[draft.job]
    let contract = position.documents.contracts[draft.job].revised
    let toDate = sums.billed + draft.subtotal
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
    var change = draft.subtotal.times(rate, rounding) ?? .zero
    if let target {
      let more = target - sums.retainageReleased - sums.retainageHeld
      change = policy == .stopAt ? max(.zero, min(change, more)) : more
    }
    if let cap = book.jobs.retainageCap[job].orNil, let most = contract.times(cap, rounding) {
      change = min(change, max(.zero, most - sums.retainageReleased - sums.retainageHeld))
    }
    change = max(change, -sums.retainageHeld)
    let weights = draft.lines.map { max(0, $0.amount.units) }
    for (place, part) in change.split(by: weights).enumerated() {
      draft.lines[place].retainage = part
    }
  }

  /// The job's terms, else the customer's; due on receipt without any.
  private func terms(of draft: Draft) -> (text: String, terms: PaymentTerms) {
    var text = draft.job.exists ? book.jobs.terms[draft.job.row] : ""
    if text.isEmpty, draft.customer.exists { text = book.customers.terms[draft.customer.row] }
    return (text, PaymentTerms(named: text, in: book.terms) ?? .dueOnReceipt)
  }
}
