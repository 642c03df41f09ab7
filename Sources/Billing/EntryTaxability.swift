public import Ledger
public import Measures

/// Whether an entry will be taxed: tax depends on the code, what the line is and the customer
/// (DOMAIN §6.8 [S78]).
///
/// The job's code, else the customer's; an exempt customer pays none. Labor and other cost follow the
/// code's flags, material also the item's own.
public struct EntryTaxability: Sendable {
  private struct Flags: Sendable {
    var labor = false
    var material = false
    var other = false
  }
  private let codes: [Flags]

  public init(_ book: Book, asOf: Day) {
    var codes = [Flags](repeating: Flags(), count: book.taxCodes.index.count)
    let table = book.taxCodes
    for row in table.rows where table.effectiveFrom[row] <= asOf {
      let code = table.id.withBytes(row) { table.index.find($0) }
      guard code.exists else { continue }
      codes[code.row].labor = codes[code.row].labor || table.taxesLabor[row]
      codes[code.row].material = codes[code.row].material || table.taxesMaterial[row]
      codes[code.row].other = codes[code.row].other || table.taxesOther[row]
    }
    self.codes = codes
  }

  public func isTaxable(_ line: WorkLine, in book: Book) -> Bool {
    let customer = book.jobs.customer[line.job.row]
    if customer.exists, book.customers.isTaxExempt[customer.row] { return false }
    var code = book.jobs.taxCode[line.job.row]
    if !code.exists, customer.exists { code = book.customers.taxCode[customer.row] }
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
