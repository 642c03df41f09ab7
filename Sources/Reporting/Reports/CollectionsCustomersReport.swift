internal import Billing
internal import Ledger
internal import Measures

/// `collections-customers`: each customer's share of what is open, how it pays, and its part of the
/// allowance (DOMAIN §5).
enum CollectionsCustomersReport {
  static let name = "collections-customers"

  /// Customers with anything open, or that paid in the last twelve months, by customer id.
  static func sheet(_ position: Position) -> Sheet {
    let customers = position.customers
    let rows = position.book.customers.id.order.lazy.map { RowID<Customers>($0) }.filter {
      customers[$0].hasOpenDocument || customers[$0].averageDaysToPay != nil
    }
    return Sheet(
      report: name, title: "Collections by customer", subtitle: position.subtitle(),
      emptySentence: "No customer owes anything or paid in the last twelve months.",
      columns: columns(position), rows: Array(rows))
  }

  private static func allowance(_ position: Position) -> Allowance {
    Allowance(position.book, position.documents.balances, position.customers)
  }

  private static func columns(_ position: Position) -> [ReportColumn<RowID<Customers>>] {
    let (book, customers) = (position.book, position.customers)
    let all = customers.customers.values.map(\.open).sum()
    let allowance = allowance(position)
    let hasMatrix = !allowance.steps.isEmpty
    return [
      .id("customer_id", "Customer", in: book.customers.id, rule: ColumnRule.customerID) { $0.row },
      .text("customer", "Name", in: book.customers.customerName, rule: ColumnRule.customerName) {
        $0.row
      },
      .money("open", "Open", rule: "As in ar-aging.") { customers[$0].open },
      .percentage("share_pct", "Share %", rule: "Open as a part of Open of all customers.") {
        all > .zero ? customers[$0].open.percentage(of: all) : nil
      },
      .integer(
        "average_days_to_pay", "Average days to pay", rule: ColumnRule.averageDaysToPay
      ) { customers[$0].averageDaysToPay },
      .money(
        "allowance", "Allowance",
        rule:
          "The customer's part of what the allowance requires on each step of Open, by what it has "
          + "open there; retainage is left out. Empty without a matrix."
      ) { hasMatrix ? allowance.byCustomer[$0] : .none },
    ]
  }

  static func tieOuts(_ position: Position) -> [TieOut] {
    let allowance = allowance(position)
    return [
      TieOut(
        "collections-customers: open", position.customers.customers.values.map(\.open).sum(),
        "open of all customers", equals: position.control.open,
        "documents issued less applications, credit memos apart"),
      TieOut(
        "collections-customers: allowance", allowance.byCustomer.values.sum(),
        "allowance of all customers", equals: allowance.steps.map(\.required).sum(),
        "required on all steps in allowance"),
    ]
  }
}

extension ReportKind {
  public static let collectionsCustomers = ReportKind(
    CollectionsCustomersReport.name, "each customer's share of AR, days to pay and allowance",
    rows: "each customer with anything open, or that paid in the last twelve months",
    tables: ["customers", "invoices", "payments", "applications"], needs: [],
    sheet: { CollectionsCustomersReport.sheet($0.position) },
    tieOuts: { CollectionsCustomersReport.tieOuts($0.position) })
}
