import Testing

@Suite struct Registers {
  private static let customers = "customer_id,name\nC,Church"

  @Test func `the register has what is issued and what becomes void in the period`() throws {
    let files = [
      "customers.csv": Self.customers,
      "invoices.csv": """
      invoice_id,customer_id,type,date,subtotal,tax,deposit,retainage,total,status,void_date
      A,C,standard,2026-09-20,100,8,,10,98,void,2026-10-05
      B,C,progress,2026-10-10,200,16,-50,20,146,,
      X,C,standard,2026-10-12,30,,,,30,void,2026-10-20
      D,C,deposit,2026-10-15,,,40,,40,void,2026-11-02
      E,C,standard,2026-09-30,7,,,,7,,
      """,
    ]
    let run = try ReportRun("invoice-register", asOf: "2026-10-31", files)
    #expect(
      try run.rows(
        "invoice-register", "invoice_id", "date", "subtotal", "tax", "retainage", "deposit")
        == [
          "A|2026-10-05|-100.00|-8.00|-10.00|0.00", "B|2026-10-10|200.00|16.00|20.00|-50.00",
          "D|2026-10-15|0.00|0.00|0.00|40.00", "X|2026-10-12|30.00|0.00|0.00|0.00",
          "X|2026-10-20|-30.00|0.00|0.00|0.00",
        ])
    #expect(
      try run.rows("invoice-register", "total", "status")
        == ["-98.00|void", "146.00|issued", "40.00|issued", "30.00|issued", "-30.00|void"])
    #expect(
      try run.header("invoice-register")
        == "invoice_id,date,customer_id,customer,job_id,type,subtotal,tax,retainage,deposit,"
        + "write_off,total,status")
    let week = try ReportRun(
      "invoice-register", asOf: "2026-10-12", files, options: ["--from", "2026-10-06"])
    #expect(try week.rows("invoice-register", "invoice_id", "total") == ["B|146.00", "X|30.00"])
  }

  private static let cash = [
    "customers.csv": customers,
    "invoices.csv": """
    invoice_id,customer_id,type,date,total,status,void_date
    A,C,standard,2026-09-01,1100,,
    B,C,standard,2026-09-02,700,,
    V,C,standard,2026-10-24,900,void,2026-10-28
    """,
    "payments.csv": """
    payment_id,customer_id,date,type,reverses,amount
    P1,C,2026-10-02,payment,,1000
    P2,C,2026-09-25,payment,,500
    P3,C,2026-09-20,payment,,400
    P4,C,2026-10-25,payment,,900
    R3,C,2026-10-15,reversal,P3,400
    T5,C,2026-10-20,refund,,100
    """,
    "applications.csv": """
    application_id,date,source_type,source_id,invoice_id,amount,discount_taken
    A1,2026-10-02,payment,P1,A,600,6
    A2,2026-10-05,payment,P1,B,300,
    A3,2026-10-10,payment,P2,B,200,
    A4,2026-09-21,payment,P3,A,400,
    A5,2026-10-25,payment,P4,V,900,
    """,
  ]

  /// P2 came in September and is applied now; R3 takes P3's application back with the money; the void
  /// of V sets P4 free.
  @Test func `cash receipts follow the money and what it is put against`() throws {
    let run = try ReportRun("cash-receipts", asOf: "2026-10-31", Self.cash)
    #expect(
      try run.rows(
        "cash-receipts", "payment_id", "date", "amount", "invoice_id", "applied", "discount",
        "unapplied")
        == [
          "P1|2026-10-02|1000.00|A|600.00|6.00|", "P1|2026-10-02||B|300.00|0.00|100.00",
          "P2|2026-09-25||B|200.00|0.00|-200.00", "P4|2026-10-25|900.00|V|900.00|0.00|",
          "P4|2026-10-25||V|-900.00|0.00|900.00", "R3|2026-10-15|-400.00|A|-400.00|0.00|0.00",
          "T5|2026-10-20|-100.00||0.00|0.00|-100.00",
        ])
    #expect(
      try run.header("cash-receipts")
        == "payment_id,date,customer_id,customer,type,method,reference,amount,invoice_id,applied,"
        + "discount,unapplied")
  }

  @Test func `a month later only what moved in it is there`() throws {
    let september = try ReportRun("cash-receipts", asOf: "2026-09-30", Self.cash)
    #expect(
      try september.rows("cash-receipts", "payment_id", "amount", "applied", "unapplied")
        == ["P2|500.00|0.00|500.00", "P3|400.00|400.00|0.00"])
    let november = try ReportRun("cash-receipts", asOf: "2026-11-30", Self.cash)
    #expect(try november.rows("cash-receipts", "payment_id") == [])
  }

  /// 300.00 come as a deposit, of which 120.00 are applied and 80.00 paid back.
  @Test func `a direct deposit is cash that stays unapplied until it is used`() throws {
    let files = [
      "customers.csv": Self.customers,
      "invoices.csv": "invoice_id,customer_id,type,date,total\nA,C,standard,2026-10-01,500",
      "payments.csv": """
      payment_id,customer_id,date,type,reverses,amount
      P1,C,2026-10-02,deposit,,300
      P2,C,2026-10-09,refund,P1,80
      """,
      "applications.csv":
        "application_id,date,source_type,source_id,invoice_id,amount\nA1,2026-10-05,deposit,P1,A,120",
    ]
    let run = try ReportRun("cash-receipts", asOf: "2026-10-31", files)
    #expect(
      try run.rows("cash-receipts", "payment_id", "amount", "applied", "unapplied")
        == ["P1|300.00|120.00|180.00", "P2|-80.00|0.00|-80.00"])
  }
}
