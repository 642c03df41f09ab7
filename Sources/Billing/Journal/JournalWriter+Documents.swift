internal import Ledger
internal import Measures

extension JournalWriter {
  /// Invoices, draws, requests, releases, credit memos, write-offs, charges and forfeits on their day;
  /// the same taken back on the day of a void.
  mutating func addDocuments() {
    for row in effects.documentDay.indices {
      let (from, until) = (effects.documentDay[row], effects.voidFrom(row))
      guard from < until, period.contains(from) || period.contains(until) else { continue }
      let (book, customer) = (book, book.invoices.customer[row])
      let postings = postings(ofDocument: row)
      func texts(_ word: String, _ memo: String) -> (String, String, String) {
        let id = book.invoices.id[row]
        let job = book.invoices.job[row]
        let type = book.invoices.type[row].rawValue.replacing("_", with: " ")
        return ("\(word) \(id)", id, memo + type + (job.exists ? ", \(book.jobs.id[job.row])" : ""))
      }
      post(from, .document, postings, customer: customer) { texts("document", "") }
      post(until, .void, postings.negated, customer: customer) { texts("void", "void ") }
    }
  }

  /// By the identity of DESIGN §4: `total + retainage + write-off = subtotal + tax + deposit`, debits
  /// left, credits right (DOMAIN §9 [S14, S46, S65]).
  ///
  /// Retained tax is a liability of its own until its release makes it due. A request counts from its
  /// payment on where the company keeps requests out of AR.
  private func postings(ofDocument row: Int) -> Postings {
    let invoices = book.invoices
    let type = invoices.type[row]
    var postings = Postings()
    if type == .deposit, !agesRequests { return postings }
    let retainedTax = invoices.retainageTax[row].orZero
    postings.debit(.receivable, invoices.total[row])
    postings.debit(.retainageReceivable, invoices.retainage[row].orZero)
    postings.debit(.allowance, invoices.writeOff[row].orZero)
    postings.credit(type.incomeAccount, invoices.subtotal[row].orZero)
    postings.credit(.salesTax, invoices.tax[row].orZero - retainedTax)
    postings.credit(.retainedTax, retainedTax)
    postings.credit(.customerDeposits, invoices.deposit[row].orZero)
    return postings
  }
}

extension InvoiceType {
  /// Where its subtotal goes: billed revenue, or income that is none (DESIGN §4).
  fileprivate var incomeAccount: AccountRole {
    switch self {
    case .financeCharge: .financeIncome
    case .depositForfeit: .forfeitedDeposits
    case .standard, .progress, .creditMemo, .deposit, .retainageRelease, .writeOff: .revenue
    }
  }
}
