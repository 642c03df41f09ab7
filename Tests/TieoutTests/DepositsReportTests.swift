import Testing

@Suite struct DepositRows {
  private static let files = [
    "customers.csv": "customer_id,name\nC,Church",
    "jobs.csv": """
    job_id,customer_id,name,billing_method,contract_amount
    J,C,Roof,fixed_price,9000
    K,C,Gutter,fixed_price,900
    """,
    "opening_balances.csv": "date,job_id,measure,amount\n2026-01-31,J,deposit,100",
    "invoices.csv": """
    invoice_id,customer_id,job_id,type,date,subtotal,deposit,total
    DEP1,C,J,deposit,2026-02-01,,1000,1000
    DEP2,C,K,deposit,2026-03-05,,70,70
    INV1,C,J,standard,2026-03-10,2000,-300,1700
    F1,C,J,deposit_forfeit,2026-03-28,200,-200,0
    """,
    "payments.csv": """
    payment_id,customer_id,date,type,job_id,reverses,amount
    P1,C,2026-02-10,payment,,,600
    P2,C,2026-03-01,payment,,,200
    P3,C,2026-02-15,deposit,J,,500
    P4,C,2026-03-20,refund,,,150
    P5,C,2026-03-25,refund,,P3,250
    """,
    "applications.csv": """
    application_id,date,source_type,source_id,invoice_id,amount
    A1,2026-02-10,payment,P1,DEP1,600
    A2,2026-03-01,payment,P2,DEP1,200
    A3,2026-03-11,deposit,P3,INV1,100
    A4,2026-03-20,refund,P4,DEP1,150
    """,
  ]
  private static let keys =
    "job_id,customer_id,customer,invoice_id,requested,open_request,received,"

  /// INV1 applies 300.00 on its face: the opening's 100.00, then 200.00 of DEP1. Of DEP1's 800.00 are
  /// then left 450.00 after the refund, of which 200.00 are forfeited.
  @Test func `every deposit has its row, and a face takes the oldest of its job`() throws {
    let run = try ReportRun("deposits", asOf: "2026-03-31", Self.files)
    #expect(
      try run.rows(
        "deposits", "invoice_id", "requested", "open_request", "received", "received_date")
        == [
          "|0.00|0.00|100.00|2026-01-31", "DEP1|1000.00|200.00|800.00|2026-03-01",
          "P3|0.00|0.00|500.00|2026-02-15", "DEP2|70.00|70.00|0.00|",
        ])
    #expect(
      try run.rows("deposits", "invoice_id", "applied", "refunded", "forfeited", "held")
        == [
          "|100.00|0.00|0.00|0.00", "DEP1|200.00|150.00|200.00|250.00",
          "P3|100.00|250.00|0.00|150.00", "DEP2|0.00|0.00|0.00|0.00",
        ])
    #expect(
      try run.header("deposits") == Self.keys + "received_date,applied,refunded,forfeited,held")
  }

  @Test func `on an earlier day nothing later has happened`() throws {
    let run = try ReportRun("deposits", asOf: "2026-02-28", Self.files)
    #expect(
      try run.rows("deposits", "invoice_id", "open_request", "received", "applied", "held")
        == [
          "|0.00|100.00|0.00|100.00", "DEP1|400.00|600.00|0.00|600.00",
          "P3|0.00|500.00|0.00|500.00",
        ])
  }

  /// Nothing is held on K: what its invoice applies stands below zero on a row of its own.
  @Test func `what no deposit answers for is a row below zero`() throws {
    var files = Self.files
    files["invoices.csv"]? += "\nINV2,C,K,standard,2026-03-30,90,-40,50"
    let run = try ReportRun("deposits", asOf: "2026-03-31", files)
    #expect(
      try run.rows("deposits", "job_id", "invoice_id", "applied", "held").suffix(2)
        == ["K|DEP2|0.00|0.00", "K|INV2|40.00|-40.00"])
  }

  /// Half of the request of 1,100.00 is paid: half of the 1,000.00 is deposit, the rest its tax.
  @Test func `a deposit taxed on receipt is received without its tax`() throws {
    let files = [
      "customers.csv": "customer_id,name\nC,Church",
      "company.toml": "[deposits]\ntax = \"on_receipt\"",
      "invoices.csv": """
      invoice_id,customer_id,type,date,tax,deposit,total
      DEP,C,deposit,2026-02-01,100,1000,1100
      """,
      "payments.csv": "payment_id,customer_id,date,amount\nP,C,2026-02-10,550",
      "applications.csv": "application_id,date,source_id,invoice_id,amount\nA,2026-02-10,P,DEP,550",
    ]
    let run = try ReportRun("deposits", asOf: "2026-03-31", files)
    #expect(
      try run.rows("deposits", "requested", "open_request", "received", "held")
        == ["1000.00|550.00|500.00|500.00"])
  }
}
