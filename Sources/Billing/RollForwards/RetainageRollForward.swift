public import Ledger
public import Measures

/// What moves retainage held (DESIGN §6).
public enum RetainageColumn: Int, CaseIterable, Sendable {
  case withheld
  case released
  case writtenOff
  case voided
}

extension CustomerRollForward<RetainageColumn> {
  /// Retainage held of every customer through a period (DOMAIN §2.3 [S14]).
  ///
  /// By the `retainage` of documents: what releases bill, what write-offs give up, and all else, credit
  /// memos and later draws that give back among it, as withheld; voids in a column of their own.
  ///
  /// - Parameter opening: of the day before.
  public init(retainageOf book: Book, _ period: Period, opening: CustomerBalances) {
    self.init(
      book, period, opening: opening.customers.values.map(\.retainageHeld), and: .retainage)
    let (invoices, effects) = (book.invoices, ApplicationEffects(book))
    for row in invoices.rows {
      let (retainage, days) = (invoices.retainage[row].orZero, effects.standing(ofDocument: row))
      guard !retainage.isZero, days.moves(in: period) else { continue }
      add(
        retainage, RetainageColumn(invoices.type[row]), invoices.customer[row], days,
        undone: .voided)
    }
  }
}

extension RetainageColumn {
  fileprivate init(_ type: InvoiceType) {
    switch type {
    case .retainageRelease: self = .released
    case .writeOff: self = .writtenOff
    default: self = .withheld
    }
  }
}
