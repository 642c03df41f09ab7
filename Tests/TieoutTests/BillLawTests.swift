import Foundation
import Testing

/// What holds of the drafts of any company.
@Suite struct DraftLaws {
  @Test(arguments: [1, 2, 3, 5, 8, 13] as [UInt64])
  func `drafts add up, and once they are invoices nothing more is proposed`(seed: UInt64) throws {
    var files = RandomCompany(seed: seed).files
    files["tax_codes.csv"] = """
      tax_code,component,rate_pct,labor,material,other,effective_from
      T,State,6.25,no,yes,yes,2026-01-01
      T,City,2.375,yes,yes,no,2026-01-01
      """
    files["customers.csv"] = """
      customer_id,name,on_hold,tax_code
      C0,A,no,T
      C1,B,yes,T
      C2,C,no,
      C3,D,no,T
      """
    files["company.toml"] = """
      [billing]
      time_increment_minutes = 30
      time_rounding = "up"
      time_rounding_per = "\(seed % 2 == 0 ? "day" : "entry")"
      minimum_visit_hours = "2"
      trip_charge = "35.00"
      not_to_exceed = "\(seed % 3 == 0 ? "block" : "adjust")"
      [rounding]
      tax = "\(seed % 2 == 0 ? "line" : "invoice")"
      [finance_charges]
      rate_pct = "1.5"
      """
    let comment: Comment = "seed \(seed)"
    let first = try BillRun(asOf: "2026-10-28", files)
    try checkDrafts(first, comment)
    #expect(try first.drafts().rows.count > 3, comment)
    let second = try BillRun(asOf: "2026-10-28", try first.filesWithDraftsEntered())
    let left = try second.table("draft-lines").text
    #expect(try second.drafts().rows.isEmpty, "seed \(seed): \(left)")
  }

  /// Ten applications against 200 lines, with stored material, a step-down at half and a release.
  @Test func `a contract of 200 lines runs through its draws and ends at nothing held`() throws {
    var schedule = "job_id,line_no,description,scheduled_value,tax_kind"
    var contract = 0
    var retained = 0  // 5 % of every line, each rounded half up
    for line in 1...200 {
      let value = 100_000 + line * 7_919 % 900_000
      contract += value
      retained += (value + 10) / 20
      schedule += "\nJ,\(line),Line \(line),\(amountText(value)),\(["labor", "material"][line % 2])"
    }
    var progress = "job_id,line_no,date,application_no,percent_complete,stored_materials"
    for application in 1...10 {
      for line in 1...200 {
        let done = min(100, max(0, application * 13 - line % 30))
        let isOver = application == 10
        let stored = !isOver && line % 7 == application % 7 && done < 60 ? 25_000 : 0
        progress += "\nJ,\(line),2026-\(Self.month(application))-28,\(application),"
        progress += "\(isOver ? 100 : done),\(amountText(stored))"
      }
    }
    var files = [
      "customers.csv": "customer_id,name\nC,Owner",
      "jobs.csv": """
      job_id,customer_id,name,billing_method,contract_amount,retainage_pct,retainage_stored_pct,retainage_policy,retainage_step_at_pct,retainage_step_to_pct
      J,C,Tower,fixed_price,\(amountText(contract)),10,5,cumulative,50,5
      """,
      "schedule_of_values.csv": schedule,
    ]
    var (billed, held) = (0, 0)
    for application in 1...10 {
      let rows = progress.split(separator: "\n").prefix(1 + 200 * application)
      files["progress.csv"] = rows.joined(separator: "\n")
      let run = try BillRun(asOf: "2026-\(Self.month(application))-28", files)
      try checkDrafts(run, "application \(application)")
      let drafts = try run.drafts()
      try #require(drafts.rows.count == 1)
      billed += cents(drafts.rows[0]["subtotal"])
      held += cents(drafts.rows[0]["retainage"])
      let draw = try #require(try run.table("draws").rows.first)
      #expect(billed == cents(draw["line_4"]))
      #expect(held == cents(draw["line_5"]))
      #expect(cents(try run.table("draws/J-\(application)-g703").column("retainage")) == held)
      #expect(cents(draw["line_8"]) == cents(drafts.rows[0]["total"]))
      files = try run.filesWithDraftsEntered()
    }
    #expect(billed == contract)
    #expect(held == retained)
    files["jobs.csv"] = files["jobs.csv"]?.replacing(
      "retainage_pct,", with: "status,completion_date,retainage_pct,"
    )
    .replacing("\(amountText(contract)),10", with: "\(amountText(contract)),complete,2026-10-28,10")
    let release = try BillRun(asOf: "2026-11-30", files)
    let released = try release.drafts()
    #expect(released.column("type") == ["retainage_release"])
    #expect(cents(released.column("total")) == held)
    let done = try BillRun(asOf: "2026-11-30", try release.filesWithDraftsEntered())
    #expect(try done.drafts().rows.isEmpty)
    #expect(try done.table("not-billed").rows.isEmpty)
  }

  private static func month(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  @Test func `the sample's drafts are those that are committed`() throws {
    let scratch = try Scratch()
    let outcome = try Tool.run([
      "bill", "sample-data", "--as-of", "2026-10-31", "--out", scratch.url("out").path,
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("Tie-outs passed"))
    let committed = Tool.repository.appendingPathComponent("reports/drafts-2026-10-31")
    let names = try FileManager.default.subpathsOfDirectory(atPath: committed.path).sorted()
    let written = try FileManager.default.subpathsOfDirectory(atPath: scratch.url("out").path)
    #expect(written.sorted() == names)
    for name in names where name.hasSuffix(".csv") {
      let new = try String(contentsOf: scratch.url("out/\(name)"), encoding: .utf8)
      let old = try String(contentsOf: committed.appendingPathComponent(name), encoding: .utf8)
      #expect(new == old, "\(name) differs")
    }
  }

  @Test func `the drafts of the sample are the same bytes on one core and on two`() throws {
    let scratch = try Scratch()
    var packs: [[String: Data]] = []
    for cores in ["0", "0-1"] {
      let out = scratch.url("out-\(cores)")
      let outcome = try Tool.run(
        ["bill", "sample-data", "--as-of", "2026-10-31", "--out", out.path, "--quiet"],
        prefix: ["taskset", "-c", cores])
      #expect(outcome.status == 0, "\(outcome.errors)")
      var files: [String: Data] = [:]
      for name in try FileManager.default.subpathsOfDirectory(atPath: out.path)
      where name.contains(".") {
        files[name] = try Data(contentsOf: out.appendingPathComponent(name))
      }
      packs.append(files)
    }
    #expect(packs[0].count >= 9)
    #expect(packs[0] == packs[1])
  }
}
