import Importing
import Ledger
import Measures
import Testing

/// `C` owes three invoices of 100.00.
private func openInvoices() -> Book {
  var book = smallBook()
  for number in 1...3 { book.addInvoice("INV-\(number)", subtotal: "100") }
  return book
}

struct ApplicationCheckTests {
  @Test func `a payment is applied up to its amount, and the row beyond is named`() {
    var book = openInvoices()
    book.addPayment("P", amount: "250")
    book.apply("P", to: "INV-3", "100", on: "2026-10-12")
    book.apply("P", to: "INV-1", "100", on: "2026-10-10")
    book.apply("P", to: "INV-2", "100", on: "2026-10-11")
    let over = found(book, only: "overapplied_source")
    #expect(over.map(\.place.line) == [2])
    #expect(over.first?.message == "is more than P still has, 50.00")
    #expect(over.first?.amount == money("50"))
  }

  @Test func `a discount takes nothing from the payment`() {
    var book = openInvoices()
    book.addPayment("P", amount: "98")
    book.apply("P", to: "INV-1", "98", discount: "2")
    #expect(found(book) == [])
  }

  @Test func `what was applied to a document that is void since can be applied again`() {
    var book = openInvoices()
    book.addInvoice("INV-4", subtotal: "100", void: "2026-10-15")
    book.addPayment("P", amount: "100")
    book.apply("P", to: "INV-4", "100", on: "2026-10-10")
    book.apply("P", to: "INV-1", "100", on: "2026-10-16")
    #expect(found(book) == [])
    book.apply("P", to: "INV-2", "100", on: "2026-10-17")
    #expect(found(book) == ["applications.csv:4 amount overapplied_source"])
  }

