import Foundation
import Testing

/// What one month's drafts mean for the next: the drafts are entered as they are, and billing goes on.
@Suite struct BillSequences {
  private static let customers = "customer_id,name,tax_code\nC,Owner,T"
  private static let taxes = """
    tax_code,component,rate_pct,labor,material,other,effective_from
    T,State,8.25,yes,yes,yes,2026-01-01
    """

  /// An invoice credited to be billed again frees its entries once, and once more only by its own credit.
  @Test func `what a credit memo frees is billed again once`() throws {
    let files = [
      "customers.csv": "customer_id,name\nC,Owner",
      "jobs.csv": "job_id,customer_id,name,billing_method\nJ,C,Repair,time_and_materials",
      "costs.csv": """
      cost_id,date,job_id,kind,amount,invoice_id
      17,2026-01-05,J,permit,100.00,V1
      18,2026-01-06,J,permit,50.00,
      """,
      "timesheets.csv": """
      timesheet_id,date,technician_id,job_id,hours,bill_rate
      17,2026-01-05,T,J,1,80
      """,
      "technicians.csv": "technician_id,name,role,cost_rate\nT,Joe,Plumber,30",
      "invoices.csv": """
      invoice_id,customer_id,job_id,type,date,subtotal,total,credits_invoice_id,rebill
      V1,C,J,standard,2026-01-10,100.00,100.00,,no
      M1,C,J,credit_memo,2026-01-20,-100.00,-100.00,V1,yes
      """,
    ]
    let first = try BillRun(asOf: "2026-01-31", files)
    #expect(try first.drafts().column("subtotal") == ["230.00"])
    let second = try BillRun(asOf: "2026-01-31", try first.filesWithDraftsEntered())
    #expect(try second.drafts().rows.isEmpty)
    // Before the credit the old invoice bills its entry, whatever names it later.
    let earlier = try BillRun(asOf: "2026-01-15", try first.filesWithDraftsEntered())
    #expect(try earlier.table("not-billed").column("reason") == ["billed_later"])
    #expect(try earlier.table("not-billed").column("amount") == ["130.00"])
  }

  /// A contract of 10,000.00 with two applications open at once and a deposit of 3,000.00.
  @Test(arguments: [
    ("full", "", ["-2700.00", "-300.00"]), ("proportional", "", ["-900.00", "-2100.00"]),
    ("manual", "", ["0.00", "0.00"]), ("full", "25,10", ["-750.00", "-2250.00"]),
  ])
  func `two draws of one run share the deposit`(
    _ apply: String, _ recovery: String, _ applied: [String]
  ) throws {
    let run = try BillRun(
      asOf: "2026-02-28",
      [
        "company.toml": "[deposits]\napply = \"\(apply)\"",
        "customers.csv": "customer_id,name\nC,Owner",
        "jobs.csv": """
        job_id,customer_id,name,billing_method,contract_amount,retainage_pct,deposit_recovery_pct,deposit_recovery_start_pct
        J,C,Building,fixed_price,10000.00,10,\(recovery.isEmpty ? "," : recovery)
        """,
        "schedule_of_values.csv": """
        job_id,line_no,description,scheduled_value
        J,1,Work,10000.00
        """,
        "progress.csv": """
        job_id,line_no,date,application_no,percent_complete
        J,1,2026-01-31,1,30
        J,1,2026-02-28,2,100
        """,
        "payments.csv": """
        payment_id,customer_id,date,type,job_id,amount
        P,C,2026-01-02,deposit,J,3000.00
        """,
      ])
    #expect(try run.drafts().column("deposit") == applied)
  }

