import Ledger
import Measures

/// A share of a whole lies within 0 and 100 %: retainage, discounts, taxes, legal caps.
enum PercentRanges: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    func look<T: Table>(_ rows: T, _ columns: [(String, KeyPath<T, [Percentage]>)]) -> [Finding] {
      var findings = RowFindings(rows, in: book, suspects)
      for (name, path) in columns {
        let values = rows[keyPath: path]
        for row in values.indices where values[row] > .whole || values[row] < .zero {
          guard let value = values[row].orNil else { continue }
          findings.add(
            .error, "out_of_range", row, name, value: value.shortText(),
            "is not between 0 and 100", expected: "a percentage of 0 to 100, such as 10 or 8.25")
        }
      }
      return findings.list
    }
    var found = look(
      book.jobs,
      [
        ("deposit_pct", \.depositPercentage), ("retainage_pct", \.retainagePercentage),
        ("retainage_stored_pct", \.retainageStoredPercentage),
        ("retainage_step_at_pct", \.retainageStepAt), ("retainage_step_to_pct", \.retainageStepTo),
        ("retainage_cap_pct", \.retainageCap),
      ])
    found += look(book.scheduleOfValues, [("retainage_pct", \.retainagePercentage)])
    found += look(book.taxCodes, [("rate_pct", \.rate)])
    found += look(
      book.terms,
      [
        ("discount_pct", \.discountPercentage),
        ("second_discount_pct", \.secondDiscountPercentage),
      ])
    found += look(
      book.retainageRules,
      [("cap_pct", \.cap), ("step_at_pct", \.stepAt), ("step_to_pct", \.stepTo)])
    return found
  }
}
