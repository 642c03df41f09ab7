internal import Measures

/// The calendar months from the one before a day to that of the as-of day, and where a day falls.
struct MonthEnds {
  let months: [Month]
  /// Days of each month, of the last those through the as-of day.
  let days: [Int]
  private let first: Day
  private let last: Day
  /// The month of each day from the first month but one on.
  private let places: [UInt16]

  /// - Returns: nil where the as-of day lies before the day.
  init?(from day: Day, through asOf: Day) {
    guard day <= asOf else { return nil }
    var (months, days) = ([day.month.advanced(by: -1)], [day.month.advanced(by: -1).length])
    var places = [UInt16]()
    var month = day.month
    while month <= asOf.month {
      let length = min(month.last, asOf) - month.first + 1
      places += repeatElement(UInt16(months.count), count: length)
      months.append(month)
      days.append(length)
      month = month.advanced(by: 1)
    }
    (self.months, self.days, self.places) = (months, days, places)
    (first, last) = (day.month.first, asOf)
  }

  /// The first month at whose end something of that day counts: the first of all for an earlier day,
  /// and one more than there are for a day after the as-of day.
  @inline(__always)
  func place(of day: Day) -> Int {
    if day < first { return 0 }
    return day > last ? months.count : Int(places[day - first])
  }
}
