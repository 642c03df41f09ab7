internal import Billing
internal import Ledger
public import Measures

/// A period that was closed before the as-of day, and what its book was told about it since: never part
/// of the closed pack, never absorbed without a word (DESIGN §1).
public struct ClosedMonth: Sendable {
  /// `2026-10`.
  public var period: String
  public var last: Day
  public var late: [LateEntry]
  public var figures: [ClosedFigure]

  public init(period: String, last: Day, late: [LateEntry], figures: [ClosedFigure]) {
    (self.period, self.last) = (period, last)
    (self.late, self.figures) = (late, figures)
  }
}

/// A row that came, changed or ended after a period was closed, and is dated in it or before.
public struct LateEntry: Sendable {
  /// "Late work".
  public var group: String
  public var table: String
  /// The row by its key.
  public var row: String
  public var file: String
  public var line: Int
  /// The day from which it counts; none where it has none, such as a customer's terms.
  public var day: Day
  /// What changed, in words.
  public var change: String
  /// The entry of the log that brought it.
  public var entry: Int

  public init(
    group: String, table: String, row: String, file: String, line: Int, day: Day, change: String,
    entry: Int
  ) {
    (self.group, self.table, self.row) = (group, table, row)
    (self.file, self.line, self.day) = (file, line, day)
    (self.change, self.entry) = (change, entry)
  }
}

/// A figure of a closed period: as its pack has it, what late entries did to it, and as it would be now.
public struct ClosedFigure: Sendable {
  public var report: String
  public var title: String
  public var asClosed: Money
  /// Σ of what moved, row by row of the report.
  public var late: Money
  public var now: Money
}

extension ClosedFigure {
  /// The balances that a controller reconciles. How unbilled work is split into ready, blocked and billed
  /// later is left out: bills of the next month move it, and nothing is late about them.
  private static let columns: [(kind: ReportKind, keys: [String])] = [
    (.aging, ["open", "unapplied", "net", "retainage_held", "deposits_held"]),
    (.unbilled, ["total"]),
    (
      .contractStatus,
      ["billed", "received", "cost_to_date", "earned", "underbilled", "overbilled"]
    ),
  ]

  /// The reports that the figures are of.
  public static var kinds: [ReportKind] { columns.map(\.kind) }

  /// - Parameters:
  ///   - closed: the closed day's reports from what was known when it was closed.
  ///   - now: the same day's from all that is known.
  public static func all(closed: Reports, now: Reports) -> [ClosedFigure] {
    columns.flatMap { kind, keys in
      let (before, after) = (closed.sheet(kind), now.sheet(kind))
      let moved = movedFigures(from: before, to: after)
      return keys.map { key in
        ClosedFigure(
          report: kind.name, title: before.columns.first { $0.key == key }?.title ?? key,
          asClosed: before.total(of: key),
          late: moved.filter { $0.column == key }.map { $0.after.amount - $0.before.amount }.sum(),
          now: after.total(of: key))
      }
    }
  }
}

extension Sheet {
  /// Σ of a money column.
  fileprivate func total(of key: String) -> Money {
    guard let place = columns.firstIndex(where: { $0.key == key }) else { return .zero }
    var total = Money.zero
    forEachRow(0..<rowCount) { _, cells in total += cells[place].amount }
    return total
  }
}

extension Cell {
  /// Nothing for any other than money.
  fileprivate var amount: Money { if case .money(let amount) = self { amount } else { .zero } }
}
