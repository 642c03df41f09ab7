import Billing
import Ledger
import Measures
import Testing

/// Laws that hold for the draws of any contract: every total by two roads.
struct DrawLawTests {
  @Test(arguments: 0..<120)
  func `what is drawn adds up to what is done`(seed: UInt64) {
    var random = SplitMix(seed)
    let made = randomContract(&random)
    let draws = made.draws()
    check(draws, made, seed)
    // An application is as it was on its own day.
    for draw in draws where draw.day < "2026-12-01" {
      let then = made.draws(draw.day)
      #expect(then.count == Int(draw.application), "seed \(seed)")
      #expect(then.last.map(figures) == figures(draw), "seed \(seed), \(draw.application)")
    }
  }

  @Test(arguments: RetainagePolicy.allCases)
  func `ten applications of two hundred lines end at the contract and its retainage`(
    policy: RetainagePolicy
  ) throws {
    var random = SplitMix(7)
    let made = contract(
      &random, lines: 200, applications: 10, policy, stepAt: "50", stepTo: "5", cap: .none,
      isComplete: true)
    let draws = made.draws()
    #expect(draws.count == 10)
    check(draws, made, 7)
    let last = try #require(draws.last)
    #expect(last.completedAndStored == last.contractSum)
    #expect(last.lines.allSatisfy { $0.percentage == "100" && $0.stored == "0.00" })
    #expect(last.lines.allSatisfy { $0.retainageOnStored == "0.00" })
    #expect(draws.map(\.thisPeriod).sum() == last.contractSum)
    #expect(made.findings() == [])
  }

  private func figures(_ draw: Draw) -> [Money] {
    [
      draw.completedAndStored, draw.retainageOnWork, draw.retainageOnStored, draw.thisPeriod,
      draw.retainageChange, draw.previousCertificates, draw.paymentDue, draw.balanceToFinish,
    ] + draw.lines.map(\.retainage) + draw.draftLines().map(\.amount)
  }

