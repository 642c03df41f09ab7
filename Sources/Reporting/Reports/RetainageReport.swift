internal import Billing
internal import Ledger
internal import Measures

/// `retainage`: what is withheld, document by document, and what could be released (DESIGN §6; DOMAIN §2).
public enum RetainageReport {
  public static let name = "retainage"

  /// By job, customer and invoice id, lines in the order of the file; opening balances first.
  public static func sheet(_ reports: Reports) -> Sheet {
    let book = reports.book
    let (order, ids) = (OwnerOrder(book), book.invoices.id)
    let rows = RetainageStatement(reports.position).rows
    let keyed = rows.indices.map { (order.key(rows[$0].job, rows[$0].customer), $0) }
    let sorted = keyed.sorted { a, b in
      let (first, second) = (rows[a.1].invoice, rows[b.1].invoice)
      if a.0 != b.0 { return a.0 < b.0 }
      if first == second { return a.1 < b.1 }
      return first.exists && second.exists
        ? ids.precedes(first.row, second.row) : !first.exists
    }
    return Sheet(
      report: name, title: "Retainage", subtitle: reports.position.subtitle("not due, never aged"),
      emptySentence: "Nothing was ever withheld.", columns: columns(reports),
      rows: sorted.map { rows[$0.1] })
  }

  static func columns(_ reports: Reports) -> [ReportColumn<RetainageRow>] {
    let (book, position) = (reports.book, reports.position)
    let lines = book.invoiceLines.lineNumber
    return [
      .id("job_id", "Job", rule: ColumnRule.jobID) { book.jobID($0.job) },
      .id("customer_id", "Customer", rule: ColumnRule.customerID) { book.customerID($0.customer) },
      .text("customer", "Name", rule: ColumnRule.customerName) { book.customerName($0.customer) },
      .id(
        "invoice_id", "Invoice", in: book.invoices.id,
        rule: "The document that withheld it, or that took back more than was held; empty for what "
          + "an opening balance brought along."
      ) { $0.invoice.row },
      .id(
        "line_no", "Line", in: lines,
        rule: "The line of the invoice, where its lines carry the retainage; empty where only the "
          + "document does."
      ) { $0.line ?? -1 },
      .percentage(
        "rate_pct", "Rate %", rule: "Withheld, without tax, as a part of the base."
      ) { $0.rate },
      .money("base", "Base", rule: "Billed before tax, less credit memos of the document.") {
        $0.base
      },
      .money(
        "withheld", "Withheld",
        rule: "Kept back, its tax included, less what credit memos and later draws gave back from "
          + "the oldest."
      ) { $0.withheld },
      .money(
        "released", "Released", rule: "Billed by releases, from the oldest unless one is named."
      ) { $0.released },
      .money(
        "written_off", "Written off",
        rule: "Given up by write-offs, from the oldest unless one is named."
      ) { $0.writtenOff },
      .money(
        "held", "Held", alert: .belowZero, rule: "Withheld less released and written off.",
        formula: .sum("withheld", "-released", "-written_off")
      ) { $0.held },
      .money(
        "releasable", "Releasable", alert: .aboveZero,
        rule: "What a release of the day could bill: of complete jobs that are billed and closed "
          + "out, or as asked."
      ) { $0.releasable },
      .day(
        "completion_date", "Completed",
        rule: "Day on which the job was completed, else closed; empty before it."
      ) { position.completion($0.job) },
      .integer(
        "days_since_completion", "Days since",
        rule: "Days from completion to the as-of day; empty before it."
      ) { position.completion($0.job).orNil.map { position.asOf - $0 } },
    ]
  }

  public static func tieOuts(_ reports: Reports) -> [TieOut] {
    let (position, customers) = (reports.position, reports.book.customers)
    let rows = RetainageStatement(position).rows
    let jobs = position.documents.jobs.values
    return [
      TieOut(
        "retainage: held", rows.map(\.held).sum(), "all documents and lines",
        equals: position.control.retainage, "retainage of all documents, less those void"),
      TieOut(
        "retainage: released", rows.map(\.released).sum(), "all documents and lines",
        equals: jobs.map(\.retainageReleased).sum()
          + position.documents.notOnJob.retainageReleased,
        "retainage releases by job, as in contract-status"),
      .byCustomer(
        "retainage: held by customer", rows.sums(of: customers, \.customer, \.held), "documents",
        equals: PerRow(position.customers.customers.values.map(\.retainageHeld)),
        "retainage held in ar-aging"),
    ]
  }
}

extension Position {
  /// The day on which a job was completed or closed; `.none` where it was neither on the day.
  fileprivate func completion(_ job: RowID<Jobs>) -> Day {
    guard job.exists, documents.contracts[job].isCompleted else { return .none }
    return book.jobs.completionDate[job.row].orNil ?? book.jobs.closedDate[job.row]
  }
}

extension ReportKind {
  public static let retainage = ReportKind(
    RetainageReport.name, "what is withheld, by document and line, and what could be released",
    rows: "each document that withheld some, or each of its lines where they carry it",
    tables: ["jobs", "customers", "invoices"],
    sheet: RetainageReport.sheet, tieOuts: RetainageReport.tieOuts)
}
