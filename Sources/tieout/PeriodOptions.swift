public import ArgumentParser
public import Measures

/// The as-of day and the period of period reports; either is enough.
struct PeriodOptions: ParsableArguments {
  @Option(help: "The last day that counts, such as 2026-10-31.")
  var asOf: Day?

  @Option(help: "The month of period reports, such as 2026-10 (default: that of the as-of day).")
  var period: Month?

  @Option(help: "The first day of period reports, in place of --period.")
  var from: Day?

  @Option(help: "The last day of period reports: the as-of day.")
  var to: Day?

  /// Called by the command's own `validate`, as not every use of it needs a day.
  func check() throws {
    let ends = [asOf, period?.last, to].compactMap(\.self)
    guard !ends.isEmpty else { throw ValidationError("Missing expected argument '--as-of <day>'") }
    guard period == nil || from == nil && to == nil else {
      throw ValidationError("Give --period or --from and --to, not both.")
    }
    guard Set(ends).count == 1 else {
      throw ValidationError(
        "The period ends on \(ends[1].text) and the as-of day is \(ends[0].text): they must be one day."
      )
    }
    guard let from, from > last else { return }
    throw ValidationError("--from \(from.text) is after \(last.text).")
  }

  /// The as-of day.
  var last: Day { asOf ?? period?.last ?? to ?? .none }

  var reported: Period {
    from.flatMap { Period(from: $0, through: last) } ?? Period(monthThrough: last)
  }
}

extension Month: ExpressibleByArgument {
  public init?(argument: String) {
    guard argument.count == 7, let first = Day(argument + "-01") else { return nil }
    self = first.month
  }
}
