import Ledger
import Measures

/// What a document does to its entries on the as-of day.
enum InvoiceStanding: UInt8 {
  /// Void by then, or credited to be billed again: its entries are open once more.
  case frees
  case bills
  /// Dated after the day.
  case billsLater
}

/// A void frees the entries of a document from its void date; a credit memo with `rebill` frees those
/// of the document it credits, from its own date and while it is live (DESIGN §3, §4).
func invoiceStandings(_ invoices: Invoices, asOf: Day) -> [InvoiceStanding] {
  var standings = invoices.rows.map { row -> InvoiceStanding in
    if invoices.isLive(row, on: asOf) { return .bills }
    return invoices.day[row] > asOf && invoices.status[row] != .void ? .billsLater : .frees
  }
  for memo in invoices.rows
  where invoices.type[memo] == .creditMemo && invoices.isRebill[memo]
    && invoices.isLive(memo, on: asOf)
  {
    let credited = invoices.credits[memo]
    if credited.exists, standings[credited.row] == .bills { standings[credited.row] = .frees }
  }
  return standings
}
