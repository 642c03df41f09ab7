import Ledger
import Measures

/// No technician works more than 24 hours on a day; the last line of such a day is named.
///
/// Hours are summed in an array of technicians × days. Where that is large, a few technicians are
/// taken at a time, so that it never holds more than eight million sums.
enum LongDays: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    let rows = book.timesheets
    let findings = RowFindings(rows, in: book, suspects)
    guard let first = rows.day.lazy.filter({ !$0.isNone }).min(), let last = rows.day.max() else {
      return []
    }
    let days = last - first + 1
    let technicians = book.technicians.index.count
    let atOnce = max(1, min(technicians, 8_000_000 / days))
    var found = [(row: Int, hours: Hours)]()
    for start in stride(from: 0, to: technicians, by: atOnce) {
      found += longDays(
        rows, of: start..<min(start + atOnce, technicians), first: first, days: days, findings)
    }
    return found.sorted { $0.row < $1.row }.reduce(into: findings) { findings, long in
      let technician = book.technicians.index[rows.technician[long.row]]
      findings.add(
        .warning, "long_day", long.row, "hours", value: rows.hours[long.row].shortText(),
        "brings \(technician) to \(long.hours.shortText()) hours on \(rows.day[long.row].text)",
        expected: "24 hours a technician and day at most",
        remedy: "see whether a line is there twice or on a wrong day")
    }.list
  }

  private static func longDays(
    _ rows: Timesheets, of technicians: Range<Int>, first: Day, days: Int, _ findings: RowFindings
  ) -> [(row: Int, hours: Hours)] {
    var sums = [Int32](repeating: 0, count: technicians.count * days)
    let (technician, day) = (rows.technician, rows.day.span)
    let hours = rows.hours
    let low = Int32(technicians.lowerBound)
    let high = Int32(technicians.upperBound)
    for row in day.indices {
      let number = technician[row].number
      guard number >= low, number < high, !day[row].isNone else { continue }
      if findings.hasSuspects, findings.isSuspect(row) { continue }
      let cell = Int(number - low) * days + (day[row] - first)
      sums[cell] = Int32(clamping: Int64(sums[cell]) + hours[row].units)
    }
    guard sums.contains(where: { $0 > Hours.fullDay.units }) else { return [] }
    var found = [(row: Int, hours: Hours)]()
    for row in day.indices.reversed() {
      let number = technician[row].number
      guard number >= low, number < high, !day[row].isNone else { continue }
      if findings.hasSuspects, findings.isSuspect(row) { continue }
      let cell = Int(number - low) * days + (day[row] - first)
      guard sums[cell] > Hours.fullDay.units else { continue }
      found.append((row, Hours(units: Int64(sums[cell]))))
      sums[cell] = 0
    }
    return found
  }
}
