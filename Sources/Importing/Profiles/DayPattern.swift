import Measures

/// A form of days such as `M/d/yyyy`, `dd.MM.yyyy`, `MMM d, yyyy` or `yyyy-MM-dd HH:mm:ss`.
///
/// Between day and month nothing is ever guessed (RELIABILITY D15). A time of day is read over.
struct DayPattern: Sendable {
  private enum Part: Sendable {
    case year(digits: Int)
    case month
    case monthName
    case day
    case time
    case literal(Character)
  }
  private var parts: [Part] = []

  /// Nil where the pattern lacks year, month or day.
  init?(_ pattern: String) {
    var rest = pattern[...]
    while let first = rest.first {
      let run = rest.prefix { $0 == first }
      rest = rest.dropFirst(run.count)
      switch first {
      case "y": parts.append(.year(digits: run.count))
      case "M": parts.append(run.count >= 3 ? .monthName : .month)
      case "d": parts.append(.day)
      case "H", "h", "m", "s", "S", "a": parts.append(.time)
      default: parts += run.map(Part.literal)
      }
    }
    var found: (year: Bool, month: Bool, day: Bool) = (false, false, false)
    for part in parts {
      switch part {
      case .year: found.year = true
      case .month, .monthName: found.month = true
      case .day: found.day = true
      case .time, .literal: break
      }
    }
    guard found.year, found.month, found.day else { return nil }
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// The day that a cell names in this form, or nil.
  func day(_ text: String) -> Day? {
    var rest = text[...]
    var (year, month, day): (Int?, Int?, Int?)
    func number(_ rest: inout Substring, upTo count: Int) -> Int? {
      let digits = rest.prefix(count).prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      return Int(digits)
    }
    for part in parts {
      switch part {
      case .year(let digits):
        guard let value = number(&rest, upTo: digits == 2 ? 2 : 4) else { return nil }
        year = digits == 2 ? (value < 70 ? 2000 : 1900) + value : value
      case .month:
        month = number(&rest, upTo: 2)
      case .monthName:
        let letters = rest.prefix { $0.isASCII && $0.isLetter }
        rest = rest.dropFirst(letters.count)
        month = Self.months.firstIndex(of: String(letters.prefix(3)).asciiLowercased).map { $0 + 1 }
      case .day:
        day = number(&rest, upTo: 2)
      case .time:
        rest = rest.drop { ($0.isASCII && ($0.isNumber || $0.isLetter)) || $0 == "." }
      case .literal(let character):
        guard rest.first == character else { return nil }
        rest = rest.dropFirst()
      }
    }
    guard rest.isEmpty, let year, let month, let day else { return nil }
    return Day(year: year, month: month, day: day)
  }
}
