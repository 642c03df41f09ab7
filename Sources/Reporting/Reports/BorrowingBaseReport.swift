internal import Billing
internal import Ledger
internal import Measures

/// `borrowing-base`: what of each customer's balance a lender takes as security.
enum BorrowingBaseReport {
  static let name = "borrowing-base"

  /// Customers with anything open, or that could set anything off, by customer id.
  static func sheet(_ position: Position) -> Sheet {
    let base = base(position)
    let customers = position.book.customers
    let rows = customers.id.order.lazy.map { RowID<Customers>($0) }.filter { customer in
      position.customers[customer].hasOpenDocument || !base.customers[customer].contra.isZero
    }
    return Sheet(
      report: name, title: "Borrowing base",
      subtitle: position.subtitle(position.book.company.aging.sentence),
      emptySentence: "No customer owes anything.",
      columns: columns(position.book, base), rows: Array(rows))
  }

  private static func base(_ position: Position) -> BorrowingBase {
    BorrowingBase(position.book, position.documents.balances, position.customers)
  }

  private static func columns(
    _ book: Book, _ base: BorrowingBase
  ) -> [ReportColumn<RowID<Customers>>] {
    let policy = book.company.borrowingBase
    let basis = book.company.aging.basis == .dueDate ? "past due" : "after the invoice date"
    return [
      .id("customer_id", "Customer", in: book.customers.id, rule: ColumnRule.customerID) { $0.row },
      .text("customer", "Name", in: book.customers.customerName, rule: ColumnRule.customerName) {
        $0.row
      },
      .money("open", "Open", rule: "As in ar-aging.") { base.customers[$0].open },
      .money(
        "over_90", "Over 90", alert: .aboveZero,
        rule:
          "Open on documents more than 90 days \(basis), without balances below zero; all of Open "
          + "where that is more than \(policy.crossAging.shortText()) % of it."
      ) { base.customers[$0].over90 },
      .money(
        "contra", "Contra",
        rule: "What the customer could set off or refuse: credits, cash not applied, deposits held "
          + "and asked for, disputes; not what is in Over 90."
      ) { base.customers[$0].contra },
      .money(
        "retainage", "Retainage",
        rule: "Open on retainage releases not in Over 90. What is still withheld is not in Open."
      ) { base.customers[$0].retainage },
      .money(
        "concentration_excess", "Concentration excess", alert: .aboveZero,
        rule: "What these columns leave of Open, as far as it is above "
          + "\(policy.concentration.shortText()) % of Open of all customers."
      ) { base.customers[$0].concentrationExcess },
      .money(
        "eligible", "Eligible",
        rule: "Open less Over 90, Contra, Retainage and Concentration excess; never below zero.",
        formula: .aboveZero("open", "-over_90", "-contra", "-retainage", "-concentration_excess")
      ) { base.customers[$0].eligible },
    ]
  }

  static func tieOuts(_ position: Position) -> [TieOut] {
    let rows = base(position).customers.values
    let control = position.control
    return [
      TieOut(
        "borrowing-base: open", rows.map(\.open).sum(), "open of all customers",
        equals: control.open, "documents issued less applications, credit memos apart"),
      TieOut(
        "borrowing-base: credits and deposits",
        rows.map(\.credits).sum() + rows.map(\.depositsHeld).sum(),
        "credits, cash not applied and deposits held of all customers",
        equals: control.open - control.receivable + control.depositsHeld,
        "control accounts: open less net AR, and deposits held"),
    ]
  }
}

extension ReportKind {
  public static let borrowingBase = ReportKind(
    BorrowingBaseReport.name, "receivables that a lender takes as security, by customer",
    rows: "each customer with anything open or to set off",
    tables: ["customers", "invoices", "payments", "applications"], needs: [],
    sheet: { BorrowingBaseReport.sheet($0.position) },
    tieOuts: { BorrowingBaseReport.tieOuts($0.position) })
}
