import Importing
import Ledger
import Measures
import Testing

struct WorkCheckTests {
  @Test func `negative hours are a correction`() {
    var book = smallBook()
    book.addHours("1", on: "2026-10-01", hours: "8")
    book.addHours("2", on: "2026-10-01", hours: "-2")
    #expect(found(book) == ["timesheets.csv:3 hours negative_hours"])
  }

  @Test func `more than a day's hours are named at the last line of the day`() {
    var book = smallBook()
    book.addTechnician("U")
    for (id, technician, date, hours) in [
      ("1", "T", "2026-10-01", "12"), ("2", "T", "2026-10-01", "12"), ("3", "U", "2026-10-01", "9"),
      ("4", "T", "2026-10-02", "24"), ("5", "T", "2026-10-01", "0.25"),
      ("6", "T", "2026-10-01", "0"),
    ] {
      book.addHours(id, on: date, by: technician, hours: hours)
    }
    let long = found(book, only: "long_day")
    #expect(long.map(\.place.line) == [7])
    #expect(long.first?.message == "brings T to 24.25 hours on 2026-10-01")
  }

  @Test func `hours of many technicians over many years are summed a part at a time`() {
    var book = smallBook()
    for number in 1...600 { book.addTechnician("T\(number)") }
    book.addHours("1", on: "1990-01-01", by: "T1")
    for (id, technician) in [("2", "T600"), ("3", "T1")] {
      for part in 1...4 { book.addHours("\(id).\(part)", on: "2100-12-31", by: technician) }
    }
    #expect(found(book, only: "long_day").map(\.place.line) == [6, 10])
  }

  @Test func `an entry on an invoice that is not here counts as billed`() {
    var book = smallBook()
    book.addHours("1", on: "2026-10-01", invoice: .missing)
    book.addHours("2", on: "2026-10-02", invoice: .missing)
    #expect(found(book).count == 2)
    book.missingTables = ["invoices"]
    #expect(found(book) == ["timesheets.csv:2 invoice_id invoice_not_in_input"])
  }

  @Test func `work after the day a job was closed`() {
    var book = smallBook()
    book.addJob("K", status: .closed, completion: "2026-09-01", closed: "2026-10-01")
    book.addHours("1", on: "2026-10-01", job: "K")
    book.addHours("2", on: "2026-10-02", job: "K")
    book.addCost("3", on: "2026-10-02", job: "K", amount: "75")
    #expect(
      found(book) == [
        "timesheets.csv:3 date work_after_close", "costs.csv:2 date work_after_close",
      ])
    #expect(found(book, only: "work_after_close").last?.amount == money("75"))
  }

  @Test func `work after its invoice, and on the invoice of another job`() {
    var book = smallBook()
    book.addJob("Child", parent: "J")
    book.addJob("K")
    let invoice = book.addInvoice("INV-1", on: "2026-10-01", job: "J")
    let lined = book.addInvoice("INV-2", on: "2026-10-01", job: "J", subtotal: "5")
    book.addInvoiceLine("INV-2", "1", amount: "5")
    book.addHours("1", on: "2026-10-02", invoice: invoice)
    book.addHours("2", on: "2026-10-01", job: "Child", hours: "1", invoice: invoice)
    book.addHours("3", on: "2026-10-01", job: "K", hours: "1", invoice: invoice)
    book.addHours("4", on: "2026-10-01", job: "K", hours: "1", invoice: lined)
    #expect(
      found(book) == [
        "timesheets.csv:2 date entry_after_invoice", "timesheets.csv:4 invoice_id other_job",
      ])
  }

  @Test(arguments: [
    ("2026-10-31", "2026-11-30", 0), ("2026-10-31", "2026-12-01", 1),
    ("2026-10-15", "2026-11-16", 1),
    ("", "2099-01-01", 0),
  ])
  func `a day more than a month after the as-of day`(asOf: String, day: String, count: Int) {
    var book = smallBook()
    book.addHours("1", on: day)
    #expect(found(book, asOf: asOf).count == count)
  }

  @Test func `a dearer part that sells for less`() {
    var book = smallBook()
    book.addMarkup(over: "0", "60")
    book.addMarkup(over: "50", "45")
    book.addMarkup(over: "250", "45")
    let inversions = found(book, only: "tier_inversion")
    #expect(inversions.map(\.place.line) == [3])
    #expect(
      inversions.first?.message
        == "makes a part above 50.00 sell at 72.50, and one of just that cost at 80.00")
  }

  @Test func `a markup for a category that no item has never counts`() {
    var book = smallBook()
    book.addMarkup(over: "0", "60", category: "Electrical")
    book.addMarkup(over: "0", "60", category: "Electrcal")
    book.items.line.append(2)
    book.items.id.append("417")
    book.items.categoryName.append("Electrical")
    book.items.effectiveFrom.append(.none)
    let unknown = found(book, only: "unknown_category")
    #expect(unknown.map(\.place.line) == [3])
    #expect(unknown.first?.remedy == "did you mean \"Electrical\"?")
  }

  @Test func `a margin of the whole price is an error`() {
    var book = smallBook()
    book.addMarkup(over: "0", "100")
    #expect(found(book) == [])
    book.company.billing.markupMeans = .margin
    #expect(found(book) == ["markups.csv:2 markup_pct out_of_range"])
  }
}
