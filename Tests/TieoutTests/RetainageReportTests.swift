import Testing

@Suite struct RetainageDocuments {
  static let customers = "customer_id,name\nC,Church\nD,Diner"
  static let invoices =
    "invoice_id,customer_id,job_id,type,date,subtotal,tax,retainage,retainage_tax,write_off,total,"
    + "credits_invoice_id,status,void_date"

  /// A job of 9,000.00 with 300.00 withheld before the input begins.
  static let files = [
    "customers.csv": customers,
    "jobs.csv": """
    job_id,customer_id,name,billing_method,contract_amount,status,completion_date
    J,C,Roof,fixed_price,9000,complete,2026-05-20
    """,
    "opening_balances.csv": "date,job_id,measure,amount\n2026-01-31,J,retainage,300",
    "invoices.csv": """
    \(invoices)
    D1,C,J,progress,2026-02-28,4000,,400,,,3600,,,
    D2,C,J,progress,2026-03-31,3000,,300,,,2700,,,
    D3,C,J,progress,2026-04-30,3000,,-200,,,3200,,,
    CM,C,J,credit_memo,2026-05-05,-1000,,-100,,,-900,D2,,
    R1,C,J,retainage_release,2026-05-10,,,-250,,,250,,,
    W1,C,J,write_off,2026-05-15,,,-50,,50,0,,,
    """,
  ]

  /// The draw of April steps down and gives 200.00 back: the opening balance keeps 100.00. The credit
  /// memo takes 1,000.00 and 100.00 off D2. The release of 250.00 takes the opening's 100.00 and 150.00
  /// of D1, the write-off 50.00 of D1: 200.00 and 200.00 are left, 10 % of what D2 still bills.
  @Test func `what is given back comes from the oldest document, a credit from its own`() throws {
    let run = try ReportRun("retainage", asOf: "2026-05-31", Self.files)
    #expect(
      try run.rows(
        "retainage", "invoice_id", "rate_pct", "base", "withheld", "released", "written_off")
        == [
          "||0.00|100.00|100.00|0.00", "D1|10.00|4000.00|400.00|150.00|50.00",
          "D2|10.00|2000.00|200.00|0.00|0.00",
        ])
    #expect(
      try run.rows("retainage", "held", "releasable", "completion_date", "days_since_completion")
        == [
          "0.00|0.00|2026-05-20|11", "200.00|200.00|2026-05-20|11", "200.00|200.00|2026-05-20|11",
        ])
    #expect(
      try run.header("retainage")
        == "job_id,customer_id,customer,invoice_id,line_no,rate_pct,base,withheld,released,"
        + "written_off,held,releasable,completion_date,days_since_completion")
  }

  @Test func `nothing is releasable before completion, nor on the day of the last draw`() throws {
    let before = try ReportRun("retainage", asOf: "2026-05-19", Self.files)
    #expect(
      try before.rows("retainage", "held", "releasable", "completion_date")
        == ["0.00|0.00|", "200.00|0.00|", "200.00|0.00|"])
    let earlier = try ReportRun("retainage", asOf: "2026-03-31", Self.files)
    #expect(
      try earlier.rows("retainage", "invoice_id", "held")
        == ["|300.00", "D1|400.00", "D2|300.00"])
  }

  /// The release names D2; the one of D1 is void from June on, and counts until then.
  @Test func `a release may name its document, and a void one gives back`() throws {
    var files = Self.files
    files["invoices.csv"] = """
      \(Self.invoices)
      D1,C,J,progress,2026-02-28,4000,,400,,,3600,,,
      D2,C,J,progress,2026-03-31,3000,,300,,,2700,,,
      R2,C,J,retainage_release,2026-04-10,,,-120,,,120,D2,,
      R3,C,J,retainage_release,2026-04-12,,,-350,,,350,,void,2026-06-02
      """
    files["opening_balances.csv"] = nil
    let may = try ReportRun("retainage", asOf: "2026-05-31", files)
    #expect(
      try may.rows("retainage", "invoice_id", "released", "held")
        == ["D1|350.00|50.00", "D2|120.00|180.00"])
    let june = try ReportRun("retainage", asOf: "2026-06-02", files)
    #expect(
      try june.rows("retainage", "invoice_id", "released", "held")
        == ["D1|0.00|400.00", "D2|120.00|180.00"])
  }

  /// 75.00 of 150.01 released: 49.9967 and 25.0033, the cent to the larger remainder.
  @Test func `lines share what their document released, to the cent`() throws {
    var files = Self.files
    files["opening_balances.csv"] = nil
    files["invoices.csv"] = """
      \(Self.invoices)
      D1,C,J,progress,2026-02-28,3000,,150.01,,,2849.99,,,
      R1,C,J,retainage_release,2026-03-10,,,-75,,,75,,,
      """
    files["invoice_lines.csv"] = """
      invoice_id,line_no,description,amount,retainage
      D1,10,Slab,1000,100
      D1,20,Frame,1000,50.01
      D1,30,Stored,1000,
      """
    let run = try ReportRun("retainage", asOf: "2026-05-31", files)
    #expect(
      try run.rows("retainage", "line_no", "rate_pct", "base", "withheld", "released", "held")
        == ["10|10.00|1000.00|100.00|50.00|50.00", "20|5.001|1000.00|50.01|25.00|25.01"])
  }

  /// A customer's documents on no job are not another customer's.
  @Test func `what one customer gives back is not taken from another's documents`() throws {
    let files = [
      "customers.csv": Self.customers,
      "invoices.csv": """
      \(Self.invoices)
      A,C,,standard,2026-02-01,1000,100,110,10,,990,,,
      B,D,,standard,2026-02-02,500,,50,,,450,,,
      R,D,,retainage_release,2026-03-01,,,-30,,,30,,,
      """,
    ]
    let run = try ReportRun("retainage", asOf: "2026-03-31", files)
    #expect(
      try run.rows("retainage", "customer_id", "invoice_id", "rate_pct", "withheld", "held")
        == ["C|A|10.00|110.00|110.00", "D|B|10.00|50.00|20.00"])
  }
}
