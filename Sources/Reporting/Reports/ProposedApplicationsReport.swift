public import Billing
public import Ledger
internal import Measures

/// Unapplied cash put against open documents, in the columns of `applications.csv`.
public enum ProposedApplicationsReport {
  public static let name = "draft-applications"

  public static func sheet(_ drafts: Drafts, _ book: Book) -> Sheet {
    let rows = Array(drafts.applications.enumerated())
    return Sheet(
      report: name, title: "Cash to be applied",
      subtitle: book.subtitle(asOf: drafts.asOf),
      emptySentence: "No cash is unapplied, or nothing is open for it.",
      columns: columns(book, drafts.asOf), rows: rows.map { Row(number: $0.offset + 1, $0.element) }
    )
  }

  struct Row: Sendable {
    let number: Int
    let application: ProposedApplication

    init(number: Int, _ application: ProposedApplication) {
      self.number = number
      self.application = application
    }
  }

  static func columns(_ book: Book, _ asOf: Day) -> [ReportColumn<Row>] {
    let (payments, invoices) = (book.payments, book.invoices)
    return [
      .id("application_id", "Application") { "DRAFT-\(asOf.text)-\($0.number)" },
      .day("date", "Date") { _ in asOf },
      .text("source_type", "Source", width: 12) { _ in "payment" },
      .id("source_id", "Payment") { payments.id[$0.application.payment.row] },
      .id("invoice_id", "Invoice") { invoices.id[$0.application.invoice.row] },
      .money("amount", "Amount") { $0.application.amount },
      .money("discount_taken", "Discount taken") { $0.application.discount },
      .id("customer_id", "Customer") {
        book.customerID(payments.customer[$0.application.payment.row])
      },
      .text("customer", "Name") {
        book.customerName(payments.customer[$0.application.payment.row])
      },
      .text("why", "Why", width: 50) { $0.application.why },
    ]
  }
}
