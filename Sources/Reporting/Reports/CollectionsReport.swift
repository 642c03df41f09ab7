internal import Billing
internal import Ledger
internal import Measures

/// `collections`: sales, receivables and how fast they were collected, month by month (DOMAIN §5).
enum CollectionsReport {
  static let name = "collections"

  /// The thirteen months that end with the as-of day's, the last one through that day; none before the
  /// first document.
  static func sheet(_ position: Position) -> Sheet {
    let policy = position.book.company.collections
    return Sheet(
      report: name, title: "Collections",
      subtitle: position.subtitle("tax included, retainage when it is released"),
      emptySentence: "No document was issued by the day.", columns: columns(policy),
      rows: months(position))
  }

  static func months(_ position: Position) -> [CollectionMonth] {
    collectionMeasures(receivables(position), position.book.company.collections)
  }

  private static func receivables(_ position: Position) -> MonthlyReceivables {
    MonthlyReceivables(position.book, asOf: position.asOf)
  }

  private static func columns(_ policy: Company.Collections) -> [ReportColumn<CollectionMonth>] {
    [
      .id(
        "month", "Month",
        rule: "A calendar month, such as 2026-10; the last one goes through the as-of day."
      ) { $0.receivable.month.text },
      .money(
        "sales", "Sales",
        rule: "Totals of invoices, credit memos and retainage releases of the month, tax included; "
          + "less those void in it."
      ) { $0.receivable.sales },
      .money(
        "ending_ar", "Ending AR", total: .none,
        rule: "Open documents less credits and cash not applied, at the end of the month; deposit "
          + "requests are left out."
      ) { $0.receivable.ending },
      .money(
        "ending_current", "Ending current", total: .none,
        rule: "Open on documents that were not past due by their due date; credits and deposit "
          + "requests are left out."
      ) { $0.receivable.current },
      .days("dso", "DSO", rule: dsoRule(policy)) { $0.dso },
      .days(
        "best_possible_dso", "Best possible DSO",
        rule: "DSO of Ending current in place of Ending AR."
      ) { $0.bestPossibleDSO },
      .days(
        "average_days_delinquent", "Average days delinquent", rule: "DSO less Best possible DSO."
      ) { $0.averageDaysDelinquent },
      .percentage("cei", "CEI %", rule: ceiRule(policy)) { $0.cei },
    ]
  }

  private static func dsoRule(_ policy: Company.Collections) -> String {
    switch policy.dso {
    case .period:
      "Ending AR × days ÷ sales of \(trailing(policy)); two decimals. Empty where nothing was sold."
    case .countBack:
      "Days of the latest sales that make up Ending AR: whole months backwards, of the last its "
        + "part; two decimals. Empty where all sales are less."
    }
  }

  private static func ceiRule(_ policy: Company.Collections) -> String {
    let sales = policy.ceiSales == .average ? "sales a month" : "sales"
    return
      "Collection effectiveness: beginning AR + \(sales) − Ending AR, as a part of beginning AR + "
      + "\(sales) − Ending current, over \(trailing(policy))."
  }

  /// "the 3 months to its end, or those since the first document".
  private static func trailing(_ policy: Company.Collections) -> String {
    policy.dsoMonths == 1
      ? "the month"
      : "the \(policy.dsoMonths) months to its end, or those since the first document"
  }

  static func tieOuts(_ position: Position) -> [TieOut] {
    let months = receivables(position).months
    guard let last = months.last else { return [] }
    let (book, balances) = (position.book, position.documents.balances)
    let live = book.invoices.rows.filter { balances[$0].isLive }
    let before = DocumentBalances(book, asOf: last.month.first + -1)
    return [
      TieOut(
        "collections: ending AR", last.ending, "flows of all months",
        equals: netAR(position.customers, book), "net of all customers less open deposit requests"),
      TieOut(
        "collections: ending AR of the month before", months.dropLast().last?.ending ?? .zero,
        "flows through that month", equals: netAR(CustomerBalances(book, before), book),
        "net of all customers on its last day less open deposit requests"),
      TieOut(
        "collections: ending current", last.current, "flows until each document was past due",
        equals: live.filter { isOwed($0, book) && balances[$0].dueDate >= position.asOf }
          .map { balances[$0].open }.sum(),
        "open of documents not past due"),
      TieOut(
        "collections: sales", months.map(\.sales).sum(), "sales of all months since the first",
        equals: live.filter { isSale(book.invoices.type[$0]) }.map { book.invoices.total[$0] }
          .sum(),
        "totals of revenue and release documents that stand on the day"),
    ]
  }

  private static func netAR(_ balances: CustomerBalances, _ book: Book) -> Money {
    let customers = balances.customers.values
    let net = customers.map(\.net).sum()
    return book.company.aging.depositRequests ? net - customers.map(\.openRequests).sum() : net
  }

  private static func isOwed(_ row: Int, _ book: Book) -> Bool {
    book.invoices.type[row] != .deposit && book.invoices.type[row] != .creditMemo
  }

  private static func isSale(_ type: InvoiceType) -> Bool {
    type.billsRevenue || type == .retainageRelease
  }
}

extension ReportColumn {
  /// Days with decimals; not summed.
  fileprivate static func days(
    _ key: String, _ title: String, rule: String, _ value: @escaping @Sendable (Row) -> Quantity?
  ) -> Self {
    Self(SheetColumn(key: key, title: title, kind: .quantity, rule: rule)) { rows, block in
      for row in rows { block.append(value(row)?.units ?? ColumnBlock.none) }
    }
  }
}

extension ReportKind {
  public static let collections = ReportKind(
    CollectionsReport.name, "sales, AR, DSO and CEI of thirteen months",
    rows: "each of thirteen months, none before the first document",
    tables: ["invoices", "payments", "applications"], needs: [],
    sheet: { CollectionsReport.sheet($0.position) },
    tieOuts: { CollectionsReport.tieOuts($0.position) })
}
