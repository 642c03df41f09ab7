import Ledger
import Measures

/// Hours as a contract bills them: to the next 6, 15 or 30 minutes, entry by entry. Cost never
/// rounds its hours (DOMAIN §6.2 [S69, S70, S71]).
///
/// A correction rounds as its mirror, so that an entry and its reversal cancel. Rounding a day's
/// hours together, the least hours of a visit and the trip charge belong to the draft of an invoice
/// (`VisitCharges`).
struct TimeIncrement {
  /// The increment in minutes; 0 bills hours as they are.
  let minutes: Int64
  let direction: Company.Billing.Direction

  /// - Parameter per: what is being rounded; the policy rounds one of the two.
  init(_ policy: Company.Billing, per: Company.Billing.Per = .entry) {
    minutes = policy.timeRoundingPer == per ? Int64(max(0, policy.timeIncrementMinutes)) : 0
    direction = policy.timeRounding
  }

  /// Hours to bill, to four decimals.
  @inline(__always)
  func billed(_ hours: Hours) -> Hours { minutes == 0 ? hours : rounded(hours) }

  private func rounded(_ hours: Hours) -> Hours {
    let step = minutes * 1_0000  // one increment, in sixtieths of the last decimal of an hour
    let size = Int64(hours.units.magnitude) * 60
    var steps = size / step
    let rest = size % step
    switch direction {
    case .nearest: if rest * 2 >= step { steps += 1 }
    case .up: if rest > 0 { steps += 1 }
    case .down: break
    }
    let units = (steps * step + 30) / 60
    return Hours(units: hours.units < 0 ? -units : units)
  }
}
