import Testing

/// `allowance`, `collections-customers` and `borrowing-base` through the tool, worked out by hand.
@Suite struct AllowanceReports {
  /// A matrix with limits of its own, a write-off, a recovery and an earlier write-off that is void.
  private let files = [
    "company.toml": """
    [allowance]
    matrix = [{ days = 0, pct = "0.5" }, { days = 15, pct = "3" }, { days = 46, pct = "10" }]
    retainage_pct = "1"
    """,
    "customers.csv": "customer_id,name\nC1,First\nC2,Second",
    "jobs.csv": "job_id,customer_id,name,billing_method,contract_amount\nJ,C1,Job,fixed_price,9000",
    "invoices.csv": """
    invoice_id,customer_id,job_id,type,date,due_date,subtotal,retainage,write_off,total,status,void_date
    A,C1,J,standard,2026-10-11,2026-11-10,1000.00,,,1000.00,issued,
    B,C1,J,standard,2026-10-01,2026-10-16,333.33,,,333.33,issued,
    C,C1,J,standard,2026-09-01,2026-09-15,200.01,,,200.01,issued,
    D,C2,,standard,2026-10-02,2026-10-17,100.00,,,100.00,issued,
    E,C2,,standard,2026-09-20,2026-09-30,66.67,,,66.67,issued,
    F,C1,J,progress,2026-10-01,2026-10-31,5000.00,500.00,,4500.00,issued,
    G,C2,,standard,2026-06-01,2026-07-01,150.00,,,150.00,issued,
    H,C1,J,standard,2026-07-01,2026-07-31,25.00,,,25.00,issued,
    W0,C1,J,write_off,2026-08-10,,,,25.00,-25.00,void,2026-10-20
    W1,C2,,write_off,2026-10-05,,,,150.00,-150.00,issued,
    W2,C2,,write_off,2026-10-12,,,,-40.00,40.00,issued,
    """,
    "payments.csv": "payment_id,customer_id,date,amount\nP,C2,2026-10-12,40.00",
    "applications.csv": """
    application_id,date,source_type,source_id,invoice_id,amount
    A0,2026-08-10,write_off,W0,H,25.00
    A1,2026-10-05,write_off,W1,G,150.00
    A2,2026-10-12,payment,P,W2,40.00
    """,
  ]

