import Importing
import Ledger
import Measures
import Testing

struct DocumentShapeTests {
  @Test func `every type of document may carry what it is for`() {
    var book = smallBook()
    book.addOpening(.retainage, "1000", job: "J")
    book.addInvoice(
      "1", .progress, job: "J", subtotal: "1000", tax: "80", retainage: "108", retainageTax: "8")
    book.addInvoice("2", .progress, job: "J", subtotal: "-50", retainage: "-5")
    book.addInvoice(
      "3", .progress, job: "J", subtotal: "48800", tax: "2800", retainage: "302.50",
      retainageTax: "-127.50")
    book.addInvoice("4", .deposit, deposit: "500")
    book.addInvoice("5", .standard, subtotal: "400", deposit: "-300")
    book.addInvoice("6", .retainageRelease, job: "J", retainage: "-100")
    book.addInvoice("7", .creditMemo, job: "J", subtotal: "-100", tax: "-8", retainage: "-10")
    book.addInvoice("8", .writeOff, writeOff: "86.40")
    book.addInvoice("9", .writeOff, writeOff: "-40")
    book.addInvoice("10", .writeOff, job: "J", retainage: "-150", writeOff: "150")
    book.addInvoice("11", .financeCharge, subtotal: "19.49")
    book.addInvoice("12", .depositForfeit, subtotal: "1100", tax: "100", deposit: "-1200")
    #expect(found(book) == [])
  }

  @Test func `and nothing else`() {
    var book = smallBook()
    book.addInvoice("1", .deposit, deposit: "-500")
    book.addInvoice("2", .standard, subtotal: "400", deposit: "300")
    book.addInvoice("3", .retainageRelease, retainage: "100")
    book.addInvoice("4", .retainageRelease, subtotal: "10", retainage: "-100")
    book.addInvoice("5", .creditMemo, subtotal: "100")
    book.addInvoice("6", .writeOff, subtotal: "5", writeOff: "86.40")
    book.addInvoice("7", .writeOff, retainage: "-150", writeOff: "100")
    book.addInvoice("8", .financeCharge, subtotal: "19.49", tax: "1")
    book.addInvoice("9", .depositForfeit, subtotal: "1100", deposit: "-1200")
    book.addInvoice("10", .progress, subtotal: "100", tax: "8", retainage: "10", retainageTax: "12")
    #expect(
      found(book) == [
        "invoices.csv:2 deposit wrong_shape", "invoices.csv:3 deposit wrong_shape",
        "invoices.csv:4 retainage wrong_shape", "invoices.csv:5 subtotal wrong_shape",
        "invoices.csv:6 subtotal wrong_shape", "invoices.csv:7 subtotal wrong_shape",
        "invoices.csv:8 retainage wrong_shape", "invoices.csv:9 tax wrong_shape",
        "invoices.csv:10 total wrong_shape", "invoices.csv:11 retainage_tax wrong_shape",
      ])
  }

  @Test func `a deposit has tax only where deposits are taxed on receipt`() {
    var book = smallBook()
    book.addInvoice("1", .deposit, tax: "40", deposit: "500")
    #expect(found(book) == ["invoices.csv:2 tax wrong_shape"])
    book.company.deposits.tax = .onReceipt
    #expect(found(book) == [])
  }

  @Test func `lines add up to their invoice`() {
    var book = smallBook()
    book.addInvoice("1", subtotal: "100", tax: "8")
    book.addInvoice("2", subtotal: "108", isTotalOnly: true)
    book.addInvoice("3", .deposit, deposit: "50")
    book.addInvoiceLine("1", "1", amount: "60", tax: "5")
    book.addInvoiceLine("1", "2", amount: "30", tax: "3")
    book.addInvoiceLine("2", "1", amount: "100", tax: "8")
    book.addInvoiceLine("3", "1", amount: "50")
    let sums = found(book, only: "lines_do_not_add")
    #expect(sums.map(\.place.line) == [2])
    #expect(sums.first?.amount == money("10"))
  }

  @Test func `no job gives back more retainage than is held`() {
    var book = smallBook()
    book.addInvoice("1", .retainageRelease, on: "2026-10-20", job: "J", retainage: "-150")
    book.addInvoice("2", .progress, on: "2026-10-01", job: "J", subtotal: "1000", retainage: "100")
    let below = found(book, only: "retainage_below_zero")
    #expect(below.map(\.place.line) == [2])
    #expect(below.first?.amount == money("50"))
    book.addOpening(.retainage, "50", job: "J")
    #expect(found(book) == [])
  }

  @Test func `retainage above the table of caps cites its row`() {
    var book = smallBook()
    book.addRetainageRule("CA", cap: "10", from: "2020-01-01")
    book.addRetainageRule("CA", cap: "5", from: "2026-01-01")
    book.addRetainageRule("IL", cap: "10", stepAt: "50", stepTo: "5")
    book.addJob("K", contract: "2025-12-31", region: "CA", retainage: "10")
    book.addJob("L", contract: "2026-01-01", region: "CA", retainage: "10")
    book.addJob("M", contract: "2026-01-01", region: "IL", retainage: "10")
    #expect(
      found(book) == [
        "jobs.csv:4 retainage_pct retainage_above_cap",
        "jobs.csv:5 retainage_step_to_pct retainage_step_missing",
      ])
    #expect(
      found(book, only: "retainage_above_cap").first?.message
        == "is above the cap of 5 % of retainage_rules.csv:3 (Civil Code 8811)")
  }

  @Test func `days of one row come in their order`() {
    var book = smallBook()
    book.addInvoice("1", on: "2026-10-01", due: "2026-09-30")
    book.addJob("K", status: .closed, completion: "2026-10-02", closed: "2026-10-01")
    #expect(
      found(book, .warning) == [
        "invoices.csv:2 due_date days_reversed", "jobs.csv:3 closed_date days_reversed",
      ])
  }
}
