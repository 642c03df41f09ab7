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
  private static let asOf = "2026-10-31"

  /// F is in progress, E completed, T billed by the hour; October has a draw, a deposit that was paid
  /// and applied, a release and a write-off, September an invoice and a payment on it.
  private static let company = [
    "company.toml": """
    [allowance]
    matrix = [{ days = 0, pct = "1" }]
    """,
    "customers.csv": "customer_id,name,tax_code\nC,Owner,X",
    "tax_codes.csv": "tax_code,component,rate_pct,effective_from\nX,State,10,2026-01-01",
    "jobs.csv": """
    job_id,customer_id,name,billing_method,contract_amount,estimated_cost,status,completion_date
    F,C,In progress,fixed_price,10000.00,8000.00,open,
    E,C,Completed,fixed_price,5000.00,3000.00,complete,2026-10-20
    T,C,By the hour,time_and_materials,,,open,
    """,
    "technicians.csv": "technician_id,name,role,cost_rate\nT1,Kim,Plumber,40",
    "rates.csv":
      "rate_card,role,pay_type,effective_from,bill_rate\nstandard,Plumber,REG,2026-01-01,100",
    "timesheets.csv": """
    timesheet_id,date,technician_id,job_id,hours
    S1,2026-10-05,T1,F,10
    S2,2026-10-06,T1,T,4
    """,
    "items.csv": "item_id,description\nV,Valve",
    "inventory.csv": """
    movement_id,date,item_id,type,quantity,unit_cost,job_id
    M1,2026-10-01,V,receipt,10,5.00,
    M2,2026-10-07,V,issue,4,,F
    """,
    "costs.csv": """
    cost_id,date,job_id,kind,amount
    K1,2026-10-08,F,subcontract,1000.00
    K2,2026-10-09,E,other,2500.00
    """,
    "invoices.csv": """
    invoice_id,customer_id,job_id,type,date,due_date,subtotal,tax,deposit,retainage,write_off,total
    I0,C,E,standard,2026-09-10,2026-10-10,1000.00,20.00,0,0,0,1020.00
    D1,C,F,deposit,2026-10-02,2026-10-02,0,0,500.00,0,0,500.00
    I1,C,F,progress,2026-10-10,2026-11-09,3000.00,0,0,300.00,0,2700.00
    R1,C,F,retainage_release,2026-10-30,2026-11-29,0,0,0,-100.00,0,100.00
    W1,C,,write_off,2026-10-28,,0,0,0,0,10.00,-10.00
    """,
    "payments.csv": """
    payment_id,customer_id,date,amount
    P0,C,2026-09-20,300.00
    P1,C,2026-10-12,500.00
    P2,C,2026-10-25,1000.00
    """,
    "applications.csv": """
    application_id,date,source_type,source_id,invoice_id,amount
    A0,2026-09-20,payment,P0,I0,300.00
    A1,2026-10-12,payment,P1,D1,500.00
    A2,2026-10-25,payment,P2,I1,1000.00
    A3,2026-10-15,deposit,D1,I1,200.00
    A4,2026-10-28,write_off,W1,I0,10.00
    """,
  ]

  /// What is taken from the other book.
  enum Part: Sendable {
    /// Documents, and contracts, under the position.
    case documents
    /// All work, beside the position's own.
    case work
    /// The jobs' sums of the work, beside its entries.
    case jobs
    /// The day before the period.
    case opening
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    let report: String
    let part: Part
    /// The cells of one row, and what they are in the other book.
    let (file, from, to): (String, String, String)
    /// The tie-out that notices, and by how much its left side is above its right.
    let (tieOut, difference): (String, Money)

    init(
      _ report: String, _ part: Part, _ file: String, _ from: String, _ to: String,
      _ tieOut: String, _ difference: Int64
    ) {
      (self.report, self.part, self.file, self.from, self.to) = (report, part, file, from, to)
      (self.tieOut, self.difference) = (tieOut, Money(cents: difference))
    }

    var testDescription: String { "\(report), \(part) with \(to)" }
  }

  private static let draw = (
    "invoices.csv", "3000.00,0,0,300.00,0,2700.00", "3007.00,0,0,300.00,0,2707.00"
  )
  private static let earlier = (
    "invoices.csv", "1000.00,20.00,0,0,0,1020.00", "1007.00,20.00,0,0,0,1027.00"
  )

  private static func draw(_ report: String, _ tieOut: String, _ difference: Int64) -> Fault {
    Fault(report, .documents, draw.0, draw.1, draw.2, tieOut, difference)
  }

  static let faults: [Fault] = [
    draw("ar-aging", "ar-aging: AR control", 7_00),
    draw("ar-aging", "ar-aging: buckets", 7_00),
    draw("ar-aging-detail", "ar-aging-detail: open", 7_00),
    draw("contract-status", "contract-status: billed", 7_00),
    // Four hours at 100.00, five in the other book.
    Fault(
      "unbilled", .jobs, "timesheets.csv", "T1,T,4", "T1,T,5", "Unbilled entries", 100_00),
    Fault(
      "unbilled-detail", .jobs, "timesheets.csv", "T1,T,4", "T1,T,5", "Unbilled detail", -100_00),
    Fault(
      "wip", .work, "costs.csv", "subcontract,1000.00", "subcontract,1007.00", "wip: cost", -7_00),
    draw("wip", "wip: billed", 7_00),
    Fault(
      "wip", .opening, earlier.0, earlier.1, earlier.2, "wip: billed this period", -7_00),
    Fault(
      "wip-completed", .documents, "jobs.csv", "5000.00", "5007.00", "wip-completed: earned", 7_00),
    Fault(
      "retainage", .documents, "invoices.csv", "-100.00,0,100.00", "-107.00,0,107.00",
      "retainage: released", -7_00),
    Fault(
      "deposits", .documents, "applications.csv", "P1,D1,500.00", "P1,D1,493.00",
      "deposits: held by customer", 7_00),
    Fault(
      "invoice-register", .opening, earlier.0, earlier.1, earlier.2, "invoice-register: billed",
      7_00),
    // What was left of the payment before October is 7.00 and not nothing.
    Fault(
      "cash-receipts", .opening, "applications.csv", "P0,I0,300.00", "P0,I0,293.00",
      "cash-receipts: unapplied", 7_00),
    Fault(
      "sales-tax", .opening, "invoices.csv", "20.00,0,0,0,1020.00", "27.00,0,0,0,1027.00",
      "sales-tax: tax", 7_00),
    Fault(
      "job-cost", .work, "costs.csv", "subcontract,1000.00", "subcontract,1007.00",
      "job-cost: subcontract", -7_00),
    draw("collections", "collections: ending AR", -7_00),
    draw("collections-customers", "collections-customers: open", 7_00),
    draw("allowance", "allowance: open", 7_00),
    // Six left at 6.00 against 50.00 received less 24.00 issued.
    Fault(
      "inventory", .work, "inventory.csv", "receipt,10,5.00", "receipt,10,6.00",
      "inventory: value", 10_00),
    draw("borrowing-base", "borrowing-base: open", 7_00),
    draw("journal", "Journal: Accounts receivable", -7_00),
    draw("ar-rollforward", "ar-rollforward: closing by customer", 7_00),
    // Held before October is 7.00 and not nothing.
    Fault(
      "retainage-rollforward", .opening, earlier.0, earlier.1, "1000.00,20.00,0,7.00,0,1013.00",
      "retainage-rollforward: movements", 7_00),
    Fault(
      "deposit-rollforward", .documents, "applications.csv", "P1,D1,500.00", "P1,D1,493.00",
      "deposit-rollforward: closing by customer", 7_00),
    Fault(
      "unbilled-rollforward", .jobs, "timesheets.csv", "T1,T,4", "T1,T,5",
      "unbilled-rollforward: closing by job", 100_00),
    draw("contract-rollforward", "contract-rollforward: closing", -7_00),
  ]

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
      let asOf = try #require(Day(TieOutFaults.asOf))
      closing = Closing(book, asOf: asOf, keepsRows: true)
      opening = Closing(book, asOf: Period(monthThrough: asOf).opening, keepsRows: true)
    }

    /// Tie-outs of a report, a part of what it is made of taken from another month.
    func tieOuts(
      _ kinds: [ReportKind], _ part: Part? = nil, of other: Month? = nil, drafts: Drafts? = nil
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

  @Test(arguments: faults)
  func `one wrong figure fails the tie-out that stands for it`(fault: Fault) throws {
    let kind = try #require(ReportKind.named(fault.report))
    let month = try Month(Self.company)
    #expect(month.tieOuts([kind]).filter { !$0.passed } == [])
    var files = Self.company
    let text = try #require(files[fault.file])
    #expect(text.components(separatedBy: fault.from).count == 2, "one place")
    files[fault.file] = text.replacing(fault.from, with: fault.to)
    let failed = month.tieOuts([kind], fault.part, of: try Month(files)).filter { !$0.passed }
    let seen = try #require(failed.first { $0.name == fault.tieOut }, "\(failed.map(\.name))")
    #expect(seen.difference == fault.difference, "\(seen.left.text) and \(seen.right.text)")
  }

  @Test func `every report that has tie-outs has a fault that they notice`() throws {
    let month = try Month(Self.company)
    let proven = ReportKind.all.filter { !month.tieOuts([$0]).isEmpty }.map(\.name)
    #expect(proven.count > 15)
    #expect(Set(proven) == Set(Self.faults.map(\.report)).union(["drafts"]))
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
    for total in [Self.draw.1, Self.draw.2] {
      let scratch = try Scratch()
      var files = Self.company
      files["invoices.csv"] = files["invoices.csv"]?.replacing(Self.draw.1, with: total)
      let source = scratch.url("source")
      try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
      for (name, text) in files {
        try Data((text + "\n").utf8).write(to: source.appendingPathComponent(name))
      }
      let outcome = try Tool.run([
        "month-end", source.path, "--as-of", Self.asOf, "--out", scratch.url("pack").path,
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
