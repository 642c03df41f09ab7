import Ledger
import Measures

/// What was certified, billed and withheld on a job before the input begins.
struct DrawOpening {
  private(set) var certified = Money.zero
  /// Billed and withheld, of lines by their number and of the job as a whole.
  private var ofLines: [String: Before] = [:]
  private var ofJob = Before()

  private struct Before {
    var billed = Money.zero
    var retainage = Money.zero
  }

  init(_ balances: OpeningBalances, rows: some Sequence<Int>) {
    for row in rows {
      let (number, amount) = (balances.lineNumber[row], balances.amount[row])
      switch balances.measure[row] {
      case .certified: certified += amount
      case .billed where number.isEmpty: ofJob.billed += amount
      case .billed: ofLines[number, default: Before()].billed += amount
      case .retainage where number.isEmpty: ofJob.retainage += amount
      case .retainage: ofLines[number, default: Before()].retainage += amount
      default: break
      }
    }
  }

  /// Puts what was billed before into the lines of the first application, as work of one before it:
  /// progress is to date, so that otherwise it would be billed again. What names no line is spread
  /// over them as the first application's own work stands, exactly.
  ///
  /// - Parameter first: the lines at `places` as the first application has them.
  func begin(_ lines: inout [DrawLine], places: [Int], first: [DrawLine]) {
    let done = first.map { max($0.completedAndStored, .zero).units }
    let weights =
      done.contains { $0 > 0 } ? done : first.map { max($0.scheduled, .zero).units }
    let billed = ofJob.billed.split(by: weights)
    let retainage = ofJob.retainage.split(by: weights)
    for (number, place) in places.enumerated() {
      let own = ofLines[lines[place].lineNumber] ?? Before()
      lines[place].thisPeriod = billed[number] + own.billed
      lines[place].withheld.work = retainage[number] + own.retainage
    }
  }
}
