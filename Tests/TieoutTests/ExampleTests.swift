import Foundation
import Testing

/// A report as the tool writes it: rows by their first column, cells by key.
struct ReportRows {
  var rows: [[String: String]] = []

  /// Writes the files into a folder, runs the report on it and reads what came out.
  init(_ report: String, asOf day: String, _ files: [String: String]) throws {
    let scratch = try Scratch()
    let source = scratch.url("source")
    try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
    for (name, text) in files {
      try Data((text + "\n").utf8).write(to: source.appendingPathComponent(name))
    }
    let outcome = try Tool.run([
      "report", report, source.path, "--as-of", day, "--out", scratch.url("out").path, "--quiet",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let text = try String(contentsOf: scratch.url("out/\(report).csv"), encoding: .utf8)
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let keys = try #require(lines.first)
    rows = lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(keys, $0)) }
  }

  /// Cells of the row in which a key has a value, in the order of the keys asked for.
  func cells(_ keys: String..., where key: String, is value: String) -> [String] {
    let row = rows.first { $0[key] == value } ?? [:]
    return keys.map { row[$0] ?? "no \($0)" }
  }
}

/// Published examples (DOMAIN, Sources): the inputs as an accountant would send them.
@Suite struct PublishedExamples {
  /// age-11: [S56, S56b], applications after the day do not count; credits in their own column.
  static let asOfReconstruction = [
    "customers.csv": "customer_id,name\nC,Samco customer",
    "invoices.csv": """
    invoice_id,customer_id,type,date,due_date,total
    INV-1,C,standard,2026-01-10,2026-02-09,1000.00
    INV-2,C,standard,2026-02-20,2026-03-22,2000.00
    INV-3,C,standard,2026-03-25,2026-04-24,500.00
    INV-4,C,standard,2026-04-02,2026-05-02,900.00
    CM-1,C,credit_memo,2026-03-20,,-150.00
    """,
    "payments.csv": """
    payment_id,customer_id,date,amount
    PMT-1,C,2026-03-15,700.00
    PMT-2,C,2026-04-05,2000.00
    """,
    "applications.csv": """
    application_id,date,source_type,source_id,invoice_id,amount
    A1,2026-03-15,payment,PMT-1,INV-1,400.00
    A2,2026-04-01,payment,PMT-1,INV-1,300.00
    A3,2026-04-05,payment,PMT-2,INV-2,2000.00
    A4,2026-04-10,credit_memo,CM-1,INV-1,150.00
    """,
  ]

