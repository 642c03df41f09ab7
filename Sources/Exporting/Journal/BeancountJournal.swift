import Measures
public import Reporting

/// Writes a journal for beancount: accounts opened, one opening entry, the entries, and the balances of
/// control accounts on the day after the period's last, as a balance there is that of a day's start.
///
/// Balances carry `~ 0.00`: without it one that is wrong by a cent passes (RELIABILITY D23).
public enum BeancountJournal {
  public static func write(
    _ journal: LedgerFile, to output: inout some ByteOutput & ~Copyable
  ) throws(ExportError) {
    let names = AccountNames(journal, component)
    var text = TextFile()
    text.line("option \"title\" \(quoted(journal.company))")
    text.line("option \"operating_currency\" \"\(journal.currency)\"\n")
    for name in names.all {
      text.line("\(journal.period.opening.text) open \(name) \(journal.currency)")
    }
    func posting(_ line: LedgerFile.Line) -> String {
      "  \(names[line.account])  \(line.amount.text) \(journal.currency)"
    }
    if !journal.opening.isEmpty {
      text.line("\n\(journal.period.opening.text) * \"Opening balances\"")
      for line in journal.opening { text.line(posting(line)) }
    }
    for entry in journal.entries {
      let payee = entry.customer.isEmpty ? "" : "\(quoted(entry.customer)) "
      text.line("\n\(entry.day.text) * \(payee)\(quoted(entry.memo))")
      text.line("  entry: \(quoted(entry.id))")
      if !entry.document.isEmpty { text.line("  document: \(quoted(entry.document))") }
      for line in entry.lines { text.line(posting(line)) }
      try text.flush(to: &output)
    }
    text.line()
    for line in journal.closing {
      text.line(
        "\((journal.period.last + 1).text) balance \(names[line.account])  "
          + "\(line.amount.text) ~ 0.00 \(journal.currency)")
    }
    try text.flush(to: &output, isLast: true)
  }

  private static func quoted(_ text: String) -> String {
    let plain = text.fitted { _ in true }
    return "\"" + plain.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  /// Letters, digits and dashes, a capital or a digit first.
  private static func component(_ name: String) -> String {
    let words = name.fitted { $0.properties.isAlphabetic || $0.properties.numericType == .decimal }
    let dashed = words.replacing(" ", with: "-")
    guard let first = dashed.unicodeScalars.first else { return "Account" }
    if first.properties.isUppercase || first.properties.numericType == .decimal { return dashed }
    let capital = first.properties.titlecaseMapping
    guard let letter = capital.unicodeScalars.first, letter.properties.isUppercase else {
      return "Account-\(dashed)"
    }
    return capital + String(dashed.unicodeScalars.dropFirst())
  }
}
