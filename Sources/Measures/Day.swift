/// A day of the Gregorian calendar, from 1950 to 2128, in two bytes.
public struct Day: BitwiseCopyable, Hashable, Comparable, Sendable {
  /// Days since the last day of 1949; 0 for an empty cell, the greatest for later than any day.
  private var count: UInt16

  private static let start: Int32 = -7306

  /// Days since 1970-01-01. A number beyond the range is the first or the last day.
  public init(number: Int32) {
    count = UInt16(clamping: max(number &- Self.start, 1))
    if count == .max { count -= 1 }
  }

  private init(count: UInt16) { self.count = count }

  /// Days since 1970-01-01.
  public var number: Int32 { Int32(count) + Self.start }

  /// An empty cell. It lies before every day, so `approved <= asOf` must be guarded by `isNone`.
  public static var none: Day { Day(count: 0) }
  public var isNone: Bool { count == 0 }
  public var orNil: Day? { isNone ? nil : self }
  /// Later than any day a file may name.
  public static var never: Day { Day(count: .max) }

  public static func < (a: Day, b: Day) -> Bool { a.count < b.count }
  public static func + (day: Day, days: Int) -> Day {
    Day(number: Int32(clamping: Int(day.number) + days))
  }
  /// Whole days from `b` to `a`; negative where `a` is earlier.
  public static func - (a: Day, b: Day) -> Int { Int(a.count) - Int(b.count) }

  /// The day of a calendar date, or nil where the date does not exist or lies outside 1950 to 2128
  /// (Howard Hinnant's `days_from_civil`).
  public init?(year: Int, month: Int, day: Int) {
    guard (1950...2128).contains(year), (1...12).contains(month), day >= 1,
      day <= Month.length(year: year, month: month)
    else {
      return nil
    }
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.init(number: Int32(era * 146_097 + dayOfEra - 719_468))
  }

  public var calendar: (year: Int, month: Int, day: Int) {
    let z = Int(number) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let mp = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * mp + 2) / 5 + 1
    let month = mp < 10 ? mp + 3 : mp - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  public var month: Month {
    let date = calendar
    return Month(year: date.year, month: date.month)
  }
}

/// A calendar month.
public struct Month: Hashable, Comparable, Sendable {
  public var year: Int
  /// 1 to 12.
  public var month: Int
  public init(year: Int, month: Int) {
    self.year = year
    self.month = month
  }

  public static func < (a: Month, b: Month) -> Bool { (a.year, a.month) < (b.year, b.month) }

  public static func length(year: Int, month: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The month that lies so many months later, or earlier where negative.
  public func advanced(by months: Int) -> Month {
    let count = year * 12 + month - 1 + months
    return Month(
      year: count >= 0 ? count / 12 : (count - 11) / 12, month: ((count % 12) + 12) % 12 + 1)
  }

  public var length: Int { Self.length(year: year, month: month) }
  public var first: Day { day(1) }
  public var last: Day { day(length) }

  /// The given day of the month, or its last where the month is shorter (DOMAIN §6.10, [S42]).
  public func day(_ number: Int) -> Day {
    Day(year: year, month: month, day: min(max(number, 1), length)) ?? .none
  }
}
