public import Ledger
internal import Measures

/// The general ledger's own balances beside the control accounts of the same day: a note where they
/// agree, a warning with the difference where they do not (DOMAIN §7). Never an error, as the ledger may
/// be the one that is right.
///
/// A ledger exports the balance of a liability with or without its sign; both are understood. Balances
/// of other days are left alone.
public func ledgerFindings(_ closings: [Closing]) -> [Finding] {
  closings.flatMap { closing -> [Finding] in
    let ledger = closing.book.glBalances
    let rows = ledger.rows.filter { ledger.day[$0] == closing.position.asOf }
    guard !rows.isEmpty else { return [] }
    let control = ControlBalances(closing.position)
    var balances: [AccountRole: Money] = [:]
    for role in control.roles { balances[role] = control[role] }
    balances[.inventory] = closing.work.stock.levels.values.map(\.value).sum()
    return rows.map { finding($0, closing.book, balances, on: control.day) }
  }
}

private func finding(
  _ row: Int, _ book: Book, _ balances: [AccountRole: Money], on day: Day
) -> Finding {
  let (name, theirs) = (book.glBalances.account[row], book.glBalances.balance[row])
  let place = Place(
    file: book.file(GLBalances.self), line: book.glBalances.line[row], column: "balance")
  let roles = AccountRole.allCases.filter { book.company.account($0) == name }
  let known = roles.compactMap { balances[$0] }
  guard !roles.isEmpty, known.count == roles.count else {
    return Finding(
      .note, "ledger_account", at: place, value: theirs.text,
      "is the balance of \(name), which is no control account",
      expected: AccountRole.allCases.filter { balances[$0] != nil }
        .map { book.company.account($0) }.joined(separator: ", "))
  }
  let isCredit = roles.allSatisfy(\.accountClass.isCredit)
  let ours = isCredit ? -known.sum() : known.sum()
  let difference = (isCredit && theirs < .zero && ours > .zero ? -theirs : theirs) - ours
  guard !difference.isZero else {
    return Finding(
      .note, "ledger_agrees", at: place, value: theirs.text, "agrees with \(name) on \(day.text)")
  }
  return Finding(
    .warning, "ledger_differs", at: place, value: theirs.text,
    "is \(name) on \(day.text) in the ledger; documents and jobs come to \(ours.grouped), a "
      + "difference of \(difference.grouped)",
    expected: ours.text,
    remedy: "find the entry that one of the two lacks: tieout journal lists a month's",
    amount: difference)
}
