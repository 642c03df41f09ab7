import Billing
import Exporting
import Importing
import Ledger
import Measures
import Reporting

/// The figures a person wants at once, on the terminal and on the cover.
struct Summary {
  private let run: MonthEndRun
  private let source: String
  private let figures: [KeyFigure]

  init(_ run: MonthEndRun, source: String) {
    self.run = run
    self.source = source
    let position = run.reports.position
    let customers = position.customers.customers
    let work = position.work.allUnbilled
    let earned = position.earned.values
    func sum(_ amounts: some Sequence<Money>) -> Cell { .money(amounts.sum()) }
    func aging(_ key: String) -> KeyFigure.Term { KeyFigure.Term("ar-aging", key) }
    func contracts(_ key: String) -> [KeyFigure.Term] { [KeyFigure.Term("contract-status", key)] }
    func unbilled(_ key: String) -> [KeyFigure.Term] { [KeyFigure.Term("unbilled", key)] }
    // Where no report needs hours, parts and costs, they were not read.
    let hasWork = position.book.tablesLeftOut.isEmpty
    let documents = [
      KeyFigure("AR open", sum(customers.values.map(\.open)), [aging("open")]),
      KeyFigure(
        "Past due", sum(customers.values.map(\.pastDue)),
        [aging("open"), KeyFigure.Term("ar-aging", "not_due", isMinus: true)], alert: .aboveZero),
      KeyFigure(
        "Unapplied credits and cash", sum(customers.values.map(\.unapplied)), [aging("unapplied")]),
      KeyFigure("AR net", sum(customers.values.map(\.net)), [aging("net")]),
    ]
    let states = [
      KeyFigure("Unbilled, ready", sum(work.map(\.ready)), unbilled("ready")),
      KeyFigure(
        "Unbilled, blocked", sum(work.map(\.blocked)), unbilled("blocked"), alert: .aboveZero),
      KeyFigure("Unbilled, billed later", sum(work.map(\.billedLater)), unbilled("billed_later")),
    ]
    let held = [
      KeyFigure(
        "Retainage held", sum(customers.values.map(\.retainageHeld)), [aging("retainage_held")]),
      KeyFigure(
        "Deposits held", sum(customers.values.map(\.depositsHeld)), [aging("deposits_held")]),
    ]
    let jobs = [
      KeyFigure("Underbilled", sum(earned.map(\.underbilled)), contracts("underbilled")),
      KeyFigure("Overbilled", sum(earned.map(\.overbilled)), contracts("overbilled")),
    ]
    figures = documents + (hasWork ? states : []) + held + (hasWork ? jobs : [])
  }

  /// The last lines on standard output: what was written and the figures.
  ///
  /// - Parameter findings: where the warnings are listed.
  func text(wrote: String, findings: String, inFull: Bool) -> String {
    var text = inFull ? Self.controlTotals(run.result) + "\n" : ""
    let width = figures.map { $0.value.grouped.count }.max() ?? 0
    for figure in figures {
      let label = figure.label.padded(to: 28)
      text += "\(label)\(figure.value.grouped.padded(to: width, atStart: true))\n"
    }
    text += "Tie-outs passed".padded(to: 28) + "\(run.tieOuts.count) of \(run.tieOuts.count)\n"
    let warnings = run.reports.findings.count { $0.severity == .warning }
    if warnings > 0 { text += "\(count(warnings, "warning")): see \(findings)\n" }
    for note in notes { text += note + "\n" }
    return text + "Wrote \(wrote)\n"
  }

  var cover: Cover {
    Cover(
      company: run.reports.position.book.company.name, title: "Month-end pack",
      asOf: run.reports.position.asOf,
      digest: run.result.digest.map { "SHA-256 \($0)" } ?? "", keyFigures: figures,
      controlTotals: run.result.controls.flatMap(Self.coverTotals), tieOuts: run.tieOuts,
      charts: run.reports.charts, notes: notes)
  }

  /// What a reader must know before trusting the figures: rows set aside, tables missing.
  private var notes: [String] {
    var notes = run.result.rejects.map { reject in
      let sums = run.result.controls.filter { $0.file == reject.file }.flatMap(\.leftOut)
        .filter { !($0.total ?? .zero).isZero }
        .map { "\($0.column) \(($0.total ?? .zero).grouped)" }
      return "Left out: \(count(reject.rows, "row")) of \(reject.file)"
        + (sums.isEmpty ? "" : " (\(sums.joined(separator: ", ")))")
        + ", see rejects/\(reject.file)"
    }
    let missing = run.reports.position.book.missingTables.sorted()
    if !missing.isEmpty {
      notes.append("Not in the input: " + missing.map { "\($0).csv" }.joined(separator: ", "))
    }
    let leftOut = run.reports.position.book.tablesLeftOut.sorted()
    if !leftOut.isEmpty {
      notes.append(
        "Not read, as no chosen report needs them: "
          + leftOut.map { "\($0).csv" }.joined(separator: ", "))
    }
    return notes
  }

  private static func coverTotals(_ control: Importing.ControlTotal) -> [Exporting.ControlTotal] {
    func row(_ column: String, _ sum: Cell) -> Exporting.ControlTotal {
      Exporting.ControlTotal(
        file: control.file, read: control.rowsRead, used: control.rowsUsed,
        refused: control.rowsRefused, column: column, sum: sum)
    }
    let sums = control.sums.filter { !($0.total ?? .zero).isZero }
    guard !sums.isEmpty else { return [row("", .empty)] }
    return sums.map { row($0.column, $0.total.map(Cell.money) ?? .empty) }
  }

  /// Rows read, used and refused and the sum of every amount column, for every file.
  static func controlTotals(_ result: ImportResult) -> String {
    var text = "File".padded(to: 26)
    for title in ["read", "used", "refused"] { text += title.padded(to: 11, atStart: true) }
    text += "\n"
    for control in result.controls {
      text += control.file.padded(to: 26)
      for number in [control.rowsRead, control.rowsUsed, control.rowsRefused] {
        text += "\(number)".padded(to: 11, atStart: true)
      }
      text += "\n"
      for sum in control.sums {
        let total = sum.total?.grouped ?? "too large"
        text += "    \(sum.column)".padded(to: 33) + total.padded(to: 26, atStart: true) + "\n"
      }
    }
    return text
  }
}

extension Cell {
  /// The amount with thousands separated.
  var grouped: String {
    if case .money(let amount) = self { amount.grouped } else { "" }
  }
}

extension String {
  func padded(to width: Int, atStart: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, width - count))
    return atStart ? blanks + self : self + blanks
  }
}
