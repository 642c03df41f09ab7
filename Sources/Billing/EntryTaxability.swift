public import Ledger
public import Measures

/// Whether an entry will be taxed: tax depends on the code, what the line is and the customer
/// (DOMAIN §6.8 [S78]).
///
/// The job's code, else the customer's, as it stands on the day; an exempt customer pays none. Labor
/// and other cost follow the code's flags, material also the item's own.
public struct EntryTaxability: Sendable {
  private struct Flags: Sendable {
    let labor: Bool
    let material: Bool
    let other: Bool
  }
  private let rates: TaxRates
  /// By code; made once, as there are millions of entries.
  private let codes: [Flags]

  public init(_ book: Book, asOf: Day) {
    let rates = TaxRates(book)
    codes = (0..<book.taxCodes.index.count).map { code in
      Flags(
        labor: rates.taxes(.labor, RowID(code), on: asOf),
        material: rates.taxes(.material, RowID(code), on: asOf),
        other: rates.taxes(.other, RowID(code), on: asOf))
    }
    self.rates = rates
  }

  public func isTaxable(_ line: WorkLine, in book: Book) -> Bool {
    if rates.isExempt(book.jobs.customer[line.job.row], book) { return false }
    let code = rates.taxCode(of: line.job, book)
    guard code.exists, code.row < codes.count else { return false }
    let flags = codes[code.row]
    switch line.entry.kind {
    case .labor: return flags.labor
    case .other: return flags.other
    case .material:
      let item = book.inventory.item[line.entry.row]
      guard item.exists else { return flags.material }
      let version = book.items.versions.row(of: RowID(item.row), on: line.day)
      return flags.material && (version.map { book.items.isTaxable[$0] } ?? true)
    }
  }
}
