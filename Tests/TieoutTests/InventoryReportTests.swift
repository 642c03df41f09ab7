import Testing

@Suite struct InventoryOnHand {
  /// A: 20 for 50.00; 4 issued at 2.50, 1 comes back. B: 2 issued at the standard 5.00 before 3 come in
  /// for 18.00: 10.00 cover the issue, 6.00 are the one left, 2.00 variance.
  @Test func `stock is at moving average, and jobs took what left it`() throws {
    let files = [
      "customers.csv": "customer_id,name\nC,Church",
      "jobs.csv": "job_id,customer_id,name,billing_method\nJ,C,Roof,fixed_price",
      "items.csv": """
      item_id,description,category,standard_cost,effective_from
      B,Bolt,Steel,5,2026-01-01
      B,Bolt M8,Steel,5,2026-03-01
      A,Anchor,Steel,,
      Z,Never moved,,1,
      """,
      "inventory.csv": """
      movement_id,date,item_id,type,quantity,unit_cost,job_id,reverses
      M1,2026-01-05,A,receipt,10,2,,
      M2,2026-01-10,A,receipt,10,3,,
      M3,2026-01-12,A,issue,4,,J,
      M4,2026-01-14,A,return,1,,J,M3
      M5,2026-01-15,B,issue,2,,J,
      M6,2026-01-20,B,receipt,3,6,,
      M7,2026-03-02,B,issue,1,,J,
      """,
    ]
    let run = try ReportRun("inventory", asOf: "2026-02-28", files)
    #expect(
      try run.rows("inventory", "item_id", "description", "quantity", "average_cost", "value")
        == ["A|Anchor|17|2.50|42.50", "B|Bolt|1|6.00|6.00"])
    #expect(
      try run.rows("inventory", "issued_to_jobs", "returned", "variance")
        == ["10.00|2.50|0.00", "10.00|0.00|2.00"])
    let march = try ReportRun("inventory", asOf: "2026-03-31", files)
    #expect(
      try march.rows(
        "inventory", "description", "quantity", "average_cost", "value", "issued_to_jobs"
      ).last
        == "Bolt M8|0||0.00|16.00")
    #expect(
      try run.header("inventory")
        == "item_id,description,category,quantity,average_cost,value,issued_to_jobs,returned,variance"
    )
  }
}
