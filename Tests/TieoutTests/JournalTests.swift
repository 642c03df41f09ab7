import Foundation
import Testing

/// Entries worked out by hand from the patterns of DOMAIN §9, through the door of the tool.
@Suite struct JournalEntries {
  /// The lines of a journal as `date entry | account | debit | credit`.
  static func journal(
    _ files: [String: String], _ period: String
  ) throws -> [String] {
    let scratch = try Scratch()
    for (name, text) in files { try Data((text + "\n").utf8).write(to: scratch.url(name)) }
    let outcome = try Tool.run(["journal", scratch.folder.path, "--period", period])
    try #require(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.first == "date,entry,account,debit,credit,document,memo")
    return lines.dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      return "\(cells[0]) \(cells[1]) | \(cells[2]) | \(cells[3]) | \(cells[4])"
    }
  }

  static let documents = [
    "customers.csv": "customer_id,name\nC1,Acme",
    "invoices.csv": """
    invoice_id,customer_id,type,date,subtotal,tax,deposit,retainage,retainage_tax,write_off,total,status,void_date
    D1,C1,deposit,2026-03-02,0,0,600.00,0,0,0,600.00,issued,
    I0,C1,standard,2026-02-10,200.00,0,0,0,0,0,200.00,void,2026-03-15
    I1,C1,progress,2026-03-05,1000.00,80.00,0,108.00,8.00,0,972.00,issued,
    I2,C1,standard,2026-03-10,700.00,0,-300.00,0,0,0,400.00,issued,
    CM,C1,credit_memo,2026-03-16,-100.00,0,0,-10.00,0,0,-90.00,issued,
    R1,C1,retainage_release,2026-03-20,0,0,0,-54.00,-4.00,0,54.00,issued,
    F1,C1,deposit_forfeit,2026-03-26,92.59,7.41,-100.00,0,0,0,0,issued,
    W1,C1,write_off,2026-03-28,0,0,0,0,0,22.00,-22.00,issued,
    W2,C1,write_off,2026-03-28,0,0,0,0,0,-12.00,12.00,issued,
    W3,C1,write_off,2026-03-28,0,0,0,-6.00,0,6.00,0,issued,
    X1,C1,finance_charge,2026-03-30,5.00,0,0,0,0,0,5.00,issued,
    Y1,C1,standard,2026-04-01,999.00,0,0,0,0,0,999.00,issued,
    """,
    "payments.csv": """
    payment_id,customer_id,date,type,reverses,amount
    P1,C1,2026-03-03,payment,,600.00
    P2,C1,2026-03-25,refund,,50.00
    P3,C1,2026-03-18,payment,,300.00
    P4,C1,2026-02-20,payment,,40.00
    P5,C1,2026-03-21,reversal,P4,40.00
    P6,C1,2026-03-22,deposit,,250.00
    P7,C1,2026-03-29,refund,P6,250.00
    """,
    "applications.csv": """
    application_id,date,source_type,source_id,invoice_id,amount,discount_taken
    A1,2026-03-03,payment,P1,D1,600.00,
    A2,2026-03-12,deposit,D1,I2,150.00,
    A3,2026-03-18,payment,P3,I1,300.00,10.00
    A4,2026-03-25,refund,P2,D1,50.00,
    A5,2026-03-28,write_off,W1,I1,22.00,
    """,
  ]

  @Test func `every document, receipt, application, void and reversal has its entry`() throws {
    #expect(
      try Self.journal(Self.documents, "2026-03") == [
        "2026-03-02 document D1 | Accounts receivable | 600.00 | ",
        "2026-03-02 document D1 | Customer deposits |  | 600.00",
        "2026-03-03 payment P1 | Cash | 600.00 | ",
        "2026-03-03 payment P1 | Accounts receivable |  | 600.00",
        "2026-03-05 document I1 | Accounts receivable | 972.00 | ",
        "2026-03-05 document I1 | Retainage receivable | 108.00 | ",
        "2026-03-05 document I1 | Contract revenue |  | 1000.00",
        "2026-03-05 document I1 | Sales tax payable |  | 72.00",
        "2026-03-05 document I1 | Sales tax on retainage |  | 8.00",
        "2026-03-10 document I2 | Accounts receivable | 400.00 | ",
        "2026-03-10 document I2 | Contract revenue |  | 700.00",
        "2026-03-10 document I2 | Customer deposits | 300.00 | ",
        "2026-03-12 application A2 | Customer deposits | 150.00 | ",
        "2026-03-12 application A2 | Accounts receivable |  | 150.00",
        "2026-03-15 void I0 | Accounts receivable |  | 200.00",
        "2026-03-15 void I0 | Contract revenue | 200.00 | ",
        "2026-03-16 document CM | Accounts receivable |  | 90.00",
        "2026-03-16 document CM | Retainage receivable |  | 10.00",
        "2026-03-16 document CM | Contract revenue | 100.00 | ",
        "2026-03-18 payment P3 | Cash | 300.00 | ",
        "2026-03-18 payment P3 | Accounts receivable |  | 300.00",
        "2026-03-18 application A3 | Discounts taken | 10.00 | ",
        "2026-03-18 application A3 | Accounts receivable |  | 10.00",
        "2026-03-20 document R1 | Accounts receivable | 54.00 | ",
        "2026-03-20 document R1 | Retainage receivable |  | 54.00",
        "2026-03-20 document R1 | Sales tax payable |  | 4.00",
        "2026-03-20 document R1 | Sales tax on retainage | 4.00 | ",
        "2026-03-21 reversal P5 | Cash |  | 40.00",
        "2026-03-21 reversal P5 | Accounts receivable | 40.00 | ",
        "2026-03-22 payment P6 | Cash | 250.00 | ",
        "2026-03-22 payment P6 | Customer deposits |  | 250.00",
        "2026-03-25 payment P2 | Accounts receivable | 50.00 | ",
        "2026-03-25 payment P2 | Cash |  | 50.00",
        "2026-03-25 application A4 | Accounts receivable |  | 50.00",
        "2026-03-25 application A4 | Customer deposits | 50.00 | ",
        "2026-03-26 document F1 | Forfeited deposits |  | 92.59",
        "2026-03-26 document F1 | Sales tax payable |  | 7.41",
        "2026-03-26 document F1 | Customer deposits | 100.00 | ",
        "2026-03-28 document W1 | Accounts receivable |  | 22.00",
        "2026-03-28 document W1 | Allowance for credit losses | 22.00 | ",
        "2026-03-28 document W2 | Accounts receivable | 12.00 | ",
        "2026-03-28 document W2 | Allowance for credit losses |  | 12.00",
        "2026-03-28 document W3 | Retainage receivable |  | 6.00",
        "2026-03-28 document W3 | Allowance for credit losses | 6.00 | ",
        "2026-03-29 payment P7 | Customer deposits | 250.00 | ",
        "2026-03-29 payment P7 | Cash |  | 250.00",
        "2026-03-30 document X1 | Accounts receivable | 5.00 | ",
        "2026-03-30 document X1 | Finance charges |  | 5.00",
      ])
  }

  /// Requests kept out of AR: the liability comes with the cash, and its tax in proportion. Of 108.00
  /// asked for, 8.00 of it tax, 54.00 were paid: 50.00 of deposit and 4.00 of tax.
  @Test func `a request outside AR becomes a liability as it is paid`() throws {
    let files = [
      "customers.csv": "customer_id,name\nC1,Acme",
      "company.toml": "[aging]\ndeposit_requests = false\n[deposits]\ntax = \"on_receipt\"",
      "invoices.csv": """
      invoice_id,customer_id,type,date,subtotal,tax,deposit,total
      D1,C1,deposit,2026-03-02,0,8.00,100.00,108.00
      """,
      "payments.csv": "payment_id,customer_id,date,amount\nP1,C1,2026-03-03,54.00",
      "applications.csv": """
      application_id,date,source_id,invoice_id,amount
      A1,2026-03-05,P1,D1,54.00
      """,
    ]
    #expect(
      try Self.journal(files, "2026-03") == [
        "2026-03-03 payment P1 | Cash | 54.00 | ",
        "2026-03-03 payment P1 | Accounts receivable |  | 54.00",
        "2026-03-05 application A1 | Accounts receivable | 54.00 | ",
        "2026-03-05 application A1 | Customer deposits |  | 50.00",
        "2026-03-05 application A1 | Sales tax payable |  | 4.00",
      ])
  }

  /// The example je-03: 112,000 earned and 100,000 billed at the end of March, 150,000 and 155,000 at
  /// the end of April.
  @Test func `an accrual is reversed on the next day, je-03`() throws {
    let files = [
      "customers.csv": "customer_id,name\nC1,Acme",
      "jobs.csv": "job_id,customer_id,name,billing_method\nA,C1,Job A,unit_price",
      "schedule_of_values.csv": "job_id,line_no,description,scheduled_value\nA,1,Work,200000.00",
      "progress.csv": """
      job_id,line_no,date,completed_amount
      A,1,2026-03-31,112000.00
      A,1,2026-04-30,150000.00
      """,
      "invoices.csv": """
      invoice_id,customer_id,job_id,type,date,subtotal,total
      I1,C1,A,standard,2026-03-15,100000.00,100000.00
      I2,C1,A,standard,2026-04-15,55000.00,55000.00
      """,
    ]
    #expect(
      try Self.journal(files, "2026-03") == [
        "2026-03-15 document I1 | Accounts receivable | 100000.00 | ",
        "2026-03-15 document I1 | Contract revenue |  | 100000.00",
        "2026-03-31 accrual A 2026-03-31 | Costs in excess of billings | 12000.00 | ",
        "2026-03-31 accrual A 2026-03-31 | Over- and underbilling |  | 12000.00",
      ])
    #expect(
      try Self.journal(files, "2026-04") == [
        "2026-04-01 accrual A 2026-03-31 reversed | Costs in excess of billings |  | 12000.00",
        "2026-04-01 accrual A 2026-03-31 reversed | Over- and underbilling | 12000.00 | ",
        "2026-04-15 document I2 | Accounts receivable | 55000.00 | ",
        "2026-04-15 document I2 | Contract revenue |  | 55000.00",
        "2026-04-30 accrual A 2026-04-30 | Billings in excess of costs |  | 5000.00",
        "2026-04-30 accrual A 2026-04-30 | Over- and underbilling | 5000.00 | ",
      ])
  }

  /// T: four approved hours at 100.00; two more that nobody approved do not accrue. L: 1,000.00 of price,
  /// 1,200.00 of cost expected since March, 300.00 spent: 25 % complete, 250.00 earned, and of the loss of 200.00
  /// three quarters still to come; a month later, at half, 100.00.
  private let work = [
    "customers.csv": "customer_id,name\nC1,Acme",
    "technicians.csv": "technician_id,name,role,cost_rate\nT1,Kim,Plumber,40",
    "rates.csv":
      "rate_card,role,pay_type,effective_from,bill_rate\nstandard,Plumber,REG,2026-01-01,100",
    "items.csv": "item_id,description\nV,Valve",
    "jobs.csv": """
    job_id,customer_id,name,billing_method,contract_amount,estimated_cost
    T,C1,Repair,time_and_materials,,
    L,C1,Piping,fixed_price,1000.00,900.00
    """,
    "estimates.csv": "job_id,date,estimated_cost\nL,2026-03-31,1200.00",
    "timesheets.csv": """
    timesheet_id,date,technician_id,job_id,hours,approved,invoice_id
    S1,2026-03-10,T1,T,4,yes,I1
    S2,2026-03-11,T1,T,2,no,
    """,
    "inventory.csv": """
    movement_id,date,item_id,type,quantity,unit_cost,job_id,reverses
    M1,2026-03-01,V,receipt,10,5.00,,
    M2,2026-03-10,V,issue,4,,L,
    M3,2026-03-20,V,return,1,,L,M2
    """,
    "costs.csv": """
    cost_id,date,job_id,kind,amount
    K1,2026-03-12,L,subcontract,285.00
    K2,2026-04-12,L,subcontract,300.00
    """,
    "invoices.csv": """
    invoice_id,customer_id,job_id,type,date,subtotal,total
    I1,C1,T,standard,2026-04-05,400.00,400.00
    """,
  ]

  @Test func `work, stock and an expected loss accrue once`() throws {
    #expect(
      try Self.journal(work, "2026-03") == [
        "2026-03-10 issue M2 | Job cost | 20.00 | ",
        "2026-03-10 issue M2 | Inventory |  | 20.00",
        "2026-03-20 return M3 | Job cost |  | 5.00",
        "2026-03-20 return M3 | Inventory | 5.00 | ",
        "2026-03-31 accrual L 2026-03-31 | Costs in excess of billings | 250.00 | ",
        "2026-03-31 accrual L 2026-03-31 | Over- and underbilling |  | 250.00",
        "2026-03-31 accrual T 2026-03-31 | Unbilled receivable | 400.00 | ",
        "2026-03-31 accrual T 2026-03-31 | Contract revenue |  | 400.00",
        "2026-03-31 provision L 2026-03-31 | Contract losses | 150.00 | ",
        "2026-03-31 provision L 2026-03-31 | Provision for contract losses |  | 150.00",
      ])
    #expect(
      try Self.journal(work, "2026-04") == [
        "2026-04-01 accrual L 2026-03-31 reversed | Costs in excess of billings |  | 250.00",
        "2026-04-01 accrual L 2026-03-31 reversed | Over- and underbilling | 250.00 | ",
        "2026-04-01 accrual T 2026-03-31 reversed | Unbilled receivable |  | 400.00",
        "2026-04-01 accrual T 2026-03-31 reversed | Contract revenue | 400.00 | ",
        "2026-04-05 document I1 | Accounts receivable | 400.00 | ",
        "2026-04-05 document I1 | Contract revenue |  | 400.00",
        "2026-04-30 accrual L 2026-04-30 | Costs in excess of billings | 500.00 | ",
        "2026-04-30 accrual L 2026-04-30 | Over- and underbilling |  | 500.00",
        "2026-04-30 provision L 2026-04-30 | Contract losses |  | 50.00",
        "2026-04-30 provision L 2026-04-30 | Provision for contract losses | 50.00 | ",
      ])
  }

  /// 1,000.00 not due at 1 % and 100.00 of retainage at 2 % need 12.00; 3.00 were written off.
  @Test func `the allowance takes what is required and was used`() throws {
    let files = [
      "customers.csv": "customer_id,name\nC1,Acme",
      "company.toml": """
      [allowance]
      matrix = [{ days = 0, pct = "1" }, { days = 1, pct = "10" }]
      retainage_pct = "2"
      [accounts]
      bad_debt = "6500 Bad debts"
      """,
      "invoices.csv": """
      invoice_id,customer_id,type,date,due_date,subtotal,retainage,write_off,total
      I1,C1,progress,2026-03-05,2026-04-05,1103.00,100.00,0,1003.00
      W1,C1,write_off,2026-03-06,,0,0,3.00,-3.00
      """,
      "applications.csv": """
      application_id,date,source_type,source_id,invoice_id,amount
      A1,2026-03-06,write_off,W1,I1,3.00
      """,
    ]
    #expect(
      try Self.journal(files, "2026-03").suffix(2) == [
        "2026-03-31 allowance 2026-03-31 | 6500 Bad debts | 15.00 | ",
        "2026-03-31 allowance 2026-03-31 | Allowance for credit losses |  | 15.00",
      ])
  }

  /// A contract brought along with 600.00 billed and 450.00 earned, and 60.00 withheld: none of it is
  /// income of the month. In March it earns 50.00 more.
  @Test func `what was brought along is no income of the month`() throws {
    let files = [
      "customers.csv": "customer_id,name\nC1,Acme",
      "jobs.csv": "job_id,customer_id,name,billing_method\nA,C1,Job A,unit_price",
      "schedule_of_values.csv": "job_id,line_no,description,scheduled_value\nA,1,Work,1000.00",
      "progress.csv": """
      job_id,line_no,date,completed_amount
      A,1,2026-03-25,500.00
      """,
      "opening_balances.csv": """
      date,customer_id,job_id,measure,amount
      2026-03-10,C1,A,billed,600.00
      2026-03-10,C1,A,earned,450.00
      2026-03-10,C1,A,retainage,60.00
      """,
    ]
    #expect(
      try Self.journal(files, "2026-03") == [
        "2026-03-10 opening billed A | Over- and underbilling |  | 150.00",
        "2026-03-10 opening billed A | Opening balances | 150.00 | ",
        "2026-03-10 opening retainage A | Retainage receivable | 60.00 | ",
        "2026-03-10 opening retainage A | Opening balances |  | 60.00",
        "2026-03-31 accrual A 2026-03-31 | Billings in excess of costs |  | 100.00",
        "2026-03-31 accrual A 2026-03-31 | Over- and underbilling | 100.00 | ",
      ])
  }
}
