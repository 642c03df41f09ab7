import Billing
import Foundation
import Importing
import Ledger
import Measures
import Reporting
import Testing

/// Thirteen month ends in a row: each opening is the closing before, for every customer and job, and
/// every roll-forward ties to the aging, the control accounts and the journal.
@Suite struct RollForwardLaws {
  private static let kinds: [ReportKind] = [
    .aging, .retainage, .deposits, .unbilled, .wip, .receivableRollForward, .retainageRollForward,
    .depositRollForward, .unbilledRollForward, .contractRollForward, .journal,
  ]

  /// Each roll-forward's balances before and at the end of the period, and what of the opening balances
  /// belongs to them.
  private static let ends:
    [(kind: ReportKind, before: [String], after: [String], measures: [OpeningMeasure])] = [
      (.receivableRollForward, ["opening"], ["closing"], [.unapplied]),
      (.retainageRollForward, ["opening"], ["closing"], [.retainage]),
      (.depositRollForward, ["opening"], ["closing"], [.deposit]),
      (.unbilledRollForward, ["opening"], ["closing"], []),
      (
        .contractRollForward, ["asset_opening", "liability_opening"],
        ["asset_closing", "liability_closing"],
        [.billed, .earned, .costLabor, .costMaterial, .costOther, .retainage, .deposit]
      ),
    ]

  /// Whom the input gives an opening balance in a period: that stands in the opening, and in no closing
  /// before.
  private func brought(
    _ book: Book, _ period: Period, _ measures: [OpeningMeasure], byJob: Bool
  ) -> [String: Int64] {
    let rows = book.openingBalances
    var sums: [String: Int64] = [:]
    for row in rows.rows
    where period.contains(rows.day[row]) && measures.contains(rows.measure[row]) {
      let job = rows.job[row].orNil
      let customer = rows.customer[row].orNil ?? job.flatMap { book.jobs.customer[$0.row].orNil }
      let id = byJob ? job.map { book.jobs.id[$0.row] } : customer.map { book.customers.id[$0.row] }
      if let id { sums[id, default: 0] += rows.amount[row].units }
    }
    return sums
  }

  /// What a report shows under some keys by its first column, where it is not zero.
  private func balances(_ sheet: Sheet, _ keys: [String]) -> [String: [Int64]] {
    let places = keys.compactMap { key in sheet.columns.firstIndex { $0.key == key } }
    var balances: [String: [Int64]] = [:]
    sheet.forEachRow(0..<sheet.rowCount) { _, cells in
      guard case .id(let id) = cells[0] else { return }
      let amounts = places.compactMap { cells[$0].units }
      if amounts.contains(where: { $0 != 0 }) { balances[id] = amounts }
    }
    return balances
  }

  /// - Returns: how many balances were carried from a month to the next.
  private func carry(_ book: Book, through last: Month, months: Int = 13) throws -> Int {
    var before: [String: [String: [Int64]]] = [:]
    var opening = Closing(book, asOf: last.advanced(by: -months).last, keepsRows: true)
    var carried = 0
    for number in (0..<months).reversed() {
      let period = Period(last.advanced(by: -number))
      let closing = Closing(book, asOf: period.last, keepsRows: true)
      let standings = Journal.days(in: book, period)
        .map { JobStandings(Closing(book, asOf: $0, keepsRows: false).position) }
      let journal = Journal(
        closing.position, opening: opening.position, work: closing.work, period: period,
        standings: standings)
      let reports = Reports(
        position: closing.position, work: closing.work, period: period, opening: opening,
        journal: journal, findings: [], of: Self.kinds)
      for tieOut in reports.tieOuts { #expect(tieOut.passed, "\(period.last.text) \(tieOut)") }
      for (kind, first, end, measures) in Self.ends {
        let sheet = reports.sheet(kind)
        let opened = balances(sheet, first)
        let isByJob = first.count == 2
        let added = brought(book, period, measures, byJob: isByJob)
        if var closed = before[kind.name] {
          for (id, amount) in added {
            // A contract's position moves by more than what is brought along: its tie-outs see to it.
            let sum = (closed[id]?.first ?? 0) + amount
            closed[id] = isByJob ? opened[id] : sum == 0 ? nil : [sum]
          }
          #expect(opened == closed, "\(kind.name) of \(period.last.text)")
          carried += opened.count
        }
        before[kind.name] = balances(sheet, end)
      }
      opening = closing
    }
    return carried
  }

  /// From the first month after the one in which the input begins: nothing is brought along any more.
  @Test func `thirteen months of the sample, and the year before them`() throws {
    let sample = Tool.repository.appendingPathComponent("sample-data").path
    let book = try importFolder(ImportRequest(folder: sample)).book
    let last = Month(year: 2027, month: 3)
    let thirteen = (0..<13).map { Period(last.advanced(by: -$0)) }
    #expect(!book.openingBalances.day.contains { day in thirteen.contains { $0.contains(day) } })
    let carried = try carry(book, through: last) + carry(book, through: Month(year: 2026, month: 3))
    #expect(carried > 400)
  }

  @Test(arguments: [1, 2, 3, 5, 8] as [UInt64])
  func `a year of random documents`(seed: UInt64) throws {
    let scratch = try Scratch()
    for (name, text) in RandomDocuments(seed: seed).files {
      try Data((text + "\n").utf8).write(to: scratch.url(name))
    }
    var request = ImportRequest(folder: scratch.folder.path)
    request.allowsRejects = true
    let book = try importFolder(request).book
    let carried = try carry(book, through: Month(year: 2027, month: 1))
    #expect(carried > 20)
  }

  @Test(arguments: [1, 2, 3, 5] as [UInt64])
  func `a year of random work`(seed: UInt64) throws {
    let scratch = try Scratch()
    for (name, text) in RandomCompany(seed: seed).files {
      try Data((text + "\n").utf8).write(to: scratch.url(name))
    }
    let book = try importFolder(ImportRequest(folder: scratch.folder.path)).book
    let carried = try carry(book, through: Month(year: 2027, month: 1))
    #expect(carried > 20)
  }
}
