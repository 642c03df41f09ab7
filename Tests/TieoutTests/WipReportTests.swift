import Testing

@Suite struct WipReports {
  /// October of a contractor with a job for each figure.
  static let files = [
    "customers.csv": "customer_id,name\nC,Owner",
    "jobs.csv": """
    job_id,customer_id,name,billing_method,contract_amount,estimated_cost,status,contract_date,\
    completion_date
    J1,C,Long job,fixed_price,120000.00,80000.00,open,2026-08-01,
    J2,C,New job,fixed_price,60000.00,45000.00,open,2026-10-05,
    J3,C,Done in October,fixed_price,10000.00,7000.00,complete,2026-09-01,2026-10-20
    J4,C,Done last year,fixed_price,5000.00,4500.00,complete,2025-09-01,2025-11-01
    J5,C,Cost after its end,fixed_price,5000.00,4500.00,complete,2025-09-01,2025-11-01
    J6,C,Repair,time_and_materials,,,open,,
    J7,C,Nobody estimated again,fixed_price,1000.00,800.00,open,2026-08-01,
    J8,C,No contract amount,fixed_price,,90.00,open,2026-08-01,
    J9,C,Billed early,fixed_price,1000.00,800.00,open,2026-08-01,
    JN,C,Signed in November,fixed_price,9000.00,10000.00,open,2026-11-02,
    """,
    "estimates.csv": "job_id,date,estimated_cost\nJ1,2026-10-31,96000.00",
    "costs.csv": """
    cost_id,date,job_id,kind,amount
    K1,2026-09-15,J1,other,20000.00
    K2,2026-10-10,J1,other,28000.00
    K3,2026-10-12,J2,other,15000.00
    K4,2026-10-13,J3,other,7500.00
    K5,2025-10-01,J4,other,4000.00
    K6,2025-10-01,J5,other,4000.00
    K7,2026-03-03,J5,other,100.00
    K8,2026-10-14,J6,other,1000.00
    K9,2026-10-15,J7,other,100.00
    K10,2026-10-15,J8,other,50.00
    K11,2026-09-15,J9,other,500.00
    """,
    "invoices.csv": """
    invoice_id,customer_id,job_id,type,date,subtotal,retainage,total,status,void_date
    I0,C,J1,progress,2026-09-25,4000.00,400.00,3600.00,void,2026-10-05
    I1,C,J1,progress,2026-09-20,50000.00,5000.00,45000.00,issued,
    I2,C,J1,progress,2026-10-20,25000.00,2500.00,22500.00,issued,
    I3,C,J3,standard,2026-10-21,10000.00,,10000.00,issued,
    I4,C,J4,standard,2025-11-02,5000.00,,5000.00,issued,
    I5,C,J5,standard,2025-11-02,5000.00,,5000.00,issued,
    I6,C,J9,standard,2026-09-20,1000.00,,1000.00,issued,
    """,
    "payments.csv":
      "payment_id,customer_id,date,type,job_id,amount\nP,C,2026-08-05,deposit,J1,2000",
  ]

  private func october() throws -> ReportRun {
    try ReportRun("wip", "wip-completed", "findings", asOf: "2026-10-31", Self.files)
  }

  @Test func `the keys are those of the design`() throws {
    let keys = """
      job_id,job,customer_id,customer,manager,billing_method,original_contract,approved_changes,\
      revised_contract,original_estimate,original_estimated_gross_profit,estimated_cost,\
      estimate_date,cost_this_period,cost_to_date,uninstalled_cost,cost_to_complete,complete_pct,\
      earned_to_date,earned_this_period,billed_to_date,billed_this_period,underbilled,overbilled,\
      loss_provision,loss_provision_change,gross_profit_to_date,gross_profit_this_period,\
      estimated_gross_profit,margin_pct,prior_estimated_gross_profit,fade_amount,fade_pct,\
      retainage_held,contract_asset,contract_liability,backlog
      """
    let run = try october()
    #expect(try run.header("wip") == keys)
    #expect(try run.header("wip-completed") == keys)
  }

