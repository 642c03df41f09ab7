public import Ledger
public import Measures

/// One side of an entry: an account by its role, and a debit, or a credit below zero.
public struct JournalLine: Hashable, Sendable {
  public var role: AccountRole
  public var amount: Money
}

/// What moves the ledger, in the order in which the entries of a day stand in the journal.
public enum JournalEvent: Int, Sendable {
  /// The accrual of the day before, taken back.
  case accrualReversal
  /// What a job or customer brought along from before the input begins.
  case openingBalance
  case document
  case void
  case payment
  /// A payment undone.
  case reversal
  case application
  case applicationUndone
  /// Material issued to a job, or returned.
  case stock
  /// Over- and underbilling and unbilled work.
  case accrual
  case lossProvision
  case allowance
}

/// An entry of the general journal. Its debits equal its credits.
public struct JournalEntry: Sendable {
  public let day: Day
  public let event: JournalEvent
  /// The same for the same event in every run, so that an import twice is seen to be one: `void
  /// INV-2063`.
  public let id: String
  /// The document, payment, movement or job that it is about; empty for none.
  public let document: String
  public let customer: RowID<Customers>
  public let memo: String
  public let lines: [JournalLine]

  /// Zero in an entry that balances.
  public var imbalance: Money { lines.map(\.amount).sum() }
}

/// Amounts by account on their way to an entry: debits above zero, credits below.
struct Postings {
  private(set) var lines: [JournalLine] = []

  mutating func add(_ role: AccountRole, _ amount: Money) {
    guard !amount.isZero else { return }
    if let place = lines.firstIndex(where: { $0.role == role }) {
      lines[place].amount += amount
    } else {
      lines.append(JournalLine(role: role, amount: amount))
    }
  }

  mutating func debit(_ role: AccountRole, _ amount: Money) { add(role, amount) }
  mutating func credit(_ role: AccountRole, _ amount: Money) { add(role, -amount) }

  var negated: Postings {
    var postings = Postings()
    for line in lines { postings.add(line.role, -line.amount) }
    return postings
  }

  /// What has to be posted to come from the old amounts to these.
  func change(from old: Postings) -> Postings {
    var postings = self
    for line in old.lines { postings.add(line.role, -line.amount) }
    return postings
  }
}
