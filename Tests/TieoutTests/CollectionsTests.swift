import Testing

/// `collections` through the tool, with figures worked out by hand.
@Suite struct CollectionsReports {
  /// [S62] and [S63] on the data of [S62]: AR 6,200 before, sales of 3,390, 3,610 and 3,890, AR 6,340
  /// after, 3,590 of it current. 10,750 ÷ 13,500 by total sales, 3,490 ÷ 6,240 by their average.
  @Test(arguments: [("total", "79.6296"), ("average", "55.9295")])
  func `CEI by total sales or by their average`(sales: String, cei: String) throws {
    let report = try ReportRows(
      "collections", asOf: "2026-03-31",
      [
        "company.toml": "[collections]\ncei_sales = \"\(sales)\"",
        "customers.csv": "customer_id,name\nC,One customer",
        "invoices.csv": """
        invoice_id,customer_id,type,date,due_date,total
        I0,C,standard,2025-12-15,2026-01-14,6200.00
        I1,C,standard,2026-01-20,2026-02-19,3390.00
        I2,C,standard,2026-02-20,2026-03-22,3610.00
        I3,C,standard,2026-03-01,2026-03-10,300.00
        I4,C,standard,2026-03-20,2026-04-19,3590.00
        """,
        "payments.csv": "payment_id,customer_id,date,amount\nP,C,2026-03-25,10750.00",
        "applications.csv": """
        application_id,date,source_type,source_id,invoice_id,amount
        A0,2026-03-25,payment,P,I0,6200.00
        A1,2026-03-25,payment,P,I1,3390.00
        A2,2026-03-25,payment,P,I2,1160.00
        """,
      ])
    #expect(report.rows.compactMap { $0["month"] } == ["2025-12", "2026-01", "2026-02", "2026-03"])
    #expect(
      report.cells("sales", "ending_ar", "ending_current", "cei", where: "month", is: "2026-03")
        == ["3890.00", "6340.00", "3590.00", cei])
    // 6,340 × 90 ÷ 10,890; 3,590 × 90 ÷ 10,890.
    #expect(
      report.cells(
        "dso", "best_possible_dso", "average_days_delinquent", where: "month", is: "2026-03")
        == ["52.4", "29.67", "22.73"])
  }

  /// [S61] with calendar days: 5,000 owed, of which October sold 4,000 and September 2,000.
  @Test(arguments: [
    ("2026-10-31", "46"),  // 31 + 30 × 1,000 ÷ 2,000
    ("2026-10-15", "30"),  // 15 + 30 × 1,000 ÷ 2,000
    ("2026-09-30", "30"),  // all of September's 2,000, no more
  ])
  func `DSO counts back whole months and a part of the last`(day: String, dso: String) throws {
    let report = try ReportRows(
      "collections", asOf: day,
      [
        "company.toml": "[collections]\ndso = \"count_back\"",
        "customers.csv": "customer_id,name\nC,One customer",
        "invoices.csv": """
        invoice_id,customer_id,type,date,due_date,total
        I1,C,standard,2026-08-05,2026-08-20,900.00
        I2,C,standard,2026-09-10,2026-10-10,2000.00
        I3,C,standard,2026-10-12,2026-11-11,4000.00
        """,
        "payments.csv": """
        payment_id,customer_id,date,amount
        P1,C,2026-09-01,900.00
        P2,C,2026-10-14,1000.00
        """,
        "applications.csv": """
        application_id,date,source_type,source_id,invoice_id,amount
        A1,2026-09-01,payment,P1,I1,900.00
        A2,2026-10-14,payment,P2,I2,1000.00
        """,
      ])
    #expect(report.cells("dso", where: "month", is: String(day.prefix(7))) == [dso])
    #expect(report.cells("dso", where: "month", is: "2026-08") == ["31"])
  }

  @Test func `DSO counts back to nothing where all sales are less than the balance`() throws {
    let report = try ReportRows(
      "collections", asOf: "2026-10-31",
      [
        "company.toml": "[collections]\ndso = \"count_back\"",
        "customers.csv": "customer_id,name\nC,One customer",
        "invoices.csv": """
        invoice_id,customer_id,type,date,due_date,subtotal,total
        I1,C,standard,2026-10-05,2026-10-20,900.00,900.00
        F1,C,finance_charge,2026-10-31,2026-11-30,9.00,9.00
        """,
      ])
    #expect(
      report.cells(
        "sales", "ending_ar", "dso", "best_possible_dso", "average_days_delinquent",
        where: "month", is: "2026-10")
        == ["900.00", "909.00", "", "0.31", ""])
  }

  /// age-09 [S60]: a month of 31 days that sold 3,100.00, so that 100.00 are a day.
  @Test(arguments: [(7, 3, "4"), (5, 3, "2"), (10, 3, "7"), (15, 5, "10")])
  func `age-09, average days delinquent is DSO less best possible DSO`(
    dso: Int, best: Int, delinquent: String
  ) throws {
    let report = try ReportRows(
      "collections", asOf: "2026-10-31",
      [
        "company.toml": "[collections]\ndso_months = 1",
        "customers.csv": "customer_id,name\nC,One customer",
        "invoices.csv": """
        invoice_id,customer_id,type,date,due_date,total
        CURRENT,C,standard,2026-10-20,2026-11-19,\(best)00.00
        LATE,C,standard,2026-10-01,2026-10-15,\(dso - best)00.00
        PAID,C,standard,2026-10-01,2026-10-15,\(31 - dso)00.00
        """,
        "payments.csv": "payment_id,customer_id,date,amount\nP,C,2026-10-15,\(31 - dso)00.00",
        "applications.csv": """
        application_id,date,source_type,source_id,invoice_id,amount
        A,2026-10-15,payment,P,PAID,\(31 - dso)00.00
        """,
      ])
    #expect(
      report.cells(
        "dso", "best_possible_dso", "average_days_delinquent", where: "month", is: "2026-10")
        == ["\(dso)", "\(best)", delinquent])
  }

  /// A void and a reversal count from their own day; deposit requests and retainage withheld are no
  /// receivables here.
  private let events = [
    "customers.csv": "customer_id,name\nC,One customer",
    "jobs.csv": "job_id,customer_id,name,billing_method,contract_amount\nJ,C,Job,fixed_price,9000",
    "invoices.csv": """
    invoice_id,customer_id,job_id,type,date,due_date,subtotal,deposit,retainage,total,status,void_date
    I1,C,J,standard,2026-01-10,2026-02-09,1000.00,,,1000.00,void,2026-03-03
    D1,C,J,deposit,2026-01-20,2026-02-19,,500.00,,500.00,issued,
    I2,C,J,progress,2026-02-10,2026-03-12,2000.00,,200.00,1800.00,issued,
    CM,C,J,credit_memo,2026-02-15,,-100.00,,,-100.00,issued,
    R1,C,J,retainage_release,2026-03-20,2026-04-19,,,-200.00,200.00,issued,
    """,
    "payments.csv": """
    payment_id,customer_id,date,type,reverses,amount
    P1,C,2026-02-05,payment,,500.00
    P2,C,2026-03-25,payment,,600.00
    V2,C,2026-04-02,reversal,P2,600.00
    """,
    "applications.csv": """
    application_id,date,source_type,source_id,invoice_id,amount
    A1,2026-02-05,payment,P1,D1,500.00
    A2,2026-03-25,payment,P2,I2,600.00
    """,
  ]

  @Test(arguments: [
    ("2026-01", "1000.00", "1000.00", "1000.00", "31", "31", "0", ""),
    // Sales 1,800 less the credit of 100; two months of 59 days sold the 2,700 that are owed.
    ("2026-02", "1700.00", "2700.00", "1800.00", "59", "39.33", "19.67", "0.00"),
    // The void takes 1,000 back, the release adds 200: 1,300 × 90 ÷ 1,900; 600 ÷ 1,700.
    ("2026-03", "-800.00", "1300.00", "200.00", "61.58", "9.47", "52.11", "35.2941"),
    // The check bounced: 1,900 × 69 ÷ 900, and nothing of the 1,000 and 900 was collected.
    ("2026-04", "0.00", "1900.00", "200.00", "145.67", "15.33", "130.34", "0.00"),
  ])
  func `every flow counts in the month of its own day`(
    month: String, sales: String, ending: String, current: String, dso: String, best: String,
    delinquent: String, cei: String
  ) throws {
    let report = try ReportRows("collections", asOf: "2026-04-10", events)
    #expect(
      report.cells(
        "sales", "ending_ar", "ending_current", "dso", "best_possible_dso",
        "average_days_delinquent", "cei", where: "month", is: month)
        == [sales, ending, current, dso, best, delinquent, cei])
  }

  @Test func `there are thirteen months at most, and none before the first document`() throws {
    let early = try ReportRows("collections", asOf: "2025-12-31", events)
    #expect(early.rows.isEmpty)
    let late = try ReportRows("collections", asOf: "2027-03-31", events)
    #expect(late.rows.count == 13)
    #expect(late.rows.first?["month"] == "2026-03")
    #expect(late.rows.first?["sales"] == "-800.00")
    #expect(
      late.cells("sales", "ending_ar", "dso", "cei", where: "month", is: "2027-03")
        == ["0.00", "1900.00", "", "0.00"])
  }
}
