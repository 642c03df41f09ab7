/// Some days in a row, such as a month: what a period report covers.
public struct Period: Hashable, Sendable {
  public let first: Day
  public let last: Day

  /// - Returns: nil where the last day lies before the first.
  public init?(from first: Day, through last: Day) {
    guard first <= last else { return nil }
    self.first = first
    self.last = last
  }

  public init(_ month: Month) {
    first = month.first
    last = month.last
  }

  /// From the first day of a day's month to that day.
  public init(monthThrough last: Day) {
    first = last.month.first
    self.last = last
  }

  /// The day before the first: opening balances stand as of it.
  public var opening: Day { first + -1 }

  public func contains(_ day: Day) -> Bool { day >= first && day <= last }
}
