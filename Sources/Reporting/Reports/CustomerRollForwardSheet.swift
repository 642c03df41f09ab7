internal import Billing
internal import Ledger
internal import Measures

/// A column of a customer roll-forward in words.
struct RollForwardTitle<Column: Sendable>: Sendable {
  let column: Column
  let key: String
  let title: String
  let rule: String

  init(_ column: Column, _ key: String, _ title: String, _ rule: String) {
    (self.column, self.key, self.title, self.rule) = (column, key, title, rule)
  }
}

extension CustomerRollForward {
  /// A row for each customer with a balance before the period or a movement in it, by customer id; every
  /// row adds up from its opening to its closing.
  func sheet(
    _ name: String, _ title: String, _ reports: Reports, empty: String,
    opening openingRule: String, _ titles: [RollForwardTitle<Column>]
  ) -> Sheet {
    let book = reports.book
    var columns: [ReportColumn<RowID<Customers>>] = [
      .id("customer_id", "Customer", in: book.customers.id, rule: ColumnRule.customerID) { $0.row },
      .text("customer", "Name", in: book.customers.customerName, rule: ColumnRule.customerName) {
        $0.row
      },
      .money("opening", "Opening", rule: openingRule) { opening[$0] },
    ]
    for title in titles {
      columns.append(
        .money(title.key, title.title, rule: title.rule) { moved($0, title.column) })
    }
    columns.append(
      .money(
        "closing", "Closing",
        rule: "Opening and all columns together; what lowers it is below zero.",
        formula: .sum(["opening"] + titles.map(\.key))
      ) { closing($0) })
    let rows = book.customers.id.order.lazy.map { RowID<Customers>($0) }.filter { isListed($0) }
    return Sheet(
      report: name, title: title, subtitle: reports.periodSubtitle, emptySentence: empty,
      columns: columns, rows: Array(rows))
  }

  /// What the columns moved together.
  private var change: Money { Column.allCases.map { moved($0) }.sum() }

  /// The closing against the balances of the last day, customer by customer; the movements against the
  /// control account and, where it is worked out, the journal.
  func tieOuts(
    _ name: String, _ reports: Reports, closing balance: (CustomerBalance) -> Money,
    _ column: String, control: (ControlTotals) -> Money, journal account: Money?
  ) -> [TieOut] {
    let balances = PerRow<Customers, Money>(
      reports.position.customers.customers.values.map(balance))
    let ties: [TieOut] = [
      .byCustomer(
        "\(name): closing by customer", PerRow(opening.ids.map { closing($0) }),
        "opening and movements", equals: balances, "\(column) in ar-aging"),
      TieOut(
        "\(name): opening", opening.values.sum(), "all customers on the day before the period",
        equals: control(reports.openingControl) + brought,
        "control account of that day, and what the input opens with in the period"),
      TieOut(
        "\(name): movements", change, "movements of all customers",
        equals: control(reports.position.control) - control(reports.openingControl) - brought,
        "control account on the last day less before the period"),
    ]
    guard let account else { return ties }
    return ties + [
      TieOut(
        "\(name): journal", change + brought, "movements of all customers", equals: account,
        "the account's entries in the journal")
    ]
  }
}

extension Reports {
  /// Customers on the day before the period.
  var openingCustomers: CustomerBalances {
    opening?.position.customers ?? CustomerBalances(book, openingBalances)
  }
}
