import Billing
import Ledger
import Measures
import Testing

struct PaymentTermsTests {
  /// tm-12, the cases with built-in terms ([S41], [S42], [S44]).
  @Test(
    arguments: [
      ("Due on receipt", "2026-03-05", "2026-03-05"),
      ("Net 15", "2026-03-05", "2026-03-20"),
      ("21 MFI", "2026-03-05", "2026-04-21"),
      ("Net 30 EOM", "2026-05-11", "2026-06-30"),
      ("Net 30 EOM", "2026-01-31", "2026-03-02"),
      ("31st prox", "2026-01-15", "2026-02-28"),
      ("10th prox", "2026-06-24", "2026-07-10"),
      ("EOM", "2026-06-25", "2026-06-30"),
      ("EOM", "2026-06-26", "2026-07-31"),  // after the 25th: next month's [S43]
      ("2/10 Net 30", "2026-07-31", "2026-08-30"),
    ] as [(String, Day, Day)])
  func `built-in terms give the due date`(text: String, day: Day, due: Day) throws {
    let terms = try #require(PaymentTerms(text))
    #expect(terms.dueDate(of: day) == due)
  }

  /// tm-12, the cases that take a row of terms.csv. The cut-off rule "day 20, due next month days 30"
  /// is the first 20th that lies at least 30 days after the invoice: due_days 30, day_of_month 20.
  @Test(
    arguments: [
      // due_days, day_of_month, months_ahead
      (5, 1, 1, "2026-03-05", "2026-04-01"),  // 5 days, end of month, on the 1st
      (5, 1, 1, "2026-03-28", "2026-05-01"),
      (30, 20, nil, "2018-01-10", "2018-02-20"),  // day 20, due next month days 30
      (30, 20, nil, "2018-01-22", "2018-03-20"),
      (nil, 31, 1, "2026-01-31", "2026-02-28"),  // Net 30 EOM as end of the following month
      (30, nil, 0, "2026-01-31", "2026-03-02"),  // and as 30 days after month end
      (nil, 25, 1, "2026-05-31", "2026-06-25"),
    ] as [(Int32?, Int32?, Int32?, Day, Day)])
  func `rows of terms.csv give the due date`(
    days: Int32?, dayOfMonth: Int32?, months: Int32?, day: Day, due: Day
  ) throws {
    var table = TermsTable()
    table.line = [2]
    table.id.append("Ours")
    table.dueDays = [days ?? TermsTable.none]
    table.dayOfMonth = [dayOfMonth ?? TermsTable.none]
    table.monthsAhead = [months ?? TermsTable.none]
    table.discountPercentage = [.none]
    table.discountDays = [TermsTable.none]
    table.secondDiscountPercentage = [.none]
    table.secondDiscountDays = [TermsTable.none]
    table.index = KeyIndex(["Ours"])
    let terms = try #require(PaymentTerms(named: "Ours", in: table))
    #expect(terms.dueDate(of: day) == due)
  }

  @Test(arguments: ["2/10 Net 30", "2% 10 Net 30", "2/10, n/30"])
  func `a discount is read in its usual spellings`(text: String) throws {
    let terms = try #require(PaymentTerms(text))
    #expect(terms == PaymentTerms(.days(30), discounts: [.init(percentage: "2", days: 10)]))
  }

  @Test(arguments: [
    "", "soon", "Net", "Net -5", "2/10 EOM", "32 MFI", "200/10 Net 30", "Net 99999",
  ])
  func `other text is not guessed`(text: String) {
    #expect(PaymentTerms(text) == nil)
  }
}
