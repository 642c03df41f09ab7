import Billing
import Ledger
import Measures

/// A book with tax codes, and lines to tax.
struct TaxBook {
  var book = Book()

  /// A component of a code that taxes the given kinds.
  mutating func rate(
    _ code: String, _ component: String, _ rate: Percentage,
    of kinds: Set<EntryKind> = [.labor, .material, .other], from day: Day = "2026-01-01"
  ) {
    _ = book.taxCodes.index.insert(Array(code.utf8).span)
    book.taxCodes.line.append(UInt32(book.taxCodes.count + 2))
    book.taxCodes.id.append(code)
    book.taxCodes.component.append(component)
    book.taxCodes.rate.append(rate)
    book.taxCodes.taxesLabor.append(kinds.contains(.labor))
    book.taxCodes.taxesMaterial.append(kinds.contains(.material))
    book.taxCodes.taxesOther.append(kinds.contains(.other))
    book.taxCodes.effectiveFrom.append(day)
  }

  func line(
    _ amount: Money, _ code: String, _ kind: EntryKind = .material, isTaxable: Bool = true,
    retainage: Money = .zero
  ) -> DraftLine {
    var line = DraftLine(kind, "", amount)
    line.taxCode = book.taxCodes.index.find(code)
    line.isTaxable = isTaxable
    line.retainage = retainage
    return line
  }

  /// Lines with their tax, and the same by code and component.
  func taxed(
    _ lines: [DraftLine], on day: Day = "2026-10-31", discount: Percentage? = nil
  ) -> (lines: [Money], by: [DraftTax]) {
    var lines = lines
    let by = TaxRates(book).tax(&lines, on: day, discount: discount)
    return (lines.map(\.tax), by)
  }

  /// The tax of each component, over all codes.
  func byComponent(_ taxes: [DraftTax]) -> [String: Money] {
    taxes.reduce(into: [:]) { $0[$1.component, default: .zero] += $1.tax }
  }
}
