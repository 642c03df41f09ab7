import Ledger
import Measures

extension CompanyKey {
  /// Every key that `company.toml` may have (DESIGN §3), but those of `[accounts]` and `[dates]`.
  static var all: [CompanyKey] { general + billing + receivables }

  private static var general: [CompanyKey] {
    [
      .text("name", \.name),
      .custom("currency", \.currency) { $0.currency() },
      .text("rate_card", \.rateCard),
      .text("markup_schedule", \.markupSchedule),
      .word("rounding.amounts", \.rounding),
      .word("rounding.tax", \.taxRounding),
      .word("inventory.costing", \.costing),
      .word("inventory.negative_stock", \.negativeStock),
      .percentage("wip.zero_margin_below_pct", \.zeroMarginBelow),
      .percentage("wip.fade_above_pct", \.fadeAbove),
    ]
  }

  private static var billing: [CompanyKey] {
    [
      .word("billing.closeout", \.billing.closeout),
      .flag("billing.open_jobs", \.billing.openJobs),
      .integer("billing.time_increment_minutes", \.billing.timeIncrementMinutes, 0...480),
      .word("billing.time_rounding", \.billing.timeRounding),
      .word("billing.time_rounding_per", \.billing.timeRoundingPer),
      .hours("billing.minimum_visit_hours", \.billing.minimumVisitHours),
      .money("billing.trip_charge", \.billing.tripCharge),
      .word("billing.material_pricing", \.billing.materialPricing),
      .word("billing.markup_means", \.billing.markupMeans),
      .percentage("billing.cost_markup_pct", \.billing.costMarkup, upTo: markupLimit),
      .word("billing.not_to_exceed", \.billing.notToExceed),
      .word("billing.over_schedule", \.billing.overSchedule),
      .flag("billing.group_lines", \.billing.groupLines),
      .word("retainage.policy", \.retainagePolicy),
      .word("retainage.tax", \.retainageTax),
      .word("deposits.apply", \.deposits.apply),
      .word("deposits.tax", \.deposits.tax),
      .word("deposits.recovery_base", \.deposits.recoveryBase),
    ] + costMarkups
  }

  private static var receivables: [CompanyKey] {
    [
      .word("aging.basis", \.aging.basis),
      .custom("aging.buckets", \.aging.buckets) { $0.buckets() },
      .flag("aging.deposit_requests", \.aging.depositRequests),
      .word("discounts.base", \.discounts.base),
      .word("discounts.tax", \.discounts.tax),
      .money("discounts.tolerance", \.discounts.tolerance),
      .percentage("finance_charges.rate_pct", \.financeCharges.rate),
      .word("finance_charges.period", \.financeCharges.period),
      .integer("finance_charges.grace_days", \.financeCharges.graceDays, 0...365),
      .word("collections.dso", \.collections.dso),
      .integer("collections.dso_months", \.collections.dsoMonths, 1...12),
      .word("collections.cei_sales", \.collections.ceiSales),
      .custom("allowance.matrix", \.allowance.matrix) { $0.matrix() },
      .custom("allowance.roll_rates", \.allowance.rollRates) { $0.rollRates() },
      .percentage("allowance.retainage_pct", \.allowance.retainage),
      .percentage("borrowing_base.concentration_pct", \.borrowingBase.concentration),
      .percentage("borrowing_base.cross_aging_pct", \.borrowingBase.crossAging),
    ]
  }

  private static let markupLimit = Percentage(units: 1000_0000)

  /// One key a kind of cost: `cost_markup_pct_subcontract`.
  private static var costMarkups: [CompanyKey] {
    CostKind.allCases.map { kind in
      CompanyKey(section: "billing", name: "cost_markup_pct_\(kind.rawValue)") { reader, company in
        company.billing.costMarkupByKind[kind] = reader.percentage(upTo: markupLimit)
      }
    }
  }
}

