import Ledger
import Measures

/// What every draft gets at the end: retainage, tax, the deposit that is applied, terms and due date.
struct DraftFinish {
  private let book: Book
  private let position: Position
  private let taxes: TaxRates
  private let recovery: DepositRecovery
  private let withholding: Withholding
  private let adjusted: AdjustedTax

  init(_ book: Book, _ position: Position, _ taxes: TaxRates) {
    (self.book, self.position, self.taxes) = (book, position, taxes)
    recovery = DepositRecovery(book, position.documents)
    withholding = Withholding(book, position.documents)
    adjusted = AdjustedTax(book, asOf: position.asOf)
  }

  /// The code of a job's lines, and whether its customer is taxed at all.
  func tax(of job: RowID<Jobs>) -> (code: RowID<TaxCodes>, isTaxable: Bool) {
    (taxes.taxCode(of: job, book), !taxes.isExempt(book.jobs.customer[job.row], book))
  }

  /// - Parameters:
  ///   - taxBases: the lines as they are taxed, where that is not by their own amounts.
  ///   - balances: those before this draft.
  func complete(
    _ draft: inout Draft, taxBases: [DraftLine]? = nil, _ balances: DraftBalances
  ) {
    let terms = terms(of: draft)
    draft.terms = terms.text
    draft.dueDate = terms.terms.dueDate(of: draft.day)
    switch draft.type {
    case .retainageRelease, .financeCharge: return
    case .deposit:
      let (code, isTaxable) = tax(of: draft.job)
      for place in draft.lines.indices {
        draft.lines[place].taxCode = code
        draft.lines[place].isTaxable = isTaxable && taxesDeposits
      }
      draft.taxes = taxes.tax(&draft.lines, on: draft.day)
      draft.deposit = draft.lines.map(\.amount).sum()
      return
    default: break
    }
    if draft.application == 0 {
      withholding.withhold(&draft, balances[draft.job])
    } else {
      let (code, isTaxable) = tax(of: draft.job)
      for place in draft.lines.indices {
        (draft.lines[place].taxCode, draft.lines[place].isTaxable) = (code, isTaxable)
      }
      withholding.limit(&draft, balances[draft.job])
    }
    adjusted.apply(to: &draft)
    // A deposit that was taxed when it was received lowers the base, so it is applied before tax.
    if taxesDeposits { recover(&draft, balances) }
    var bases = taxBases ?? draft.lines
    for place in bases.indices { bases[place].taxCode = draft.lines[place].taxCode }
    if taxesDeposits { bases.take(-draft.deposit) }
    let early = book.company.discounts.tax == .always ? terms.terms.discounts.first : nil
    draft.taxes = taxes.tax(&bases, on: draft.day, discount: early?.percentage)
    for place in bases.indices { draft.lines[place].tax = bases[place].tax }
    if book.company.retainageTax == .atRelease {
      draft.retainageTax = retainedTax(draft, balances[draft.job], early?.percentage)
    }
    if !taxesDeposits { recover(&draft, balances) }
  }

  private var taxesDeposits: Bool { book.company.deposits.tax == .onReceipt }

  /// The tax withheld with the retainage of the lines, no more than the draft has: retainage set by hand
  /// may grow on a line that bills nothing. What is given back takes its share of the tax that is held,
  /// whatever the rate is now.
  private func retainedTax(
    _ draft: Draft, _ balance: DraftBalances.Balance, _ discount: Percentage?
  ) -> Money {
    let change = draft.lines.map(\.retainage).sum()
    guard change < .zero else {
      let retained = taxes.retained(draft.lines, on: draft.day, discount: discount)
      return min(retained, max(.zero, draft.tax))
    }
    let held = balance.retainage - balance.retainageTax
    guard held > .zero else { return .zero }
    return balance.retainageTax.scaled(
      max(change, -held).units, of: held.units, book.company.rounding) ?? .zero
  }

  private func recover(_ draft: inout Draft, _ balances: DraftBalances) {
    let balance = balances[draft.job]
    let contract = position.documents.contracts[draft.job]
    let billed = balance.billed + draft.subtotal
    let isFinal = contract.isCompleted || contract.hasAmount && billed >= contract.revised
    guard let applied = recovery.applied(draft, balance, isFinal: isFinal) else { return }
    draft.deposit = -applied.amount
    draft.why += " \(applied.why)"
  }

  /// The job's terms, else the customer's; due on receipt without any.
  private func terms(of draft: Draft) -> (text: String, terms: PaymentTerms) {
    var text = draft.job.exists ? book.jobs.terms[draft.job.row] : ""
    if text.isEmpty, draft.customer.exists { text = book.customers.terms[draft.customer.row] }
    return (text, PaymentTerms(named: text, in: book.terms) ?? .dueOnReceipt)
  }
}

extension [DraftLine] {
  /// Takes an amount off the lines above zero, in proportion and exactly.
  mutating func take(_ amount: Money) {
    guard amount > .zero else { return }
    let parts = amount.split(by: map { Swift.max(0, $0.amount.units) })
    for place in indices { self[place].amount -= parts[place] }
  }
}
