import Ledger
import Measures

/// Payments with money left on the day, in order of day and file.
///
/// Cash that a refund without application paid back is not there any more: a refund takes the payment
/// of the same amount, else the oldest ones.
func unappliedCash(_ book: Book, _ documents: Documents) -> [(payment: Int, amount: Money)] {
  let payments = book.payments
  var cash: [(payment: Int, amount: Money)] = []
  var refunds: [RowID<Customers>: [Money]] = [:]
  for row in payments.rows
  where payments.isLive(row, on: documents.asOf) && payments.customer[row].exists {
    let left = payments.amount[row] - documents.balances.used.values[row]
    guard left > .zero else { continue }
    switch payments.type[row] {
    case .payment: cash.append((row, left))
    case .refund: refunds[payments.customer[row], default: []].append(left)
    case .deposit, .reversal: continue
    }
  }
  cash.sort { (payments.day[$0.payment], $0.payment) < (payments.day[$1.payment], $1.payment) }
  guard !refunds.isEmpty else { return cash }
  var places: [RowID<Customers>: [Int]] = [:]
  for (place, (payment, _)) in cash.enumerated()
  where refunds[payments.customer[payment]] != nil {
    places[payments.customer[payment], default: []].append(place)
  }
  for (customer, amounts) in refunds {
    let own = places[customer] ?? []
    for amount in amounts {
      var left = amount
      let same = own.first { cash[$0].amount == amount }
      for place in (same.map { [$0] } ?? []) + own where left > .zero {
        let part = min(left, cash[place].amount)
        cash[place].amount -= part
        left -= part
      }
    }
  }
  return cash.filter { $0.amount > .zero }
}