  /// Tax at release: withheld with the draw, released with the retainage, to the cent.
  @Test func `retained tax comes back with the release, and both can be entered`() throws {
    var files = [
      "company.toml": "[retainage]\ntax = \"at_release\"",
      "customers.csv": Self.customers, "tax_codes.csv": Self.taxes,
      "jobs.csv": """
      job_id,customer_id,name,billing_method,contract_amount,retainage_pct,status,completion_date
      J,C,Project,fixed_price,1000.00,10,complete,2026-01-31
      """,
    ]
    let invoice = try BillRun(asOf: "2026-01-31", files)
    #expect(
      try invoice.drafts().cells(
        "subtotal", "tax", "retainage", "retainage_tax", "total", where: "job_id", is: "J")
        == ["1000.00", "82.50", "108.25", "8.25", "974.25"])
    files = try invoice.filesWithDraftsEntered()
    let release = try BillRun(asOf: "2026-02-28", files)
    #expect(
      try release.drafts().cells("retainage", "retainage_tax", "total", where: "job_id", is: "J")
        == ["-108.25", "-8.25", "108.25"])
    let done = try BillRun(asOf: "2026-03-31", try release.filesWithDraftsEntered())
    #expect(try done.drafts().rows.isEmpty)
    #expect(try done.table("not-billed").rows.isEmpty)
  }

  /// A deposit that was taxed when it was received is not taxed again: 825.00 in all.
  @Test func `a deposit taxed on receipt lowers the base of the final invoice`() throws {
    var files = [
      "company.toml": "[deposits]\ntax = \"on_receipt\"",
      "customers.csv": Self.customers, "tax_codes.csv": Self.taxes,
      "jobs.csv": """
      job_id,customer_id,name,billing_method,contract_amount,deposit_amount
      J,C,Project,fixed_price,10000.00,3000.00
      """,
    ]
    let request = try BillRun(asOf: "2026-01-10", files)
    #expect(
      try request.drafts().cells("deposit", "tax", "total", where: "job_id", is: "J")
        == ["3000.00", "247.50", "3247.50"])
    files = try request.filesWithDraftsEntered()
    files["payments.csv"] = "payment_id,customer_id,date,amount\nP,C,2026-01-15,3247.50"
    files["applications.csv"] = """
      application_id,date,source_id,invoice_id,amount
      A,2026-01-15,P,DRAFT-2026-01-10-J-DEPOSIT,3247.50
      """
    files["jobs.csv"] = """
      job_id,customer_id,name,billing_method,contract_amount,deposit_amount,status,completion_date
      J,C,Project,fixed_price,10000.00,3000.00,complete,2026-02-20
      """
    let final = try BillRun(asOf: "2026-02-28", files)
    #expect(
      try final.drafts().cells("subtotal", "deposit", "tax", "total", where: "job_id", is: "J")
        == ["10000.00", "-3000.00", "577.50", "7577.50"])
  }

  /// Work of 1,500.00 under a cap of 1,000.00, which change orders raise by 300.00 and then by 400.00.
  @Test(arguments: ["adjust", "block"])
  func `what a cap held back is billed when it rises`(_ policy: String) throws {
    var files = [
      "company.toml": "[billing]\nnot_to_exceed = \"\(policy)\"",
      "customers.csv": "customer_id,name\nC,Owner",
      "jobs.csv": """
      job_id,customer_id,name,billing_method,not_to_exceed
      J,C,Repair,time_and_materials,1000.00
      """,
      "costs.csv": """
      cost_id,date,job_id,kind,amount
      A,2026-01-05,J,permit,800.00
      B,2026-01-06,J,permit,400.00
      D,2026-01-07,J,permit,300.00
      """,
    ]
    let orders = "change_order_id,job_id,date,amount,status"
    var billed: [String] = []
    for (day, change) in [
      ("2026-01-31", ""), ("2026-02-10", ""), ("2026-02-28", "\nC1,J,2026-02-20,300.00,approved"),
      ("2026-03-31", "\nC2,J,2026-03-20,400.00,approved"),
    ] {
      files["change_orders.csv", default: orders] += change
      let run = try BillRun(asOf: day, files)
      billed += try run.drafts().column("total")
      let lines = try run.table("draft-lines").column("amount")
      #expect(cents(lines) == cents(try run.drafts().column("subtotal")))
      files = try run.filesWithDraftsEntered()
    }
    #expect(billed == ["1000.00", "300.00", "200.00"])
    let last = try BillRun(asOf: "2026-04-30", files)
    #expect(try last.drafts().rows.isEmpty)
    #expect(try last.table("not-billed").rows.isEmpty)
  }

  /// A fee of 600.00 on an estimate of 1,000.00: 0.60 a unit of cost, until it is all there.
  @Test(arguments: [
    ("", "500.00", ["800.00"]), ("", "1200.00", ["1800.00"]),
    ("complete,2026-01-31", "800.00", ["1400.00"]),
  ])
  func `a fixed fee ends at its amount`(
    _ status: String, _ cost: String, _ billed: [String]
  ) throws {
    let run = try BillRun(
      asOf: "2026-01-31",
      [
        "customers.csv": "customer_id,name\nC,Owner",
        "jobs.csv": """
        job_id,customer_id,name,billing_method,estimated_cost,fee_amount,status,completion_date
        J,C,Plant,cost_plus,1000.00,600.00,\(status.isEmpty ? "," : status)
        """,
        "costs.csv": "cost_id,date,job_id,kind,amount\nA,2026-01-05,J,permit,\(cost)",
      ])
    #expect(try run.drafts().column("total") == billed)
    let again = try BillRun(asOf: "2026-01-31", try run.filesWithDraftsEntered())
    #expect(try again.drafts().rows.isEmpty)
  }

  @Test func `no day of interest is charged twice, and none is lost`() throws {
    var files = [
      "company.toml": "[finance_charges]\nrate_pct = \"1.5\"\ngrace_days = 10",
      "customers.csv": "customer_id,name\nC,Owner",
      "invoices.csv": """
      invoice_id,customer_id,type,date,due_date,total
      V1,C,standard,2026-05-29,2026-05-29,627.32
      V2,C,standard,2026-07-25,2026-07-25,1000.00
      """,
    ]
    let july = try BillRun(asOf: "2026-07-31", files)
    #expect(try july.drafts().column("total") == ["19.49"])  // 63 days; V2 is within its grace
    files = try july.filesWithDraftsEntered()
    #expect(try BillRun(asOf: "2026-07-31", files).drafts().rows.isEmpty)
    let august = try BillRun(asOf: "2026-08-31", files).table("draft-lines")
    #expect(
      august.column("description").map { $0.prefix(8) }.sorted() == ["31 days ", "37 days "])
  }

  @Test func `cash goes to the oldest due, with the discount of its own day`() throws {
    let run = try BillRun(
      asOf: "2026-02-28",
      [
        "customers.csv": "customer_id,name,terms\nC,Owner,2/10 Net 30",
        "invoices.csv": """
        invoice_id,customer_id,type,date,subtotal,tax,total,disputed
        V1,C,standard,2026-01-10,100.00,0.00,100.00,yes
        V2,C,standard,2026-02-01,1000.00,80.00,1080.00,no
        V3,C,standard,2026-02-05,500.00,0.00,500.00,no
        """,
        "payments.csv": """
        payment_id,customer_id,date,amount
        P1,C,2026-02-10,1060.00
        P2,C,2026-02-12,245.00
        """,
      ])
    let proposed = try run.table("draft-applications")
    #expect(proposed.column("invoice_id") == ["V2", "V3"])
    #expect(proposed.column("amount") == ["1060.00", "245.00"])
    #expect(proposed.column("discount_taken") == ["20.00", "5.00"])
  }
}

