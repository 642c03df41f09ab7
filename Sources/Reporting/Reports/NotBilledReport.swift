public import Billing
public import Ledger
internal import Measures

/// What is on no draft, and why, with who can clear it.
public enum NotBilledReport {
  public static let name = "not-billed"

  public static func sheet(_ drafts: Drafts, _ book: Book) -> Sheet {
    let rows = drafts.notBilled.enumerated().sorted { a, b in
      let (x, y) = (book.jobID(a.element.job), book.jobID(b.element.job))
      return x.utf8.elementsEqual(y.utf8)
        ? a.offset < b.offset : x.utf8.lexicographicallyPrecedes(y.utf8)
    }.map(\.element)
    return Sheet(
      report: name, title: "Not billed, and why", subtitle: book.subtitle(asOf: drafts.asOf),
      emptySentence: "Everything that was worked is billed or on a draft.", columns: columns(book),
      rows: rows)
  }

  static func columns(_ book: Book) -> [ReportColumn<NotBilled>] {
    [
      .id("job_id", "Job") { book.jobID($0.job) },
      .text("job", "Job name") { book.jobName($0.job) },
      .id("customer_id", "Customer") { book.customerID($0.customer) },
      .text("customer", "Name") { book.customerName($0.customer) },
      .text("what", "What") { $0.what },
      .integer("entries", "Entries") { $0.entries > 0 ? $0.entries : nil },
      .text("reason", "Reason", width: 22) { $0.reason },
      .money("amount", "Amount") { $0.amount },
      .text("cleared_by", "Cleared by", width: 50) { $0.remedy },
    ]
  }
}