  private func check(_ draws: [Draw], _ made: DocumentsBook, _ seed: UInt64) {
    guard let last = draws.last else { return }
    #expect(draws.map(\.thisPeriod).sum() == last.completedAndStored, "seed \(seed)")
    #expect(draws.map(\.retainageChange).sum() == last.retainage, "seed \(seed)")
    #expect(draws.map(\.paymentDue).sum() == last.earnedLessRetainage, "seed \(seed)")
    var before: Draw?
    for draw in draws {
      let lines = draw.lines
      #expect(draw.retainage == lines.map(\.retainage).sum(), "seed \(seed)")
      #expect(lines.map(\.amountThisPeriod).sum() == draw.thisPeriod, "seed \(seed)")
      #expect(lines.map(\.retainageChange).sum() == draw.retainageChange, "seed \(seed)")
      #expect(draw.draftLines().map(\.amount).sum() == draw.thisPeriod, "seed \(seed)")
      #expect(draw.draftLines().map(\.retainage).sum() == draw.retainageChange, "seed \(seed)")
      #expect(draw.paymentDue == draw.thisPeriod - draw.retainageChange, "seed \(seed)")
      #expect(
        draw.balanceToFinish == lines.map(\.balance).sum() + draw.retainage, "seed \(seed)")
      for (place, line) in lines.enumerated() {
        let earlier = before?.lines[place]
        #expect(
          line.previous == (earlier.map { $0.previous + $0.thisPeriod } ?? .zero), "seed \(seed)")
        #expect(
          line.completedAndStored == line.previous + line.thisPeriod + line.stored, "seed \(seed)")
      }
      checkRetainage(draw, made, hasStepped: draws.prefix { $0.application <= draw.application })
      before = draw
    }
  }

  /// Line 5 by the book's columns alone.
  private func checkRetainage(
    _ draw: Draw, _ made: DocumentsBook, hasStepped draws: ArraySlice<Draw>
  ) {
    let (jobs, schedule) = (made.book.jobs, made.book.scheduleOfValues)
    let stepAt = jobs.retainageStepAt[0].orNil ?? "100"
    let isStepped = draws.contains {
      Int128($0.completedAndStored.units) * 100_0000
        >= Int128(stepAt.units) * Int128($0.contractSum.units)
    }
    var (full, stop) = (Int64(0), Int128(0))
    for line in draw.lines {
      let own =
        line.scheduleLine.exists ? schedule.retainagePercentage[line.scheduleLine.row] : .none
      var rate = own.orNil ?? jobs.retainagePercentage[0]
      var stored = jobs.retainageStoredPercentage[0].orNil ?? rate
      stop += Int128(rate.units) * Int128(line.scheduled.units) * Int128(stepAt.units)
      if jobs.retainagePolicy[0] == .cumulative, isStepped,
        let stepTo = jobs.retainageStepTo[0].orNil
      {
        (rate, stored) = (min(rate, stepTo), min(stored, stepTo))
      }
      full += half((line.previous + line.thisPeriod).units, rate.units)
      full += half(line.stored.units, stored.units)
    }
    let cap = jobs.retainageCap[0].orNil.map { half(draw.contractSum.units, $0.units) } ?? .max
    switch jobs.retainagePolicy[0] {
    case .cumulative: #expect(draw.retainage.units == min(full, cap))
    case .stopAt:
      let limit =
        jobs.retainageStepAt[0].isNone
        ? Int64.max : Int64((stop + 500_000_000_000) / 1_000_000_000_000)
      #expect(draw.retainage.units == min(full, limit, cap))
    default:
      #expect(draw.retainage.units <= cap)
      #expect(draw.lines.allSatisfy { !$0.stored.isZero || $0.retainageOnStored.isZero })
    }
  }

  /// A share of an amount of zero or more, half up.
  private func half(_ units: Int64, _ rate: Int64) -> Int64 {
    (units * rate + 500_000) / 1_000_000
  }

  private func randomContract(_ random: inout SplitMix) -> DocumentsBook {
    let policy = RetainagePolicy.allCases[random.next(3)]
    let steps = random.next(3) > 0
    return contract(
      &random, lines: 1 + random.next(12), applications: 1 + random.next(8), policy,
      stepAt: steps ? Percentage(units: Int64(30 + random.next(50)) * 1_0000) : .none,
      stepTo: steps ? Percentage(units: Int64(random.next(9)) * 1_0000) : .none,
      cap: random.next(3) == 0 ? Percentage(units: Int64(1 + random.next(9)) * 1_0000) : .none,
      isComplete: random.next(2) == 0)
  }

  /// A contract whose lines go forward, now and then back, with material in the yard; the last
  /// application may be the whole.
  private func contract(
    _ random: inout SplitMix, lines: Int, applications: Int, _ policy: RetainagePolicy,
    stepAt: Percentage, stepTo: Percentage, cap: Percentage, isComplete: Bool
  ) -> DocumentsBook {
    var made = DocumentsBook()
    let values = (0..<lines).map { _ in Money(cents: Int64(1 + random.next(9_999_999))) }
    made.contract(
      "J-1", values.sum(), retained: "10", stored: random.next(2) == 0 ? "7.5" : .none, policy,
      stepAt: stepAt, stepTo: stepTo, cap: cap)
    for (number, value) in values.enumerated() {
      made.scheduled("\(number)", value, retained: random.next(5) == 0 ? "4.125" : .none)
    }
    var done = [Int64](repeating: 0, count: lines)
    for application in 1...applications {
      let day = ("2026-01-31" as Day) + application * 14
      let isLast = isComplete && application == applications
      for (number, value) in values.enumerated() where isLast || random.next(4) > 0 {
        let left = value.cents - done[number]
        let step = random.next(6) == 0 ? -done[number] / 3 : left * Int64(random.next(60)) / 100
        done[number] = isLast ? value.cents : done[number] + step
        let stored = isLast ? 0 : (value.cents - done[number]) * Int64(random.next(3)) / 5
        made.done(
          "\(number)", day, Int32(application), amount: Money(cents: done[number]),
          stored: Money(cents: stored))
      }
      // An application has progress even where nothing moved.
      made.done(
        "0", day, Int32(application), amount: Money(cents: done[0]))
    }
    return made
  }
}
