import Ledger
import Measures

extension Book {
  /// The book with every entry on the document that bills it on a day.
  ///
  /// Of the invoice that an entry names itself and those whose lines name it, the first that bills on the
  /// day counts, else the first that bills it later, else its own: so an entry that was credited to be
  /// billed again, or whose invoice was void, is on the document that took it up.
  func linked(asOf: Day) -> Book {
    guard !entryBillings.isEmpty else { return self }
    let standings = invoiceStandings(invoices, asOf: asOf)
    func better(_ other: RowID<Invoices>, than own: RowID<Invoices>) -> Bool {
      guard own != .missing else { return false }
      guard own.exists else { return true }
      return standings[other.row].rank < standings[own.row].rank
    }
    var book = self
    for billing in entryBillings {
      switch billing.kind {
      case .labor:
        if better(billing.invoice, than: book.timesheets.invoice[billing.row]) {
          book.timesheets.invoice[billing.row] = billing.invoice
        }
      case .material:
        if better(billing.invoice, than: book.inventory.invoice[billing.row]) {
          book.inventory.invoice[billing.row] = billing.invoice
        }
      case .other:
        if better(billing.invoice, than: book.costs.invoice[billing.row]) {
          book.costs.invoice[billing.row] = billing.invoice
        }
      }
    }
    return book
  }
}

extension InvoiceStanding {
  fileprivate var rank: Int {
    switch self {
    case .bills: 0
    case .billsLater: 1
    case .frees: 2
    }
  }
}
