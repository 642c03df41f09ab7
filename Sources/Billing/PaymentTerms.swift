public import Ledger
public import Measures

/// When an invoice is due, and what early payment earns (DOMAIN §6.10, [S41]–[S44]).
///
/// Built in: "Net 30", "Due on receipt", "EOM", "Net 30 EOM", "10th prox", "21 MFI", "2/10 Net 30".
/// The rows of `terms.csv` come before them, by name.
public struct PaymentTerms: Hashable, Sendable {
  public enum Rule: Hashable, Sendable {
    /// So many days after the invoice.
    case days(Int)
    /// The end of the invoice's month; an invoice dated after the 25th counts as next month's [S43].
    case endOfMonth
    /// So many days after the end of a month: 30 days after month end for "Net 30 EOM" [S44].
    case daysAfterMonthEnd(Int, monthsAhead: Int)
    /// The first such day of a month, some months ahead, that does not lie before the invoice's own
    /// day plus `after`; day 29 to 31 is the month's last where it is shorter [S42].
    case dayOfMonth(Int, monthsAhead: Int, after: Int)
  }

  /// Paid within `days` of the invoice, the amount is less by this percentage.
  public struct Discount: Hashable, Sendable {
    public var percentage: Percentage
    public var days: Int
    public init(percentage: Percentage, days: Int) {
      self.percentage = percentage
      self.days = days
    }
  }

  public var rule: Rule
  /// The earliest window first.
  public var discounts: [Discount]

  public init(_ rule: Rule, discounts: [Discount] = []) {
    self.rule = rule
    self.discounts = discounts.sorted { $0.days < $1.days }
  }

  public static let dueOnReceipt = PaymentTerms(.days(0))

  /// The day on which an invoice of a day is due.
  public func dueDate(of day: Day) -> Day {
    switch rule {
    case .days(let days):
      return day + days
    case .endOfMonth:
      return day.calendar.day > 25 ? day.month.advanced(by: 1).last : day.month.last
    case .daysAfterMonthEnd(let days, let monthsAhead):
      return day.month.advanced(by: monthsAhead).last + days
    case .dayOfMonth(let number, let monthsAhead, let after):
      let earliest = day + after
      let due = earliest.month.advanced(by: monthsAhead).day(number)
      return due < earliest ? earliest.month.advanced(by: monthsAhead + 1).day(number) : due
    }
  }
}

extension PaymentTerms {
  /// Terms by name: a row of `terms.csv`, or built in; nil for text that is neither.
  public init?(named name: String, in table: TermsTable) {
    let id = table.index.find(name)
    guard id.exists, id.row < table.count else {
      self.init(name)
      return
    }
    self.init(row: id.row, of: table)
  }

  /// The terms of a row of `terms.csv`.
  ///
  /// `due_days` alone counts from the invoice. With `day_of_month` the invoice is due on the first
  /// such day, `months_ahead` months on, that is not before invoice day + `due_days`; with
  /// `months_ahead` alone so many days after the end of that month.
  public init(row: Int, of table: TermsTable) {
    let days = Self.number(table.dueDays[row], upTo: 3650)
    let day = Self.number(table.dayOfMonth[row], upTo: 31)
    let months = Self.number(table.monthsAhead[row], upTo: 120)
    let rule: Rule =
      if let day {
        .dayOfMonth(max(day, 1), monthsAhead: months ?? 0, after: days ?? 0)
      } else if let months {
        .daysAfterMonthEnd(days ?? 0, monthsAhead: months)
      } else {
        .days(days ?? 0)
      }
    var discounts = [Discount]()
    let windows = [
      (table.discountPercentage[row], table.discountDays[row]),
      (table.secondDiscountPercentage[row], table.secondDiscountDays[row]),
    ]
    for (percentage, days) in windows {
      guard let percentage = percentage.orNil, !percentage.isZero else { continue }
      discounts.append(
        Discount(percentage: percentage, days: Self.number(days, upTo: 3650) ?? 0))
    }
    self.init(rule, discounts: discounts)
  }

  private static func number(_ cell: Int32, upTo limit: Int) -> Int? {
    cell == TermsTable.none ? nil : min(max(Int(cell), 0), limit)
  }

  /// Reads the built-in terms, whatever their case; nil for other text.
  ///
  /// "2/10 Net 30", "2% 10 Net 30" and "2/10, n/30" are the same; a discount before terms that do
  /// not count days from the invoice ("2/10 EOM") is not read, as its window is ambiguous.
  public init?(_ text: some StringProtocol) {
    var words = text.lowercased().split { $0 == " " || $0 == "," || $0 == "\u{A0}" }[...]
    var discounts = [Discount]()
    while let (discount, length) = Self.discount(words) {
      discounts.append(discount)
      words = words.dropFirst(length)
    }
    guard let rule = Self.rule(words.map(String.init)) else { return nil }
    if case .days = rule {} else if !discounts.isEmpty { return nil }
    self.init(rule, discounts: discounts)
  }

  private static func rule(_ words: [String]) -> Rule? {
    switch words.count {
    case 1:
      if words[0] == "eom" { return .endOfMonth }
      if words[0] == "cod" { return .days(0) }
      for prefix in ["n/", "net"] where words[0].hasPrefix(prefix) {
        return days(words[0].dropFirst(prefix.count)).map(Rule.days)
      }
      return nil
    case 2:
      if words[0] == "net" { return days(words[1]).map(Rule.days) }
      if words[1] == "prox" || words[1] == "prox." || words[1] == "mfi" {
        return dayOfMonth(words[0]).map { .dayOfMonth($0, monthsAhead: 1, after: 0) }
      }
      return words == ["on", "receipt"] ? .days(0) : nil
    case 3:
      if words[0] == "net", words[2] == "eom" {
        return days(words[1]).map { .daysAfterMonthEnd($0, monthsAhead: 0) }
      }
      if words[0] == "net", words[2] == "days" { return days(words[1]).map(Rule.days) }
      return words == ["due", "on", "receipt"] || words == ["due", "upon", "receipt"]
        ? .days(0) : nil
    default:
      return nil
    }
  }

  /// A leading "2/10" or "2% 10", and how many words it takes.
  private static func discount(
    _ words: ArraySlice<some StringProtocol>
  ) -> (discount: Discount, length: Int)? {
    guard let first = words.first else { return nil }
    if let slash = first.firstIndex(of: "/") {
      guard let percentage = share(first[..<slash]),
        let days = days(first[first.index(after: slash)...])
      else { return nil }
      return (Discount(percentage: percentage, days: days), 1)
    }
    guard first.last == "%", let percentage = share(first.dropLast()),
      let days = words.dropFirst().first.flatMap({ days($0) })
    else { return nil }
    return (Discount(percentage: percentage, days: days), 2)
  }

  private static func share(_ text: some StringProtocol) -> Percentage? {
    guard let percentage = Percentage(text), percentage > .zero, percentage <= .whole else {
      return nil
    }
    return percentage
  }

  private static func days(_ text: some StringProtocol) -> Int? {
    guard text.utf8.allSatisfy({ $0 &- 48 < 10 }), let days = Int(text), days <= 3650 else {
      return nil
    }
    return days
  }

  /// "10", "10th", "21st".
  private static func dayOfMonth(_ text: String) -> Int? {
    var digits = text[...]
    for ending in ["st", "nd", "rd", "th"] where digits.hasSuffix(ending) {
      digits = digits.dropLast(2)
      break
    }
    guard let day = days(digits), (1...31).contains(day) else { return nil }
    return day
  }
}
