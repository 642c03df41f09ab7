import Testing

/// Published examples of the work-in-progress schedule (DOMAIN §3), with all their figures.
@Suite struct WipExamples {
  @Test func `wip-02, uninstalled material earns its cost and no profit`() throws {
    var files = [
      "customers.csv": "customer_id,name\nC,Owner",
      "jobs.csv":
        "job_id,customer_id,name,billing_method,contract_amount\nJ,C,Tower,fixed_price,5000000",
      "estimates.csv": """
      job_id,date,estimated_cost,uninstalled_cost
      J,2026-12-31,4000000.00,1500000.00
      """,
      "costs.csv": """
      cost_id,date,job_id,kind,amount
      K1,2026-12-01,J,equipment,1500000.00
      K2,2026-12-02,J,subcontract,500000.00
      """,
    ]
    let run = try ReportRun("wip", asOf: "2026-12-31", files)
    #expect(
      try run.rows(
        "wip", "complete_pct", "uninstalled_cost", "earned_to_date", "cost_to_date",
        "gross_profit_to_date", "loss_provision", "estimated_gross_profit", "backlog")
        == ["20.00|1500000.00|2200000.00|2000000.00|200000.00|0.00|1000000.00|2800000.00"])
    files["estimates.csv"] = "job_id,date,estimated_cost\nJ,2026-12-31,4000000.00"
    let naive = try ReportRun("wip", asOf: "2026-12-31", files)
    #expect(
      try naive.rows("wip", "complete_pct", "earned_to_date", "cost_to_date")
        == ["50.00|2500000.00|2000000.00"])
  }

  // Re-estimates are dated, so every year keeps the figures that were known in it.
  @Test(arguments: [
    ("2013", "12.00|360000.00|360000.00|300000.00|0.00|0.00|60000.00", 300_000_00),
    ("2014", "50.00|1500000.00|1140000.00|1100000.00|0.00|0.00|40000.00", 1_100_000_00),
    ("2015", "73.00|2190000.00|690000.00|863000.00|27000.00|27000.00|-200000.00", 890_000_00),
    ("2016", "100.00|3000000.00|810000.00|837000.00|0.00|-27000.00|0.00", 810_000_00),
  ])
  func `wip-05, a contract that turns into a loss shows all of it at once`(
    year: String, figures: String, costOfRevenue: Int
  ) throws {
    let run = try ReportRun(
      "wip", asOf: "\(year)-12-31",
      [
        "customers.csv": "customer_id,name\nC,Owner",
        "jobs.csv":
          "job_id,customer_id,name,billing_method,contract_amount\nJ,C,Plant,fixed_price,3000000",
        "estimates.csv": """
        job_id,date,estimated_cost
        J,2013-12-31,2500000.00
        J,2014-12-31,2800000.00
        J,2015-12-31,3100000.00
        J,2016-12-31,3100000.00
        """,
        "costs.csv": """
        cost_id,date,job_id,kind,amount
        K1,2013-06-30,J,other,300000.00
        K2,2014-06-30,J,other,1100000.00
        K3,2015-06-30,J,other,863000.00
        K4,2016-06-30,J,other,837000.00
        """,
      ], options: ["--from", "\(year)-01-01"])
    #expect(
      try run.rows(
        "wip", "complete_pct", "earned_to_date", "earned_this_period", "cost_this_period",
        "loss_provision", "loss_provision_change", "gross_profit_this_period") == [figures])
    // The provision is a cost of revenue (DOMAIN §3.6): what the year earned less its profit.
    let (earned, profit) = (
      try run.rows("wip", "earned_this_period"), try run.rows("wip", "gross_profit_this_period")
    )
    #expect(cents(earned) - cents(profit) == costOfRevenue)
  }

  /// The loss job contributes its whole loss, whatever was spent on it.
  @Test(arguments: [
    ("0.00", "0.00|20000.00"), ("96000.00", "90000.00|14000.00"),
    ("320000.00", "300000.00|0.00"),
  ])
  func `wip-13, a portfolio of a profitable and a loss job`(spent: String, loss: String) throws {
    let run = try ReportRun(
      "wip", asOf: "2026-12-31",
      [
        "customers.csv": "customer_id,name\nC,Owner",
        "jobs.csv": """
        job_id,customer_id,name,billing_method,contract_amount,estimated_cost
        1,C,Good,fixed_price,420000.00,360000.00
        2,C,Bad,fixed_price,300000.00,320000.00
        """,
        "costs.csv": """
        cost_id,date,job_id,kind,amount
        K1,2026-12-01,1,other,240000.00
        K2,2026-12-01,2,other,\(spent)
        """,
      ])
    #expect(
      try run.rows("wip", "earned_to_date", "loss_provision") == ["280000.00|0.00", loss])
    let profits = try run.rows("wip", "gross_profit_to_date")
    #expect(profits == ["40000.00", "-20000.00"])
    #expect(cents(profits) == 20_000_00)
  }
}
