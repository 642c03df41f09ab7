import Measures
import Reporting

/// A column's formula on a worksheet: computed with the exact units of a row, and written with its cells.
struct PageFormula {
  private struct Term {
    let place: Int
    let letters: String
    let isMinus: Bool
  }

  private let kind: ColumnFormula.Kind
  private let terms: [Term]
  private let whole: [Term]
  private let decimals: Int

  /// - Parameter columns: those of the sheet. A key that is not among them is a mistake in the report.
  init(_ formula: ColumnFormula, in columns: [PageColumn], decimals: Int) {
    func find(_ terms: [ColumnFormula.Term]) -> [Term] {
      terms.map { term in
        guard let place = columns.firstIndex(where: { $0.column.key == term.key }) else {
          preconditionFailure("a formula is made of columns of its own sheet")
        }
        return Term(place: place, letters: columns[place].letters, isMinus: term.isMinus)
      }
    }
    kind = formula.kind
    terms = find(formula.terms)
    whole = if case .percentage(let whole) = formula.kind { find(whole) } else { [] }
    self.decimals = decimals
  }

  /// What the formula comes to in a row, in units of the column's last decimal; nil for no number.
  func units(_ cells: [Cell]) -> Int128? {
    switch kind {
    case .sum: return sum(terms, cells)
    case .aboveZero: return max(0, sum(terms, cells))
    case .percentage:
      let base = sum(whole, cells)
      guard base != 0 else { return nil }
      return roundedQuotient(sum(terms, cells) * 100_0000, base, .halfAwayFromZero)
        .map { Int128($0) }
    }
  }

  private func sum(_ terms: [Term], _ cells: [Cell]) -> Int128 {
    var sum: Int128 = 0
    for term in terms {
      let units = Int128(cells[term.place].units.flatMap { $0 == .min ? nil : $0 } ?? 0)
      sum += term.isMinus ? -units : units
    }
    return sum
  }

  /// The formula of a row. Doubles do not add up to the last cent: the sum is rounded to it.
  func text(row: Int) -> String {
    switch kind {
    case .sum: "=ROUND(\(sumText(terms, row)),\(decimals))"
    case .aboveZero: "=MAX(0,ROUND(\(sumText(terms, row)),\(decimals)))"
    case .percentage:
      "=IF(ROUND(\(sumText(whole, row)),2)=0,\"\","
        + "ROUND((\(sumText(terms, row)))/(\(sumText(whole, row)))*100,\(decimals)))"
    }
  }

  private func sumText(_ terms: [Term], _ row: Int) -> String {
    var text = ""
    for term in terms {
      if term.isMinus { text += "-" } else if !text.isEmpty { text += "+" }
      text += term.letters + String(row + 1)
    }
    return text
  }
}
