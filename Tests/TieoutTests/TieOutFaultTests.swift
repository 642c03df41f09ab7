import Billing
import Foundation
import Importing
import Ledger
import Measures
import Reporting
import Testing

/// A figure that is wrong inside makes a tie-out fail, by exactly that much: each fault takes one part of
/// a closing from a book of which one cell differs.
@Suite struct TieOutFaults {
  private struct Month {
    let closing: Closing
    let opening: Closing

    init(_ files: [String: String]) throws {
      let scratch = try Scratch()
      try scratch.write(files)
      try self.init(folder: scratch.folder.path)
    }

    init(folder: String) throws {
      let book = try importFolder(ImportRequest(folder: folder)).book
      let asOf = try #require(Day(TieOutFault.asOf))
      closing = Closing(book, asOf: asOf, keepsRows: true)
      opening = Closing(book, asOf: Period(monthThrough: asOf).opening, keepsRows: true)
    }

    /// Tie-outs of a report, a part of what it is made of taken from another month.
    func tieOuts(
      _ kinds: [ReportKind], _ part: FaultyPart? = nil, of other: Month? = nil,
      drafts: Drafts? = nil
    ) -> [TieOut] {
      let other = other ?? self
      let position = Position(
        book: closing.book, asOf: closing.position.asOf, work: closing.position.work,
        documents: (part == .documents ? other : self).closing.position.documents)
      var work = (part == .work ? other : self).closing.work
      if part == .jobs { work.jobs = other.closing.work.jobs }
      let opening = (part == .opening ? other : self).opening
      let period = Period(monthThrough: position.asOf)
      return Reports(
        position: position, work: work, period: period, opening: opening,
        drafts: drafts ?? Drafts(closing),
        journal: Journal(position, opening: opening.position, work: work, period: period),
        findings: [], of: kinds
      ).tieOuts
    }
  }

  @Test(arguments: TieOutFault.faults)
  func `one wrong figure fails the tie-out that stands for it`(fault: TieOutFault) throws {
    let kind = try #require(ReportKind.named(fault.report))
    let month = try Month(TieOutFault.company)
    #expect(month.tieOuts([kind]).filter { !$0.passed } == [])
    var files = TieOutFault.company
    let text = try #require(files[fault.file])
    #expect(text.components(separatedBy: fault.from).count == 2, "one place")
    files[fault.file] = text.replacing(fault.from, with: fault.to)
    let failed = month.tieOuts([kind], fault.part, of: try Month(files)).filter { !$0.passed }
    let seen = try #require(failed.first { $0.name == fault.tieOut }, "\(failed.map(\.name))")
    #expect(seen.difference == fault.difference, "\(seen.left.text) and \(seen.right.text)")
  }

  @Test func `every report that has tie-outs has a fault that they notice`() throws {
    let month = try Month(TieOutFault.company)
    let proven = ReportKind.all.filter { !month.tieOuts([$0]).isEmpty }.map(\.name)
    #expect(proven.count > 15)
    #expect(Set(proven) == Set(TieOutFault.faults.map(\.report)).union(["drafts"]))
  }

  /// Drafts come from one closing: there is no other to take a part from, so a cent is put into them.
  @Test(arguments: [
    ("Drafts", Money(cents: 1)), ("Tax on drafts", Money(cents: -1)), ("Entries", Money(cents: 1)),
    ("Draws", Money(cents: -1)), ("Retainage of draws", Money(cents: -1)),
  ])
  func `a cent put into a draft is noticed`(name: String, difference: Money) throws {
    let month = try Month(folder: Tool.repository.appendingPathComponent("sample-data").path)
    #expect(month.tieOuts([.drafts]).filter { !$0.passed } == [])
    var drafts = Drafts(month.closing)
    let cent = Money(cents: 1)
    func place(_ isMeant: (Draft) -> Bool) throws -> Int {
      let found = drafts.drafts.firstIndex(where: isMeant)
      return try #require(found)
    }
    switch name {
    case "Drafts": drafts.drafts[try place { $0.type == .deposit }].deposit += cent
    case "Tax on drafts": drafts.drafts[try place { !$0.taxes.isEmpty }].taxes[0].tax += cent
    case "Entries":
      let waiting = try #require(drafts.notBilled.firstIndex { $0.entries > 0 })
      drafts.notBilled[waiting].amount += cent
    case "Draws": drafts.drafts[try place { $0.application > 0 }].lines[0].amount += cent
    default: drafts.drafts[try place { $0.application > 0 }].lines[0].retainage += cent
    }
    let failed = month.tieOuts([.drafts], drafts: drafts).filter { !$0.passed }
    #expect(failed.map(\.name) == [name])
    #expect(failed.map(\.difference) == [difference])
  }

  /// The commands ask this before anything is written.
  @Test func `a tie-out that fails refuses the pack, with both its roads`() throws {
    let good = TieOut("AR", Money(cents: 5), "customers", equals: Money(cents: 5), "documents")
    let bad = TieOut("Cost", Money(cents: 5), "jobs", equals: Money(cents: 1_000_07), "entries")
    try [good, good].requireAllPassed()
    let refusal = try #require(throws: FailedTieOuts.self) { try [good, bad].requireAllPassed() }
    #expect(refusal.failed == [bad])
    #expect(
      refusal.description == """
        tie-out failed: Cost
          0.05  jobs
          1,000.07  entries
          -1,000.02  difference
        error: 1 tie-out of 2 failed; nothing was written
        """)
  }

  @Test func `an amount changed in the input is another digest, and everything ties out`() throws {
    var digests = Set<String>()
    for total in [TieOutFault.draw.1, TieOutFault.draw.2] {
      let scratch = try Scratch()
      var files = TieOutFault.company
      files["invoices.csv"] = files["invoices.csv"]?.replacing(TieOutFault.draw.1, with: total)
      let source = scratch.url("source")
      try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
      for (name, text) in files {
        try Data((text + "\n").utf8).write(to: source.appendingPathComponent(name))
      }
      let outcome = try Tool.run([
        "month-end", source.path, "--as-of", TieOutFault.asOf, "--out", scratch.url("pack").path,
      ])
      #expect(outcome.status == 0, "\(outcome.errors)")
      let tieOuts = CSVTable(
        try String(contentsOf: scratch.url("pack/tie-outs.csv"), encoding: .utf8))
      #expect(tieOuts.rows.count > 60)
      #expect(tieOuts.rows.allSatisfy { $0["passed"] == "yes" && $0["difference"] == "0.00" })
      let cells = try Workbook(scratch.url("pack/month-end.xlsx")).cells
      let cover = try #require(cells["sheet1.xml A4"])
      let digest = try #require(cover.firstMatch(of: /SHA-256 ([0-9a-f]{64})/))
      digests.insert(String(digest.1))
    }
    #expect(digests.count == 2)
  }
}
