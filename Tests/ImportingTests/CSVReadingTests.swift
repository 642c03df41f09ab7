import Importing
import Ledger
import Measures
import Testing

private let customers = "customer_id,name\nC1,Lakeside Clinic\nC2,\"Peña & Sons, LLC\"\n"

@Test(arguments: ["\n", "\r\n", "\r"], [",", ";", "\t"])
func `line ends and delimiters are found from the file`(lineEnd: String, delimiter: String) throws {
  let text = "customer_id,name,city\nC1,Clinic,Rockford\nC2,\"A \"\"B\"\"\",\n"
    .replacing(",", with: delimiter).replacing("\n", with: lineEnd)
  for mark in ["", "\u{FEFF}"] {
    let result = try Folder(["customers.csv": mark + text]).imported()
    #expect(result.errors == [])
    #expect(result.book.customers.count == 2)
    #expect(result.book.customers.customerName[1] == "A \"B\"")
    #expect(result.book.customers.line == [2, 3])
  }
}

@Test func `columns are found by name in any order, and unknown ones are named once`() throws {
  let result = try Folder([
    "customers.csv": "fax,name,CUSTOMER_ID,twitter\n1,Clinic,007,x\n2,Shop,008,y\n"
  ]).imported()
  #expect(result.errors == [])
  #expect(result.book.customers.id[0] == "007")
  #expect(result.findings.map(\.code) == ["unknown_columns"])
}

@Test func `a quoted field keeps its line breaks, and later lines their numbers`() throws {
  let result = try Folder([
    "customers.csv": "customer_id,name,address_1\nC1,A,\"12 Mill Rd\nSuite 4\"\nC2,,x\n"
  ]).imported()
  #expect(result.book.customers.address1[0] == "12 Mill Rd\nSuite 4")
  #expect(result.errors == ["customers.csv:4:4 blank_cell"])
}

@Test(arguments: [
  ("C1,A,1,2\n", "field_count"), ("C1\n", "field_count"), ("C1,\"A\n", "open_quote"),
  ("C1,\"A\"x\n", "text_after_quote"), ("C1,A\u{0}B\n", "control_character"),
  ("C1,A\u{1B}[31m\n", "control_character"),
])
func `a line that is no record is one fault`(line: String, code: String) throws {
  let result = try Folder(["customers.csv": "customer_id,name\n" + line]).imported()
  #expect(result.findings.filter { $0.severity == .error }.map(\.code) == [code])
}

@Test func `the same file in blocks of any number of workers is the same book`() throws {
  var text = "customer_id,name,address_1\n"
  for row in 0..<40_000 {
    text += "C\(row),\"Name \(row)\"\"\",\(row % 7 == 0 ? "\"two\nlines\"" : "one line")\n"
  }
  let folder = try Folder(["customers.csv": text])
  let one = try folder.imported { $0.workers = 1 }
  let two = try folder.imported { $0.workers = 2 }
  #expect(one.errors == [] && two.errors == [])
  #expect(one.book.customers.line == two.book.customers.line)
  #expect(one.book.customers.count == 40_000)
  for row in one.book.customers.rows {
    #expect(one.book.customers.customerName[row] == two.book.customers.customerName[row])
  }
}

@Test func `an empty folder is refused, a missing table is an empty one`() throws {
  #expect(throws: ImportError.self) { try Folder([:]).imported() }
  let result = try Folder(["customers.csv": customers]).imported()
  #expect(result.book.jobs.count == 0)
  #expect(result.book.missingTables.contains("jobs"))
  #expect(!result.book.missingTables.contains("customers"))
}

@Test func `control totals count rows and add up every amount column`() throws {
  var files = smallCompany
  files["payments.csv"] = """
    payment_id,customer_id,date,amount
    P1,C1,2026-10-01,100.10
    P2,C2,2026-10-02,0.05

    """
  let result = try Folder(files).imported()
  let control = result.controls.first { $0.file == "payments.csv" }
  #expect(control?.rowsRead == 2)
  #expect(control?.rowsUsed == 2)
  #expect(control?.sums.first?.column == "amount")
  #expect(control?.sums.first?.total?.text == "100.15")
}
