import Testing

@Suite struct JobCostReports {
  @Test func `cost by kind, against estimate and billing`() throws {
    let run = try ReportRun(
      "job-cost", asOf: "2026-10-31",
      [
        "customers.csv": "customer_id,name\nC,Owner",
        "jobs.csv": """
        job_id,customer_id,name,billing_method,contract_amount,estimated_cost
        J,C,Fit-out,fixed_price,5000.00,3000.00
        K,C,Not begun,fixed_price,700.00,
        """,
        "technicians.csv": """
        technician_id,name,role,cost_rate,burden_pct
        T,Ann,Electrician,40.00,25
        """,
        "timesheets.csv": """
        timesheet_id,date,technician_id,job_id,pay_type,hours
        H1,2026-10-01,T,J,REG,8
        H2,2026-10-02,T,J,OT,2
        H3,2026-11-01,T,J,REG,8
        """,
        "items.csv": "item_id,description\nI,Wire",
        "inventory.csv": """
        movement_id,date,item_id,type,quantity,unit_cost,job_id,reverses
        M1,2026-09-01,I,receipt,10,12.50,,
        M2,2026-10-03,I,issue,4,,J,
        M3,2026-10-04,I,return,1,,J,M2
        """,
        "costs.csv": """
        cost_id,date,job_id,kind,amount
        K1,2026-10-05,J,subcontract,600.00
        K2,2026-10-06,J,equipment,150.00
        K3,2026-10-07,J,permit,90.00
        K4,2026-10-08,J,freight,10.00
        K5,2026-11-01,J,freight,99.00
        """,
        "opening_balances.csv": """
        date,job_id,measure,amount
        2026-08-31,J,cost_labor,100.00
        2026-08-31,J,cost_other,20.00
        """,
        "invoices.csv": """
        invoice_id,customer_id,job_id,type,date,subtotal,tax,retainage,total
        I1,C,J,progress,2026-10-20,2000.00,80.00,200.00,1880.00
        """,
      ])
    #expect(
      try run.header("job-cost")
        == "job_id,job,customer_id,labor,burden,material,subcontract,equipment,other,total_cost,"
        + "estimated_cost,billed,margin,margin_pct")
    // 8 × 40.00 + 2 × 60.00 and 100.00 from before; 25 % of 440.00; 3 × 12.50; 90 + 10 + 20.
    #expect(
      try run.rows(
        "job-cost", "job_id", "labor", "burden", "material", "subcontract", "equipment", "other",
        "total_cost", "estimated_cost", "billed", "margin", "margin_pct") == [
          "J|540.00|110.00|37.50|600.00|150.00|120.00|1557.50|3000.00|2000.00|442.50|22.125",
          "K|0.00|0.00|0.00|0.00|0.00|0.00|0.00||0.00|0.00|",
        ])
  }
}
