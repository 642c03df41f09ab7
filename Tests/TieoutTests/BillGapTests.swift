import Foundation
import Testing

/// What cannot be billed as somebody meant it is said, not dropped.
@Suite struct SaidNotDropped {
  private static let customers = "customer_id,name\nC,Owner"
  private static let header = "adjustment_id,job_id,target,action,value,reason,by,date\n"

  private func errors(_ files: [String: String], asOf day: String = "2026-01-31") throws
    -> (status: Int32, errors: String)
  {
    let scratch = try Scratch()
    for (name, text) in files {
      try Data((text + "\n").utf8).write(to: scratch.url(name))
    }
    let outcome = try Tool.run([
      "bill", scratch.folder.path, "--as-of", day, "--out", scratch.url("out").path,
    ])
    return (outcome.status, outcome.errors)
  }

  private func contract(_ adjustment: String) -> [String: String] {
    [
      "customers.csv": Self.customers,
      "jobs.csv": """
      job_id,customer_id,name,billing_method,contract_amount
      J,C,Plant,fixed_price,1000.00
      """,
      "costs.csv": "cost_id,date,job_id,kind,amount\nK,2026-01-05,J,permit,100.00",
      "adjustments.csv": Self.header + adjustment,
    ]
  }

  @Test(arguments: [
    "A,J,other,discount_pct,10,Goodwill,Kim,2026-01-06", "A,J,K,exclude,,Goodwill,Kim,2026-01-06",
    "A,J,K,set_amount,50,Goodwill,Kim,2026-01-06",
  ])
  func `an adjustment of a contract's entries is said to change nothing`(row: String) throws {
    let run = try errors(contract(row))
    #expect(run.status == 0)
    #expect(run.errors.contains("A changes nothing: entries of J, fixed_price"))
  }

  private func repair(_ adjustment: String) -> [String: String] {
    [
      "customers.csv": Self.customers,
      "jobs.csv": "job_id,customer_id,name,billing_method\nJ,C,Repair,time_and_materials",
      "costs.csv": """
      cost_id,date,job_id,kind,amount
      K1,2026-01-05,J,permit,100.00
      K2,2026-01-06,J,freight,40.00
      """,
      "adjustments.csv": Self.header + adjustment,
    ]
  }

  @Test func `one amount for several entries is refused, for one it counts`() throws {
    let several = try errors(repair("A,J,other,set_amount,90,Agreed,Kim,2026-01-06"))
    #expect(several.status == 1)
    #expect(several.errors.contains("A gives one amount to 2 entries of J"))
    let one = try BillRun(
      asOf: "2026-01-31", repair("A,J,freight,set_amount,90,Agreed,Kim,2026-01-06"))
    #expect(try one.drafts().column("total") == ["190.00"])
  }

  @Test func `a deposit percentage of nothing and a contract billed beyond its amount are listed`()
    throws
  {
    let run = try BillRun(
      asOf: "2026-01-31",
      [
        "customers.csv": Self.customers,
        "jobs.csv": """
        job_id,customer_id,name,billing_method,contract_amount,deposit_pct,status,completion_date
        J1,C,Repair,time_and_materials,,25,open,
        J2,C,Plant,fixed_price,1000.00,,complete,2026-01-20
        """,
        "invoices.csv": """
        invoice_id,customer_id,job_id,type,date,subtotal,total
        V,C,J2,standard,2026-01-10,1150.00,1150.00
        """,
      ])
    let list = try run.table("not-billed")
    #expect(
      list.cells("what", "reason", where: "job_id", is: "J1") == ["deposit", "no_deposit_base"])
    #expect(
      list.cells("what", "reason", "amount", where: "job_id", is: "J2")
        == ["contract", "overbilled", "-150.00"])
    #expect(try run.drafts().rows.isEmpty)
  }

  /// 10 % withheld of 600.00 where the law asks for 5 % past half: 60.00 against 30.00.
  @Test(arguments: [
    ("600.00", "60.00", true), ("400.00", "40.00", false), ("600.00", "30.00", false),
  ])
  func `what is really withheld is held against the rule`(
    _ billed: String, _ retained: String, _ isBreach: Bool
  ) throws {
    let run = try errors([
      "customers.csv": Self.customers,
      "jobs.csv": """
      job_id,customer_id,name,billing_method,contract_amount,region,contract_date
      J,C,Plant,fixed_price,1000.00,IL,2026-01-01
      """,
      "retainage_rules.csv": """
      region,effective_from,cap_pct,step_at_pct,step_to_pct,source
      IL,2019-01-01,10,50,5,P.A. 101-0432
      """,
      "invoices.csv": """
      invoice_id,customer_id,job_id,type,date,subtotal,retainage,total
      V,C,J,progress,2026-01-10,\(billed),\(retained),\(amountText(cents(billed) - cents(retained)))
      """,
    ])
    #expect(run.status == 0)
    #expect(run.errors.contains("retainage_rules.csv:2 (P.A. 101-0432)") == isBreach)
  }

  /// Ids that a CSV file guards, that hold blanks, and that are a part of another one.
  @Test func `entries of any id are billed once`() throws {
    let run = try BillRun(
      asOf: "2026-01-31",
      [
        "customers.csv": Self.customers,
        "jobs.csv": "job_id,customer_id,name,billing_method\nJ,C,Repair,time_and_materials",
        "costs.csv": """
        cost_id,date,job_id,kind,amount
        =K1,2026-01-05,J,permit,100.00
        K 2,2026-01-06,J,permit,40.00
        -7,2026-01-07,J,permit,20.00
        2,2026-02-06,J,permit,30.00
        """,
      ])
    #expect(try run.drafts().column("total") == ["160.00"])
    let files = try run.filesWithDraftsEntered()
    #expect(try BillRun(asOf: "2026-01-31", files).drafts().rows.isEmpty)
    // "K 2" has billed itself and not the entry 2.
    #expect(try BillRun(asOf: "2026-02-28", files).drafts().column("total") == ["30.00"])
  }

  @Test func `a line added to a contract waits for a change order, and the contract bills in full`()
    throws
  {
    var files = contract("A,J,,add_line,50.00,Extra outlet,Kim,2026-01-06")
    files["jobs.csv"] = """
      job_id,customer_id,name,billing_method,contract_amount,status,completion_date
      J,C,Plant,fixed_price,1000.00,complete,2026-02-10
      """
    let january = try BillRun(asOf: "2026-01-31", files)
    #expect(try january.drafts().rows.isEmpty)
    #expect(
      try january.table("not-billed").cells("reason", "amount", where: "job_id", is: "J")
        == ["added_to_contract", "50.00"])
    let done = try BillRun(asOf: "2026-02-28", files)
    #expect(try done.drafts().column("total") == ["1000.00"])
  }
}
