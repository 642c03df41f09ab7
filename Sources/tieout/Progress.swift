import Exporting
import Synchronization

/// Rows read and the current step, on one line of a terminal; nothing elsewhere.
final class Progress: Sendable {
  private let isShown: Bool
  private let state = Mutex((table: "", rows: 0, shown: 0))

  init(isShown: Bool) {
    self.isShown = isShown && StandardStream.error.isTerminal
  }

  /// Called from any thread as blocks come in.
  var rows: @Sendable (_ table: String, _ rows: Int) -> Void {
    { [self] table, rows in
      guard isShown else { return }
      state.withLock { state in
        if state.table != table { state = (table, 0, 0) }
        state.rows += rows
        guard state.shown == 0 || state.rows - state.shown > 100_000 else { return }
        state.shown = state.rows
        complain("\r\u{1B}[Kreading \(table): \(state.rows) rows")
      }
    }
  }

  func step(_ text: String) {
    guard isShown else { return }
    complain("\r\u{1B}[K\(text)")
  }

  func clear() {
    guard isShown else { return }
    complain("\r\u{1B}[K")
  }
}