  @Test func `a credit memo and a write-off give their total, a refund counts too`() {
    var book = openInvoices()
    book.addInvoice("CM", .creditMemo, subtotal: "-80")
    book.addInvoice("WO", .writeOff, writeOff: "20")
    book.addPayment("R", .refund, on: "2026-10-08", amount: "50")
    book.apply("R", to: "CM", "50", as: .refund, on: "2026-10-08")
    book.apply("CM", to: "INV-1", "40", as: .creditMemo)
    book.apply("WO", to: "INV-2", "20.01", as: .writeOff)
    #expect(
      found(book) == [
        "applications.csv:3 amount overapplied_source",
        "applications.csv:4 amount overapplied_source",
      ])
  }

  @Test func `a deposit gives what was received on it`() {
    var book = openInvoices()
    book.addInvoice("D", .deposit, deposit: "100")
    book.addPayment("P", amount: "60")
    book.apply("P", to: "D", "60", on: "2026-10-06")
    book.apply("D", to: "INV-1", "60", as: .deposit)
    #expect(found(book) == [])
    book.apply("D", to: "INV-2", "1", as: .deposit)
    #expect(found(book) == ["applications.csv:4 amount overapplied_source"])
  }

  @Test func `a deposit whose check came back has nothing to give from then on`() {
    var book = openInvoices()
    book.addInvoice("D", .deposit, deposit: "100")
    book.addPayment("P", amount: "100")
    book.apply("P", to: "D", "100", on: "2026-10-06")
    book.apply("D", to: "INV-1", "100", as: .deposit, on: "2026-10-07")
    book.addPayment("X", .reversal, on: "2026-10-08", amount: "100", reverses: "P")
    #expect(found(book) == [])
    book.applications.day[1] = day("2026-10-09")
    #expect(found(book) == ["applications.csv:3 amount overapplied_source"])
  }

  @Test func `nothing comes from a payment after its reversal`() {
    var book = openInvoices()
    book.addPayment("P", amount: "100")
    book.addPayment("X", .reversal, on: "2026-10-08", amount: "100", reverses: "P")
    book.apply("P", to: "INV-1", "100", on: "2026-10-09")
    #expect(found(book) == ["applications.csv:2 source_id dead_source"])
  }

  @Test func `applied to a document after its void it stays at its source`() {
    var book = openInvoices()
    book.addInvoice("INV-4", subtotal: "100", void: "2026-10-15")
    book.addPayment("P", amount: "100")
    book.apply("P", to: "INV-4", "100", on: "2026-10-16")
    book.apply("P", to: "INV-1", "100", on: "2026-10-16")
    #expect(found(book) == ["applications.csv:2 invoice_id applied_to_void"])
  }

  @Test func `a source is what source_type says`() {
    var book = openInvoices()
    book.addPayment("D", .deposit, amount: "10")
    book.addInvoice("CM", .creditMemo, subtotal: "-10")
    book.apply("D", to: "INV-1", "10")
    book.apply("CM", to: "INV-1", "10", as: .writeOff)
    #expect(
      found(book) == [
        "applications.csv:2 source_type wrong_source_type",
        "applications.csv:3 source_type wrong_source_type",
      ])
    #expect(
      found(book, only: "wrong_source_type").first?.expected
        == "source_type deposit, or another source_id")
  }

  @Test func `a reversal undoes one payment of its customer and amount`() {
    var book = openInvoices()
    book.addCustomer("D")
    for number in 1...4 { book.addPayment("P\(number)", amount: "10") }
    book.addPayment("X1", .reversal, amount: "10", reverses: "P1")
    book.addPayment("X2", .reversal, amount: "10", reverses: "P1")
    book.addPayment("X3", .reversal, amount: "11", reverses: "P2")
    book.addPayment("X4", .reversal, customer: "D", amount: "10", reverses: "P3")
    book.addPayment("X5", .reversal, on: "2026-10-04", amount: "10", reverses: "P4")
    book.addPayment("X6", .refund, amount: "10", reverses: "P4")
    #expect(
      found(book) == [
        "payments.csv:7 reverses wrong_reversal", "payments.csv:8 amount wrong_reversal",
        "payments.csv:9 customer_id wrong_reversal", "payments.csv:10 date wrong_reversal",
        "payments.csv:11 reverses wrong_reversal",
      ])
  }

  @Test func `a direct deposit that was paid back can be applied no more`() {
    var book = openInvoices()
    book.addPayment("D", .deposit, amount: "100")
    book.addPayment("R", .refund, on: "2026-10-06", amount: "60", reverses: "D")
    book.apply("D", to: "INV-1", "40", as: .deposit)
    #expect(found(book) == [])
    book.apply("D", to: "INV-2", "1", as: .deposit)
    book.addPayment("S", .refund, on: "2026-10-06", amount: "100.01", reverses: "D")
    #expect(found(book, .error).last == "payments.csv:4 amount wrong_reversal")
    #expect(found(book, only: "overapplied_source").map(\.place.line).contains(3))
  }

  @Test func `an invoice paid beyond its total shows a credit`() {
    var book = openInvoices()
    book.addPayment("P", amount: "300")
    book.apply("P", to: "INV-1", "60", on: "2026-10-11")
    book.apply("P", to: "INV-1", "60", on: "2026-10-10", discount: "2")
    let over = found(book, only: "overpaid_invoice")
    #expect(over.map(\.place.line) == [2])
    #expect(over.first?.amount == money("22"))
    #expect(found(book, .error) == [])
  }

  @Test func `a reversed payment does not overpay`() {
    var book = openInvoices()
    book.addPayment("P", amount: "100")
    book.addPayment("Q", amount: "100")
    book.apply("P", to: "INV-1", "100")
    book.apply("Q", to: "INV-1", "100")
    book.addPayment("X", .reversal, on: "2026-10-20", amount: "100", reverses: "P")
    #expect(found(book) == [])
  }

  @Test func `an application before its source or its invoice is worth a look`() {
    var book = openInvoices()
    book.addInvoice("LATE", on: "2026-10-20", subtotal: "100")
    book.addPayment("P", on: "2026-10-05", amount: "100")
    book.apply("P", to: "INV-1", "10", on: "2026-10-04")
    book.apply("P", to: "LATE", "10", on: "2026-10-10")
    #expect(
      found(book) == [
        "applications.csv:2 date early_application", "applications.csv:3 date early_application",
      ])
  }

  @Test func `money goes to invoices of the same family`() {
    var book = openInvoices()
    book.addCustomer("Child", parent: "C")
    book.addCustomer("Stranger")
    book.addInvoice("INV-4", customer: "Child", subtotal: "10")
    book.addInvoice("INV-5", customer: "Stranger", subtotal: "10")
    book.addPayment("P", amount: "20")
    book.apply("P", to: "INV-4", "10")
    book.apply("P", to: "INV-5", "10")
    #expect(found(book) == ["applications.csv:3 invoice_id other_customer"])
  }
}
