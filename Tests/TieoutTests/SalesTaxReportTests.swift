import Testing

@Suite struct SalesTaxByCode {
  private static let files = [
    "customers.csv": "customer_id,name,tax_code\nC,Church,ROCK\nN,Nowhere,",
    "tax_codes.csv": """
    tax_code,component,rate_pct,labor,material,other,effective_from
    ROCK,State,6.25,no,yes,no,2026-01-01
    ROCK,City,2.25,no,yes,no,2026-01-01
    ROCK,City,2.5,no,yes,no,2026-07-01
    """,
    "invoices.csv": """
    invoice_id,customer_id,type,date,subtotal,tax,total,credits_invoice_id,status,void_date
    A,C,standard,2026-06-20,1090,50.15,1140.15,,,
    B,C,standard,2026-07-10,100,8.75,108.75,,,
    X,C,standard,2026-07-15,1000,26.25,1026.25,,,
    CM,C,credit_memo,2026-07-20,-100,-8.75,-108.75,B,,
    D,N,standard,2026-07-21,70,0,70,,,
    E,C,standard,2026-06-25,200,17,217,,void,2026-07-05
    """,
    "invoice_lines.csv": """
    invoice_id,line_no,kind,description,amount,tax_code,taxable,tax
    A,1,labor,Work,500,ROCK,,
    A,2,material,Pump,590,ROCK,yes,50.15
    B,1,material,Valve,100,,yes,8.75
    """,
  ]
  private static let header = "tax_code,component,rate_pct,taxable,exempt,tax"

  /// A: 590.00 at 6.25 % and 2.25 % are 36.875 and 13.275; the cent of the tie goes to the first. E has no
  /// lines: 17.00 at 8.5 % is the tax of 200.00.
  @Test func `a document's tax is shared by its components exactly`() throws {
    let run = try ReportRun("sales-tax", asOf: "2026-06-30", Self.files)
    #expect(
      try run.rows("sales-tax", "tax_code", "component", "rate_pct", "taxable", "exempt", "tax")
        == ["ROCK|State|6.25|790.00|500.00|49.38", "ROCK|City|2.25|790.00|500.00|17.77"])
    #expect(try run.header("sales-tax") == Self.header)
  }

  /// X has no lines: 26.25 at 8.75 % is the tax of 300.00, 18.75 and 7.50. The credit memo takes B off,
  /// the void E at the rate of its own day.
  @Test func `credits and voids are negative, rates of the period have rows of their own`() throws {
    let run = try ReportRun("sales-tax", asOf: "2026-07-31", Self.files)
    #expect(
      try run.rows("sales-tax", "tax_code", "component", "rate_pct", "taxable", "exempt", "tax")
        == [
          "|||0.00|70.00|0.00", "ROCK|State|6.25|100.00|700.00|6.25",
          "ROCK|City|2.25|-200.00|0.00|-4.50", "ROCK|City|2.50|300.00|700.00|7.50",
        ])
  }

  /// 1,000.00 at 10 %, of which a tenth is withheld with its tax: 900.00 are taxed with the draw, 100.00
  /// with the release.
  @Test func `tax withheld with retainage is due when it is released`() throws {
    let files = [
      "customers.csv": "customer_id,name,tax_code\nC,Church,HST",
      "tax_codes.csv":
        "tax_code,component,rate_pct,labor,material,other\nHST,Canada,10,yes,yes,yes",
      "company.toml": "[retainage]\ntax = \"at_release\"",
      "invoices.csv": """
      invoice_id,customer_id,type,date,subtotal,tax,retainage,retainage_tax,total
      D,C,progress,2026-03-10,1000,100,110,10,990
      R,C,retainage_release,2026-04-10,,,-110,-10,110
      """,
    ]
    let march = try ReportRun("sales-tax", asOf: "2026-03-31", files)
    #expect(try march.rows("sales-tax", "taxable", "exempt", "tax") == ["900.00|0.00|90.00"])
    let april = try ReportRun("sales-tax", asOf: "2026-04-30", files)
    #expect(try april.rows("sales-tax", "taxable", "exempt", "tax") == ["100.00|0.00|10.00"])
  }

  /// Without lines that name it, tax without a code is still there, so that the total is the register's.
  @Test func `tax that no code explains has a row of its own`() throws {
    let files = [
      "customers.csv": "customer_id,name\nC,Church",
      "invoices.csv":
        "invoice_id,customer_id,type,date,subtotal,tax,total\nA,C,standard,2026-03-10,100,5,105",
    ]
    let run = try ReportRun("sales-tax", asOf: "2026-03-31", files)
    #expect(
      try run.rows("sales-tax", "tax_code", "component", "rate_pct", "taxable", "exempt", "tax")
        == ["|||100.00|0.00|5.00"])
  }

  /// 10 % of 1,000.00 less 5 % of the 100.00 that came back: 100.00 and -5.00.
  @Test func `a line that comes back takes its own tax with it`() throws {
    let files = [
      "customers.csv": "customer_id,name\nC,Church",
      "tax_codes.csv": """
      tax_code,component,rate_pct,labor,material,other
      TEN,State,10,yes,yes,yes
      FIVE,State,5,yes,yes,yes
      """,
      "invoices.csv":
        "invoice_id,customer_id,type,date,subtotal,tax,total\nA,C,standard,2026-03-10,900,95,995",
      "invoice_lines.csv": """
      invoice_id,line_no,kind,description,amount,tax_code
      A,1,material,Boiler,1000,TEN
      A,2,material,Valve taken back,-100,FIVE
      """,
    ]
    let run = try ReportRun("sales-tax", asOf: "2026-03-31", files)
    #expect(
      try run.rows("sales-tax", "tax_code", "taxable", "exempt", "tax")
        == ["FIVE|-100.00|0.00|-5.00", "TEN|1000.00|0.00|100.00"])
  }
}
