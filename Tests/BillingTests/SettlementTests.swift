import Billing
import Ledger
import Measures
import Testing

/// The order in which unapplied cash settles documents (DOMAIN §6.11 [S81]).
struct SettlementTests {
  private func book() -> DocumentsBook {
    var made = DocumentsBook()
    made.customer("C-1")
    made.customer("C-2")
    return made
  }

  @Test func `the oldest due comes first, then the oldest, then the id`() {
    var made = book()
    made.invoice("D", "C-1", "2026-08-02", due: "2026-09-01", subtotal: "100.00")
    made.invoice("C", "C-1", "2026-08-02", due: "2026-09-01", subtotal: "100.00")
    made.invoice("B", "C-1", "2026-08-01", due: "2026-09-01", subtotal: "100.00")
    made.invoice("A", "C-1", "2026-08-15", due: "2026-08-31", subtotal: "100.00")
    made.invoice("X", "C-2", "2026-01-01", due: "2026-01-01", subtotal: "100.00")
    made.payment("P", "C-1", "2026-10-01", "350.00")
    #expect(
      made.puts() == [
        Put("P", "A", "100.00"), Put("P", "B", "100.00"), Put("P", "C", "100.00"),
        Put("P", "D", "50.00"),
      ])
    #expect(made.applications().first?.why == "Due 2026-08-31, open 100.00.")
  }

  @Test func `of equals the better discount on the payment's day comes first`() {
    var made = book()
    for (id, terms) in [("A", "Net 30"), ("B", "1/10 Net 30"), ("C", "3/5 2/10 Net 30")] {
      made.invoice(
        id, "C-1", "2026-10-01", due: "2026-10-31", terms: terms, subtotal: "100.00")
    }
    var late = made
    made.payment("P", "C-1", "2026-10-06", "250.00")
    #expect(
      made.puts() == [
        Put("P", "C", "97.00", "3.00"), Put("P", "B", "99.00", "1.00"), Put("P", "A", "54.00"),
      ])
    #expect(
      made.applications().first?.why
        == "Due 2026-10-31, open 100.00. 3 % for payment within 5 days.")
    late.payment("P", "C-1", "2026-10-12", "250.00")
    #expect(
      late.puts() == [Put("P", "A", "100.00"), Put("P", "B", "100.00"), Put("P", "C", "50.00")])
  }

  /// Paid on the tenth, applied at month end: the discount is earned.
  @Test func `the discount is that of the payment's day, not of the report's`() {
    var made = book()
    made.invoice(
      "A", "C-1", "2026-09-01", terms: "2/10 Net 30", subtotal: "1000.00", tax: "80.00")
    made.payment("P", "C-1", "2026-09-11", "1060.00")
    #expect(made.puts() == [Put("P", "A", "1060.00", "20.00")])
  }

  @Test func `a rest within the tolerance is part of the discount`() {
    var made = book()
    made.book.company.discounts.tolerance = "0.05"
    made.invoice("A", "C-1", "2026-09-01", terms: "2/10 Net 30", subtotal: "1000.00")
    made.payment("P", "C-1", "2026-09-11", "979.97")
    #expect(made.puts() == [Put("P", "A", "979.97", "20.03")])
    #expect(
      made.applications().first?.why
        == "Due 2026-10-01, open 1,000.00. 2 % for payment within 10 days. "
        + "0.03 is within the tolerance.")
  }

  @Test func `the payment's own job comes first`() {
    var made = book()
    made.job("J-1", "C-1")
    made.job("J-2", "C-1")
    made.invoice("A", "C-1", job: "J-1", "2026-08-01", subtotal: "100.00")
    made.invoice("B", "C-1", job: "J-2", "2026-09-01", subtotal: "100.00")
    made.invoice("C", "C-1", "2026-07-01", subtotal: "100.00")
    made.payment("P", "C-1", "2026-10-01", "250.00", job: "J-2")
    #expect(
      made.puts() == [
        Put("P", "B", "100.00"), Put("P", "C", "100.00"), Put("P", "A", "50.00"),
      ])
  }

  @Test func `what is disputed on the day waits`() {
    var made = book()
    made.invoice("A", "C-1", "2026-08-01", subtotal: "100.00")
    made.invoice("B", "C-1", "2026-09-01", subtotal: "100.00")
    made.payment("P", "C-1", "2026-10-01", "150.00")
    made.dispute("A", from: "2026-09-15", to: "2026-11-15")
    #expect(made.puts("2026-11-15") == [Put("P", "B", "100.00")])
    #expect(made.puts("2026-11-16") == [Put("P", "A", "100.00"), Put("P", "B", "50.00")])
  }

  @Test func `payments go in order of day, then of the file, and nothing is settled twice`() {
    var made = book()
    made.invoice("A", "C-1", "2026-08-01", subtotal: "100.00")
    made.invoice("B", "C-1", "2026-08-02", subtotal: "100.00")
    made.payment("P-1", "C-1", "2026-10-02", "60.00")
    made.payment("P-2", "C-1", "2026-10-01", "70.00")
    made.payment("P-3", "C-1", "2026-10-02", "500.00")
    #expect(
      made.puts() == [
        Put("P-2", "A", "70.00"), Put("P-1", "A", "30.00"), Put("P-1", "B", "30.00"),
        Put("P-3", "B", "70.00"),
      ])
  }

  @Test func `cash that is applied, reversed, paid back or not there yet is not proposed`() {
    var made = book()
    made.invoice("A", "C-1", "2026-08-01", subtotal: "1000.00")
    made.payment("P-1", "C-1", "2026-10-01", "100.00")
    made.apply("P-1", to: "A", "2026-10-01", "40.00")
    made.payment("P-2", "C-1", "2026-10-02", "200.00")
    made.payment("R-2", "C-1", "2026-10-05", "200.00", .reversal, reverses: "P-2")
    made.payment("P-3", "C-1", "2026-11-01", "300.00")
    made.payment("D-1", "C-1", "2026-10-01", "400.00", .deposit)
    made.payment("P-4", "C-1", "2026-10-03", "75.00")
    made.payment("R-4", "C-1", "2026-10-06", "75.00", .refund)  // P-4, though P-1 is older
    made.payment("R-5", "C-1", "2026-10-06", "10.00", .refund)  // of the oldest
    #expect(made.puts() == [Put("P-1", "A", "50.00")])
  }

  @Test func `credits are left to a person; requests and charges are paid without discount`() {
    var made = DocumentsBook()
    made.customer("C-1", terms: "2/10 Net 30")
    made.invoice("CM", "C-1", "2026-10-01", .creditMemo, subtotal: "-100.00")
    made.invoice("REQ", "C-1", "2026-10-01", .deposit, deposit: "100.00")
    made.invoice("FC", "C-1", "2026-10-02", .financeCharge, subtotal: "10.00")
    made.invoice("REL", "C-1", "2026-10-03", .retainageRelease, retainage: "-100.00")
    made.payment("P", "C-1", "2026-10-05", "300.00")
    #expect(
      made.puts() == [
        Put("P", "REQ", "100.00"), Put("P", "FC", "10.00"), Put("P", "REL", "98.00", "2.00"),
      ])
    made.book.company.aging.depositRequests = false
    #expect(made.puts().map(\.invoice) == ["FC", "REL"])
  }

  /// The same by asking for each payment which of all open documents comes first; what is proposed is
  /// left of the payment and open on the document, and once it is applied nothing more is proposed.
  @Test(arguments: 0..<80)
  func `cash is put where the rule says, and never twice`(seed: UInt64) {
    var random = SplitMix(seed)
    var made = randomBook(&random)
    let asOf: Day = "2026-06-30"
    let puts = made.puts(asOf)
    #expect(puts == slowly(made, asOf))
    #expect(!puts.isEmpty)

    let balances = Documents(made.book, asOf: asOf).balances
    for row in made.book.payments.rows {
      let id = made.book.payments.id[row]
      let own = puts.filter { $0.payment == id }.map(\.amount).sum()
      let used = made.book.applications.rows.filter {
        made.book.applications.payment[$0] == RowID(row)
      }.map { made.book.applications.amount[$0] }.sum()
      #expect(own <= max(.zero, made.book.payments.amount[row] - used))
    }
    for row in made.book.invoices.rows {
      let own = puts.filter { $0.invoice == made.book.invoices.id[row] }
      let settled = own.map(\.amount).sum() + own.map(\.discount).sum()
      #expect(settled <= max(.zero, balances[row].open))
    }
    for put in puts {
      made.apply(put.payment, to: put.invoice, asOf, put.amount, discount: put.discount)
    }
    #expect(made.puts(asOf) == [])
    let after = Documents(made.book, asOf: asOf).balances
    for row in made.book.invoices.rows where balances[row].open >= .zero {
      #expect(after[row].open >= .zero)
    }
  }

  private func randomBook(_ random: inout SplitMix) -> DocumentsBook {
    var made = DocumentsBook()
    for customer in 1...3 {
      made.customer("C-\(customer)", terms: ["", "Net 30", "2/10 Net 30"][random.next(3)])
    }
    for job in 1...4 { made.job("J-\(job)", "C-\(random.next(3) + 1)") }
    for number in 1...30 {
      let day = ("2026-05-01" as Day) + random.next(8)
      made.invoice(
        "I-\(number)", "C-\(random.next(3) + 1)",
        job: random.next(3) == 0 ? "" : "J-\(random.next(4) + 1)", day,
        random.next(9) == 0 ? .deposit : .standard,
        due: random.next(2) == 0 ? "2026-06-01" : .none,
        terms: ["", "", "1/20 Net 30", "3/5 2/15 Net 30", "Net 10"][random.next(5)],
        subtotal: Money(cents: Int64(random.next(50_000) + 1)),
        tax: Money(cents: Int64(random.next(4_000))))
      if random.next(10) == 0 { made.dispute("I-\(number)") }
    }
    made.book.company.discounts.tolerance = Money(cents: Int64(random.next(4)))
    for number in 1...20 {
      made.payment(
        "P-\(number)", "C-\(random.next(3) + 1)", ("2026-05-03" as Day) + random.next(20),
        Money(cents: Int64(random.next(60_000) + 1)),
        job: random.next(2) == 0 ? "" : "J-\(random.next(4) + 1)")
      if random.next(4) == 0 {
        made.apply("P-\(number)", to: "I-\(random.next(30) + 1)", "2026-05-25", "0.01")
      }
    }
    return made
  }

  /// One payment at a time, one document at a time, all documents compared.
  private func slowly(_ made: DocumentsBook, _ asOf: Day) -> [Put] {
    let (book, invoices, payments) = (made.book, made.book.invoices, made.book.payments)
    let balances = Documents(book, asOf: asOf).balances
    var open = invoices.rows.map { balances[$0].open }
    var puts: [Put] = []
    for payment in payments.rows.sorted(by: { (payments.day[$0], $0) < (payments.day[$1], $1) }) {
      var left = payments.amount[payment] - balances.used.values[payment]
      func early(_ row: Int) -> EarlyDiscount {
        let terms = PaymentTerms(book.termsText(ofInvoice: row)) ?? .dueOnReceipt
        return EarlyDiscount(
          invoices.type[row] == .deposit ? PaymentTerms(terms.rule) : terms,
          net: invoices.total[row] - invoices.tax[row], total: invoices.total[row],
          invoiceDay: invoices.day[row], on: payments.day[payment], book.company.discounts)
      }
      func comesFirst(_ a: Int, _ b: Int) -> Bool {
        let job = payments.job[payment]
        let own = [a, b].map { job.exists && invoices.job[$0] == job }
        if own[0] != own[1] { return own[0] }
        let due = [a, b].map { book.dueDate(ofInvoice: $0) }
        if due[0] != due[1] { return due[0] < due[1] }
        if invoices.day[a] != invoices.day[b] { return invoices.day[a] < invoices.day[b] }
        let better = [a, b].map { early($0).window?.percentage ?? .zero }
        if better[0] != better[1] { return better[0] > better[1] }
        return invoices.id[a] < invoices.id[b]
      }
      while left > .zero,
        let row = invoices.rows.filter({
          open[$0] > .zero && !invoices.isDisputed[$0]
            && invoices.customer[$0] == payments.customer[payment]
        }).min(by: comesFirst)
      {
        let settled = early(row).settle(open[row], with: left, book.company.rounding)
        let discount = settled.discount + settled.tolerance
        guard settled.applied > .zero else { break }
        left -= settled.applied
        open[row] = open[row] - settled.applied - discount
        puts.append(Put(payments.id[payment], invoices.id[row], settled.applied, discount))
      }
    }
    return puts
  }
}
