internal import Ledger
internal import Measures

extension JournalWriter {
  /// Receipts, direct deposits and refunds on their day, taken back on the day of a reversal.
  mutating func addPayments() {
    let book = book
    var reversals: [RowID<Payments>: Int] = [:]
    for row in book.payments.rows where book.payments.type[row] == .reversal {
      let undone = book.payments.reverses[row]
      if undone.exists, book.payments.day[row] == book.payments.reversedFrom[undone.row] {
        reversals[undone] = row
      }
    }
    for row in book.payments.rows where book.payments.type[row] != .reversal {
      let (from, until) = (book.payments.day[row], book.payments.reversedFrom[row])
      guard from < until else { continue }
      let customer = book.payments.customer[row]
      for day in Set([from, until] + daysOfDeposit(paidBackBy: row)) where period.contains(day) {
        let change = postings(ofPayment: row, on: day)
          .change(from: postings(ofPayment: row, on: day + -1))
        let document = day == until ? reversals[RowID(row)] ?? row : row
        post(day, day == until ? .reversal : .payment, change, customer: customer) {
          let (id, type) = (book.payments.id[document], book.payments.type[row].rawValue)
          if day == until {
            return ("reversal \(id)", id, "\(type) \(book.payments.id[row]) undone")
          }
          let word = day == from ? "payment \(id)" : "payment \(id) on \(day.text)"
          let memo = [type, book.payments.reference[row]].filter { !$0.isEmpty }
          return (word, id, memo.joined(separator: " "))
        }
      }
    }
  }

  /// What stands of a payment on a day.
  private func postings(ofPayment row: Int, on day: Day) -> Postings {
    var postings = Postings()
    guard book.payments.isLive(row, on: day) else { return postings }
    let amount = book.payments.amount[row]
    switch book.payments.type[row] {
    case .payment:
      postings.debit(.cash, amount)
      postings.credit(.receivable, amount)
    case .deposit:
      postings.debit(.cash, amount)
      postings.credit(.customerDeposits, amount)
    case .refund:
      let isOfDeposit = book.depositPaidBack(byRefund: row, on: day) != nil
      postings.debit(isOfDeposit ? .customerDeposits : .receivable, amount)
      postings.credit(.cash, amount)
    case .reversal: break
    }
    return postings
  }

  /// The days on which the direct deposit that a refund names comes and goes: what is paid back while
  /// it does not stand is a charge to the customer.
  func daysOfDeposit(paidBackBy refund: Int) -> [Day] {
    guard book.payments.type[refund] == .refund, let deposit = book.payments.reverses[refund].orNil
    else { return [] }
    return [book.payments.day[deposit.row], book.payments.reversedFrom[deposit.row]]
  }
}