  @Test(arguments: [
    ("days_0_14", "5600.00", "0.50", "28.00"),  // 1,000 + 100 + 4,500
    ("days_15_45", "400.00", "3.00", "12.00"),  // 333.33, 15 days late, and 66.67, 31 days
    ("over_45", "225.01", "10.00", "22.50"),  // 200.01, 46 days, and 25.00 since the void
    ("retainage_pool", "500.00", "1.00", "5.00"),
    ("opening", "", "", "21.33"),  // 15.00 + 200.01 × 3 % + 66.67 × 0.5 %
    ("write_offs", "", "", "125.00"),  // 150.00 less the 25.00 that is void
    ("recoveries", "", "", "40.00"),
    ("expense", "", "", "131.17"),  // 67.50 − (21.33 − 125.00 + 40.00)
  ])
  func `a matrix gives what is required, the account what is charged`(
    bucket: String, open: String, rate: String, required: String
  ) throws {
    let report = try ReportRows("allowance", asOf: "2026-10-31", files)
    #expect(report.rows.count == 8)
    #expect(
      report.cells("open", "rate_pct", "required", where: "bucket", is: bucket)
        == [open, rate, required])
  }

  /// Of 12.00 on 400.00 the first has 9.9999 and the second 2.0001: the cent left goes to the first.
  @Test func `each customer bears its part of every step`() throws {
    let report = try ReportRows("collections-customers", asOf: "2026-10-31", files)
    let keys = ["open", "share_pct", "average_days_to_pay", "allowance"]
    #expect(
      report.rows.map { row in keys.map { row[$0] ?? "" } } == [
        ["6058.34", "97.3226", "", "60.00"],  // 27.50 + 10.00 + 22.50
        ["166.67", "2.6774", "0", "2.50"],  // 0.50 + 2.00
      ])
  }

  @Test func `without a matrix there is no allowance`() throws {
    var files = files
    files["company.toml"] = nil
    #expect(try ReportRows("allowance", asOf: "2026-10-31", files).rows.isEmpty)
    let customers = try ReportRows("collections-customers", asOf: "2026-10-31", files)
    #expect(
      customers.cells("open", "allowance", where: "customer_id", is: "C1") == ["6058.34", ""])
  }

  private let receivables = [
    "customers.csv": """
    customer_id,name
    C1,Credits
    C2,Mostly old
    C3,Retainage and a dispute
    C4,Large
    C5,Asked for a deposit
    C6,Nothing but a credit
    """,
    "jobs.csv": """
    job_id,customer_id,name,billing_method,contract_amount
    J1,C1,Job,fixed_price,9000
    J3,C3,Job,fixed_price,9000
    J5,C5,Job,fixed_price,9000
    """,
    "invoices.csv": """
    invoice_id,customer_id,job_id,type,date,due_date,subtotal,deposit,retainage,total,disputed
    A,C1,J1,standard,2026-10-10,2026-11-09,1000.00,,,1000.00,no
    B,C1,J1,standard,2026-06-01,2026-07-01,200.00,,,200.00,no
    X,C1,J1,credit_memo,2026-10-20,,-50.00,,,-50.00,no
    P,C2,,standard,2026-06-15,2026-07-15,400.00,,,400.00,no
    Q,C2,,standard,2026-10-10,2026-11-09,300.00,,,300.00,no
    M,C3,J3,progress,2026-05-01,2026-05-31,2500.00,,250.00,2250.00,no
    R,C3,J3,retainage_release,2026-10-15,2026-11-14,,,-250.00,250.00,no
    S,C3,J3,standard,2026-10-15,2026-11-14,600.00,,,600.00,no
    T,C3,J3,standard,2026-10-15,2026-11-14,120.00,,,120.00,yes
    U,C4,,standard,2026-10-15,2026-11-14,5000.00,,,5000.00,no
    V,C5,J5,deposit,2026-10-15,2026-11-14,,80.00,,80.00,no
    Y,C6,,credit_memo,2026-10-15,,-30.00,,,-30.00,no
    """,
    "payments.csv": """
    payment_id,customer_id,date,type,job_id,amount
    P1,C3,2026-06-01,payment,,2250.00
    P2,C1,2026-10-01,deposit,J1,100.00
    """,
    "applications.csv": """
    application_id,date,source_type,source_id,invoice_id,amount
    A1,2026-06-01,payment,P1,M,2250.00
    """,
  ]

  /// Of 7,950.00 open one customer may be 1,987.50.
  @Test(arguments: [
    ("C1", ["1200.00", "200.00", "150.00", "0.00", "0.00", "850.00"]),
    ("C2", ["700.00", "700.00", "0.00", "0.00", "0.00", "0.00"]),  // 400.00 of it is 57 %
    ("C3", ["970.00", "0.00", "120.00", "250.00", "0.00", "600.00"]),
    ("C4", ["5000.00", "0.00", "0.00", "0.00", "3012.50", "1987.50"]),
    ("C5", ["80.00", "0.00", "80.00", "0.00", "0.00", "0.00"]),
    ("C6", ["0.00", "0.00", "30.00", "0.00", "0.00", "0.00"]),
  ])
  func `a lender takes what is young, undisputed and spread`(
    customer: String, figures: [String]
  ) throws {
    let report = try ReportRows("borrowing-base", asOf: "2026-10-31", receivables)
    #expect(report.rows.count == 6)
    #expect(
      report.cells(
        "open", "over_90", "contra", "retainage", "concentration_excess", "eligible",
        where: "customer_id", is: customer) == figures)
  }

  @Test func `the company's terms with its lender are its own`() throws {
    var files = receivables
    files["company.toml"] =
      "[borrowing_base]\nconcentration_pct = \"100\"\ncross_aging_pct = \"100\""
    let report = try ReportRows("borrowing-base", asOf: "2026-10-31", files)
    #expect(
      report.cells("over_90", "eligible", where: "customer_id", is: "C2") == ["400.00", "300.00"])
    #expect(
      report.cells("concentration_excess", "eligible", where: "customer_id", is: "C4")
        == ["0.00", "5000.00"])
  }
}
