import Foundation
import Testing

/// Published examples of draws, retainage, deposits, time and material, tax and terms (DOMAIN,
/// Sources), as an accountant would send them through `tieout bill`.
@Suite struct BilledExamples {
  private static let customers = "customer_id,name\nC,Owner"

  /// A contract of 500,000.00 with its schedule and progress by application.
  private static func contract(_ progress: String) -> [String: String] {
    [
      "customers.csv": customers,
      "jobs.csv": """
      job_id,customer_id,name,billing_method,contract_amount,retainage_pct
      J,C,Building,fixed_price,500000.00,10
      """,
      "schedule_of_values.csv": """
      job_id,line_no,description,scheduled_value
      J,1,Site Work,50000.00
      J,2,Foundation,150000.00
      J,3,Framing,200000.00
      J,4,Finishes,100000.00
      """,
      "progress.csv":
        "job_id,line_no,date,application_no,completed_amount,stored_materials,certified_amount\n"
        + progress,
    ]
  }

  private static let first = """
    J,1,2026-01-31,1,50000.00,0.00,
    J,2,2026-01-31,1,75000.00,25000.00,
    J,3,2026-01-31,1,0.00,50000.00,
    """

  private static let second = """
    J,2,2026-02-28,2,150000.00,0.00,
    J,3,2026-02-28,2,150000.00,25000.00,
    J,4,2026-02-28,2,20000.00,10000.00,
    """

  /// The summary's lines of an application.
  private func summary(_ run: BillRun, _ application: String) throws -> [String] {
    try run.table("draws").cells(
      "line_1", "line_2", "line_3", "line_4", "line_5a", "line_5b", "line_5", "line_6", "line_7",
      "line_8", "line_9", where: "application_no", is: application)
  }

  /// What columns C to G of a continuation sheet add up to, in cents.
  private func totals(_ lines: CSVTable) -> [Int] {
    ["scheduled_value", "previous", "this_period", "stored", "completed_and_stored"]
      .map { cents(lines.column($0)) }
  }

