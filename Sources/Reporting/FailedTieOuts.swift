internal import Measures

/// Totals whose two roads do not meet. Nothing that they stand in may be written (DESIGN §6).
public struct FailedTieOuts: Error, CustomStringConvertible {
  public let failed: [TieOut]
  /// How many there were, those that passed included.
  public let count: Int

  /// Each with both sides and their roads, for the person who must find the difference.
  public var description: String {
    let each = failed.map { tieOut in
      """
      tie-out failed: \(tieOut.name)
        \(tieOut.left.grouped)  \(tieOut.leftRoad)
        \(tieOut.right.grouped)  \(tieOut.rightRoad)
        \(tieOut.difference.grouped)  difference

      """
    }
    let tieOuts = failed.count == 1 ? "1 tie-out" : "\(failed.count) tie-outs"
    return each.joined() + "error: \(tieOuts) of \(count) failed; nothing was written"
  }
}

extension [TieOut] {
  /// - Throws: `FailedTieOuts` with those that did not pass.
  public func requireAllPassed() throws(FailedTieOuts) {
    let failed = filter { !$0.passed }
    guard failed.isEmpty else { throw FailedTieOuts(failed: failed, count: count) }
  }
}
