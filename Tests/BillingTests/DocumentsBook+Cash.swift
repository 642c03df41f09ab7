import Billing
import Ledger
import Measures

/// A proposal in words that a test can list.
struct Put: Hashable, CustomStringConvertible {
  var payment: String
  var invoice: String
  var amount: Money
  var discount: Money

  init(_ payment: String, _ invoice: String, _ amount: Money, _ discount: Money = .zero) {
    (self.payment, self.invoice) = (payment, invoice)
    (self.amount, self.discount) = (amount, discount)
  }

  var description: String { "\(payment) → \(invoice) \(amount.text) + \(discount.text)" }
}

extension DocumentsBook {
  mutating func dispute(_ invoice: String, from: Day = .none, to: Day = .none) {
    for row in book.invoices.rows where book.invoices.id[row] == invoice {
      book.invoices.isDisputed[row] = true
      book.invoices.disputedFrom[row] = from
      book.invoices.disputedTo[row] = to
    }
  }

  /// The book with the columns that drafts read and no test here fills.
  private var complete: Book {
    var book = book
    book.invoices.retainageTax = MoneyColumn(repeating: .zero, count: book.invoices.count)
    return book
  }

  func applications(_ asOf: Day = "2026-10-31") -> [ProposedApplication] {
    proposedApplications(complete, Documents(complete, asOf: asOf))
  }

  func puts(_ asOf: Day = "2026-10-31") -> [Put] {
    applications(asOf).map {
      Put(
        book.payments.id[$0.payment.row], book.invoices.id[$0.invoice.row], $0.amount, $0.discount)
    }
  }

  func charges(_ asOf: Day = "2026-10-31") -> [Draft] {
    financeChargeDrafts(complete, Documents(complete, asOf: asOf))
  }
}
