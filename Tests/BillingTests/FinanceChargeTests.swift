import Billing
import Ledger
import Measures
import Testing

/// DOMAIN §6.12 [S83, S84].
struct FinanceChargeTests {
  /// 627.32, due 63 days before 2026-10-31, at 1.5 % a month.
  private func book(_ rate: Percentage = "1.5") -> DocumentsBook {
    var made = DocumentsBook()
    made.book.company.financeCharges.rate = rate
    made.customer("C-1")
    made.invoice("A", "C-1", "2026-07-30", due: "2026-08-29", subtotal: "627.32")
    return made
  }

  /// 627.32 × 18 % ÷ 365 × 63 is 19.4899.
  @Test func `a monthly rate is charged by days of the year`() throws {
    let made = book()
    let draft = try #require(made.charges().first)
    #expect(made.charges().count == 1)
    #expect(draft.type == .financeCharge)
    #expect(draft.day == "2026-10-31")
    #expect(draft.customer == RowID(0))
    #expect(draft.job == .none)
    #expect(draft.lines.map(\.amount) == ["19.49"])
    #expect(draft.lines.map(\.kind) == [.other])
    #expect(draft.lines.map(\.isTaxable) == [false])
    #expect(draft.lines.map(\.description) == ["63 days on 627.32 of A, due 2026-08-29"])
    #expect(draft.total == "19.49")
    #expect(draft.why == "Past due at 1.5 % a month.")
  }

  @Test func `a yearly rate is one twelfth of it a month`() {
    var made = book("18")
    made.book.company.financeCharges.period = .year
    #expect(made.charges().map(\.total) == ["19.49"])
    #expect(made.charges().first?.why == "Past due at 18 % a year.")
  }

  @Test func `without a rate there is no charge`() {
    #expect(book("0").charges().isEmpty)
  }

  /// The days of grace are charged once they are over.
  @Test(
    arguments: [("2026-08-29", "0.00"), ("2026-09-08", "0.00"), ("2026-09-09", "3.40")]
      as [(Day, Money)])
  func `nothing within the days of grace`(day: Day, charge: Money) {
    var made = book()
    made.book.company.financeCharges.graceDays = 10
    #expect(made.charges(day).map(\.total).sum() == charge)
  }

  @Test func `days run from the customer's last charge, and one day is charged once`() {
    var made = book()
    made.customer("C-2")
    made.invoice("B", "C-2", "2026-08-01", due: "2026-08-29", subtotal: "627.32")
    made.invoice("FC", "C-1", "2026-09-30", .financeCharge, subtotal: "9.90")
    // 31 days of October on A; B's customer has had no charge.
    #expect(made.charges().map(\.total) == ["9.59", "19.49"])
    made.invoice("FC-2", "C-1", "2026-10-31", .financeCharge, subtotal: "9.59")
    #expect(made.charges().map(\.total) == ["19.49"])
    made.invoice("FC-3", "C-2", "2026-10-31", .financeCharge, subtotal: "19.49")
    #expect(made.charges().isEmpty)
  }

  @Test func `a charge that is void or later does not count`() {
    var made = book()
    made.invoice(
      "FC", "C-1", "2026-09-30", .financeCharge, subtotal: "9.90", voided: "2026-10-15")
    made.invoice("FC-2", "C-1", "2026-11-30", .financeCharge, subtotal: "9.90")
    #expect(made.charges().map(\.total) == ["19.49"])
    #expect(made.charges("2026-10-14").map(\.total) == ["4.33"])  // 14 days from FC
  }

  /// Deposits, charges, credits, retainage, disputes and what is not due bear none.
  @Test func `only undisputed work past due is charged`() {
    var made = book()
    made.invoice("B", "C-1", "2026-07-30", .deposit, due: "2026-08-29", deposit: "100.00")
    made.invoice("C", "C-1", "2026-07-30", .financeCharge, due: "2026-08-29", subtotal: "100.00")
    made.invoice("D", "C-1", "2026-07-30", .creditMemo, due: "2026-08-29", subtotal: "-100.00")
    made.invoice("E", "C-1", "2026-07-30", due: "2026-08-29", subtotal: "100.00")
    made.dispute("E", from: "2026-10-01")
    made.invoice("F", "C-1", "2026-10-01", due: "2026-10-31", subtotal: "100.00")
    #expect(made.charges().flatMap(\.lines).map(\.amount) == ["19.49"])
    // Before the dispute, E bore its share: 32 days of 100.00.
    #expect(made.charges("2026-09-30").flatMap(\.lines).map(\.amount) == ["9.90", "1.58"])
  }

  /// A draw of 1,000.00 less 100.00 withheld, and 272.68 paid: 627.32 are open.
  @Test func `what is open bears it, so neither retainage nor what was paid`() {
    var made = DocumentsBook()
    made.book.company.financeCharges.rate = "1.5"
    made.customer("C-1")
    made.invoice(
      "A", "C-1", "2026-07-30", .progress, due: "2026-08-29", subtotal: "1000.00",
      retainage: "100.00")
    made.payment("P", "C-1", "2026-09-10", "272.68")
    made.apply("P", to: "A", "2026-09-10", "272.68")
    #expect(made.charges().map(\.total) == ["19.49"])
  }

  @Test func `a release that is past due is a receivable like others`() {
    var made = DocumentsBook()
    made.book.company.financeCharges.rate = "1.5"
    made.customer("C-1")
    made.invoice(
      "R", "C-1", "2026-07-30", .retainageRelease, due: "2026-08-29", retainage: "-627.32")
    #expect(made.charges().map(\.total) == ["19.49"])
  }

  @Test func `one draft a customer, by id, also for those on hold; each line is rounded by itself`()
    throws
  {
    var made = DocumentsBook()
    made.book.company.financeCharges.rate = "1.5"
    made.customer("Z")
    made.customer("B")
    made.book.customers.isOnHold[1] = true
    made.invoice("Z-1", "Z", "2026-07-30", due: "2026-08-29", subtotal: "627.32")
    made.invoice("B-1", "B", "2026-07-30", due: "2026-08-29", subtotal: "10.00")
    made.invoice("B-2", "B", "2026-07-30", due: "2026-08-29", subtotal: "10.00")
    let drafts = made.charges()
    #expect(drafts.map { made.book.customers.id[$0.customer.row] } == ["B", "Z"])
    // 10.00 × 18 % ÷ 365 × 63 is 0.3107, twice 0.6214.
    #expect(drafts.first?.lines.map(\.amount) == ["0.31", "0.31"])
    #expect(drafts.first?.total == "0.62")
  }
}
