import Measures
public import Reporting

/// Writes a journal for hledger: accounts and the commodity declared, one opening entry, the entries, and
/// balance assertions on control accounts at the period's end.
///
/// `hledger check --strict -f FILE` proves it; a cent more or less is refused there. Accounts whose
/// balance documents do not decide, such as cash, begin with nothing.
public enum HledgerJournal {
  public static func write(
    _ journal: LedgerFile, to output: inout some ByteOutput & ~Copyable
  ) throws(ExportError) {
    let names = AccountNames(journal) {
      $0.fitted { !";:()[]{}|\"*!=@~<>".unicodeScalars.contains($0) }
    }
    var text = TextFile()
    text.line(
      "; \(plain(journal.company)) \(journal.period.first.text) to \(journal.period.last.text)")
    text.line("commodity 1000.00 \(journal.currency)")
    for name in names.all { text.line("account \(name)") }
    func amount(_ amount: Money) -> String { "\(amount.text) \(journal.currency)" }
    if !journal.opening.isEmpty {
      text.line("\n\(journal.period.opening.text) Opening balances")
      for line in journal.opening {
        text.line("    \(names[line.account])  \(amount(line.amount))")
      }
    }
    for entry in journal.entries {
      let code = entry.id.fitted { !"();".unicodeScalars.contains($0) }
      let payee = entry.customer.isEmpty ? "" : "\(plain(entry.customer)) | "
      text.line("\n\(entry.day.text) (\(code)) \(payee)\(plain(entry.memo))")
      for line in entry.lines { text.line("    \(names[line.account])  \(amount(line.amount))") }
      try text.flush(to: &output)
    }
    if !journal.closing.isEmpty {
      text.line("\n\(journal.period.last.text) Closing balances")
      for line in journal.closing {
        text.line("    \(names[line.account])  \(amount(.zero)) = \(amount(line.amount))")
      }
    }
    try text.flush(to: &output, isLast: true)
  }

  /// Text without what begins a comment or ends a payee.
  private static func plain(_ text: String) -> String {
    text.fitted { !";|".unicodeScalars.contains($0) }
  }
}
