import CXlsxWriter
import Measures
import Reporting

/// A column of a worksheet while its rows are written: the width it needs and its exact sum.
struct PageColumn {
  let column: SheetColumn
  let style: CellStyle
  let letters: String
  /// Whether it is text beside a number on its left, which would touch it.
  let isIndented: Bool
  private(set) var width: Double
  private(set) var sum: Int128 = 0

  init(_ column: SheetColumn, place: Int, after left: SheetColumn?) {
    self.column = column
    style = CellStyle(column)
    letters = columnLetters(place)
    isIndented = style.isText && left.map { CellStyle($0).alignment == LXW_ALIGN_RIGHT } ?? false
    width = max(
      style.leastWidth, headerWidth(column.title) + (isIndented ? 1 : 0), column.width ?? 0)
  }

  /// What the header's text may take: the filter's arrow stands beside it.
  var headerRoom: Double { width - (isIndented ? 5 : 4) }

  /// What text may take.
  var textRoom: Double { width - (isIndented ? 2 : 1) }

  /// Widens a column of text, up to where text takes several lines.
  mutating func widen(for text: String) {
    widen(to: textWidth(text) + 1 + width - textRoom)
  }

  mutating func widen(to width: Double) {
    self.width = max(self.width, min(width, style.mostWidth))
  }

  mutating func add(_ units: Int64) { sum += Int128(units) }

  /// The column's cells of some rows as a formula writes them: `D5:D104`.
  func range(_ rows: Range<Int>) -> String {
    "\(letters)\(rows.lowerBound + 1):\(letters)\(rows.upperBound)"
  }
}

/// What a worksheet's total row came to, for the cover and for a report that goes on on a next sheet.
struct PageTotals {
  let name: String
  let totalRow: Int
  let sums: [Int128]
  /// The check row's cells as a formula writes them, the sheet's name included.
  let checkRange: String
  /// The cells of each summed column, the sheet's name included, and what they add up to.
  let columns: [String: (range: String, sum: Int128)]
}

/// The total row's figure for one share: the total of one column as a percentage of another's.
struct SharedTotal {
  let part: Int
  let whole: Int

  /// The columns that a share names. A key that is not there is a mistake in the report.
  init(of part: String, in whole: String, columns: [PageColumn]) {
    func place(_ key: String) -> Int {
      guard let place = columns.firstIndex(where: { $0.column.key == key }) else {
        preconditionFailure("a total is a percentage of the columns of its own sheet")
      }
      return place
    }
    self.part = place(part)
    self.whole = place(whole)
  }

  /// The percentage with four decimals, rounded once; nil where the whole is zero.
  func percentage(_ columns: [PageColumn], sums: [Int128]) -> Percentage? {
    guard sums[whole] != 0 else { return nil }
    func scale(_ place: Int) -> Int128 { columns[place].style.decimals == 4 ? 1 : 100 }
    return roundedQuotient(
      sums[part] * scale(part) * 100_0000, sums[whole] * scale(whole), .halfAwayFromZero
    ).map(Percentage.init(units:))
  }
}