  @Test func `aia-03, retainage on work and on stored material`() throws {
    let run = try BillRun(asOf: "2026-01-31", Self.contract(Self.first))
    #expect(
      try summary(run, "1") == [
        "500000.00", "0.00", "500000.00", "200000.00", "12500.00", "7500.00", "20000.00",
        "180000.00", "0.00", "180000.00", "320000.00",
      ])
    let lines = try run.table("draws/J-1-g703")
    #expect(lines.column("previous") == ["0.00", "0.00", "0.00", "0.00"])
    #expect(lines.column("this_period") == ["50000.00", "75000.00", "0.00", "0.00"])
    #expect(lines.column("stored") == ["0.00", "25000.00", "50000.00", "0.00"])
    #expect(totals(lines) == [500_000_00, 0, 125_000_00, 75_000_00, 200_000_00])  // 40 %
    #expect(
      lines.column("completed_and_stored") == ["50000.00", "100000.00", "50000.00", "0.00"])
    #expect(lines.column("pct") == ["100.00", "66.6667", "25.00", "0.00"])
    #expect(lines.column("balance") == ["0.00", "50000.00", "150000.00", "100000.00"])
    #expect(
      try run.drafts().cells("subtotal", "retainage", "total", where: "job_id", is: "J")
        == ["200000.00", "20000.00", "180000.00"])
  }

  /// The source's column D repeats the stored material of the first application, and its E lacks it: by
  /// the instructions of the form D is 125,000.00 and E 245,000.00, as here (the example's notes).
  @Test func `aia-04, stored material becomes work in the second application`() throws {
    let run = try BillRun(
      asOf: "2026-02-28", Self.contract(Self.first + "\n" + Self.second))
    #expect(
      try summary(run, "2") == [
        "500000.00", "0.00", "500000.00", "405000.00", "37000.00", "3500.00", "40500.00",
        "364500.00", "180000.00", "184500.00", "135500.00",
      ])
    let lines = try run.table("draws/J-2-g703")
    #expect(lines.column("previous") == ["50000.00", "75000.00", "0.00", "0.00"])
    #expect(lines.column("this_period") == ["0.00", "75000.00", "150000.00", "20000.00"])
    #expect(lines.column("stored") == ["0.00", "0.00", "25000.00", "10000.00"])
    #expect(
      lines.column("completed_and_stored") == ["50000.00", "150000.00", "175000.00", "30000.00"])
    #expect(lines.column("pct") == ["100.00", "100.00", "87.50", "30.00"])
    #expect(lines.column("balance") == ["0.00", "0.00", "25000.00", "70000.00"])
    #expect(totals(lines) == [500_000_00, 125_000_00, 245_000_00, 35_000_00, 405_000_00])  // 81 %
    // Both applications wait for their invoices: each is a draft of its own.
    #expect(try run.drafts().column("total") == ["180000.00", "184500.00"])
  }

  /// The change is in line 3. The page prints line 6 as the payment due and C − G as the balance to finish; lines 7 to 9 here are
  /// the form's own (the example's notes).
  @Test func `aia-05, change orders and previous certificates`() throws {
    let run = try BillRun(
      asOf: "2026-02-28",
      [
        "customers.csv": Self.customers,
        "jobs.csv": """
        job_id,customer_id,name,billing_method,contract_amount,retainage_pct
        J,C,Building,fixed_price,250000.00,10
        """,
        "change_orders.csv": """
        change_order_id,job_id,date,amount,status
        CO,J,2026-01-10,15000.00,approved
        """,
        "schedule_of_values.csv": """
        job_id,line_no,description,scheduled_value,change_order_id
        J,1,Mobilization,25000.00,
        J,2,Rough Carpentry,95000.00,
        J,3,Finish Carpentry,145000.00,CO
        """,
        "progress.csv": """
        job_id,line_no,date,application_no,completed_amount
        J,1,2026-01-31,1,25000.00
        J,2,2026-01-31,1,40000.00
        J,2,2026-02-28,2,62500.00
        J,3,2026-02-28,2,45000.00
        """,
      ])
    #expect(
      try summary(run, "2") == [
        "250000.00", "15000.00", "265000.00", "132500.00", "13250.00", "0.00", "13250.00",
        "119250.00", "58500.00", "60750.00", "145750.00",
      ])
    let lines = try run.table("draws/J-2-g703")
    #expect(lines.column("previous") == ["25000.00", "40000.00", "0.00"])
    #expect(lines.column("this_period") == ["0.00", "22500.00", "45000.00"])
    #expect(totals(lines) == [265_000_00, 65_000_00, 67_500_00, 0, 132_500_00])
    #expect(lines.column("completed_and_stored") == ["25000.00", "62500.00", "45000.00"])
    #expect(lines.column("pct") == ["100.00", "65.7895", "31.0345"])  // 66 and 31 in whole percents
    #expect(lines.column("balance") == ["0.00", "32500.00", "100000.00"])
  }

  private static let halves:
    [(policy: String, held: [String], earned: [String], before: [String], payments: [String])] = [
      (
        "cumulative,50,5", ["20000.00", "40000.00", "30000.00", "50000.00"],
        ["180000.00", "360000.00", "570000.00", "950000.00"],
        ["0.00", "180000.00", "360000.00", "570000.00"],
        ["180000.00", "180000.00", "210000.00", "380000.00"]
      ),
      (
        "stop_at,50,", ["20000.00", "40000.00", "50000.00", "50000.00"],
        ["180000.00", "360000.00", "550000.00", "950000.00"],
        ["0.00", "180000.00", "360000.00", "550000.00"],
        ["180000.00", "180000.00", "190000.00", "400000.00"]
      ),
    ]

  @Test(arguments: halves.indices)
  func `ret-08, retainage at half of the work, given back or stopped`(_ place: Int) throws {
    let (policy, held, earned, before, payments) = Self.halves[place]
    let run = try BillRun(
      asOf: "2026-04-30",
      [
        "customers.csv": Self.customers,
        "jobs.csv": """
        job_id,customer_id,name,billing_method,contract_amount,retainage_pct,retainage_policy,retainage_step_at_pct,retainage_step_to_pct
        J,C,Building,fixed_price,1000000.00,10,\(policy)
        """,
        "schedule_of_values.csv": """
        job_id,line_no,description,scheduled_value
        J,1,All of it,1000000.00
        """,
        "progress.csv": """
        job_id,line_no,date,application_no,percent_complete
        J,1,2026-01-31,1,20
        J,1,2026-02-28,2,40
        J,1,2026-03-31,3,60
        J,1,2026-04-30,4,100
        """,
      ])
    let draws = try run.table("draws")
    #expect(draws.column("line_4") == ["200000.00", "400000.00", "600000.00", "1000000.00"])
    #expect(draws.column("line_5") == held)
    #expect(draws.column("line_6") == earned)
    #expect(draws.column("line_7") == before)
    #expect(draws.column("line_8") == payments)
    #expect(try run.drafts().column("total") == payments)
  }

  @Test func `ret-01, a fifth is withheld and released in full`() throws {
    var files = [
      "customers.csv": Self.customers,
      "jobs.csv": """
      job_id,customer_id,name,billing_method,contract_amount,retainage_pct,status,completion_date
      J,C,Project,fixed_price,50000.00,20,complete,2017-06-05
      """,
    ]
    let invoice = try BillRun(asOf: "2017-06-05", files)
    #expect(
      try invoice.drafts().cells("subtotal", "retainage", "total", where: "job_id", is: "J")
        == ["50000.00", "10000.00", "40000.00"])
    files = try invoice.filesWithDraftsEntered()
    let release = try BillRun(asOf: "2017-12-04", files).drafts()
    #expect(
      release.cells("subtotal", "retainage", "total", where: "type", is: "retainage_release")
        == ["0.00", "-10000.00", "10000.00"])
  }

  @Test func `dep-01, a deposit is asked for, received and applied on the final invoice`() throws {
    var files = [
      "customers.csv": Self.customers,
      "jobs.csv": """
      job_id,customer_id,name,billing_method,contract_amount,deposit_amount,status,completion_date
      J,C,Order,fixed_price,10000.00,3000.00,complete,2026-03-01
      """,
    ]
    let request = try BillRun(asOf: "2026-01-15", files)
    #expect(
      try request.drafts().cells("type", "deposit", "total", where: "job_id", is: "J")
        == ["deposit", "3000.00", "3000.00"])
    files = try request.filesWithDraftsEntered()
    files["payments.csv"] = """
      payment_id,customer_id,date,amount
      P,C,2026-01-20,3000.00
      """
    files["applications.csv"] = """
      application_id,date,source_id,invoice_id,amount
      A,2026-01-20,P,DRAFT-2026-01-15-J-DEPOSIT,3000.00
      """
    let final = try BillRun(asOf: "2026-03-01", files)
    #expect(
      try final.drafts().cells("subtotal", "deposit", "total", where: "job_id", is: "J")
        == ["10000.00", "-3000.00", "7000.00"])
  }

  /// Deposits received and worked off, quarter by quarter, in thousands.
  private static let quarters: [(opening: Int, billings: Int, earned: Int, closing: Int)] = [
    (2291, 1527, 1089, 2729), (2421, 1991, 1297, 3115), (2396, 1427, 1402, 2421),
    (2516, 1228, 1320, 2424), (2424, 2514, 1290, 3648),
  ]

  @Test(arguments: quarters.indices)
  func `dep-08, what is held of deposits rolls forward`(_ place: Int) throws {
    let quarter = Self.quarters[place]
    let files = [
      "customers.csv": Self.customers,
      "jobs.csv": "job_id,customer_id,name,billing_method\nJ,C,Contracts,time_and_materials",
      "opening_balances.csv": """
      date,customer_id,job_id,measure,amount
      2017-06-30,C,J,deposit,\(quarter.opening)000.00
      """,
      "payments.csv": """
      payment_id,customer_id,date,type,job_id,amount
      P,C,2017-08-15,deposit,J,\(quarter.billings)000.00
      """,
      "invoices.csv": """
      invoice_id,customer_id,job_id,type,date,subtotal,deposit,total
      V,C,J,standard,2017-09-20,\(quarter.earned)000.00,-\(quarter.earned)000.00,0.00
      """,
    ]
    for (day, held) in [
      ("2017-06-30", quarter.opening), ("2017-08-31", quarter.opening + quarter.billings),
      ("2017-09-30", quarter.closing),
    ] {
      let report = try ReportRows("contract-status", asOf: day, files)
      #expect(
        report.cells("deposits_held", where: "job_id", is: "J") == ["\(held)000.00"], "\(day)")
    }
  }

  private static func order(_ second: String, _ terms: String, percentages: Bool) -> [String:
    String]
  {
    [
      "customers.csv": customers,
      "jobs.csv": """
      job_id,customer_id,name,billing_method,contract_amount,\(percentages ? "deposit_pct" : "deposit_amount")
      J,C,Order,fixed_price,\(second == "900.00" ? "4900.00" : "5800.00"),\(terms)
      """,
      "schedule_of_values.csv": """
      job_id,line_no,description,scheduled_value
      J,1000,Item 1000,4000.00
      J,1100,Item 1100,\(second)
      """,
    ]
  }

  @Test func `dep-02, a fixed deposit is spread exactly, and a percentage grows with the order`()
    throws
  {
    // 1,560.00: each line has a percentage of its own, which here are two jobs.
    let two = try BillRun(
      asOf: "2026-01-15",
      [
        "customers.csv": Self.customers,
        "jobs.csv": """
        job_id,customer_id,name,billing_method,contract_amount,deposit_pct
        J1,C,Item 1000,fixed_price,4000.00,30
        J2,C,Item 1100,fixed_price,900.00,40
        """,
      ]
    ).drafts()
    #expect(two.column("deposit") == ["1200.00", "360.00"])

    let fixed = try BillRun(asOf: "2026-01-15", Self.order("900.00", "2000.00", percentages: false))
    #expect(try fixed.drafts().column("deposit") == ["2000.00"])
    let parts = try fixed.table("draft-lines").column("amount")
    #expect(parts == ["1632.65", "367.35"])
    // 40.81625 %, which is made of the rounded amount: in hundred thousandths of a percent.
    #expect(cents(parts[0]) * 10_000_000 / 4000_00 == 4_081_625)

    let first = try BillRun(asOf: "2026-01-15", Self.order("900.00", "35", percentages: true))
    #expect(try first.drafts().column("deposit") == ["1715.00"])
    #expect(try first.table("draft-lines").column("amount") == ["1400.00", "315.00"])
    var files = try first.filesWithDraftsEntered()
    for (name, text) in Self.order("1800.00", "35", percentages: true) { files[name] = text }
    let second = try BillRun(asOf: "2026-01-20", files)
    #expect(try second.drafts().column("deposit") == ["315.00"])
    #expect(try second.table("draft-lines").column("amount") == ["315.00"])
    #expect(try second.table("draft-lines").column("sov_line_no") == ["1100"])
  }

  @Test func `tm-01, an overtime call with equipment and a trip charge, all taxed`() throws {
    let run = try BillRun(
      asOf: "2012-09-08",
      [
        "customers.csv": "customer_id,name,tax_code\nC,Homeowner,WA",
        "company.toml": """
        [billing]
        time_increment_minutes = 30
        trip_charge = "45.00"
        """,
        "jobs.csv": """
        job_id,customer_id,name,billing_method
        J,C,Call,time_and_materials
        """,
        "technicians.csv": "technician_id,name,role,cost_rate\nT,Joe,Plumber,30",
        "rates.csv": """
        rate_card,role,pay_type,effective_from,bill_rate
        standard,Plumber,REG,2012-01-01,66.00
        """,
        "timesheets.csv": """
        timesheet_id,date,technician_id,job_id,pay_type,hours
        TS,2012-09-08,T,J,OT,2
        """,
        "costs.csv": """
        cost_id,date,job_id,kind,description,amount
        X,2012-09-08,J,equipment,Drain machine,25.00
        """,
        "tax_codes.csv": """
        tax_code,component,rate_pct,labor,material,other,effective_from
        WA,Washington,9,yes,yes,yes,2012-01-01
        """,
      ])
    #expect(
      try run.drafts().cells("subtotal", "tax", "total", where: "job_id", is: "J")
        == ["268.00", "24.12", "292.12"])
    #expect(
      try run.table("draft-lines").column("amount") == ["198.00", "25.00", "45.00"])
  }

  /// Two lines of one jurisdiction at 5 and 10 %: its tax is rounded once an invoice, or once a line.
  @Test(arguments: [
    ("invoice", "half_up", "5.61"), ("line", "half_up", "5.62"), ("line", "half_even", "5.60"),
  ])
  func `tm-08, tax is rounded by invoice or by line`(
    _ per: String, _ amounts: String, _ tax: String
  ) throws {
    let run = try BillRun(
      asOf: "2026-01-31",
      [
        "customers.csv": "customer_id,name,tax_code\nC,Shop,LOW",
        "company.toml": "[rounding]\ntax = \"\(per)\"\namounts = \"\(amounts)\"",
        "jobs.csv": "job_id,customer_id,name,billing_method\nJ,C,Order,time_and_materials",
        "tax_codes.csv": """
        tax_code,component,rate_pct,other,effective_from
        LOW,VAT,5,yes,2026-01-01
        HIGH,VAT,10,yes,2026-01-01
        """,
        "costs.csv": """
        cost_id,date,job_id,kind,amount
        A,2026-01-10,J,other,45.30
        B,2026-01-10,J,other,33.45
        """,
        "adjustments.csv": """
        adjustment_id,job_id,target,action,value,reason,by,date
        X,J,B,set_tax_code,HIGH,Luxury rate,Kim,2026-01-10
        """,
      ])
    #expect(try run.drafts().column("tax") == [tax])
    if per == "line", amounts == "half_up" {
      #expect(try run.table("draft-lines").column("tax") == ["2.27", "3.35"])
    }
  }

  /// "day 20, due next month days 30" is the first 20th that is at least 30 days away.
  private static let terms: [(terms: String, date: String, due: String)] = [
    ("Due on receipt", "2026-03-05", "2026-03-05"), ("Net 15", "2026-03-05", "2026-03-20"),
    ("Buffer", "2026-03-05", "2026-04-01"), ("Buffer", "2026-03-28", "2026-05-01"),
    ("21 MFI", "2026-03-05", "2026-04-21"), ("Day 20", "2018-01-10", "2018-02-20"),
    ("Day 20", "2018-01-22", "2018-03-20"), ("Net 30 EOM", "2026-05-11", "2026-06-30"),
    ("Net 30 EOM", "2026-01-31", "2026-03-02"), ("End of next", "2026-01-31", "2026-02-28"),
    ("31st of next", "2026-01-15", "2026-02-28"),
  ]

  @Test(arguments: terms.indices)
  func `tm-12, due dates of drafts`(_ place: Int) throws {
    let (name, date, due) = Self.terms[place]
    let run = try BillRun(
      asOf: date,
      [
        "customers.csv": Self.customers,
        "jobs.csv": """
        job_id,customer_id,name,billing_method,terms
        J,C,Order,time_and_materials,\(name)
        """,
        "costs.csv": "cost_id,date,job_id,kind,amount\nA,\(date),J,other,10.00",
        "terms.csv": """
        terms,due_days,day_of_month,months_ahead
        Buffer,5,1,1
        Day 20,30,20,0
        End of next,,31,1
        31st of next,,31,1
        """,
      ])
    #expect(try run.drafts().column("due_date") == [due])
  }
}
