import Ledger
import Measures

/// How a job's retainage is withheld (DOMAIN §1 "Retainage reduction", [S16]).
///
/// - `cumulative`: rate × what is done to date. From the application that reaches `stepAt` (line 4 ÷
///   line 3) on, rates are `stepTo` at most, which gives back by itself; a contract that grows later
///   does not raise them again. Without `stepTo` there is no step.
/// - `stopAt`: line 5 is at most rate × `stepAt` × line 3, of several rates the sum over the lines.
/// - `perApplication`: what an application withheld stays; each adds its rates × what it changed, after
///   the step the lower ones. Stored material that is built in takes along what was withheld on it;
///   where it goes otherwise, or work is taken back, its share is given back.
///
/// Under each of them line 5 is at most `cap` × line 3. Under a limit, increases fill the room in the
/// order of the lines and decreases are given back; nothing is given back because the limit is
/// reached, only where the limit itself falls, in the order of the lines. What a row of progress says was
/// withheld by hand stands, and takes its part of the room.
struct DrawRetainage {
  let policy: RetainagePolicy
  private let stepAt: Percentage?
  private let stepTo: Percentage?
  private let cap: Percentage?
  private let rounding: Rounding
  private var isStepped = false

  init(_ book: Book, _ job: RowID<Jobs>) {
    policy = book.jobs.retainagePolicy[job.row] ?? book.company.retainagePolicy
    stepAt = book.jobs.retainageStepAt[job.row].rate
    stepTo = book.jobs.retainageStepTo[job.row].rate
    cap = book.jobs.retainageCap[job.row].rate
    rounding = book.company.rounding
  }

  /// Rates of a line; a percentage outside 0 to 100 % is a finding of import and is cut here.
  struct Rates {
    var work = Percentage.zero
    var stored = Percentage.zero

    /// On work the line's own, else the job's; on stored material the job's rate for it, else the same
    /// as on work.
    init(_ book: Book, _ job: RowID<Jobs>, own: Percentage) {
      work = own.rate ?? book.jobs.retainagePercentage[job.row].rate ?? .zero
      stored = book.jobs.retainageStoredPercentage[job.row].rate ?? work
    }
  }

  /// Withholds on the lines of an application.
  ///
  /// - Parameters:
  ///   - rates: of each line, in the order of `lines`.
  ///   - byHand: what a line has to date where that was set by hand.
  mutating func withhold(
    on lines: inout [DrawLine], _ rates: [Rates], byHand: [Money?], contractSum: Money
  ) {
    noteStep(lines.lazy.map(\.completedAndStored).sum(), of: contractSum)
    let wanted = lines.indices.map { place in
      policy == .perApplication
        ? carried(lines[place], inForce(rates[place])) : toDate(lines[place], inForce(rates[place]))
    }
    var held = lines.indices.map { byHand[$0] ?? wanted[$0].total }
    if let limit = limit(lines, rates, contractSum) {
      for place in lines.indices where byHand[place] == nil {
        held[place] = min(held[place], lines[place].before.withheld.total)
      }
      fill(&held, byHand: byHand, wanted: wanted, limit: limit)
    }
    for place in lines.indices {
      lines[place].withheld = wanted[place].scaled(to: held[place], lines[place], rounding)
    }
  }

  private mutating func noteStep(_ completed: Money, of contractSum: Money) {
    guard let stepAt, contractSum > .zero else { return }
    let reached = Int128(completed.units) * Int128(Percentage.whole.units)
    if reached >= Int128(stepAt.units) * Int128(contractSum.units) { isStepped = true }
  }

  private func inForce(_ rates: Rates) -> Rates {
    guard policy != .stopAt, isStepped, let stepTo else { return rates }
    var lower = rates
    (lower.work, lower.stored) = (min(rates.work, stepTo), min(rates.stored, stepTo))
    return lower
  }

  private func toDate(_ line: DrawLine, _ rates: Rates) -> Withheld {
    Withheld(
      work: share(line.work, rates.work), stored: share(line.stored, rates.stored))
  }

  /// What was withheld before, changed by what this application did.
  private func carried(_ line: DrawLine, _ rates: Rates) -> Withheld {
    let stored = line.stored - line.before.stored
    var held = line.before.withheld
    var installed = Money.zero
    if stored < .zero, line.before.stored >= -stored {
      // At most the work of the period: the rest has left the site.
      installed = line.previous < .zero ? .zero : min(-stored, max(line.thisPeriod, .zero))
      held.stored -= part(line.before.withheld.stored, -stored, of: line.before.stored)
      held.work += part(line.before.withheld.stored, installed, of: line.before.stored)
    } else {
      held.stored += share(stored, rates.stored)
    }
    let isTakenBack = (line.thisPeriod < .zero) != (line.previous < .zero)
    if isTakenBack, line.thisPeriod.units.magnitude <= line.previous.units.magnitude {
      held.work -= part(line.before.withheld.work, -line.thisPeriod, of: line.previous)
    } else {
      // rate × the work, less what installed material was withheld on by its own rate; rounded once.
      let product =
        Int128(rates.work.units) * Int128(line.thisPeriod.units)
        - Int128(rates.stored.units) * Int128(installed.units)
      held.work += money(product)
    }
    return held
  }

  /// What line 5 may be at most; nil without a limit.
  private func limit(_ lines: [DrawLine], _ rates: [Rates], _ contractSum: Money) -> Money? {
    var limits = cap.map { [share(contractSum, $0)] } ?? []
    if policy == .stopAt, let stepAt {
      let full = zip(lines, rates).reduce(Int128(0)) { sum, each in
        sum + Int128(each.1.work.units) * Int128(each.0.scheduled.units)
      }
      // Rate × percent complete × amount: two percentages, rounded once.
      let whole = Int128(Percentage.whole.units)
      let stop = roundedQuotient(full * Int128(stepAt.units), whole * whole, rounding)
      limits.append(stop.map(Money.init(cents:)) ?? .zero)
    }
    return limits.min().map { max($0, .zero) }
  }

  private func fill(_ held: inout [Money], byHand: [Money?], wanted: [Withheld], limit: Money) {
    var room = limit - held.sum()
    for place in held.indices where byHand[place] == nil {
      let step =
        room < .zero
        ? -min(-room, max(held[place], .zero))
        : min(room, max(wanted[place].total - held[place], .zero))
      held[place] += step
      room -= step
    }
  }

  private func share(_ amount: Money, _ rate: Percentage) -> Money {
    money(Int128(amount.units) * Int128(rate.units))
  }

  private func money(_ product: Int128) -> Money {
    roundedQuotient(product, Int128(Percentage.whole.units), rounding).map(Money.init(cents:))
      ?? .zero
  }

  private func part(_ amount: Money, _ part: Money, of whole: Money) -> Money {
    amount.scaled(part.units, of: whole.units, rounding) ?? .zero
  }
}

extension Withheld {
  /// Another total in the same proportion; where this one is nothing, all of it is on work, or on
  /// stored material where there is no work.
  fileprivate func scaled(to total: Money, _ line: DrawLine, _ rounding: Rounding) -> Withheld {
    guard total != self.total else { return self }
    if let part = total.scaled(stored.units, of: self.total.units, rounding) {
      return Withheld(work: total - part, stored: part)
    }
    let isStored = line.work.isZero && !line.stored.isZero
    return Withheld(work: isStored ? .zero : total, stored: isStored ? total : .zero)
  }
}

extension Percentage {
  /// Nil where the cell is empty; within 0 to 100 %.
  fileprivate var rate: Percentage? { orNil.map { min(max($0, .zero), .whole) } }
}
