import Importing
import Ledger
import Measures
import Testing

@Test func `titles, totals, foreign days and numbers come in through a profile`() throws {
  let folder = try Folder([
    "Accounts-Receivable 2026.csv": """
    Kern Electric GmbH;;;
    Offene Posten;;;

    Nr;Kunde;Datum;Betrag;Status
    "1001";Müller;26.01.2026;1.284,50;offen
    1002;Müller;3.2.2026;"-310,80";offen
    1003;Öz;15.02.2026;(250,00);entwurf
    Summe;;;723,70;

    """
  ])
  let profile = try Profile(
    """
    [[source]]
    file = "*Accounts-Receivable*.csv"
    table = "customers"
    columns = { customer_id = "Kunde", name = "Kunde" }
    distinct = "Kunde"
    skip = ["Summe*"]

    [[source]]
    file = "*Accounts-Receivable*.csv"
    table = "invoices"
    dates = "d.M.yyyy"
    numbers = "1.234,56"
    columns = { invoice_id = "Nr", customer_id = "Kunde", date = "Datum", total = "Betrag", status = "Status" }
    constants = { type = "standard" }
    values = { status = { "offen" = "issued", "entwurf" = "issued" } }
    skip = ["Summe*"]
    """, name: "kern.toml")
  let result = try folder.imported { $0.profile = profile }
  #expect(result.errors == [])
  #expect(result.book.customers.count == 2)
  #expect(result.book.invoices.total.map(\.text) == ["1284.50", "-310.80", "-250.00"])
  #expect(result.book.invoices.day.map(\.text) == ["2026-01-26", "2026-02-03", "2026-02-15"])
  #expect(result.book.invoices.line == [5, 6, 7])
}

@Test func `a wrong cell of another system is found in its own file and column`() throws {
  let folder = try Folder(["pay.csv": "Ref,Who,When,Sum\n1,A,13/31/2026,5\n2,A,1/31/2026,5x\n"])
  let profile = try Profile(
    """
    [[source]]
    file = "pay.csv"
    table = "customers"
    columns = { customer_id = "Who", name = "Who" }
    distinct = "Who"
    [[source]]
    file = "pay.csv"
    table = "payments"
    dates = "M/d/yyyy"
    columns = { payment_id = "Ref", customer_id = "Who", date = "When", amount = "Sum" }
    """, name: "pay.toml")
  let result = try folder.imported { $0.profile = profile }
  #expect(result.errors == ["pay.csv:2:5 not_a_day", "pay.csv:3:15 not_a_number"])
}

@Test func `a profile names every fault it has`() {
  #expect(throws: ImportError.self) {
    try Profile("[[source]]\nfile = \"x.csv\"\ntable = \"invoice\"\ncolour = \"red\"", name: "p")
  }
}

@Test func `Windows-1252 and UTF-16 are read where the profile says so`() throws {
  let rule = """
    [[source]]
    file = "c.csv"
    table = "customers"
    encoding = "ENCODING"
    columns = { customer_id = "Id", name = "Name" }
    """
  let folder = try Folder([:])
  let text = "Id,Name\nC1,Peña – Öz\n"
  var windows: [UInt8] = Array("Id,Name\nC1,Pe".utf8)
  windows += [0xF1, 0x61, 0x20, 0x96, 0x20, 0xD6, 0x7A, 0x0A]
  var utf16: [UInt8] = [0xFF, 0xFE]
  for unit in text.utf16 { utf16 += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
  for (encoding, bytes) in [("windows-1252", windows), ("utf-16", utf16)] {
    try folder.write("c.csv", bytes)
    let profile = try Profile(rule.replacing("ENCODING", with: encoding), name: "p.toml")
    let result = try folder.imported { $0.profile = profile }
    #expect(result.errors == [])
    #expect(result.book.customers.customerName[0] == "Peña – Öz")
  }
}
