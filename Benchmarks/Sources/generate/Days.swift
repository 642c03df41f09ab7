/// Days as numbers since 1970-01-01, and the span that the company's facts lie in.
enum Days {
  /// 2024-11-01, a Friday.
  static let first = 20028
  /// 2026-11-30.
  static let last = 20787
  static let count = last - first + 1

  /// 0 is Monday, 6 Sunday.
  static func weekday(_ day: Int) -> Int { (day + 3) % 7 }

  /// The share of a day's work: a weekday 100, Saturday 10, Sunday 3.
  static func weight(_ day: Int) -> Int {
    switch weekday(day) {
    case 5: 10
    case 6: 3
    default: 100
    }
  }

  /// `2026-10-31`, by Howard Hinnant's civil-from-days.
  static func text(_ day: Int) -> [UInt8] {
    let z = day + 719_468
    let era = z / 146_097
    let doe = z - era * 146_097
    let yoe = (doe - doe / 1460 + doe / 36524 - doe / 146_096) / 365
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100)
    let mp = (5 * doy + 2) / 153
    let d = doy - (153 * mp + 2) / 5 + 1
    let m = mp < 10 ? mp + 3 : mp - 9
    let y = yoe + era * 400 + (m <= 2 ? 1 : 0)
    func digit(_ n: Int) -> UInt8 { UInt8(48 + n % 10) }
    return [
      digit(y / 1000), digit(y / 100), digit(y / 10), digit(y), 45,
      digit(m / 10), digit(m), 45, digit(d / 10), digit(d),
    ]
  }

  /// How many of `total` rows fall on or before each day of the span, by weight.
  static func cumulative(_ total: Int) -> [Int] {
    var weights = 0
    for day in first...last { weights += weight(day) }
    var result: [Int] = []
    var sum = 0
    for day in first...last {
      sum += weight(day)
      result.append(total * sum / weights)
    }
    return result
  }
}

/// Indices in order of day, equal days in the order given (a counting sort).
func inOrderOfDay(_ days: [Int]) -> [Int] {
  guard let low = days.min(), let high = days.max() else { return [] }
  var start = [Int](repeating: 0, count: high - low + 2)
  for day in days { start[day - low + 1] += 1 }
  for i in 1..<start.count { start[i] += start[i - 1] }
  var order = [Int](repeating: 0, count: days.count)
  for (i, day) in days.enumerated() {
    order[start[day - low]] = i
    start[day - low] += 1
  }
  return order
}