  @Test func `age-11, aging for a past day counts nothing after it`() throws {
    let aging = try ReportRows("ar-aging", asOf: "2026-03-31", Self.asOfReconstruction)
    #expect(
      aging.cells(
        "not_due", "days_1_30", "days_31_60", "days_61_90", "over_90", "unapplied", "net",
        where: "customer_id", is: "C")
        == ["500.00", "2000.00", "600.00", "0.00", "0.00", "-450.00", "2650.00"])
    let detail = try ReportRows("ar-aging-detail", asOf: "2026-03-31", Self.asOfReconstruction)
    #expect(detail.rows.count == 3)
    for (invoice, open, days) in [
      ("INV-1", "600.00", "50"), ("INV-2", "2000.00", "9"), ("INV-3", "500.00", "-24"),
    ] {
      #expect(
        detail.cells("open", "days_past_due", where: "invoice_id", is: invoice) == [open, days])
    }
  }

  static let retainageAndDeposits = [
    "customers.csv": "customer_id,name\nC,One customer",
    "jobs.csv": "job_id,customer_id,name,billing_method\nJ,C,Job,fixed_price",
    "invoices.csv": """
    invoice_id,customer_id,job_id,type,date,subtotal,retainage,total
    I1,C,J,progress,2026-03-01,50000.00,10000.00,40000.00
    I2,C,J,standard,2026-03-02,2500.00,0.00,2500.00
    """,
    "payments.csv": """
    payment_id,customer_id,date,type,job_id,amount
    P1,C,2026-03-10,payment,,500.00
    D1,C,2026-03-11,deposit,J,3000.00
    """,
  ]

  @Test func `aud-02, retained amounts and deposits stay outside the AR balance`() throws {
    let aging = try ReportRows("ar-aging", asOf: "2026-03-31", Self.retainageAndDeposits)
    #expect(
      aging.cells("open", "net", "retainage_held", "deposits_held", where: "customer_id", is: "C")
        == ["42500.00", "42000.00", "10000.00", "3000.00"])
  }

  @Test(arguments: [
    ("2017-06-30", "0.00", "10000.00"), ("2017-07-31", "0.00", "10000.00"),
    ("2017-12-10", "10000.00", "0.00"), ("2017-12-31", "0.00", "0.00"),
  ])
  func `ret-01, retainage is never aged and becomes AR by its release`(
    day: String, open: String, held: String
  ) throws {
    let status = try ReportRows(
      "contract-status", asOf: day,
      [
        "customers.csv": "customer_id,name\nC,Owner",
        "jobs.csv":
          "job_id,customer_id,name,billing_method,contract_amount\nJ,C,Project,fixed_price,50000",
        "invoices.csv": """
        invoice_id,customer_id,job_id,type,date,subtotal,retainage,total
        I1,C,J,progress,2017-06-05,50000.00,10000.00,40000.00
        R1,C,J,retainage_release,2017-12-04,0.00,-10000.00,10000.00
        """,
        "payments.csv": """
        payment_id,customer_id,date,amount
        P1,C,2017-06-12,40000.00
        P2,C,2017-12-15,10000.00
        """,
        "applications.csv": """
        application_id,date,source_id,invoice_id,amount
        A1,2017-06-12,P1,I1,40000.00
        A2,2017-12-15,P2,R1,10000.00
        """,
      ])
    #expect(
      status.cells("billed", "open_ar", "retainage_held", where: "job_id", is: "J")
        == ["50000.00", open, held])
  }

  @Test(arguments: [
    ("2026-01-15", "0.00", "3000.00", "0.00"),  // requested
    ("2026-01-31", "0.00", "0.00", "3000.00"),  // received
    ("2026-02-28", "10000.00", "10000.00", "3000.00"),  // the final invoice, in full
    ("2026-03-31", "10000.00", "7000.00", "0.00"),  // applied
  ])
  func `dep-01, a deposit is owed until it is applied, and never revenue`(
    day: String, billed: String, open: String, held: String
  ) throws {
    let status = try ReportRows(
      "contract-status", asOf: day,
      [
        "customers.csv": "customer_id,name\nC,Buyer",
        "jobs.csv":
          "job_id,customer_id,name,billing_method,contract_amount\nJ,C,Order,fixed_price,10000",
        "invoices.csv": """
        invoice_id,customer_id,job_id,type,date,subtotal,deposit,total
        D1,C,J,deposit,2026-01-10,0.00,3000.00,3000.00
        I1,C,J,standard,2026-02-20,10000.00,0.00,10000.00
        """,
        "payments.csv": "payment_id,customer_id,date,amount\nP1,C,2026-01-20,3000.00",
        "applications.csv": """
        application_id,date,source_type,source_id,invoice_id,amount
        A1,2026-01-20,payment,P1,D1,3000.00
        A2,2026-03-01,deposit,D1,I1,3000.00
        """,
      ])
    #expect(
      status.cells("billed", "open_ar", "deposits_held", where: "job_id", is: "J")
        == [billed, open, held])
  }

  @Test func `wip-02, uninstalled material earns its cost and no profit`() throws {
    let status = try ReportRows(
      "contract-status", asOf: "2026-12-31",
      [
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
      ])
    #expect(
      status.cells(
        "complete_pct", "cost_to_date", "earned", "gross_profit", where: "job_id", is: "J")
        == ["20.00", "2000000.00", "2200000.00", "200000.00"])
  }

  // Re-estimates are dated, so every year keeps the figures that were known in it.
  @Test(arguments: [
    ("2013-12-31", "12.00", "360000.00", "300000.00"),
    ("2014-12-31", "50.00", "1500000.00", "1400000.00"),
    ("2015-12-31", "73.00", "2190000.00", "2263000.00"),
    ("2016-12-31", "100.00", "3000000.00", "3100000.00"),
  ])
  func `wip-05, a contract that turns into a loss earns by each year's estimate`(
    day: String, percent: String, earned: String, cost: String
  ) throws {
    let status = try ReportRows(
      "contract-status", asOf: day,
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
      ])
    #expect(
      status.cells("complete_pct", "earned", "cost_to_date", where: "job_id", is: "J")
        == [percent, earned, cost])
  }

  @Test func `inv-08, a return comes back at the cost its issue went out with`() throws {
    let status = try ReportRows(
      "contract-status", asOf: "2026-12-31",
      [
        "customers.csv": "customer_id,name\nC,Owner",
        "jobs.csv": "job_id,customer_id,name,billing_method\nJ,C,Repair,fixed_price",
        "items.csv": "item_id,description\nB,Boiler",
        "inventory.csv": """
        movement_id,date,item_id,type,quantity,unit_cost,job_id,reverses
        M1,2026-01-01,B,receipt,1,1000.00,,
        M2,2026-01-02,B,issue,1,,J,
        M3,2026-01-03,B,receipt,1,1200.00,,
        M4,2026-01-04,B,return,1,,J,M2
        """,
      ])
    #expect(status.cells("cost_to_date", where: "job_id", is: "J") == ["0.00"])
  }
}
