import Testing

/// Roll-forwards worked out by hand: every column as it moves the balance, so that a row adds up.
@Suite struct RollForwards {
  private func march(
    _ name: String, _ keys: [String], _ files: [String: String], asOf day: String = "2026-03-31"
  ) throws -> [String] {
    let run = try ReportRun(name, asOf: day, files)
    try #require(run.outcome.status == 0, "\(run.outcome.errors)")
    #expect(try run.header(name) == keys.joined(separator: ","))
    return try run.rows(name, keys)
  }

  private let receivable = [
    "customer_id", "customer", "opening", "invoiced", "tax", "retainage_withheld",
    "retainage_released", "deposits_requested", "finance_charges", "credits", "cash_received",
    "refunds", "reversals", "deposits_applied", "discounts", "write_offs", "recoveries", "voids",
    "closing",
  ]
  private let retainage = [
    "customer_id", "customer", "opening", "withheld", "released", "written_off", "voided",
    "closing",
  ]
  private let deposit = [
    "customer_id", "customer", "opening", "received", "applied", "refunded", "forfeited", "voided",
    "closing",
  ]

  /// I0 and P4 are of February. The closing, document by document: I1 972 − 300 − 10 − 22, I2 400 − 150,
  /// CM −90, R1 54, W2 12, X1 5.
  @Test func `net AR moves by documents, cash, deposits and what is undone`() throws {
    #expect(
      try march("ar-rollforward", receivable, JournalEntries.documents) == [
        "C1|Acme|160.00|1700.00|80.00|-108.00|54.00|600.00|5.00|-90.00|-900.00|0.00|40.00|-450.00|"
          + "-10.00|-22.00|12.00|-200.00|871.00"
      ])
  }

  @Test func `retainage moves by documents, releases and write-offs`() throws {
    #expect(
      try march("retainage-rollforward", retainage, JournalEntries.documents)
        == ["C1|Acme|0.00|98.00|-54.00|-6.00|0.00|38.00"])
  }

  /// Received 600.00 on the request and 250.00 directly; all of it is applied, paid back or kept.
  @Test func `deposits move by receipts, applications, refunds and forfeits`() throws {
    #expect(
      try march("deposit-rollforward", deposit, JournalEntries.documents)
        == ["C1|Acme|0.00|850.00|-450.00|-300.00|-100.00|0.00|0.00"])
  }

  /// B pays 980.00 of A's invoice, which is void in April. C's request is taxed and out of AR; D's too,
  /// and its payment is returned in April.
  private let families = [
    "company.toml":
      "[aging]\ndeposit_requests = false\n[deposits]\ntax = \"on_receipt\"\n",
    "customers.csv": "customer_id,name,parent_id\nA,Able,\nB,Baker,A\nC,Cole,\nD,Dorn,",
    "jobs.csv": "job_id,customer_id,name,billing_method,contract_amount\nJ,A,Roof,fixed_price,9000",
    "opening_balances.csv": """
    date,customer_id,measure,amount
    2026-03-01,C,retainage,70
    2026-02-01,D,unapplied,-15
    """,
    "invoices.csv": """
    invoice_id,customer_id,job_id,type,date,subtotal,tax,deposit,retainage,total,status,void_date
    I1,A,J,standard,2026-03-02,1000,0,0,0,1000,void,2026-04-10
    I2,A,J,progress,2026-03-04,500,0,0,50,450,void,2026-04-11
    D1,C,,deposit,2026-03-03,0,50,500,0,550,issued,
    D2,D,,deposit,2026-03-03,0,20,200,0,220,issued,
    """,
    "payments.csv": """
    payment_id,customer_id,date,type,reverses,amount
    P1,B,2026-03-05,payment,,1000
    P2,C,2026-03-06,payment,,300
    P3,C,2026-03-20,refund,,100
    P4,D,2026-03-07,payment,,200
    P5,D,2026-04-02,reversal,P4,200
    """,
    "applications.csv": """
    application_id,date,source_type,source_id,invoice_id,amount,discount_taken
    A1,2026-03-05,payment,P1,I1,980,20
    A2,2026-03-06,payment,P2,D1,300,
    A3,2026-03-20,refund,P3,D1,100,
    A4,2026-03-07,payment,P4,D2,200,
    """,
  ]

  @Test func `what a customer pays for another moves between them, and a void gives it back`()
    throws
  {
    let keys = ["customer_id", "opening", "invoiced", "deposits_requested", "cash_received"]
    let others = ["discounts", "reversals", "voids", "closing"]
    let run = try ReportRun("ar-rollforward", asOf: "2026-03-31", families)
    #expect(
      try run.rows("ar-rollforward", keys + others) == [
        "A|0.00|1500.00|0.00|-980.00|-20.00|0.00|0.00|450.00",
        "B|0.00|0.00|0.00|-20.00|0.00|0.00|0.00|-20.00",
        "C|0.00|0.00|300.00|-300.00|0.00|0.00|0.00|0.00",
        "D|-15.00|0.00|200.00|-200.00|0.00|0.00|0.00|-15.00",
      ])
    let april = try ReportRun("ar-rollforward", asOf: "2026-04-30", families)
    #expect(
      try april.rows("ar-rollforward", keys + others) == [
        "A|450.00|0.00|0.00|0.00|0.00|0.00|-450.00|0.00",
        "B|-20.00|0.00|0.00|0.00|0.00|0.00|-980.00|-1000.00",
        "D|-15.00|0.00|0.00|0.00|0.00|0.00|0.00|-15.00",
      ])
  }

  /// Of 300.00 paid on a request of 500.00 and 50.00 of tax, 272.73 are deposit; of 200.00 left after
  /// the refund, 181.82.
  @Test func `a taxed request is deposit in proportion, and a returned payment is voided`() throws {
    #expect(
      try march("deposit-rollforward", deposit, families) == [
        "C|Cole|0.00|272.73|0.00|-90.91|0.00|0.00|181.82",
        "D|Dorn|0.00|181.82|0.00|0.00|0.00|0.00|181.82",
      ])
    #expect(
      try march("deposit-rollforward", deposit, families, asOf: "2026-04-30") == [
        "C|Cole|181.82|0.00|0.00|0.00|0.00|0.00|181.82",
        "D|Dorn|181.82|0.00|0.00|0.00|0.00|-181.82|0.00",
      ])
  }

  @Test func `what the input opens with in the period stands in the opening`() throws {
    #expect(
      try march("retainage-rollforward", retainage, families) == [
        "A|Able|0.00|50.00|0.00|0.00|0.00|50.00", "C|Cole|70.00|0.00|0.00|0.00|0.00|70.00",
      ])
    #expect(
      try march("retainage-rollforward", retainage, families, asOf: "2026-04-30") == [
        "A|Able|50.00|0.00|0.00|0.00|-50.00|0.00", "C|Cole|70.00|0.00|0.00|0.00|0.00|70.00",
      ])
  }

  private let work = [
    "customers.csv": "customer_id,name\nC,Cole",
    "jobs.csv": """
    job_id,customer_id,name,billing_method,contract_amount,estimated_cost
    J,C,Service,time_and_materials,,
    K,C,Rooftop,fixed_price,1000,800
    """,
    "technicians.csv": "technician_id,name,role,cost_rate\nT,Tess,tech,40",
    "rates.csv":
      "rate_card,role,pay_type,effective_from,bill_rate\nstandard,tech,REG,2026-01-01,100",
    "timesheets.csv": """
    timesheet_id,date,technician_id,job_id,hours,invoice_id
    T1,2026-02-10,T,J,2,I1
    T2,2026-03-05,T,J,3,
    T3,2026-03-08,T,J,1,I1
    T4,2026-02-12,T,J,1,I0
    T5,2026-02-15,T,J,1,
    T6,2026-02-16,T,J,1,
    T7,2026-03-20,T,J,1,
    """,
    "costs.csv": """
    cost_id,date,job_id,kind,amount
    X1,2026-02-03,K,other,200
    X2,2026-03-03,K,other,400
    """,
    "adjustments.csv": """
    adjustment_id,job_id,target,action,value,reason,date
    A1,J,T5,exclude,,warranty,2026-03-10
    A2,J,T6,set_rate,90,agreed,2026-03-12
    A3,J,T7,exclude,,warranty,2026-03-21
    """,
    "invoices.csv": """
    invoice_id,customer_id,job_id,type,date,subtotal,deposit,retainage,total,status,void_date
    I0,C,J,standard,2026-02-28,100,0,0,100,void,2026-03-15
    I1,C,J,standard,2026-03-20,300,0,0,300,issued,
    K1,C,K,progress,2026-02-20,300,0,30,270,issued,
    K2,C,K,progress,2026-03-15,200,-50,20,130,issued,
    """,
    "payments.csv": "payment_id,customer_id,job_id,date,type,amount\nP1,C,K,2026-02-05,deposit,50",
  ]

  /// At the end T2, T4, which its void gave back, and T6 at 90.00 wait.
  @Test func `unbilled work moves by what is worked, billed, repriced and waived`() throws {
    #expect(
      try march(
        "unbilled-rollforward",
        [
          "job_id", "customer_id", "opening", "worked", "billed", "repriced", "excluded", "closing",
        ], work) == ["J|C|400.00|500.00|-200.00|-10.00|-200.00|490.00"])
  }

  /// K before: 250 earned − 300 billed + 30 retainage − 50 deposit; in March it earns 500 and 200 − 20
  /// − 50 become a receivable. J earns what it can bill.
  @Test func `a contract is one asset or liability that earnings raise and billings lower`() throws
  {
    let rows = try march(
      "contract-rollforward",
      [
        "job_id", "customer_id", "asset_opening", "asset_closing", "liability_opening", "earned",
        "billed", "liability_closing",
      ], work)
    #expect(rows.last == "K|C|0.00|300.00|70.00|500.00|130.00|0.00")
    #expect(rows.first == "J|C|400.00|490.00|0.00|290.00|200.00|0.00")
  }
}
