import Ledger
import Measures

/// An adjustment's value is what its action needs: a rate, a percentage, an amount, a tax code.
enum AdjustmentValues: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    let rows = book.adjustments
    var findings = RowFindings(rows, in: book, suspects)
    for row in rows.rows {
      guard let need = need(of: rows.action[row], book) else { continue }
      let value = rows.value[row]
      if value.isEmpty {
        findings.add(
          .error, "blank_cell", row, "value",
          "is blank and \(rows.action[row].rawValue) needs one", expected: need.expected)
      } else if !need.isMet(value) {
        findings.add(
          .error, need.code, row, "value", value: value,
          "is no value for \(rows.action[row].rawValue)", expected: need.expected)
      }
    }
    return findings.list
  }

  private struct Need {
    var code = "not_a_number"
    var expected: String
    var isMet: (String) -> Bool
  }

  private static func need(of action: AdjustmentAction, _ book: Book) -> Need? {
    switch action {
    case .exclude, .hold: nil
    case .setRate:
      Need(expected: "a rate of zero or more, such as 125 or 92.50") {
        UnitPrice($0).map { $0 >= .zero } ?? false
      }
    case .setMarkup:
      Need(expected: "a percentage such as 25") { Percentage($0) != nil }
    case .discount:
      Need(expected: "a percentage of 0 to 100, such as 10") {
        Percentage($0).map { $0 >= .zero && $0 <= .whole } ?? false
      }
    case .setAmount, .addLine:
      Need(expected: "an amount such as 550.00") { Money($0) != nil }
    case .setTaxCode:
      Need(code: "unknown_reference", expected: taxCodes(book)) {
        book.taxCodes.index.find($0).exists
      }
    }
  }

  private static func taxCodes(_ book: Book) -> String {
    let codes = book.taxCodes.index.keys
    guard codes.count > 0 else { return "a code of \(book.file(TaxCodes.self)), which has none" }
    return codes.indices.prefix(20).map { codes[$0] }.joined(separator: ", ")
  }
}
