public import Billing
internal import Ledger
internal import Measures

/// `ar-aging-detail`: every document behind the open balance of `ar-aging`.
public enum AgingDetailReport {
  public static let name = "ar-aging-detail"

  /// Documents with something open, by customer, job and invoice id; those over several jobs stand
  /// under the job of their header.
  public static func sheet(_ position: Position) -> Sheet {
    Sheet(
      report: name, title: "AR aging in detail",
      subtitle: position.subtitle(position.book.company.aging.sentence),
      emptySentence: "No document is open.", columns: columns(position), rows: rows(position))
  }

  static func rows(_ position: Position) -> [Int] {
    let book = position.book
    let customers = book.customers.id.ranks
    let jobs = book.jobs.id.ranks
    let open = openRows(position).map { row -> (customer: Int32, job: Int32, row: Int) in
      let (customer, job) = (book.invoices.customer[row], book.invoices.job[row])
      return (
        customer.exists ? customers[customer.row] : -1, job.exists ? jobs[job.row] : -1, row
      )
    }
    let ids = book.invoices.id
    return open.sorted { a, b in
      if a.customer != b.customer { return a.customer < b.customer }
      if a.job != b.job { return a.job < b.job }
      return ids.precedes(a.row, b.row)
    }.map(\.row)
  }

  private static func openRows(_ position: Position) -> some Sequence<Int> {
    let (book, balances) = (position.book, position.documents.balances)
    return book.invoices.rows.lazy.filter { !balances[$0].open.isZero && book.isReceivable($0) }
  }

  static func columns(_ position: Position) -> [ReportColumn<Int>] {
    let (book, balances) = (position.book, position.documents.balances)
    let invoices = book.invoices
    var columns: [ReportColumn<Int>] = [
      .id("customer_id", "Customer", rule: ColumnRule.customerID) {
        book.customerID(invoices.customer[$0])
      },
      .text("customer", "Name", rule: ColumnRule.customerName) {
        book.customerName(invoices.customer[$0])
      },
      .id(
        "job_id", "Job",
        rule: "The job of the document, where its lines are on several jobs that of its header; "
          + "empty where it is on none."
      ) { book.jobID(invoices.job[$0]) },
      .id("invoice_id", "Invoice", rule: "The document's id in invoices.csv.") { invoices.id[$0] },
      .text(
        "type", "Type",
        rule: "What the document is, as in invoices.csv; credit memos are not listed."
      ) { invoices.type[$0].rawValue },
      .day("date", "Date", rule: "Day of the document.") { invoices.day[$0] },
      .day("due_date", "Due", rule: "As written, or from the terms of invoice, job or customer.") {
        balances[$0].dueDate
      },
      .text(
        "terms", "Terms",
        rule: "Payment terms of the invoice, else of the job, else of the customer."
      ) { book.termsText(ofInvoice: $0) },
      .integer(
        "days_past_due", "Days past due",
        rule: "From the \(book.company.aging.dateName) to the as-of day; negative before it."
      ) { Int(balances[$0].daysPastDue) },
      .money(
        "total", "Total",
        rule: "Subtotal, tax and deposit of the document, less retainage and write-off."
      ) { invoices.total[$0] },
      .money(
        "applied", "Applied",
        rule: "Payments, credits, deposits, discounts and write-offs to the day."
      ) { invoices.total[$0] - balances[$0].open },
      .money("open", "Open", rule: "Total less Applied.", formula: .sum("total", "-applied")) {
        balances[$0].open
      },
    ]
    let buckets = AgingBuckets(book.company.aging)
    for bucket in buckets.indices {
      columns.append(
        .money(
          buckets.keys[bucket], buckets.titles[bucket],
          alert: bucket == buckets.over ? .aboveZero : .never,
          rule: buckets.rule(bucket, book.company.aging)
        ) { Int(balances[$0].bucket) == bucket ? balances[$0].open : .zero })
    }
    columns.append(
      .flag("disputed", "Disputed", rule: "Whether it is in dispute on the as-of day.") {
        invoices.isDisputed($0, on: position.asOf)
      })
    return columns
  }

  public static func tieOuts(_ position: Position) -> [TieOut] {
    let balances = position.documents.balances
    let rows = openRows(position)
    let customers = position.customers.customers.values
    return [
      TieOut(
        "ar-aging-detail: open", rows.lazy.map { balances[$0].open }.sum(), "open of all documents",
        equals: position.control.open,
        "documents issued less applications, credit memos apart"),
      TieOut(
        "ar-aging-detail: past due",
        rows.lazy.filter { balances[$0].bucket > 0 }.map { balances[$0].open }.sum(),
        "open of documents past due",
        equals: customers.map(\.pastDue).sum(), "past due of all customers in ar-aging"),
    ]
  }
}

extension ReportKind {
  public static let agingDetail = ReportKind(
    AgingDetailReport.name, "every open document with its age",
    rows: "each document with a balance, credit memos apart",
    tables: ["customers", "invoices", "payments", "applications"], needs: [],
    sheet: { AgingDetailReport.sheet($0.position) },
    tieOuts: { AgingDetailReport.tieOuts($0.position) })
}
