import Importing
import Ledger
import Measures
import Testing

struct CheckTests {
  @Test func `a sound book has no findings`() {
    var book = smallBook()
    book.addInvoice("INV-1", job: "J", subtotal: "100", tax: "8.25")
    book.addPayment("P-1", amount: "108.25")
    book.apply("P-1", to: "INV-1", "108.25")
    book.addHours("TS-1", on: "2026-09-30", invoice: RowID(0))
    #expect(found(book, asOf: "2026-10-31") == [])
  }

  @Test func `an id stands in one row`() {
    var book = smallBook()
    for id in ["TS-1", "TS-3", "TS-2", "TS-3", "TS-10"] {
      book.addHours(id, on: "2026-10-01", hours: "1")
    }
    book.addInvoice("INV-1")
    book.addInvoice("INV-1")
    #expect(
      found(book) == [
        "timesheets.csv:5 timesheet_id duplicate_id", "invoices.csv:3 invoice_id duplicate_id",
      ])
    let hours = found(book, only: "duplicate_id").first
    #expect(hours?.value == "TS-3")
    #expect(hours?.message == "is the id of line 3 too")
  }

  @Test func `ids compare by bytes, so that leading zeros and large letters count`() {
    var book = smallBook()
    for id in ["7", "07", "007", "a", "A", "é", "e\u{301}"] { book.addCost(id, on: "2026-10-01") }
    #expect(found(book) == [])
  }

  @Test(arguments: [1, 7, 4999, 9999])
  func `a repeated id is found among many, wherever it stands`(place: Int) {
    var book = smallBook()
    for number in 0..<10_000 {
      let id = number == place ? 4242 : number
      book.addHours("TS-\(id * 7919 % 10_007)", on: "2026-10-01", hours: "0")
    }
    #expect(found(book) == ["timesheets.csv:\(max(place, 4242) + 2) timesheet_id duplicate_id"])
  }

  @Test func `a line number stands once in its job, invoice or application`() {
    var book = smallBook()
    book.addJob("K")
    for (job, number) in [("J", "1"), ("K", "1"), ("J", "2"), ("J", "1")] {
      book.addScheduleLine(job, number)
    }
    book.addProgress("J", "1", percent: "10")
    book.addProgress("J", "1", application: 2, percent: "20")
    book.addProgress("J", "1", percent: "30")
    #expect(
      found(book) == [
        "schedule_of_values.csv:5 line_no duplicate_id", "progress.csv:4 line_no duplicate_id",
      ])
  }

  @Test func `two rows of one technician do not begin on one day`() {
    var book = smallBook()
    book.addTechnician("T", from: "2026-07-01")
    book.addTechnician("T", from: "2026-07-01")
    book.addTechnician("U", from: "2026-07-01")
    #expect(found(book) == ["technicians.csv:4 effective_from overlapping_days"])
  }

  @Test func `one estimate a job and day, unless both say the same`() {
    var book = smallBook()
    for cost in ["100", "100", "120"] {
      book.estimates.line.append(UInt32(book.estimates.count + 2))
      book.estimates.job.append(RowID(0))
      book.estimates.day.append(day("2026-09-30"))
      book.estimates.estimatedCost.append(money(cost))
      book.estimates.uninstalledCost.append(.zero)
    }
    #expect(found(book) == ["estimates.csv:4 date repeated_day"])
  }

  @Test func `a share of a whole lies within 0 and 100 %`() {
    var book = smallBook()
    book.addScheduleLine("J", "1")
    book.addScheduleLine("J", "2")
    book.scheduleOfValues.retainagePercentage[1] = percentage("100.5")
    #expect(found(book) == ["schedule_of_values.csv:3 retainage_pct out_of_range"])
  }

  @Test func `a change order's line is of the change order's job`() {
    var book = smallBook()
    book.addJob("K")
    book.addScheduleLine("J", "1", changeOrder: .missing)
    book.addScheduleLine("J", "2", changeOrder: RowID(0))
    book.changeOrders.line.append(2)
    book.changeOrders.id.append("CO-1")
    book.changeOrders.job.append(RowID(1))
    book.changeOrders.day.append(day("2026-09-30"))
    book.changeOrders.approvedDate.append(.none)
    book.changeOrders.amount.append(money("10"))
    #expect(
      found(book) == [
        "schedule_of_values.csv:2 change_order_id unknown_reference",
        "schedule_of_values.csv:3 change_order_id wrong_reference",
      ])
  }

  @Test func `a total is the sum of its parts`() {
    var book = smallBook()
    book.addInvoice(
      "INV-1", job: "J", subtotal: "100", tax: "8.25", retainage: "10", total: "98.25")
    book.addInvoice("INV-2", subtotal: "100", tax: "8.25", total: "100")
    let broken = found(book, only: "broken_identity")
    #expect(broken.map(\.place.line) == [3])
    #expect(broken.first?.expected == "108.25, or other parts")
    #expect(broken.first?.amount == money("-8.25"))
  }

  @Test func `a row with a wrong cell is left out of the checks`() {
    var book = smallBook()
    book.addInvoice("INV-1", subtotal: "100", total: "0")
    var suspects = Suspects()
    suspects.insert(0, of: Invoices.self)
    #expect(found(book, suspects: suspects) == [])
  }

  @Test func `a void and a completion have their day`() {
    var book = smallBook()
    book.addInvoice("INV-1", void: "")
    book.addInvoice("INV-2", on: "2026-10-01", void: "2026-09-30")
    book.addJob("K", status: .complete)
    book.addJob("L", status: .closed)
    book.addJob("M", status: .closed, closed: "2026-10-01")
    #expect(
      found(book) == [
        "invoices.csv:2 void_date void_without_date", "invoices.csv:3 void_date void_before_date",
        "jobs.csv:3 completion_date completion_without_date",
        "jobs.csv:4 completion_date completion_without_date",
      ])
  }

  @Test func `no job is above itself`() {
    var book = smallBook()
    book.addJob("A")
    book.addJob("B", parent: "A")
    book.jobs.parent[1] = RowID(2)
    book.customers.parent[0] = RowID(0)
    #expect(
      found(book) == [
        "customers.csv:2 parent_id parent_cycle", "jobs.csv:3 parent_job_id parent_cycle",
      ])
    #expect(found(book, only: "parent_cycle").last?.message == "leads back to A: A < B < A")
  }

  @Test func `progress says once how far a line is, and the line exists`() {
    var book = smallBook()
    book.addScheduleLine("J", "1")
    book.addProgress("J", "1", application: 1)
    book.addProgress("J", "1", application: 2, percent: "10", amount: "100")
    book.addProgress("J", "1", application: 3, percent: "101")
    book.addProgress("J", "1", application: 4, quantity: "3")
    book.addProgress("J", "9", line: .missing, amount: "0")
    #expect(
      found(book) == [
        "progress.csv:2 percent_complete no_measure",
        "progress.csv:3 completed_amount several_measures",
        "progress.csv:4 percent_complete over_schedule",
        "progress.csv:5 completed_quantity no_unit_price",
        "progress.csv:6 line_no unknown_reference",
      ])
    book.company.billing.overSchedule = .allow
    #expect(found(book, .error).count == 4)
  }

  @Test(arguments: [
    ("Net 30", true), ("net 45 EOM", true), ("Due on receipt", true), ("EOM", true),
    ("10th prox", true), ("2/10 Net 30", true), ("1.5/10 Net 30", true), ("GC 25th", false),
    ("Net", false), ("40th prox", false), ("2/10 EOM", false), ("30 days", false),
  ])
  func `terms are built in or in the table`(terms: String, isKnown: Bool) {
    var book = smallBook()
    book.addInvoice("INV-1", terms: terms)
    #expect(found(book) == (isKnown ? [] : ["invoices.csv:2 terms unknown_terms"]))
  }

  @Test func `an opening balance belongs to somebody, and money not applied is a credit`() {
    var book = smallBook()
    book.addCustomer("D")
    book.addOpening(.billed, "100")
    book.addOpening(.unapplied, "100", customer: "C")
    book.addOpening(.unapplied, "-100", customer: "C")
    book.addOpening(.billed, "100", customer: "D", job: "J")
    #expect(
      found(book) == [
        "opening_balances.csv:2 customer_id opening_of_nobody",
        "opening_balances.csv:3 amount wrong_sign",
        "opening_balances.csv:5 customer_id wrong_reference",
      ])
  }

  @Test func `an adjustment has the value and the target its action needs`() {
    var book = smallBook()
    book.addJob("K")
    book.addHours("TS-1", on: "2026-10-01", hours: "1")
    book.addHours("TS-2", on: "2026-10-01", job: "K", hours: "1")
    book.addAdjustment("1", .setRate, target: "TS-1", value: "92.50")
    book.addAdjustment("2", .setRate, target: "TS-1")
    book.addAdjustment("3", .discount, target: "labor", value: "110")
    book.addAdjustment("4", .setTaxCode, target: "material", value: "NONE")
    book.addAdjustment("5", .exclude, target: "TS-2")
    book.addAdjustment("6", .hold, target: "TS-9")
    book.addAdjustment("7", .addLine, value: "75.00")
    #expect(
      found(book) == [
        "adjustments.csv:3 value blank_cell", "adjustments.csv:4 value not_a_number",
        "adjustments.csv:5 value unknown_reference", "adjustments.csv:6 target unknown_reference",
        "adjustments.csv:7 target unknown_reference",
      ])
  }
}
