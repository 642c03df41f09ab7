import Importing
import Ledger
import Measures
import Testing

@Test(arguments: [
  // One wrong cell in a line of timesheets; the column at which it begins, and the code.
  ("TS1,2026-10-32,T1,J1,8", "2:5 not_a_day"),
  ("TS1,10/31/2026,T1,J1,8", "2:5 not_a_day"),
  ("TS1,1989-12-31,T1,J1,8", "2:5 day_out_of_range"),
  ("TS1,2026-10-31,T9,J1,8", "2:16 unknown_reference"),
  ("TS1,2026-10-31,T1,J9,8", "2:19 unknown_reference"),
  ("TS1,2026-10-31,T1,,8", "2:19 blank_cell"),
  ("TS1,2026-10-31,T1,J1,25", "2:22 out_of_range"),
  ("TS1,2026-10-31,T1,J1,\"7,5\"", "2:22 not_a_number"),
  ("TS1,2026-10-31,T1,J1,7.12345", "2:22 too_many_decimals"),
  ("é1,2026-10-31,T1,J1,x", "2:21 not_a_number"),
])
func `a wrong cell is found at its line and column`(line: String, brief: String) throws {
  var files = smallCompany
  files["timesheets.csv"] = "timesheet_id,date,technician_id,job_id,hours\n\(line)\n"
  let result = try Folder(files).imported()
  #expect(result.errors == ["timesheets.csv:\(brief)"])
}

@Test func `every wrong cell of the run is told at once, in the order of the files`() throws {
  var files = smallCompany
  files["customers.csv"] = "customer_id,name,on_hold\nC1,Clinic,maybe\nC2,Shop,no\n"
  files["timesheets.csv"] = """
    timesheet_id,date,technician_id,job_id,hours
    TS1,2026-10-31,T1,J1,x
    TS2,2026-10-31,T1,J1,8
    TS3,2026-10-31,T7,J1,-25

    """
  let result = try Folder(files).imported()
  #expect(
    result.errors == [
      "customers.csv:2:11 not_a_flag", "timesheets.csv:2:22 not_a_number",
      "timesheets.csv:4:16 unknown_reference", "timesheets.csv:4:22 out_of_range",
    ])
}

@Test func `an error shows the line, the cell, what was expected and what to do`() throws {
  var files = smallCompany
  files["timesheets.csv"] = """
    timesheet_id,date,technician_id,job_id,hours
    TS1,2026-10-31,T1,J1,25.5

    """
  let finding = try #require(Folder(files).imported().findings.first)
  #expect(finding.excerpt == "TS1,2026-10-31,T1,J1,25.5")
  #expect(finding.value == "25.5")
  #expect(finding.expected.contains("0 to 24"))
  #expect(!finding.remedy.isEmpty)
}

@Test func `rejects set rows aside with all that refers to them`() throws {
  var files = smallCompany
  files["jobs.csv"] = """
    job_id,customer_id,name,billing_method
    J1,C1,Rooftop unit,by_the_hour
    J2,C2,Rewiring,fixed_price

    """
  files["costs.csv"] = """
    cost_id,date,job_id,kind,amount
    K1,2026-10-01,J1,permit,125.00
    K2,2026-10-02,J2,permit,80.00

    """
  let folder = try Folder(files)
  #expect(try folder.imported().errors.count == 1)
  let result = try folder.imported { $0.allowsRejects = true }
  #expect(result.errors == [])
  #expect(result.book.jobs.count == 1)
  #expect(result.book.costs.count == 1)
  #expect(result.rejects.map(\.file) == ["costs.csv", "jobs.csv"])
  let costs = try #require(result.rejects.first)
  #expect(
    costs.text.split(separator: "\n").map(String.init) == [
      "cost_id,date,job_id,kind,amount,line,reason",
      "K1,2026-10-01,J1,permit,125.00,2,job_id: is in no row of jobs.csv",
    ])
  let control = try #require(result.controls.first { $0.file == "costs.csv" })
  #expect(control.rowsRead == 2 && control.rowsUsed == 1 && control.rowsRefused == 1)
  #expect(control.sums.first?.total?.text == "80.00")
  #expect(control.leftOut.first?.total?.text == "125.00")
}

@Test func `an entry on an invoice that is not there is billed, with a warning`() throws {
  var files = smallCompany
  files["timesheets.csv"] = """
    timesheet_id,date,technician_id,job_id,hours,invoice_id
    TS1,2026-10-31,T1,J1,8,INV-9

    """
  let result = try Folder(files).imported()
  #expect(result.errors == [])
  #expect(result.book.timesheets.invoice == [.missing])
  #expect(result.findings.contains { $0.severity == .warning && $0.place.column == "invoice_id" })
}