  @Test func `a new estimate is caught up in its period, and a void lowers what was billed`() throws
  {
    let run = try october()
    let rows = try run.rows(
      "wip", "job_id", "cost_to_date", "cost_this_period", "cost_to_complete", "complete_pct",
      "earned_to_date", "earned_this_period", "billed_to_date", "billed_this_period",
      "gross_profit_to_date", "gross_profit_this_period")
    // 20,000 of 80,000 had earned 30,000 of 120,000 by September, 48,000 of 96,000 earn half.
    #expect(
      rows.first
        == "J1|48000.00|28000.00|48000.00|50.00|60000.00|30000.00|75000.00|21000.00|12000.00|2000.00"
    )
  }

  @Test func `profit fades against the first estimate, beside that of the period before`() throws {
    let rows = try october().rows(
      "wip", "job_id", "original_estimated_gross_profit", "estimated_gross_profit", "margin_pct",
      "prior_estimated_gross_profit", "fade_amount", "fade_pct", "estimate_date", "backlog")
    #expect(
      rows.prefix(2) == [
        "J1|40000.00|24000.00|20.00|40000.00|16000.00|40.00|2026-10-31|60000.00",
        "J2|15000.00|15000.00|25.00||0.00|0.00||40000.00",
      ])
  }

  @Test func `a contract is an asset or a liability, net of retainage and deposits`() throws {
    let rows = try october().rows(
      "wip", "job_id", "underbilled", "overbilled", "retainage_held", "contract_asset",
      "contract_liability")
    // J1: 60,000 − 75,000 + 7,500 − 2,000. J6 earns what its cost is worth.
    #expect(
      rows == [
        "J1|0.00|15000.00|7500.00|0.00|9500.00", "J2|20000.00|0.00|0.00|20000.00|0.00",
        "J6|1000.00|0.00|0.00|1000.00|0.00", "J7|125.00|0.00|0.00|125.00|0.00",
        "J8|0.00|0.00|0.00|0.00|0.00", "J9|0.00|375.00|0.00|0.00|375.00",
      ])
  }

  @Test func `completed jobs stand apart, those of the year and those still held`() throws {
    let rows = try october().rows(
      "wip-completed", "job_id", "earned_to_date", "earned_this_period", "underbilled",
      "overbilled", "cost_to_complete", "gross_profit_to_date", "estimated_gross_profit",
      "margin_pct", "fade_amount", "fade_pct", "backlog")
    #expect(
      rows == [
        "J3|10000.00|10000.00|0.00|0.00|0.00|2500.00|2500.00|25.00|500.00|16.6667|0.00",
        "J5|5000.00|0.00|0.00|0.00|0.00|900.00|900.00|18.00|-400.00|-80.00|0.00",
      ])
  }

  @Test func `a completed job is in progress before its day`() throws {
    let run = try ReportRun("wip", "wip-completed", asOf: "2026-10-19", Self.files)
    #expect(try run.rows("wip", "job_id").contains("J3"))
    #expect(try run.rows("wip-completed", "job_id") == ["J5"])
  }

  @Test func `one finding a job and sign asks for a review`() throws {
    let found = try october().rows("findings", "code", "line", "amount")
    #expect(
      found == [
        "profit_fade|2|16000.00", "estimate_not_updated|8|100.00",
        "cost_without_contract|9|50.00", "estimate_not_updated|9|50.00",
        "billed_before_done|10|300.00",
      ])
  }

  @Test func `a loss is expected of a limit on time and material, and of no missing contract`()
    throws
  {
    let run = try ReportRun(
      "wip", asOf: "2026-10-31",
      [
        "customers.csv": "customer_id,name\nC,Owner",
        "jobs.csv": """
        job_id,customer_id,name,billing_method,estimated_cost,not_to_exceed
        J1,C,Limited,time_and_materials,12000.00,10000.00
        J2,C,Unlimited,time_and_materials,12000.00,
        J3,C,No amount,fixed_price,12000.00,
        """,
        "costs.csv": """
        cost_id,date,job_id,kind,amount
        K1,2026-10-10,J1,other,3000.00
        K2,2026-10-10,J2,other,3000.00
        """,
      ])
    #expect(
      try run.rows("wip", "job_id", "earned_to_date", "loss_provision", "gross_profit_to_date")
        == ["J1|3000.00|2000.00|-2000.00", "J2|3000.00|0.00|0.00", "J3|0.00|0.00|0.00"])
  }

  /// The input begins in the period: 40,000 of 80,000 were spent before it.
  @Test(arguments: [
    ("", "60000.00|10000.00"), ("2026-10-05,C,J,earned,48000.00\n", "60000.00|12000.00"),
  ])
  func `what opening balances bring along is of no period`(earned: String, figures: String) throws {
    let run = try ReportRun(
      "wip", asOf: "2026-10-31",
      [
        "customers.csv": "customer_id,name\nC,Owner",
        "jobs.csv": """
        job_id,customer_id,name,billing_method,contract_amount,estimated_cost
        J,C,Old job,fixed_price,100000.00,80000.00
        """,
        "opening_balances.csv": """
        date,customer_id,job_id,measure,amount
        \(earned)2026-10-05,C,J,cost_other,40000.00
        2026-10-05,C,J,billed,45000.00
        2026-10-05,C,,billed,700.00
        """,
        "costs.csv": "cost_id,date,job_id,kind,amount\nK,2026-10-20,J,other,8000.00",
      ])
    #expect(try run.rows("wip", "earned_to_date", "earned_this_period") == [figures])
    #expect(
      try run.rows(
        "wip", "cost_to_date", "cost_this_period", "billed_to_date", "billed_this_period")
        == ["48000.00|8000.00|45000.00|0.00"])
  }

  @Test func `before the threshold both reports earn the cost and no more`() throws {
    var files = Self.files
    files["company.toml"] = "[wip]\nzero_margin_below_pct = \"60\"\nfade_above_pct = \"50\""
    let run = try ReportRun(
      "wip", "contract-status", "findings", asOf: "2026-10-31", files)
    #expect(
      try run.rows("wip", "job_id", "earned_to_date", "gross_profit_to_date").first
        == "J1|48000.00|0.00")
    #expect(try run.rows("contract-status", "job_id", "earned").first == "J1|48000.00")
    #expect(try !run.rows("findings", "code").contains("profit_fade"))
  }
}
