import Ledger
import Measures

/// A tier of markup that makes a dearer part cheaper: tiers go by unit cost and hold for the whole
/// of it, so that prices can fall at an edge (DOMAIN §6.5, [S74]). A margin of 100 % or more is no
/// price at all.
enum MarkupTiers: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    let rows = book.markups
    var findings = RowFindings(rows, in: book, suspects)
    let isMargin = book.company.billing.markupMeans == .margin
    if isMargin { margins(rows, &findings) }
    var seen = Set<[Int]>()
    for tiers in groups(of: rows) {
      for day in Set(tiers.map { rows.effectiveFrom[$0] }).sorted() {
        let active = active(tiers, on: day, rows)
        for (lower, upper) in zip(active, active.dropFirst()) {
          guard !findings.isSuspect(lower), seen.insert([lower, upper]).inserted else { continue }
          inversion(rows, lower, upper, isMargin, book.company.rounding, &findings)
        }
      }
    }
    return findings.list
  }

  private static func margins(_ rows: Markups, _ findings: inout RowFindings) {
    for row in rows.rows where rows.percentage[row] >= .whole {
      findings.add(
        .error, "out_of_range", row, "markup_pct", value: rows.percentage[row].shortText(),
        "is a margin of the whole price or more", expected: "a margin below 100",
        remedy: "correct the cell, or set markup_means = \"markup\" in company.toml")
    }
  }

  /// Rows of one schedule and category.
  private static func groups(of rows: Markups) -> [[Int]] {
    var groups = [[Int]](repeating: [], count: rows.schedules.count * (rows.categories.count + 1))
    for row in rows.rows where rows.schedule[row].exists {
      let category = Int(rows.category[row].number) + 1
      guard category >= 0 else { continue }
      groups[rows.schedule[row].row * (rows.categories.count + 1) + category].append(row)
    }
    return groups.filter { $0.count > 1 }
  }

  /// The tiers that count on a day, by cost: of each cost the latest row.
  private static func active(_ tiers: [Int], on day: Day, _ rows: Markups) -> [Int] {
    var latest = [UnitPrice: Int]()
    for row in tiers where rows.effectiveFrom[row] <= day {
      let other = latest[rows.costOver[row]]
      if other.map({ rows.effectiveFrom[$0] <= rows.effectiveFrom[row] }) ?? true {
        latest[rows.costOver[row]] = row
      }
    }
    return latest.values.sorted { rows.costOver[$0] < rows.costOver[$1] }
  }

  private static func inversion(
    _ rows: Markups, _ lower: Int, _ upper: Int, _ isMargin: Bool, _ rounding: Rounding,
    _ findings: inout RowFindings
  ) {
    let edge = rows.costOver[upper]
    guard rows.percentage[upper] < rows.percentage[lower], edge > .zero,
      let below = price(edge, rows.percentage[lower], isMargin, rounding),
      let above = price(edge, rows.percentage[upper], isMargin, rounding), above < below
    else { return }
    findings.add(
      .warning, "tier_inversion", upper, "markup_pct", value: rows.percentage[upper].shortText(),
      "makes a part above \(edge.shortText(keeping: 2)) sell at \(above.shortText(keeping: 2)), "
        + "and one of just that cost at \(below.shortText(keeping: 2))",
      expected: "prices that rise with the cost; the tier below is on line \(findings.line(lower))",
      remedy: "nothing if it is meant so; else lower the markup step by step")
  }

  private static func price(
    _ cost: UnitPrice, _ percentage: Percentage, _ isMargin: Bool, _ rounding: Rounding
  ) -> UnitPrice? {
    guard isMargin else { return cost.adding(percentage, rounding) }
    let rest = Percentage.whole - percentage
    guard rest > .zero else { return nil }
    return roundedQuotient(Int128(cost.units) * 100_0000, Int128(rest.units), rounding)
      .map(UnitPrice.init(units:))
  }
}
