import Billing
import Importing
import Ledger
import Measures
import Reporting
import Storage

extension ClosedMonth {
  /// What came late, and the closed day's balances from what was known when it was closed against those
  /// from all that is known: two runs of the same reports.
  init(_ closed: ClosedBefore, _ now: Book, _ options: SourceOptions) throws {
    let last = Day(closed.period.last) ?? .none
    var figures: [ClosedFigure] = []
    if let kept = closed.kept {
      var request = try options.request("", asOf: last)
      request.kept = kept
      let asked = request
      let then = try SourceOptions.translating { () throws(ImportError) in
        try importFolder(asked)
      }.book
      figures = ClosedFigure.all(
        closed: Self.reports(then, asOf: last), now: Self.reports(now, asOf: last))
    }
    self.init(
      period: closed.period.period, last: last, late: closed.late.map(LateEntry.init),
      figures: figures)
  }

  private static func reports(_ book: Book, asOf: Day) -> Reports {
    let closing = Closing(book, asOf: asOf, keepsRows: false)
    return Reports(
      position: closing.position, work: closing.work, findings: [], of: ClosedFigure.kinds)
  }

  /// A warning where something came late.
  var findings: [Finding] {
    guard !late.isEmpty else { return [] }
    let moved = figures.count { !$0.late.isZero }
    return [
      Finding(
        .warning, "late_entries", at: Place(file: "", line: 0), value: period,
        "\(count(late.count, "row")) of \(period) or before came after it was closed, and "
          + "\(count(moved, "figure")) of it would be another: see late-entries and closed-figures",
        expected: "nothing dated in a closed period",
        remedy: "leave it in this period, or tieout reopen \(period) and close it again")
    ]
  }
}

extension LateEntry {
  fileprivate init(_ row: LateRow) {
    let change = row.change
    let changed = ChangedRow(change)
    self.init(
      group: changed.group.rawValue, table: change.table, row: change.key.joined(separator: " "),
      file: change.file, line: Int(change.line), day: row.day.flatMap { Day($0) } ?? .none,
      change: changed.what, entry: Int(change.entry))
  }
}
