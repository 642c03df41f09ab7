import Billing
import Foundation
import Importing
import Ledger
import Measures
import Reporting
import Testing

@Suite struct WipLaws {
  /// A random company whose jobs are estimated again and again, some of them above their price.
  private func makeBook(seed: UInt64, _ scratch: Scratch) throws -> Book {
    var random = SplitMix64(state: seed)
    func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    var files = RandomCompany(seed: seed).files
    var estimates = "job_id,date,estimated_cost,uninstalled_cost"
    var changes = "change_order_id,job_id,date,approved_date,amount,estimated_cost,status"
    for number in 0..<60 {
      let (job, day) = (pick(0...13), number * 5 + pick(0...4))  // one estimate a job and day
      estimates += "\nJ\(job),\(RandomCompany.day(day)),\(pick(10_000...60_000)).37,"
      estimates += pick(0...3) == 0 ? "\(pick(0...2_000)).00" : ""
      guard number % 4 == 0 else { continue }
      changes += "\nO\(number),J\(job),\(RandomCompany.day(day)),\(RandomCompany.day(day + 9)),"
      changes += "\(pick(-3_000...6_000)).50,\(pick(0...4_000)).00,approved"
    }
    files["estimates.csv"] = estimates
    files["change_orders.csv"] = changes
    for (name, text) in files { try Data((text + "\n").utf8).write(to: scratch.url(name)) }
    let result = try importFolder(ImportRequest(folder: scratch.folder.path))
    try #require(result.errorCount == 0, "\(result.findings.prefix(1))")
    return result.book
  }

  /// One period's reports, which have tied out.
  private func tiedOut(_ book: Book, from: Int, through: Int) throws -> WipSchedule {
    let first = try #require(Day(RandomCompany.day(from)))
    let last = try #require(Day(RandomCompany.day(through)))
    let period = try #require(Period(from: first, through: last))
    let closing = Closing(book, asOf: last, keepsRows: false)
    let opening = Closing(book, asOf: period.opening, keepsRows: false)
    let kinds: [ReportKind] = [.contractStatus, .wip, .wipCompleted, .jobCost]
    let reports = Reports(
      position: closing.position, work: closing.work, period: period, opening: opening,
      findings: [], of: kinds)
    for tieOut in reports.tieOuts { #expect(tieOut.passed, "\(last.text): \(tieOut)") }
    let listed = reports.sheet(.wip).rowCount + reports.sheet(.wipCompleted).rowCount
    let schedule = try #require(reports.wip)
    let shown = schedule.lines.filter(\.isListed).count
    #expect(listed == shown)
    return schedule
  }

  @Test(arguments: [1, 2, 3, 5, 8, 13, 21, 34] as [UInt64])
  func `periods add up to date, and a loss contract shows its whole loss`(seed: UInt64) throws {
    let scratch = try Scratch()
    let book = try makeBook(seed: seed, scratch)
    var sums: [WipSums] = []
    var losses = 0
    for (from, through) in [(-400, 60), (61, 61), (62, 149), (150, 260), (261, 364)] {
      let schedule = try tiedOut(book, from: from, through: through)
      if sums.isEmpty { sums = schedule.lines.map { WipSums($0.prior) } }
      for line in schedule.lines {
        sums[line.job.row].add(line)
        #expect(sums[line.job.row].isToDate(of: line), "\(book.jobs.id[line.job.row])")
        #expect(line.contractAsset.isZero || line.contractLiability.isZero)
        #expect(
          line.contractAsset - line.contractLiability == line.current.underbilled
            - line.current.overbilled + line.retainageHeld - line.depositsHeld)
        let isFixed = book.jobs.method[line.job.row] == .fixedPrice
        guard isFixed, line.contract.isLossExpected, line.costToComplete >= .zero else { continue }
        losses += 1
        #expect(line.current.grossProfit == line.contract.revised - line.contract.estimate)
      }
    }
    #expect(losses > 0, "the seed should meet a loss contract")
  }
}

/// What the periods so far came to, on top of a day.
private struct WipSums {
  var cost: Money
  var earned: Money
  var billed: Money
  var provision: Money
  var profit: Money

  init(_ day: WipStanding) {
    (cost, earned, billed) = (day.cost, day.earned, day.billed)
    (provision, profit) = (day.lossProvision, day.grossProfit)
  }

  mutating func add(_ line: WipLine) {
    cost += line.costThisPeriod
    earned += line.earnedThisPeriod
    billed += line.billedThisPeriod
    provision += line.lossProvisionChange
    profit += line.grossProfitThisPeriod
  }

  func isToDate(of line: WipLine) -> Bool {
    (cost, earned, billed, provision, profit)
      == (
        line.current.cost, line.current.earned, line.current.billed, line.current.lossProvision,
        line.current.grossProfit
      )
  }
}
