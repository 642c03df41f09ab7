import Foundation
import Testing

/// Input that nothing may be billed from: each gives its finding, and nothing is written.
@Suite struct BillRefusals {
  private static let company = [
    "customers.csv": "customer_id,name\nC,Owner",
    "jobs.csv": """
    job_id,customer_id,name,billing_method,contract_amount,retainage_pct,rate_card
    J,C,Building,fixed_price,1000.00,10,
    """,
    "schedule_of_values.csv": """
    job_id,line_no,description,scheduled_value
    J,1,Work,600.00
    J,2,More work,400.00
    """,
    "progress.csv": """
    job_id,line_no,date,application_no,percent_complete
    J,1,2026-01-31,1,50
    """,
    "rates.csv": """
    rate_card,role,pay_type,effective_from,bill_rate
    standard,Plumber,REG,2026-01-01,100
    """,
  ]

  private struct Case: CustomTestStringConvertible {
    let code: String
    let message: String
    let file: String
    let text: String
    var testDescription: String { code }
  }

  private static let cases = [
    Case(
      code: "unknown rate card", message: "jobs.csv:2", file: "jobs.csv",
      text: """
        job_id,customer_id,name,billing_method,contract_amount,rate_card
        J,C,Building,fixed_price,1000.00,gold
        """),
    Case(
      code: "overlapping effective days", message: "rates.csv:3", file: "rates.csv",
      text: """
        rate_card,role,pay_type,effective_from,bill_rate
        standard,Plumber,REG,2026-01-01,100
        standard,Plumber,REG,2026-01-01,110
        """),
    Case(
      code: "negative scheduled value", message: "is below zero and belongs to no change order",
      file: "schedule_of_values.csv",
      text: """
        job_id,line_no,description,scheduled_value
        J,1,Work,1200.00
        J,2,Less work,-200.00
        """),
    Case(
      code: "percent over 100", message: "is more than the whole line", file: "progress.csv",
      text: """
        job_id,line_no,date,application_no,percent_complete
        J,1,2026-01-31,1,110
        """),
    Case(
      code: "amount over the line", message: "above its scheduled value of 600.00",
      file: "progress.csv",
      text: """
        job_id,line_no,date,application_no,completed_amount
        J,1,2026-01-31,1,600.01
        """),
    Case(
      code: "schedule does not add", message: "adds up to 900.00",
      file: "schedule_of_values.csv",
      text: """
        job_id,line_no,description,scheduled_value
        J,1,Work,600.00
        J,2,More work,300.00
        """),
    Case(
      code: "release asked above held", message: "is more retainage than is held on J, 30.00",
      file: "adjustments.csv",
      text: """
        adjustment_id,job_id,target,action,value,reason,by,date
        A,J,retainage,set_amount,30.01,Early release,Kim,2026-01-31
        """),
    Case(
      code: "release above held", message: "takes back more than is held", file: "invoices.csv",
      text: """
        invoice_id,customer_id,job_id,type,date,subtotal,retainage,total
        V1,C,J,progress,2026-01-31,300.00,30.00,270.00
        V2,C,J,retainage_release,2026-01-31,,-40.00,40.00
        """),
    Case(
      code: "deposit applied above its balance", message: "the deposit held on J is -50.00",
      file: "invoices.csv",
      text: """
        invoice_id,customer_id,job_id,type,date,subtotal,deposit,total
        V1,C,J,progress,2026-01-31,300.00,-50.00,250.00
        """),
  ]

  @Test(arguments: cases.indices)
  func `nothing is billed from it`(_ place: Int) throws {
    let it = Self.cases[place]
    var files = Self.company
    if it.code == "release asked above held" {
      files["invoices.csv"] = """
        invoice_id,customer_id,job_id,type,date,subtotal,retainage,total
        V1,C,J,progress,2026-01-31,300.00,30.00,270.00
        """
    }
    files[it.file] = it.text
    let run = try BillRun(asOf: "2026-02-10", files)
    #expect(run.outcome.status == 1, "\(it.code): \(run.outcome.errors)")
    #expect(run.outcome.errors.contains(it.message), "\(it.code): \(run.outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: run.scratch.url("out").path))
  }

  @Test func `the same company without a fault is billed`() throws {
    let run = try BillRun(asOf: "2026-02-10", Self.company)
    #expect(try run.drafts().column("total") == ["270.00"])
  }

  @Test func `a job that does not exist is told`() throws {
    let run = try BillRun(asOf: "2026-02-10", Self.company, options: ["--job", "J9"])
    #expect(run.outcome.status == 1)
    #expect(run.outcome.errors.contains("there is no job 'J9'"))
  }
}