/// Releases that people ask for in adjustments.csv.
@Suite struct AskedReleases {
  private static func files(_ adjustment: String) -> [String: String] {
    [
      "customers.csv": "customer_id,name\nC,Owner",
      "jobs.csv": """
      job_id,customer_id,name,billing_method,contract_amount,retainage_pct
      J,C,Building,fixed_price,10000.00,10
      """,
      "invoices.csv": """
      invoice_id,customer_id,job_id,type,date,subtotal,retainage,total
      V1,C,J,progress,2026-01-31,3000.00,300.00,2700.00
      V2,C,J,progress,2026-02-28,4000.00,400.00,3600.00
      V3,C,J,progress,2026-03-10,,-50.00,50.00
      """,
      "adjustments.csv": """
      adjustment_id,job_id,target,action,value,reason,by,date
      A,J,retainage,\(adjustment),Owner agreed,Kim,2026-03-15
      """,
    ]
  }

  @Test func `an amount is released from the oldest draws, once`() throws {
    let run = try BillRun(asOf: "2026-03-31", Self.files("set_amount,400.00"))
    #expect(try run.drafts().column("total") == ["400.00"])
    // What V3 gave back came from V1.
    #expect(try run.table("draft-lines").column("amount") == ["250.00", "150.00"])
    let again = try BillRun(asOf: "2026-03-31", try run.filesWithDraftsEntered())
    #expect(try again.drafts().rows.isEmpty)
    #expect(try again.table("not-billed").column("amount") == ["250.00"])
  }

  @Test func `a share is kept`() throws {
    let run = try BillRun(asOf: "2026-03-31", Self.files("discount_pct,40"))
    #expect(try run.drafts().column("total") == ["390.00"])  // 60 % of 650.00
  }

  @Test(arguments: ["hold,", "exclude,", "discount_pct,100", "set_amount,0"])
  func `all of it is kept, with the reason`(_ adjustment: String) throws {
    let run = try BillRun(asOf: "2026-03-31", Self.files(adjustment))
    #expect(try run.drafts().rows.isEmpty)
    #expect(
      try run.table("not-billed").cells("reason", "amount", "cleared_by", where: "job_id", is: "J")
        == ["held", "650.00", "Owner agreed"])
  }
}
