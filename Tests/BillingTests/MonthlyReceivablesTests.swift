import Billing
import Ledger
import Measures
import Testing

/// Sales and receivables by month, from flows: each month is what the balances of its last day say.
struct MonthlyReceivablesTests {
  @Test(arguments: 0..<60)
  func `every month is that of the balances on its last day`(seed: UInt64) throws {
    let book = try bookWithRefunds(seed)
    for day in [31, 58, 100, 160, 260] {
      let asOf = ("2026-01-01" as Day) + day
      let months = MonthlyReceivables(book, asOf: asOf).months
      #expect(months.last?.month == asOf.month)
      var before = Money.zero
      for month in months {
        let end = min(month.month.last, asOf)
        let balances = DocumentBalances(book, asOf: end)
        let comment = Comment(rawValue: "seed \(seed), \(asOf.text), \(month.month.text)")
        #expect(month.ending == netAR(book, balances), comment)
        #expect(month.current == notPastDue(book, balances, on: end), comment)
        let sold = soldToDate(book, on: end)
        #expect(month.sales == sold - before, comment)
        before = sold
      }
    }
  }

  /// The random book with refunds of deposits, in part applied, and deposits that bounce later.
  private func bookWithRefunds(_ seed: UInt64) throws -> Book {
    var random = SplitMix(seed)
    var made = BalanceLawTests().randomBook(&random)
    for number in 1...8 {
      let received = ("2026-01-01" as Day) + random.next(120)
      let customer = "C-\(random.next(4) + 1)"
      made.payment("DP-\(number)", customer, received, "300.00", .deposit)
      made.payment(
        "DR-\(number)", customer, received + random.next(40), "120.00", .refund,
        reverses: "DP-\(number)")
      made.apply(
        "DR-\(number)", to: "D-\(random.next(40) + 1)", received + random.next(60), "45.00")
      if random.next(3) == 0 {
        made.payment(
          "DV-\(number)", customer, received + random.next(60), "300.00", .reversal,
          reverses: "DP-\(number)")
      }
    }
    try #require(made.book.payments.count > 40)
    return made.book
  }

  private func netAR(_ book: Book, _ balances: DocumentBalances) -> Money {
    let customers = CustomerBalances(book, balances).customers.values
    let requests = customers.map(\.openRequests).sum()
    return customers.map(\.net).sum()
      - (book.company.aging.depositRequests ? requests : .zero)
  }

  private func notPastDue(_ book: Book, _ balances: DocumentBalances, on day: Day) -> Money {
    book.invoices.rows.filter {
      ![.deposit, .creditMemo].contains(book.invoices.type[$0])
        && book.dueDate(ofInvoice: $0) >= day
    }.map { balances[$0].open }.sum()
  }

  private func soldToDate(_ book: Book, on day: Day) -> Money {
    let types: Set<InvoiceType> = [.standard, .progress, .creditMemo, .retainageRelease]
    return book.invoices.rows.filter {
      types.contains(book.invoices.type[$0]) && book.invoices.isLive($0, on: day)
    }.map { book.invoices.total[$0] }.sum()
  }

  @Test func `a day before the first document has no months`() {
    var made = DocumentsBook()
    made.customer("C-1")
    #expect(MonthlyReceivables(made.book, asOf: "2026-03-31").months.isEmpty)
    made.invoice("I-1", "C-1", "2026-04-01", subtotal: "10.00")
    #expect(MonthlyReceivables(made.book, asOf: "2026-03-31").months.isEmpty)
    #expect(MonthlyReceivables(made.book, asOf: "2026-04-01").months.map(\.days) == [31, 1])
  }
}
