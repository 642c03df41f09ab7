internal import Billing
internal import Ledger
internal import Measures

/// `deposits`: one row a deposit, what was asked for, received and made of it (DESIGN §6; DOMAIN §4).
public enum DepositsReport {
  public static let name = "deposits"

  /// By job, customer and invoice or payment id; an opening balance, which has none, first.
  public static func sheet(_ reports: Reports) -> Sheet {
    let book = reports.book
    let order = OwnerOrder(book)
    let rows = rows(reports)
    let keyed = rows.indices.map {
      (order.key(rows[$0].job, rows[$0].customer), rows[$0].id(book), $0)
    }
    let sorted = keyed.sorted { a, b in
      if a.0 != b.0 { return a.0 < b.0 }
      return a.1 == b.1 ? a.2 < b.2 : a.1.utf8.lexicographicallyPrecedes(b.1.utf8)
    }
    return Sheet(
      report: name, title: "Customer deposits", subtitle: reports.position.subtitle(),
      emptySentence: "No deposit was asked for or received.", columns: columns(book),
      rows: sorted.map { rows[$0.2] })
  }

  private static func rows(_ reports: Reports) -> [DepositRow] {
    DepositStatement(reports.book, reports.position.documents).rows
  }

  static func columns(_ book: Book) -> [ReportColumn<DepositRow>] {
    [
      .id("job_id", "Job", rule: "The job that the deposit is for; empty where it is for none.") {
        book.jobID($0.job)
      },
      .id("customer_id", "Customer", rule: ColumnRule.customerID) { book.customerID($0.customer) },
      .text("customer", "Name", rule: ColumnRule.customerName) { book.customerName($0.customer) },
      .id(
        "invoice_id", "Deposit",
        rule: "The deposit invoice, or the payment of a deposit received directly; empty for an "
          + "opening balance. Where no deposit answers for it, the document that applied it."
      ) { $0.id(book) },
      .money(
        "requested", "Requested", rule: "Asked for by a deposit invoice, without the tax on it."
      ) { $0.requested },
      .money(
        "open_request", "Open request",
        rule: "What of the request is not paid yet, its tax included."
      ) { $0.openRequest },
      .money(
        "received", "Received",
        rule: "Paid on the request without its tax, received directly, or brought along by an "
          + "opening balance."
      ) { $0.received },
      .day("received_date", "Received on", rule: "The last day on which something was received.") {
        $0.receivedOn
      },
      .money(
        "applied", "Applied",
        rule: "Applied to invoices; what an invoice applies on its face is taken from the job's "
          + "oldest deposit."
      ) { $0.applied },
      .money("refunded", "Refunded", rule: "Paid back to the customer.") { $0.refunded },
      .money(
        "forfeited", "Forfeited",
        rule: "Kept as income; from the job's oldest deposit where none is named."
      ) { $0.forfeited },
      .money(
        "held", "Held", alert: .belowZero,
        rule: "Received less applied, refunded and forfeited: a liability.",
        formula: .sum("received", "-applied", "-refunded", "-forfeited")
      ) { $0.held },
    ]
  }

  public static func tieOuts(_ reports: Reports) -> [TieOut] {
    let (rows, customers) = (rows(reports), reports.book.customers)
    let balances = reports.position.customers.customers.values
    return [
      TieOut(
        "deposits: held", rows.map(\.held).sum(), "all deposits",
        equals: reports.position.control.depositsHeld,
        "deposits received − applied − refunded − forfeited"),
      .byCustomer(
        "deposits: held by customer", rows.sums(of: customers, \.customer, \.held), "deposits",
        equals: PerRow(balances.map(\.depositsHeld)), "deposits held in ar-aging"),
      .byCustomer(
        "deposits: open requests by customer", rows.sums(of: customers, \.customer, \.openRequest),
        "open requests", equals: PerRow(balances.map(\.openRequests)), "open deposit invoices"),
    ]
  }
}

extension DepositRow {
  /// Of its invoice or payment; empty of an opening balance.
  fileprivate func id(_ book: Book) -> String {
    if let invoice = invoice.orNil { return book.invoices.id[invoice.row] }
    return payment.exists ? book.payments.id[payment.row] : ""
  }
}

/// The places of jobs and customers in the order of their ids, none first.
struct OwnerOrder {
  private let jobs: [Int32]
  private let customers: [Int32]

  init(_ book: Book) { (jobs, customers) = (book.jobs.id.ranks, book.customers.id.ranks) }

  func key(_ job: RowID<Jobs>, _ customer: RowID<Customers>) -> Int64 {
    let job = job.exists ? jobs[job.row] : -1
    let customer = customer.exists ? customers[customer.row] : -1
    return Int64(job) << 32 | Int64(customer + 1)
  }
}

extension ReportKind {
  public static let deposits = ReportKind(
    DepositsReport.name, "every deposit: asked for, received, applied, held",
    rows: "each deposit, used up or not",
    tables: ["customers", "invoices", "payments", "applications"], needs: [],
    sheet: DepositsReport.sheet, tieOuts: DepositsReport.tieOuts)
}
