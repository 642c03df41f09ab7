public import Billing
public import Ledger
public import Measures

/// A journal as programs for books of account take it: accounts by number, balances before the first
/// entry, entries, and the balances that must stand after the last.
public struct LedgerFile: Sendable {
  public struct Account: Hashable, Sendable {
    /// As the company calls it.
    public let name: String
    /// Assets, Liabilities, Equity, Income or Expenses.
    public let root: String
  }

  /// An account by its place in `accounts`, and a debit, or a credit below zero.
  public struct Line: Sendable {
    public let account: Int
    public let amount: Money
  }

  public struct Entry: Sendable {
    public let day: Day
    public let id: String
    public let document: String
    /// The customer's name; empty for none.
    public let customer: String
    public let memo: String
    public let lines: [Line]
  }

  public let company: String
  public let currency: String
  public let period: Period
  public let accounts: [Account]
  /// Which of them is net AR: some programs want a customer on its lines.
  public let receivable: Int
  /// The balances as of the day before the period, against opening balances; nothing where all are zero.
  public let opening: [Line]
  public let entries: [Entry]
  /// What control accounts come to at the period's end, by another road than the entries.
  public let closing: [Line]

  public init(_ journal: Journal, _ book: Book) {
    var places: [Account: Int] = [:]
    var accounts: [Account] = []
    var byRole: [AccountRole: Int] = [:]
    for role in AccountRole.allCases {
      let account = Account(name: book.company.account(role), root: role.accountClass.rawValue)
      if places[account] == nil {
        places[account] = accounts.count
        accounts.append(account)
      }
      byRole[role] = places[account]
    }
    func line(_ role: AccountRole, _ amount: Money) -> Line {
      Line(account: byRole[role] ?? 0, amount: amount)
    }
    var opening = journal.opening.roles.map { line($0, journal.opening[$0]) }
    opening.append(line(.openingBalances, -opening.map(\.amount).sum()))
    self.opening = opening.filter { !$0.amount.isZero }
    // An account that a role without a known balance shares cannot be asserted.
    let known = Set(journal.closing.roles)
    let unknown = Set(AccountRole.allCases.filter { !known.contains($0) }.map { byRole[$0] })
    var closing = [Money](repeating: .zero, count: accounts.count)
    for role in journal.closing.roles { closing[byRole[role] ?? 0] += journal.closing[role] }
    self.closing = journal.closing.roles.compactMap { byRole[$0] }.uniqued()
      .filter { !unknown.contains($0) }.map { Line(account: $0, amount: closing[$0]) }
    entries = journal.entries.map { entry in
      Entry(
        day: entry.day, id: entry.id, document: entry.document,
        customer: book.customerName(entry.customer), memo: entry.memo,
        lines: entry.lines.map { line($0.role, $0.amount) })
    }
    self.accounts = accounts
    receivable = byRole[.receivable] ?? 0
    company = book.company.name
    currency = book.company.currency
    period = journal.period
  }
}

extension [Int] {
  /// The first of each number.
  fileprivate func uniqued() -> [Int] {
    var seen = Set<Int>()
    return filter { seen.insert($0).inserted }
  }
}
