import Billing
import Ledger
import Measures
import Reporting
import Testing

struct AgingTests {
  /// age-11 [S56]: what is dated after the day does not count, applications included.
  @Test func `the aging is that of the day, down to applications`() {
    var made = DocumentsBook()
    made.customer("C-1")
    made.invoice("INV-1", "C-1", "2026-01-10", due: "2026-02-09", subtotal: "1000.00")
    made.invoice("INV-2", "C-1", "2026-02-20", due: "2026-03-22", subtotal: "2000.00")
    made.invoice("INV-3", "C-1", "2026-03-25", due: "2026-04-24", subtotal: "500.00")
    made.invoice("INV-4", "C-1", "2026-04-02", due: "2026-05-02", subtotal: "900.00")
    made.invoice("CM-1", "C-1", "2026-03-20", .creditMemo, subtotal: "-150.00")
    made.payment("PMT-1", "C-1", "2026-03-15", "700.00")
    made.payment("PMT-2", "C-1", "2026-04-05", "2000.00")
    made.apply("PMT-1", to: "INV-1", "2026-03-15", "400.00")
    made.apply("PMT-1", to: "INV-1", "2026-04-01", "300.00")
    made.apply("PMT-2", to: "INV-2", "2026-04-05", "2000.00")
    made.apply("CM-1", to: "INV-1", "2026-04-10", "150.00")
    let position = made.position("2026-03-31")

    let aging = AgingReport.sheet(position)
    #expect(aging.money("C-1", "not_due") == "500.00")
    #expect(aging.money("C-1", "days_1_30") == "2000.00")
    #expect(aging.money("C-1", "days_31_60") == "600.00")
    #expect(aging.money("C-1", "days_61_90") == "0.00")
    #expect(aging.money("C-1", "over_90") == "0.00")
    #expect(aging.money("C-1", "unapplied") == "-450.00")
    #expect(aging.money("C-1", "net") == "2650.00")
    #expect(aging.cell("C-1", "oldest_days") == .integer(50))
    let detail = AgingDetailReport.sheet(position)
    #expect(detail.rowCount == 3)
    #expect(detail.money("INV-1", "open") == "600.00")
    #expect(detail.money("INV-1", "days_31_60") == "600.00")
    #expect(detail.cell("INV-3", "days_past_due") == .integer(-24))
    #expect(position.failures == [])

    let later = made.position("2026-04-10")
    #expect(AgingReport.sheet(later).money("C-1", "net") == "1550.00")
    #expect(later.failures == [])
  }

  @Test(
    arguments: [
      // due          as of         bucket
      ("2026-09-30", "2026-09-30", "not_due"),
      ("2026-09-30", "2026-10-01", "days_1_30"),
      ("2026-09-30", "2026-10-30", "days_1_30"),
      ("2026-09-30", "2026-10-31", "days_31_60"),
      ("2026-09-30", "2026-12-29", "days_61_90"),
      ("2026-09-30", "2026-12-30", "over_90"),
    ] as [(Day, Day, String)])
  func `an invoice ages from its due date`(due: Day, asOf: Day, bucket: String) {
    var made = DocumentsBook()
    made.customer("C-1")
    made.invoice("INV-1", "C-1", "2026-09-01", due: due, subtotal: "100.00")
    let position = made.position(asOf)
    #expect(AgingReport.sheet(position).money("C-1", bucket) == "100.00")
    #expect(position.failures == [])
  }

