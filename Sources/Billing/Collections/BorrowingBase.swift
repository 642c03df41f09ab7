public import Ledger
public import Measures

/// What of a customer's balance a lender takes as security, by terms that are common in loan agreements;
/// none is law, so the two percentages are the company's (`[borrowing_base]`).
///
/// Each document that is open is ineligible for one reason, the first that applies: over 90 days, a
/// retainage release, a deposit request or in dispute. Balances below zero make up for none of these.
public struct BorrowingBaseRow: Hashable, Sendable {
  /// Open as in the aging.
  public var open = Money.zero
  /// More than 90 days past due, or past the invoice date where the company ages by it; all that is
  /// open where that is more than the company's part of it (cross-aging).
  public var over90 = Money.zero
  /// Retainage billed by a release; what is withheld is not in open.
  public var retainage = Money.zero
  /// In dispute.
  public var disputed = Money.zero
  /// Open requests for deposits: nothing was earned yet.
  public var requests = Money.zero
  /// Credit memos and cash not applied, as a positive amount.
  public var credits = Money.zero
  public var depositsHeld = Money.zero
  /// What is left above the company's part of all that is open.
  public var concentrationExcess = Money.zero

  public init() {}

  /// What the customer could set off or refuse to pay.
  public var contra: Money {
    max(.zero, credits) + max(.zero, depositsHeld) + requests + disputed
  }

  /// What is left of open; never below zero.
  public var eligible: Money { max(.zero, left - concentrationExcess) }

  fileprivate var left: Money { max(.zero, open - over90 - contra - retainage) }
}

/// The borrowing base of every customer.
public struct BorrowingBase: Sendable {
  public let customers: PerRow<Customers, BorrowingBaseRow>

  public init(_ book: Book, _ balances: DocumentBalances, _ customers: CustomerBalances) {
    let policy = book.company.borrowingBase
    var rows = customers.customers.values.map { balance in
      var row = BorrowingBaseRow()
      row.open = balance.open
      row.credits = -balance.unapplied
      row.depositsHeld = balance.depositsHeld
      return row
    }
    for (document, balance) in balances.documents.values.enumerated()
    where balance.open > .zero && book.isReceivable(document) {
      let owner = book.invoices.customer[document]
      if owner.exists { rows[owner.row].exclude(document, balance, book, balances.asOf) }
    }
    let all = rows.map(\.open).sum()
    // A part of an amount fits where the amount does.
    let limit = max(.zero, all.times(policy.concentration, book.company.rounding) ?? all)
    for row in rows.indices {
      rows[row].crossAge(above: policy.crossAging)
      rows[row].concentrationExcess = max(.zero, rows[row].left - limit)
    }
    self.customers = PerRow(rows)
  }
}

extension BorrowingBaseRow {
  fileprivate mutating func exclude(
    _ document: Int, _ balance: DocumentBalance, _ book: Book, _ asOf: Day
  ) {
    let type = book.invoices.type[document]
    if balance.daysPastDue > 90 {
      over90 += balance.open
    } else if type == .retainageRelease {
      retainage += balance.open
    } else if type == .deposit {
      requests += balance.open
    } else if book.invoices.isDisputed(document, on: asOf) {
      disputed += balance.open
    }
  }

  /// Where more than a part of what is open is over 90 days, none of it is eligible.
  fileprivate mutating func crossAge(above part: Percentage) {
    guard over90 > .zero,
      Int128(over90.units) * Int128(Percentage.whole.units)
        > Int128(open.units) * Int128(part.units)
    else { return }
    over90 = max(over90, open)
    (retainage, disputed, requests) = (.zero, .zero, .zero)
  }
}
