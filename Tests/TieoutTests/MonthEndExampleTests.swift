import Billing
import Foundation
import Importing
import Measures
import Testing

/// Figures of published examples that need more than one report: the ledger's side, the sums of two
/// months, what a source of cash has left.
@Suite struct MonthEndExamples {
  /// What `tieout journal` says about each balance of the general ledger.
  private func ledgerFindings(
    _ files: [String: String], period: String, balances: [String]
  ) throws -> [String] {
    let scratch = try Scratch()
    var files = files
    files["gl_balances.csv"] = (["date,account,balance"] + balances).joined(separator: "\n")
    try scratch.write(files)
    let outcome = try Tool.run(["journal", scratch.folder.path, "--period", period])
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome.errors.split(separator: "\n").filter { $0.hasPrefix("gl_balances.csv") }
      .map { $0.components(separatedBy: ": ").dropFirst(2).joined(separator: ": ") }
  }

  /// The example's difference is subledger less ledger; our finding says ledger less subledger.
  @Test func `aud-02, three control accounts, three comparisons with the ledger`() throws {
    let findings = try ledgerFindings(
      PublishedExamples.retainageAndDeposits, period: "2026-03",
      balances: [
        "2026-03-31,Accounts receivable,42000.00", "2026-03-31,Retainage receivable,9000.00",
        "2026-03-31,Customer deposits,3000.00",
      ])
    #expect(
      findings.sorted() == [
        "balance: 3000.00 agrees with Customer deposits on 2026-03-31",
        "balance: 42000.00 agrees with Accounts receivable on 2026-03-31",
        "balance: 9000.00 is Retainage receivable on 2026-03-31 in the ledger; documents and jobs "
          + "come to 10,000.00, a difference of -1,000.00",
      ])
  }

  @Test func `age-11, the rest of a payment and of a credit memo, and the ledger of that day`()
    throws
  {
    let scratch = try Scratch()
    try scratch.write(PublishedExamples.asOfReconstruction)
    let book = try importFolder(ImportRequest(folder: scratch.folder.path)).book
    let explainer = Explainer(book, asOf: try #require(Day("2026-03-31")))
    let customer = explainer.explain(try #require(explainer.subjects(named: "C").first))
    let unapplied = try #require(customer.part("net", "unapplied"))
    #expect(
      unapplied.parts.map { "\($0.what): \($0.value)" } == [
        "CM-1 credit_memo of 2026-03-20: -150.00", "PMT-1 payment of 2026-03-15: -300.00",
      ])
    // 3,500.00 invoiced − 700.00 cash − 150.00 credit.
    #expect(
      try ledgerFindings(
        PublishedExamples.asOfReconstruction, period: "2026-03",
        balances: ["2026-03-31,Accounts receivable,2650.00"])
        == ["balance: 2650.00 agrees with Accounts receivable on 2026-03-31"])
  }

  /// The difference goes to an account of its own unless the company says otherwise, as in the example.
  private let overUnder = [
    "company.toml": "[accounts]\nover_under = \"Contract revenue\"",
    "customers.csv": "customer_id,name\nC1,Acme",
    "jobs.csv": "job_id,customer_id,name,billing_method\nA,C1,Job A,unit_price",
    "schedule_of_values.csv": "job_id,line_no,description,scheduled_value\nA,1,Work,200000.00",
    "progress.csv": """
    job_id,line_no,date,completed_amount
    A,1,2026-03-31,112000.00
    A,1,2026-04-30,150000.00
    """,
    "invoices.csv": """
    invoice_id,customer_id,job_id,type,date,subtotal,total
    I1,C1,A,standard,2026-03-15,100000.00,100000.00
    I2,C1,A,standard,2026-04-15,55000.00,55000.00
    """,
  ]

  /// Delta entries are not offered (DOMAIN §3.11, an option): over a month the reversal and the next
  /// accrual come to them.
  @Test func `je-03, what April reverses and accrues is the example's delta entry`() throws {
    let march = try JournalEntries.journal(overUnder, "2026-03")
    #expect(march == (try JournalEntries.journal(overUnder, "2026-03")), "a rerun posts no more")
    #expect(
      march.filter { $0.contains("accrual") } == [
        "2026-03-31 accrual A 2026-03-31 | Costs in excess of billings | 12000.00 | ",
        "2026-03-31 accrual A 2026-03-31 | Contract revenue |  | 12000.00",
      ])
    let april = try JournalEntries.journal(overUnder, "2026-04").filter { $0.contains("accrual") }
    #expect(
      april == [
        "2026-04-01 accrual A 2026-03-31 reversed | Costs in excess of billings |  | 12000.00",
        "2026-04-01 accrual A 2026-03-31 reversed | Contract revenue | 12000.00 | ",
        "2026-04-30 accrual A 2026-04-30 | Billings in excess of costs |  | 5000.00",
        "2026-04-30 accrual A 2026-04-30 | Contract revenue | 5000.00 | ",
      ])
    var debits: [String: Int] = [:]
    for line in april {
      let cells = line.components(separatedBy: " | ")
      debits[cells[1], default: 0] += cents(cells[2]) - cents(cells[3])
    }
    #expect(
      debits == [
        "Contract revenue": 17_000_00, "Costs in excess of billings": -12_000_00,
        "Billings in excess of costs": -5_000_00,
      ])
  }

  @Test func `je-03, April earns what it billed less what was under- and overbilled`() throws {
    let run = try ReportRun("wip", asOf: "2026-04-30", overUnder)
    // 55,000 − 17,000 = 38,000.
    #expect(
      try run.rows(
        "wip", "billed_this_period", "earned_this_period", "earned_to_date", "billed_to_date",
        "overbilled") == ["55000.00|38000.00|150000.00|155000.00|5000.00"])
  }

  /// A purchase invoice for stock received has no table. The one that is left is counted out at its
  /// 10.00 and in again at 12.00; the other 2.00 concern nothing on hand, and no job (DOMAIN §8.3, [S89]).
  @Test func `inv-04, a dearer purchase is capitalised on what is left, the issue stays`() throws {
    let run = try ReportRun(
      "inventory", asOf: "2026-01-31",
      [
        "customers.csv": "customer_id,name\nC,Owner",
        "jobs.csv": "job_id,customer_id,name,billing_method\nJ,C,Repair,fixed_price",
        "items.csv": "item_id,description\nB,Boiler",
        "inventory.csv": """
        movement_id,date,item_id,type,quantity,unit_cost,job_id
        M1,2026-01-01,B,receipt,2,10.00,
        M2,2026-01-02,B,issue,1,,J
        M3,2026-01-03,B,adjustment,-1,,
        M4,2026-01-03,B,receipt,1,12.00,
        """,
      ])
    #expect(
      try run.rows("inventory", "quantity", "value", "average_cost", "issued_to_jobs", "variance")
        == ["1|12.00|12.00|10.00|0.00"])
  }
}

extension Scratch {
  /// Writes files by name, each with a last line break.
  func write(_ files: [String: String]) throws {
    for (name, text) in files { try Data((text + "\n").utf8).write(to: url(name)) }
  }
}

extension Explanation {
  /// The first part of a name, in it the first of the next, and so on.
  func part(_ names: String...) -> Explanation? {
    names.reduce(self) { node, name in node?.parts.first { $0.what == name } }
  }
}