  @Test func `buckets are the company's, and so is the basis`() {
    var made = DocumentsBook()
    made.book.company.aging.buckets = [15, 45]
    made.book.company.aging.basis = .invoiceDate
    made.customer("C-1", terms: "Net 30")
    made.invoice("INV-1", "C-1", "2026-10-01", subtotal: "100.00")
    let aging = AgingReport.sheet(made.position("2026-10-31"))
    #expect(
      aging.columns.map(\.key).prefix(7) == [
        "customer_id", "customer", "not_due", "days_1_15", "days_16_45", "over_45", "open",
      ])
    #expect(aging.money("C-1", "days_16_45") == "100.00")
  }

  /// Terms of the invoice, else of the job, else of the customer.
  @Test func `the nearest terms give the due date`() {
    var made = DocumentsBook()
    made.customer("C-1", terms: "Net 30")
    made.job("J-1", "C-1", terms: "Net 45")
    made.invoice("INV-1", "C-1", "2026-10-01", subtotal: "1.00")
    made.invoice("INV-2", "C-1", job: "J-1", "2026-10-01", subtotal: "1.00")
    made.invoice("INV-3", "C-1", job: "J-1", "2026-10-01", terms: "Net 10", subtotal: "1.00")
    let detail = AgingDetailReport.sheet(made.position("2026-10-31"))
    #expect(detail.cell("INV-1", "due_date") == .day("2026-10-31"))
    #expect(detail.cell("INV-2", "due_date") == .day("2026-11-15"))
    #expect(detail.cell("INV-3", "due_date") == .day("2026-10-11"))
  }

  @Test func `terms that nobody knows are due on receipt, and a person is told`() {
    var made = DocumentsBook()
    made.customer("C-1", terms: "when the roof is dry")
    made.invoice("INV-1", "C-1", "2026-10-01", subtotal: "1.00")
    made.invoice("INV-2", "C-1", "2026-10-02", subtotal: "1.00")
    let position = made.position("2026-10-31")
    #expect(AgingDetailReport.sheet(position).cell("INV-2", "due_date") == .day("2026-10-02"))
    #expect(position.findings.map(\.code) == ["unknown_terms"])
    #expect(position.findings.map(\.place.file) == ["customers.csv"])
  }

  /// aud-02: retained amounts are outside AR, and deposits are never netted into it [S14b].
  @Test func `three control accounts, three balances`() {
    var made = DocumentsBook()
    made.customer("C-1", limit: "45000.00")
    made.job("J-1", "C-1", contract: "90000.00")
    made.invoice(
      "I1", "C-1", job: "J-1", "2026-09-01", .progress, subtotal: "50000.00",
      retainage: "10000.00")
    made.invoice("I2", "C-1", job: "J-1", "2026-09-02", subtotal: "2500.00")
    made.payment("P1", "C-1", "2026-09-10", "500.00")
    made.payment("D1", "C-1", "2026-09-10", "3000.00", .deposit, job: "J-1")
    let position = made.position("2026-09-30")
    let aging = AgingReport.sheet(position)
    #expect(aging.money("C-1", "net") == "42000.00")
    #expect(aging.money("C-1", "retainage_held") == "10000.00")
    #expect(aging.money("C-1", "deposits_held") == "3000.00")
    #expect(aging.money("C-1", "over_limit") == "7000.00")
    #expect(position.failures == [])
  }

  @Test func `after a void or a reversal the money is back at its source`() {
    var made = DocumentsBook()
    made.customer("C-1")
    made.invoice("INV-1", "C-1", "2026-08-01", subtotal: "100.00", voided: "2026-10-05")
    made.invoice("INV-2", "C-1", "2026-08-01", subtotal: "50.00")
    made.payment("PMT-1", "C-1", "2026-08-20", "100.00")
    made.payment("PMT-2", "C-1", "2026-08-20", "50.00")
    made.apply("PMT-1", to: "INV-1", "2026-08-20", "100.00")
    made.apply("PMT-2", to: "INV-2", "2026-08-20", "50.00")
    made.payment("PMT-3", "C-1", "2026-10-02", "50.00", .reversal, reverses: "PMT-2")
    let before = AgingReport.sheet(made.position("2026-10-01"))
    #expect(before.rowCount == 0)
    let position = made.position("2026-10-05")
    let aging = AgingReport.sheet(position)
    #expect(aging.money("C-1", "open") == "50.00")
    #expect(aging.money("C-1", "unapplied") == "-100.00")
    #expect(position.failures == [])
  }

  /// An overpaid invoice stays open below zero; a refund on it, or on a credit memo, raises it again.
  @Test func `refunds pay back what they name`() {
    var made = DocumentsBook()
    made.customer("C-1")
    made.invoice("INV-1", "C-1", "2026-08-01", subtotal: "236.00")
    made.invoice("CM-1", "C-1", "2026-08-05", .creditMemo, subtotal: "-145.00")
    made.payment("PMT-1", "C-1", "2026-08-20", "263.00")
    made.apply("PMT-1", to: "INV-1", "2026-08-20", "263.00")
    var sheet = AgingReport.sheet(made.position("2026-08-31"))
    #expect(sheet.money("C-1", "open") == "-27.00")
    #expect(sheet.money("C-1", "unapplied") == "-145.00")
    made.payment("PMT-2", "C-1", "2026-09-01", "172.00", .refund)
    made.apply("PMT-2", to: "INV-1", "2026-09-01", "27.00")
    #expect(made.position("2026-09-30").failures == [])
    made.apply("PMT-2", to: "CM-1", "2026-09-02", "145.00")
    let position = made.position("2026-09-30")
    sheet = AgingReport.sheet(position)
    #expect(sheet.rowCount == 0)
    #expect(position.failures == [])
  }

  @Test func `days to pay are weighted by amount over twelve months`() {
    var made = DocumentsBook()
    made.customer("C-1")
    made.invoice("INV-0", "C-1", "2025-06-01", subtotal: "999.00")
    made.invoice("INV-1", "C-1", "2026-08-01", subtotal: "300.00")
    made.invoice("INV-2", "C-1", "2026-08-01", subtotal: "200.00")
    made.payment("PMT-0", "C-1", "2025-10-31", "999.00")
    made.payment("PMT-1", "C-1", "2026-08-11", "300.00")
    made.payment("PMT-2", "C-1", "2026-08-20", "100.00")
    made.apply("PMT-0", to: "INV-0", "2025-10-31", "999.00")
    made.apply("PMT-1", to: "INV-1", "2026-08-11", "300.00")  // 10 days
    made.apply("PMT-2", to: "INV-2", "2026-08-20", "100.00")  // 19 days: 4900 ÷ 400 = 12.25
    let aging = AgingReport.sheet(made.position("2026-10-31"))
    #expect(aging.cell("C-1", "average_days_to_pay") == .integer(12))
  }
}
