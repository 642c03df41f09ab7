import Billing
import Ledger
import Measures
import Reporting
import Testing

struct JobDocumentsTests {
  /// ret-01 [S14]: withheld with the invoice, never aged, billed by the release without income.
  @Test func `retainage is held until it is released`() {
    var made = DocumentsBook()
    made.customer("C-1")
    made.job("J-1", "C-1", contract: "50000.00")
    made.invoice(
      "INV-1", "C-1", job: "J-1", "2017-06-05", .progress, subtotal: "50000.00",
      retainage: "10000.00")
    made.payment("PMT-1", "C-1", "2017-06-12", "40000.00")
    made.apply("PMT-1", to: "INV-1", "2017-06-12", "40000.00")
    made.invoice(
      "REL-1", "C-1", job: "J-1", "2017-12-04", .retainageRelease, retainage: "-10000.00")
    made.payment("PMT-2", "C-1", "2017-12-15", "10000.00")
    made.apply("PMT-2", to: "REL-1", "2017-12-15", "10000.00")

    let july = made.position("2017-07-31")
    #expect(AgingReport.sheet(july).money("C-1", "open") == "0.00")
    #expect(AgingReport.sheet(july).money("C-1", "retainage_held") == "10000.00")
    #expect(july.failures == [])
    let december = ContractStatusReport.sheet(made.position("2017-12-31"))
    #expect(december.money("J-1", "billed") == "50000.00")
    #expect(december.money("J-1", "retainage_held") == "0.00")
    #expect(december.money("J-1", "retainage_released") == "10000.00")
    #expect(december.money("J-1", "received") == "50000.00")
    #expect(december.money("J-1", "open_ar") == "0.00")
  }

  /// dep-01 [S46]: the final invoice is for the full amount; applying lowers what is open.
  @Test func `a deposit is asked for, received and applied`() {
    var made = DocumentsBook()
    made.customer("C-1")
    made.job("J-1", "C-1", contract: "10000.00")
    made.invoice("DEP-1", "C-1", job: "J-1", "2026-05-01", .deposit, deposit: "3000.00")
    made.payment("PMT-1", "C-1", "2026-05-10", "3000.00")
    made.apply("PMT-1", to: "DEP-1", "2026-05-10", "3000.00")
    made.invoice("INV-1", "C-1", job: "J-1", "2026-06-01", subtotal: "10000.00")
    made.apply("DEP-1", to: "INV-1", "2026-06-02", "3000.00")

    let asked = made.position("2026-05-05")
    #expect(AgingReport.sheet(asked).money("C-1", "open") == "3000.00")
    #expect(AgingReport.sheet(asked).money("C-1", "deposits_held") == "0.00")
    let received = AgingReport.sheet(made.position("2026-05-31"))
    #expect(received.money("C-1", "open") == "0.00")
    #expect(received.money("C-1", "deposits_held") == "3000.00")
    let applied = made.position("2026-06-30")
    #expect(AgingReport.sheet(applied).money("C-1", "open") == "7000.00")
    #expect(AgingReport.sheet(applied).money("C-1", "deposits_held") == "0.00")
    #expect(ContractStatusReport.sheet(applied).money("J-1", "billed") == "10000.00")
    #expect(asked.failures + applied.failures == [])
  }

  @Test func `a deposit request stays out of AR where the company says so`() {
    var made = DocumentsBook()
    made.book.company.aging.depositRequests = false
    made.customer("C-1")
    made.job("J-1", "C-1")
    made.invoice("DEP-1", "C-1", job: "J-1", "2026-05-01", .deposit, deposit: "3000.00")
    made.invoice("INV-1", "C-1", job: "J-1", "2026-05-01", subtotal: "100.00")
    made.payment("PMT-1", "C-1", "2026-05-10", "1000.00")
    made.apply("PMT-1", to: "DEP-1", "2026-05-10", "1000.00")
    let position = made.position("2026-05-31")
    #expect(AgingReport.sheet(position).money("C-1", "net") == "100.00")
    #expect(AgingReport.sheet(position).money("C-1", "deposits_held") == "1000.00")
    #expect(position.failures == [])
  }