extension SettingReader {
  /// The last day of each bucket but the final one.
  fileprivate mutating func buckets() -> [Int]? {
    let expected = "rising whole numbers of days from 1 on, twelve at most, such as [30, 60, 90]"
    guard case .list(let list) = setting.value, (1...12).contains(list.count) else {
      fault("wrong_type", "is not a list of one to twelve days", expected: expected)
      return nil
    }
    var days = [Int]()
    for element in list {
      let day = inner("", element) { $0.integer(1...3650, expected) }
      if let day, let last = days.last, day <= last {
        fault("not_rising", "is not rising: \(day) follows \(last)", expected: expected)
        return nil
      }
      if let day { days.append(day) }
    }
    return days.count == list.count ? days : nil
  }

  /// Expected losses by days past due: `{ days = 31, pct = "8" }`, rising.
  fileprivate mutating func matrix() -> [Company.Allowance.Step]? {
    let expected = "a list such as [{ days = 0, pct = \"0.5\" }, { days = 31, pct = \"8\" }]"
    guard case .list(let list) = setting.value else {
      fault("wrong_type", "is \(setting.kind)", expected: expected)
      return nil
    }
    var steps = [Company.Allowance.Step]()
    for element in list {
      guard let step = inner("", element, { $0.step(expected) }) else { continue }
      if let last = steps.last, step.days <= last.days {
        inner("", element) {
          $0.fault(
            "not_rising", "is not rising: \(step.days) days follow \(last.days)",
            expected: expected)
        }
      }
      steps.append(step)
    }
    return steps
  }

  /// What rolls on into the next step, of the last what is lost, in the same form.
  fileprivate mutating func rollRates() -> [Company.Allowance.Step]? {
    guard let steps = matrix() else { return nil }
    var loss: ExactShare? = ExactShare(.whole)
    for step in steps.reversed() { loss = loss.flatMap { ExactShare(step.rate).of($0) } }
    guard loss != nil else {
      fault(
        "too_precise", "come to a loss of more decimals than can be kept exactly",
        expected: "fewer steps, or rates of fewer decimals")
      return nil
    }
    return steps
  }

  private mutating func step(_ expected: String) -> Company.Allowance.Step? {
    guard case .table(let members) = setting.value else {
      fault("wrong_type", "is \(setting.kind)", expected: expected)
      return nil
    }
    var (days, rate): (Int?, Percentage?)
    for (key, member) in members {
      switch key {
      case "days":
        days = inner(key, member) {
          $0.integer(0...3650, "days past due from 0 on, without quotes")
        }
      case "pct": rate = inner(key, member) { $0.percentage(upTo: .whole) }
      default:
        inner(key, member) {
          $0.fault(
            "unknown_key", "is no key of a step", expected: "days, pct",
            remedy: didYouMean(key, in: ["days", "pct"], otherwise: "remove it"))
        }
      }
    }
    let names = Set(members.map(\.key))
    if !names.isSuperset(of: ["days", "pct"]) {
      fault("key_missing", "lacks days or pct", expected: expected)
    }
    guard let days, let rate else { return nil }
    return Company.Allowance.Step(days: days, rate: rate)
  }

  /// The code of a currency with two decimals, as amounts are kept in hundredths (DESIGN §2).
  fileprivate mutating func currency() -> String? {
    let expected = "the three letters of a currency with two decimals, such as \"USD\""
    guard case .text(let code) = setting.value else {
      fault("wrong_type", "is \(setting.kind)", expected: expected)
      return nil
    }
    guard code.utf8.count == 3, code.utf8.allSatisfy({ (65...90).contains($0) }) else {
      fault("not_a_currency", "is not a currency's code", expected: expected)
      return nil
    }
    if Self.otherDecimals.contains(code) {
      fault("not_a_currency", "has no hundredths, which amounts are kept in", expected: expected)
      return nil
    }
    return code
  }

  /// Currencies with no, three or four decimals (ISO 4217).
  private static let otherDecimals: Set<String> = [
    "BHD", "BIF", "CLF", "CLP", "DJF", "GNF", "IQD", "ISK", "JOD", "JPY", "KMF", "KRW", "KWD",
    "LYD", "OMR", "PYG", "RWF", "TND", "UGX", "UYI", "UYW", "VND", "VUV", "XAF", "XOF", "XPF",
  ]
}
