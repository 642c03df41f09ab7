import Measures
import Reporting

/// The rows under a sheet: live totals, and the check that shows whether they still hold.
extension SheetPage {
  /// Writes the total row, the check row and, on the last of several sheets, the total of all.
  ///
  /// - Returns: nil where no column is summed.
  mutating func writeTotals(
    _ rows: Range<Int>, after earlier: [PageTotals], isLast: Bool
  ) throws(ExportError) -> PageTotals? {
    let summed = columns.indices.filter { columns[$0].column.total == .sum }
    guard let first = summed.first, let last = summed.last else { return nil }
    let totalRow = rows.upperBound
    let parts = earlier.isEmpty && isLast
    try writeTotalRow(totalRow, parts ? "Total" : "Total of this sheet", columns.map(\.sum)) {
      "SUBTOTAL(109,\($0.range(rows)))"
    }
    try writeCheckRow(totalRow + 1, rows, summed)
    let totals = PageTotals(
      name: worksheet.name, totalRow: totalRow, sums: columns.map(\.sum),
      checkRange: quotedSheetName(worksheet.name) + "!" + cellName(totalRow + 1, first) + ":"
        + cellName(totalRow + 1, last),
      columns: Dictionary(
        summed.map { place in
          let column = columns[place]
          let range = "\(quotedSheetName(worksheet.name))!\(column.range(rows))"
          return (column.column.key, (range, column.sum))
        }, uniquingKeysWith: { first, _ in first }))
    if !earlier.isEmpty, isLast {
      let all = earlier + [totals]
      let sums = columns.indices.map { column in all.reduce(0) { $0 + $1.sums[column] } }
      try writeTotalRow(totalRow + 2, "Total of all sheets", sums) { column in
        all.map { "\(quotedSheetName($0.name))!\(column.letters)\($0.totalRow + 1)" }
          .joined(separator: "+")
      }
    }
    return totals
  }

  private mutating func writeTotalRow(
    _ row: Int, _ label: String, _ sums: [Int128], _ sumFormula: (PageColumn) -> String
  ) throws(ExportError) {
    for (place, column) in columns.enumerated() {
      let format = formats.total(column.style)
      let decimals = column.style.decimals
      switch column.column.total {
      case .none where place == 0:
        try worksheet.text(row, place, label, formats.total(.text))
        widenForLabel("Check (must be zero)")
      case .none:
        try worksheet.blank(row, place, format)
      case .sum:
        widen(place, to: numberWidth(sums[place], decimals: decimals) * 1.1 + 1)
        try worksheet.formula(
          row, place, "=" + sumFormula(column), format,
          cached: cellValue(sums[place], decimals: decimals))
      case .percentage(let part, let whole):
        let share = SharedTotal(of: part, in: whole, columns: columns)
        func total(_ place: Int) -> String {
          let column = columns[place]
          return column.column.total == .sum ? cellName(row, place) : "(\(sumFormula(column)))"
        }
        let (top, bottom) = (total(share.part), total(share.whole))
        let digits = columns[share.whole].style.decimals
        let formula = "=IF(ROUND(\(bottom),\(digits))=0,\"\",ROUND(\(top)/\(bottom)*100,4))"
        if let percentage = share.percentage(columns, sums: sums) {
          let units = Int128(percentage.units)
          widen(place, to: numberWidth(units, decimals: 4))
          try worksheet.formula(row, place, formula, format, cached: cellValue(units, decimals: 4))
        } else {
          try worksheet.emptyFormula(row, place, formula, format)
        }
      }
    }
  }

  /// Adds the rows up again, filtered or not, less the sum that the report had when it was written:
  /// a figure that someone changed, or a row that went missing, shows as a difference.
  private func writeCheckRow(
    _ row: Int, _ rows: Range<Int>, _ summed: [Int]
  ) throws(ExportError) {
    if columns[0].column.total == .none {
      try worksheet.text(row, 0, "Check (must be zero)", formats.check(.text))
    }
    for place in summed {
      let column = columns[place]
      let decimals = column.style.decimals
      let written = formulaNumber(column.sum, decimals: decimals)
      try worksheet.formula(
        row, place, "=ROUND(SUM(\(column.range(rows)))-(\(written)),\(decimals))",
        formats.check(column.style), cached: 0)
    }
    guard let first = summed.first, let last = summed.last else { return }
    try worksheet.alert(row...row, first...last, .notZero, formats.alert)
  }

  /// A label may run on over the next column, unless that one has a figure.
  private mutating func widenForLabel(_ label: String) {
    let next = columns.count > 1 ? columns[1] : nil
    guard let next, next.column.total == .none else { return widen(0, to: textWidth(label) + 2) }
    let both = columns[0].width + next.width
    if both < textWidth(label) + 2 { widen(0, to: textWidth(label) + 2 - next.width) }
  }
}