  /// On the face of an invoice, by application, refunded, forfeited: nothing is held in the end.
  @Test func `every way out of a deposit lowers what is held`() {
    var made = DocumentsBook()
    made.customer("C-1")
    made.job("J-1", "C-1")
    made.invoice("DEP-1", "C-1", job: "J-1", "2026-05-01", .deposit, deposit: "2000.00")
    made.payment("PMT-1", "C-1", "2026-05-02", "2000.00")
    made.apply("PMT-1", to: "DEP-1", "2026-05-02", "2000.00")
    made.payment("D-1", "C-1", "2026-05-02", "500.00", .deposit, job: "J-1")
    made.invoice(
      "INV-1", "C-1", job: "J-1", "2026-06-01", subtotal: "4000.00", deposit: "-800.00")
    made.apply("DEP-1", to: "INV-1", "2026-06-02", "300.00")
    made.apply("D-1", to: "INV-1", "2026-06-02", "200.00")
    made.payment("R-1", "C-1", "2026-06-03", "400.00", .refund)
    made.apply("R-1", to: "DEP-1", "2026-06-03", "400.00")
    made.invoice(
      "FORF", "C-1", job: "J-1", "2026-06-04", .depositForfeit, subtotal: "500.00",
      deposit: "-500.00")
    made.payment("R-2", "C-1", "2026-06-05", "300.00", .refund, reverses: "D-1")
    let position = made.position("2026-06-30")
    let aging = AgingReport.sheet(position)
    #expect(aging.money("C-1", "deposits_held") == "0.00")
    #expect(aging.money("C-1", "net") == "2700.00")
    let jobs = ContractStatusReport.sheet(position)
    #expect(jobs.money("J-1", "deposits_held") == "0.00")
    #expect(jobs.money("J-1", "received") == "1800.00")
    #expect(jobs.money("J-1", "billed") == "4000.00")
    #expect(position.failures == [])
  }

  /// One third of what is open is a third of a cent too much for one job: the parts still add up.
  @Test func `a document over several jobs is shared by its lines`() {
    var made = DocumentsBook()
    made.customer("C-1")
    made.job("J-1", "C-1")
    made.job("J-2", "C-1")
    made.job("J-3", "C-1")
    made.invoice(
      "INV-1", "C-1", job: "J-1", "2026-09-25", subtotal: "300.00", tax: "10.00",
      retainage: "30.00")
    made.line("INV-1", job: "", "100.00")
    made.line("INV-1", job: "J-2", "100.00", retainage: "20.00")
    made.line("INV-1", job: "J-3", "90.00", retainage: "10.00")
    made.payment("PMT-1", "C-1", "2026-10-01", "80.00")
    made.apply("PMT-1", to: "INV-1", "2026-10-01", "80.00")
    let position = made.position("2026-10-31")
    let jobs = ContractStatusReport.sheet(position)
    #expect(jobs.money("J-1", "billed") == "110.00")  // 10.00 that no line has is the header's
    #expect(jobs.money("J-2", "billed") == "100.00")
    #expect(jobs.money("J-3", "billed") == "90.00")
    #expect(jobs.money("J-1", "retainage_held") == "0.00")
    #expect(jobs.money("J-2", "retainage_held") == "20.00")
    #expect(jobs.money("J-1", "tax_billed") == "3.67")  // 10.00 by 110 : 100 : 90
    #expect(jobs.money("J-2", "tax_billed") == "3.33")
    #expect(jobs.money("J-3", "tax_billed") == "3.00")
    #expect(jobs.total(of: "open_ar") == ("200.00" as Money).units)
    #expect(position.failures == [])
  }

  @Test func `opening balances are in the to-date columns from their day`() {
    var made = DocumentsBook()
    made.customer("C-1")
    made.job("J-1", "C-1", contract: "58000.00", estimate: "45000.00")
    made.opening("2026-02-28", .billed, "52000.00", job: "J-1")
    made.opening("2026-02-28", .retainage, "5200.00", job: "J-1")
    made.opening("2026-02-28", .received, "46800.00", job: "J-1")
    made.opening("2026-02-28", .unapplied, "-120.00", customer: "C-1")
    let position = made.position("2026-03-31")
    let jobs = ContractStatusReport.sheet(position)
    #expect(jobs.money("J-1", "billed") == "52000.00")
    #expect(jobs.money("J-1", "received") == "46800.00")
    let aging = AgingReport.sheet(position)
    #expect(aging.money("C-1", "retainage_held") == "5200.00")
    #expect(aging.money("C-1", "net") == "-120.00")
    #expect(position.failures == [])
    #expect(AgingReport.sheet(made.position("2026-02-27")).rowCount == 0)
  }
}
