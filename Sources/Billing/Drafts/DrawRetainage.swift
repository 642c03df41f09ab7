import Ledger
import Measures

/// What a contract withholds from its draws, line by line, on work and on stored material apart (DOMAIN
/// §1.10 [S9, S10], retainage reduction [S16]).
///
/// - `cumulative`: the rate of everything completed and stored; a lower rate from the step on gives back
///   what was withheld above it.
/// - `stop_at`: the rate, until as much is withheld as at the step; nothing is given back.
/// - `per_application`: what each application withheld stays; a lower rate holds for new work only.
///
/// A cap in percent of the contract holds under all three. Where there is less room than increases need,
/// they fill it in the order of the lines, decreases first. Retainage set by hand stands as it is.
struct DrawRetainage {
  struct Rates {
    var work: Percentage
    var stored: Percentage
  }

  /// What a line had before, by its own key.
  struct Before {
    var work = Money.zero
    var stored = Money.zero
    var onWork = Money.zero
    var onStored = Money.zero
  }

  private let policy: RetainagePolicy
  private let stepAt: Percentage?
  private let stepTo: Percentage?
  private let cap: Percentage?
  private let rounding: Rounding

  init(_ book: Book, _ job: RowID<Jobs>) {
    let jobs = book.jobs
    policy = jobs.retainagePolicy[job.row] ?? book.company.retainagePolicy
    stepAt = jobs.retainageStepAt[job.row].orNil
    stepTo = jobs.retainageStepTo[job.row].orNil
    cap = jobs.retainageCap[job.row].orNil
    rounding = book.company.rounding
  }

  /// Fills `retainageOnWork` and `retainageOnStored` of the lines of one application.
  ///
  /// - Parameters:
  ///   - byHand: retainage to date of a line where somebody set it.
  ///   - contractSum: line 3.
  func withhold(
    _ lines: inout [DrawLine], rates: [Rates], before: [Before], byHand: [Money?],
    contractSum: Money
  ) {
    let isStepped = isStepped(lines.map(\.billable).sum(), contractSum)
    for place in lines.indices {
      let target = target(
        lines[place], stepped(rates[place], isStepped), before[place])
      (lines[place].retainageOnWork, lines[place].retainageOnStored) = target
      if let byHand = byHand[place] {
        let onStored = min(max(.zero, byHand), target.stored)
        (lines[place].retainageOnWork, lines[place].retainageOnStored) =
          (byHand - onStored, onStored)
      }
    }
    guard let most = most(lines, rates, contractSum) else { return }
    limit(&lines, before, byHand, to: most)
  }

  /// Line 4 ÷ line 3 has reached the step.
  private func isStepped(_ completed: Money, _ contractSum: Money) -> Bool {
    guard let stepAt, contractSum > .zero else { return false }
    return Int128(completed.units) * Int128(Percentage.whole.units)
      >= Int128(contractSum.units) * Int128(stepAt.units)
  }

  private func stepped(_ rates: Rates, _ isStepped: Bool) -> Rates {
    guard isStepped, policy != .stopAt, let stepTo else { return rates }
    return Rates(work: min(rates.work, stepTo), stored: min(rates.stored, stepTo))
  }

  private func target(
    _ line: DrawLine, _ rates: Rates, _ before: Before
  ) -> (work: Money, stored: Money) {
    let work = line.billable - line.stored
    guard policy == .perApplication else {
      return (
        work.times(rates.work, rounding) ?? .zero,
        line.stored.times(rates.stored, rounding) ?? .zero
      )
    }
    return (
      before.onWork + change(work - before.work, of: before.work, before.onWork, rates.work),
      before.onStored
        + change(line.stored - before.stored, of: before.stored, before.onStored, rates.stored)
    )
  }

  /// More is withheld at the rate in force; less gives back its part of what was withheld.
  private func change(_ more: Money, of base: Money, _ held: Money, _ rate: Percentage) -> Money {
    guard more < .zero, base > .zero else { return more.times(rate, rounding) ?? .zero }
    return held.scaled(more.units, of: base.units, rounding) ?? .zero
  }

  /// What line 5 may come to; nil without a limit.
  private func most(_ lines: [DrawLine], _ rates: [Rates], _ contractSum: Money) -> Money? {
    var most = cap.flatMap { contractSum.times($0, rounding) }
    if policy == .stopAt, let stepAt {
      var sum = ExactSum()
      for (line, rate) in zip(lines, rates) {
        sum.add(line.scheduled, rate.work, stepAt)
      }
      if let stop = sum.rounded(rounding) { most = most.map { min($0, stop) } ?? stop }
    }
    return most
  }

  private func limit(
    _ lines: inout [DrawLine], _ before: [Before], _ byHand: [Money?], to most: Money
  ) {
    guard lines.map(\.retainage).sum() > most else { return }
    var room = most
    for place in lines.indices {
      let held = before[place].onWork + before[place].onStored
      room -= byHand[place] ?? min(held, lines[place].retainage)
    }
    for place in lines.indices where byHand[place] == nil {
      let held = before[place].onWork + before[place].onStored
      let more = lines[place].retainage - held
      guard more > .zero else { continue }
      let given = max(.zero, min(more, room))
      room -= given
      let kept = held + given
      lines[place].retainageOnStored = min(lines[place].retainageOnStored, kept)
      lines[place].retainageOnWork = kept - lines[place].retainageOnStored
    }
  }
}

/// Σ amount × rate × share, exact until it is rounded.
private struct ExactSum {
  private var units = Int128(0)

  mutating func add(_ amount: Money, _ rate: Percentage, _ share: Percentage) {
    units += Int128(amount.units) * Int128(rate.units) * Int128(share.units)
  }

  func rounded(_ rounding: Rounding) -> Money? {
    let whole = Int128(Percentage.whole.units)
    return roundedQuotient(units, whole * whole, rounding).map(Money.init(cents:))
  }
}
