import Ledger
import Measures

/// What material is billed at (DESIGN §5; DOMAIN §6.1 [S68], §6.5 [S73, S74]).
///
/// The line's own price, or by policy cost plus markup, the list price, or the higher of the two. The
/// whole unit cost takes the percentage of its tier; a margin of 20 % is cost ÷ 0.80, a markup of 20 %
/// cost × 1.20. Quantity × the exact price is rounded once.
struct MaterialPrices {
  private let tiers: MarkupTiers
  private let listPrice: [UnitPrice]
  private let category: [RowID<Category>]
  private let policy: Company.Billing.MaterialPricing
  private let means: Company.Billing.MarkupMeans
  private let rounding: Rounding

  init(_ book: Book) {
    tiers = MarkupTiers(book.markups)
    listPrice = book.items.listPrice
    category = book.items.category
    policy = book.company.billing.materialPricing
    means = book.company.billing.markupMeans
    rounding = book.company.rounding
  }

  /// The price of `units` of an item, negative where they come back.
  ///
  /// - Parameter item: the item's row on the day; nil where it has none.
  /// - Parameter isUnmarked: set where the cost found no tier and is billed as it is.
  @inline(__always)
  func quote(
    _ units: Int64, item: Int?, unitCost: UnitPrice, _ schedules: InlineTriple<MarkupSchedule>,
    on day: Day,
    isUnmarked: inout Bool
  ) -> Quote {
    let list = item.map { listPrice[$0] } ?? .none
    if policy == .list {
      return list.isNone ? Quote(missing: .noRate) : Quote(list, times: units, rounding)
    }
    guard let cost = unitCost.orNil else { return Quote(missing: .noCost) }
    let found = percentage(cost, item.map { category[$0] } ?? .none, schedules, on: day)
    if found == nil, cost.units > 0 { isUnmarked = true }
    let marked = marked(cost, found ?? .zero, units)
    if policy == .higherOf, let list = list.orNil, list > marked.unitPrice(rounding) {
      return Quote(list, times: units, rounding)
    }
    return marked
  }

  @inline(__always)
  private func percentage(
    _ cost: UnitPrice, _ category: RowID<Category>, _ schedules: InlineTriple<MarkupSchedule>,
    on day: Day
  ) -> Percentage? {
    if let found = tiers.percentage(schedules.first, category, cost, on: day) { return found }
    if let found = tiers.percentage(schedules.second, category, cost, on: day) { return found }
    return tiers.percentage(schedules.last, category, cost, on: day)
  }

  @inline(__always)
  private func marked(_ cost: UnitPrice, _ percentage: Percentage, _ units: Int64) -> Quote {
    if means == .margin {
      // A margin of all of the price has no price.
      let left = 100_0000 - percentage.units
      guard left > 0 else { return Quote(nil, cost) }
      let price = roundedProduct(cost.units, units, per: left, rounding)
      return Quote(price.flatMap(fitting), cost, factor: 100_0000, over: left)
    }
    let factor = 100_0000 + percentage.units
    let (base, overBase) = cost.units.multipliedReportingOverflow(by: units)
    let (product, over) = base.multipliedReportingOverflow(by: factor)
    let price =
      overBase
      ? nil
      : over
        ? roundedProduct(base, factor, per: 1_000_000_000_000, rounding).flatMap(fitting)
        : rounded(product, per: 1_000_000_000_000, rounding)
    return Quote(price, cost, factor: factor, over: 100_0000)
  }
}

/// The tiers of a markup schedule: above which unit cost which percentage holds, from a day on.
///
/// A schedule's rows of the item's category come first, then those for every category; the tier is the
/// highest `cost_over` that the unit cost exceeds. Tiers can invert at their edges (DOMAIN §6.5 [S74]).
struct MarkupTiers {
  private struct Tier {
    var costOver: UnitPrice
    var from: Day
    var percentage: Percentage
  }
  /// Where the tiers of a schedule and category start in `tiers`.
  private let starts: [Int32]
  private let tiers: [Tier]
  private let categories: Int

  init(_ markups: Markups) {
    let categories = markups.categories.count + 1
    let groups = markups.rows.map { row -> Int in
      guard markups.schedule[row].exists else { return -1 }
      return markups.schedule[row].row * categories + Int(max(-1, markups.category[row].number)) + 1
    }
    var starts = [Int32](repeating: 0, count: markups.schedules.count * categories + 1)
    for group in groups where group >= 0 { starts[group + 1] += 1 }
    for group in 1..<max(1, starts.count) { starts[group] += starts[group - 1] }
    let rows = markups.rows.filter { groups[$0] >= 0 }.sorted { a, b in
      let (x, y) = (groups[a], groups[b])
      if x != y { return x < y }
      if markups.costOver[a] != markups.costOver[b] {
        return markups.costOver[a] > markups.costOver[b]
      }
      return (markups.effectiveFrom[b], b) < (markups.effectiveFrom[a], a)
    }
    self.categories = categories
    self.starts = starts
    tiers = rows.map {
      Tier(
        costOver: markups.costOver[$0].orNil ?? .zero, from: markups.effectiveFrom[$0],
        percentage: markups.percentage[$0].orNil ?? .zero)
    }
  }

  @inline(__always)
  func percentage(
    _ schedule: RowID<MarkupSchedule>, _ category: RowID<Category>, _ cost: UnitPrice, on day: Day
  ) -> Percentage? {
    guard schedule.exists else { return nil }
    let group = schedule.row * categories
    if category.exists, let found = tier(group + category.row + 1, cost, on: day) { return found }
    return tier(group, cost, on: day)
  }

  /// Tiers stand in order of falling cost, the newest first, so the first that fits is the one.
  @inline(__always)
  private func tier(_ group: Int, _ cost: UnitPrice, on day: Day) -> Percentage? {
    var place = Int(starts[group])
    let end = Int(starts[group + 1])
    while place < end {
      if tiers[place].costOver < cost, tiers[place].from <= day { return tiers[place].percentage }
      place += 1
    }
    return nil
  }
}
