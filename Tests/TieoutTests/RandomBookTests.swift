import Billing
import Foundation
import Importing
import Ledger
import Measures
import Reporting
import Testing

@Suite struct RandomBooks {
  @Test(arguments: [1, 2, 3, 5, 8, 13, 21, 34] as [UInt64])
  func `buckets, states and both roads of AR add up on any day`(seed: UInt64) throws {
    let company = RandomCompany(seed: seed)
    let scratch = try Scratch()
    for (name, text) in company.files {
      try Data((text + "\n").utf8).write(to: scratch.url(name))
    }
    let result = try importFolder(ImportRequest(folder: scratch.folder.path))
    try #require(result.errorCount == 0, "\(result.findings.prefix(1))")
    let book = result.book
    var states = Set<EntryState>()
    for number in [40, 90, 151, 222, 300, 364] {
      let asOf = try #require(Day(RandomCompany.day(number)))
      let documents = Documents(book, asOf: asOf)
      let work = Work(book: book, asOf: asOf, billed: documents.billed, cap: documents.cap)
      let position = Position(book: book, asOf: asOf, work: work.jobs, documents: documents)
      let kinds = ReportKind.all.filter { $0.needs.isDisjoint(with: [.drafts, .opening]) }
      let reports = Reports(position: position, work: work, findings: [], of: kinds)
      for tieOut in reports.tieOuts {
        #expect(tieOut.passed, "seed \(seed), day \(asOf.text), \(tieOut)")
      }
      let aging = reports.sheet(.aging)
      let buckets = ["not_due", "days_1_30", "days_31_60", "days_61_90", "over_90"]
      #expect(buckets.reduce(0) { $0 + aging.total(of: $1) } == aging.total(of: "open"))
      var hours: Int64 = 0
      for row in book.timesheets.rows where work.labor[row].state != .notYet {
        hours += book.timesheets.hours[row].units
        states.insert(work.labor[row].state)
      }
      let known = company.quarters.filter { $0.key <= number }.reduce(0) { $0 + $1.value }
      #expect(hours == Int64(known) * 2500)
    }
    #expect(states.count >= 6, "the seed should meet most states: \(states)")
  }

  @Test(arguments: [4, 7, 18] as [UInt64])
  func `the figures are the same without rows and on any number of cores`(seed: UInt64) throws {
    let scratch = try Scratch()
    for (name, text) in RandomCompany(seed: seed).files {
      try Data((text + "\n").utf8).write(to: scratch.url(name))
    }
    try Data(Self.adjustments.utf8).write(to: scratch.url("adjustments.csv"))
    let book = try importFolder(ImportRequest(folder: scratch.folder.path)).book
    for number in [90, 222, 330] {
      let asOf = try #require(Day(RandomCompany.day(number)))
      let documents = Documents(book, asOf: asOf)
      func figures(keepsRows: Bool, cores: Int?) -> [String] {
        let work = Work(
          book: book, asOf: asOf, billed: documents.billed, cap: documents.cap,
          keepsRows: keepsRows, cores: cores)
        let position = Position(book: book, asOf: asOf, work: work.jobs, documents: documents)
        let kinds: [ReportKind] = [.aging, .contractStatus, .unbilled, .findings, .tieOuts]
        let reports = Reports(
          position: position, work: work, findings: work.findings, of: kinds)
        return kinds.flatMap { kind in
          let sheet = reports.sheet(kind)
          return (0..<sheet.rowCount).map { "\(sheet.row($0))" }
        }
      }
      let alone = figures(keepsRows: true, cores: 1)
      #expect(figures(keepsRows: true, cores: 3) == alone)
      #expect(figures(keepsRows: false, cores: 1) == alone)
      #expect(figures(keepsRows: false, cores: 4) == alone)
      let closing = Closing(book, asOf: asOf, keepsRows: false)
      #expect("\(closing.position.control)" == "\(ControlTotals(book, asOf: asOf))")
      for job in book.jobs.ids {
        #expect(closing.position.work.unbilled(job).total == closing.work.jobs[job].unbilled.total)
      }
    }
  }

  /// Prices, holds and exclusions, one that names nothing among them.
  private static let adjustments = """
    adjustment_id,job_id,target,action,value,reason,by,date
    A0,J1,labor,discount_pct,10,agreed,Kim,2026-01-01
    A1,J1,material,set_markup_pct,20,agreed,Kim,2026-02-01
    A2,J7,labor,hold,,waits for a form,Kim,2026-03-01
    A3,J7,other,exclude,,goodwill,Kim,2026-03-01
    A4,J2,TS11,set_rate,95,agreed,Kim,2026-01-01
    A5,J8,no such entry,exclude,,a slip,Kim,2026-01-01

    """
}
