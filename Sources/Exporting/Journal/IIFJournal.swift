import Measures
public import Reporting

/// Writes a journal as general journal transactions of QuickBooks Desktop (IIF): tabs between fields, a
/// TRNS line and an SPL line for every other line of the entry, ENDTRNS.
///
/// Accounts are named as the company names them, so that a colon leads to a sub-account. QuickBooks wants
/// a customer on lines of accounts receivable; a document number longer than its eleven characters
/// stands in the memo alone. It reads the file in Windows-1252: what that lacks becomes a question mark.
public enum IIFJournal {
  public static func write(
    _ journal: LedgerFile, to output: inout some ByteOutput & ~Copyable
  ) throws(ExportError) {
    let names = journal.accounts.map { plain($0.name) }
    try output.write(
      Array(
        ("!TRNS\tTRNSTYPE\tDATE\tACCNT\tNAME\tAMOUNT\tDOCNUM\tMEMO\r\n"
          + "!SPL\tTRNSTYPE\tDATE\tACCNT\tNAME\tAMOUNT\tDOCNUM\tMEMO\r\n!ENDTRNS\r\n").utf8))
    for entry in journal.entries {
      let (date, document) = (date(entry.day), plain(entry.document))
      let number = document.unicodeScalars.count <= 11 ? document : ""
      let memo = plain("\(entry.id): \(entry.memo)")
      var text = ""
      for (place, line) in entry.lines.enumerated() {
        let name = line.account == journal.receivable ? plain(entry.customer) : ""
        let fields = [
          place == 0 ? "TRNS" : "SPL", "GENERAL JOURNAL", date, names[line.account], name,
          line.amount.text, number, memo,
        ]
        text += fields.joined(separator: "\t") + "\r\n"
      }
      try output.write(windows1252(text + "ENDTRNS\r\n"))
    }
  }

  /// `10/31/2026`.
  private static func date(_ day: Day) -> String {
    let parts = day.text.split(separator: "-")
    return "\(parts[1])/\(parts[2])/\(parts[0])"
  }

  /// Text without tabs, line ends and the quotes that would join fields.
  private static func plain(_ text: String) -> String {
    text.replacing("\"", with: "'").fitted { _ in true }
  }

  /// The dashes and quotes of Windows-1252 are written as ASCII.
  private static func windows1252(_ text: String) -> [UInt8] {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "\u{2018}", "\u{2019}": UInt8(ascii: "'")
      case "\u{201C}", "\u{201D}": UInt8(ascii: "'")
      case "\u{2010}"..."\u{2015}", "\u{2212}": UInt8(ascii: "-")
      case "\u{20AC}": 0x80
      case _ where scalar.value < 0x80 || (0xA0...0xFF).contains(scalar.value): UInt8(scalar.value)
      default: UInt8(ascii: "?")
      }
    }
  }
}
