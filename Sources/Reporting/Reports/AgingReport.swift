public import Billing
internal import Ledger
internal import Measures

/// `ar-aging`: what each customer owes as of a day, by how many days past due (DOMAIN §5).
public enum AgingReport {
  public static let name = "ar-aging"

  /// Customers with anything open, unapplied, retained or held, by customer id.
  public static func sheet(_ position: Position) -> Sheet {
    let customers = position.book.customers
    let rows = customers.id.order.lazy.map { RowID<Customers>($0) }.filter {
      position.customers[$0].isListed
    }
    return Sheet(
      report: name, title: "Accounts receivable aging",
      subtitle: position.subtitle(position.book.company.aging.sentence),
      emptySentence: "No customer owes anything, and nothing is held for one.",
      columns: columns(position), rows: Array(rows))
  }

  static func columns(_ position: Position) -> [ReportColumn<RowID<Customers>>] {
    let book = position.book
    var columns: [ReportColumn<RowID<Customers>>] = [
      .id("customer_id", "Customer", in: book.customers.id, rule: ColumnRule.customerID) { $0.row },
      .text("customer", "Name", in: book.customers.customerName, rule: ColumnRule.customerName) {
        $0.row
      },
    ]
    let buckets = AgingBuckets(book.company.aging)
    for bucket in buckets.indices {
      columns.append(
        .money(
          buckets.keys[bucket], buckets.titles[bucket],
          alert: bucket == buckets.over ? .aboveZero : .never,
          rule: buckets.rule(bucket, book.company.aging)
        ) { position.customers.aged($0, bucket: bucket) })
    }
    return columns + balanceColumns(position) + creditColumns(position)
  }

  private static func balanceColumns(
    _ position: Position
  ) -> [ReportColumn<RowID<Customers>>] {
    let aging = position.book.company.aging
    return [
      .money(
        "open", "Open",
        rule:
          "The sum of the buckets, \(aging.depositRequests ? "with" : "without") unpaid deposit "
          + "requests; credit memos are in Unapplied.",
        formula: .sum(AgingBuckets(aging).keys)
      ) { position.customers[$0].open },
      .money(
        "unapplied", "Unapplied",
        rule: "Credit memos and cash that are not applied, below zero as a credit."
      ) { position.customers[$0].unapplied },
      .money(
        "net", "Net", rule: "Open plus Unapplied: the customer's part of the AR account.",
        formula: .sum("open", "unapplied")
      ) { position.customers[$0].net },
      .percentage(
        "past_due_pct", "Past due %",
        rule: "Open of all buckets but the first, as a part of Open; empty where nothing is open.",
        formula: .percentage(["open", "-not_due"], of: ["open"])
      ) { position.customers[$0].pastDuePercentage },
      .money(
        "retainage_held", "Retainage held",
        rule: "Withheld, less released and written off; not due, never aged, not in Open."
      ) { position.customers[$0].retainageHeld },
      .money(
        "deposits_held", "Deposits held",
        rule: "Received on deposits, less applied, refunded and forfeited; a liability, not in Net."
      ) { position.customers[$0].depositsHeld },
      .money(
        "disputed", "Disputed", alert: .aboveZero,
        rule: "The part of Open that is in dispute on the as-of day."
      ) { position.customers[$0].disputed },
    ]
  }

  private static func creditColumns(_ position: Position) -> [ReportColumn<RowID<Customers>>] {
    let limits = position.book.customers.creditLimit
    return [
      .money(
        "credit_limit", "Credit limit", total: .none,
        rule: "The limit in customers.csv; empty where there is none."
      ) { limits[$0.row] },
      .money(
        "over_limit", "Over limit", alert: .aboveZero,
        rule: "Net, unbilled work and retainage held, as far as they are above the credit limit; "
          + "empty where there is no limit."
      ) { position.overLimit($0) },
      .integer(
        "oldest_days", "Oldest days",
        rule: "The greatest days past due of anything open; 0 where nothing is past due, empty "
          + "where nothing is open."
      ) { position.customers[$0].oldestDays },
      .integer(
        "average_days_to_pay", "Average days to pay", rule: ColumnRule.averageDaysToPay
      ) { position.customers[$0].averageDaysToPay },
    ]
  }

  public static func tieOuts(_ position: Position) -> [TieOut] {
    let control = position.control
    let customers = position.customers.customers
    let buckets = AgingBuckets(position.book.company.aging)
    let aged = customers.ids.map { id in
      buckets.indices.map { position.customers.aged(id, bucket: $0) }.sum()
    }
    let balances = customers.values
    return [
      TieOut(
        "ar-aging: buckets", aged.sum(), "all buckets of all customers",
        equals: control.open, "documents issued less applications, credit memos apart"),
      TieOut(
        "ar-aging: AR control", balances.map(\.net).sum(), "net of all customers",
        equals: control.receivable,
        "documents issued − voided − cash + refunds − discounts − deposits applied"),
      TieOut(
        "ar-aging: retainage held", balances.map(\.retainageHeld).sum(),
        "retainage of all customers", equals: control.retainage,
        "retainage of all documents, less those void"),
      TieOut(
        "ar-aging: deposits held", balances.map(\.depositsHeld).sum(),
        "deposits of all customers", equals: control.depositsHeld,
        "deposits received − applied − refunded − forfeited"),
    ]
  }
}

extension ReportKind {
  public static let aging = ReportKind(
    AgingReport.name, "what each customer owes, by days past due",
    rows: "each customer with anything open, unapplied, withheld or held as a deposit",
    tables: ["customers", "invoices", "payments", "applications"], needs: .workForLimits,
    sheet: { AgingReport.sheet($0.position) }, tieOuts: { AgingReport.tieOuts($0.position) })
}
