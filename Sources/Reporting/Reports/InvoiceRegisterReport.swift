internal import Billing
internal import Ledger
internal import Measures

/// `invoice-register`: every document that is issued or becomes void in the period (DESIGN §6).
public enum InvoiceRegisterReport {
  public static let name = "invoice-register"

  /// By invoice id, a document before its void.
  public static func sheet(_ reports: Reports) -> Sheet {
    let ids = reports.book.invoices.id
    let rows = DocumentRegister(reports.book, reports.period).entries.sorted { a, b in
      a.row == b.row ? !a.isVoid && b.isVoid : ids.precedes(a.row, b.row)
    }
    return Sheet(
      report: name, title: "Invoice register", subtitle: reports.periodSubtitle,
      emptySentence: "No document was issued and none became void in the period.",
      columns: columns(reports.book), rows: rows)
  }

  static func columns(_ book: Book) -> [ReportColumn<RegisterEntry>] {
    let invoices = book.invoices
    return [
      .id("invoice_id", "Document", in: invoices.id, rule: "The document's id in invoices.csv.") {
        $0.row
      },
      .day(
        "date", "Date",
        rule: "Day of the document; on the row of a void the day from which it is void."
      ) { $0.day },
      .id("customer_id", "Customer", rule: ColumnRule.customerID) {
        book.customerID(invoices.customer[$0.row])
      },
      .text("customer", "Name", rule: ColumnRule.customerName) {
        book.customerName(invoices.customer[$0.row])
      },
      .id("job_id", "Job", rule: "The job of the document; empty where it is on none.") {
        book.jobID(invoices.job[$0.row])
      },
      .text("type", "Type", rule: "What the document is: \(InvoiceType.words).") {
        invoices.type[$0.row].rawValue
      },
      .money(
        "subtotal", "Subtotal",
        rule: "What it bills, gross of retainage and before tax; negative on a credit memo."
      ) { $0.signed(invoices.subtotal[$0.row]) },
      .money("tax", "Tax", rule: "All tax of the document, with what is withheld with retainage.") {
        $0.signed(invoices.tax[$0.row])
      },
      .money("retainage", "Retainage", rule: "Withheld; negative where it is billed or given up.") {
        $0.signed(invoices.retainage[$0.row])
      },
      .money("deposit", "Deposit", rule: "Asked for; negative where it is applied or forfeited.") {
        $0.signed(invoices.deposit[$0.row])
      },
      .money(
        "write_off", "Write-off",
        rule: "Receivables or retainage given up; negative where one is recovered."
      ) { $0.signed(invoices.writeOff[$0.row]) },
      .money(
        "total", "Total", rule: "Subtotal, tax and deposit, less retainage and write-off.",
        formula: .sum("subtotal", "tax", "deposit", "-retainage", "-write_off")
      ) { $0.signed(invoices.total[$0.row]) },
      ReportColumn(
        SheetColumn(
          key: "status", title: "Status", kind: .text,
          rule: "issued, also where it becomes void after the period; a void has a row of its own, "
            + "with the amounts turned.")
      ) { rows, block in
        for row in rows { block.append(row.isVoid ? "void" : "issued") }
      },
    ]
  }

  /// Each column against the documents that stand on the last day and on the day before the first, and
  /// what revenue documents bill against the control accounts of the two days.
  public static func tieOuts(_ reports: Reports) -> [TieOut] {
    let (book, period) = (reports.book, reports.period)
    let (invoices, rows) = (book.invoices, DocumentRegister(book, period).entries)
    let change =
      DocumentStanding(book, on: period.last) - DocumentStanding(book, on: period.opening)
    let control = ControlTotals.documents(
      book, from: reports.openingControl, to: reports.position.control, period)
    let revenue = rows.filter { invoices.type[$0.row].billsRevenue }
    let standing = "documents that stand at the end less those before the period"
    let accounts = "control account at the end less before the period"
    func tie(
      _ column: String, _ rows: [RegisterEntry], _ values: (Int) -> Money, equals right: Money,
      _ road: String
    ) -> TieOut {
      TieOut(
        "invoice-register: \(column)", rows.map { $0.signed(values($0.row)) }.sum(),
        "issued less void in the period", equals: right, road)
    }
    return [
      tie("total", rows, { invoices.total[$0] }, equals: change.total, standing),
      tie("deposits", rows, { invoices.deposit[$0] }, equals: change.deposit, standing),
      tie("write-offs", rows, { invoices.writeOff[$0] }, equals: change.writeOff, standing),
      tie("billed", revenue, { invoices.subtotal[$0] }, equals: control.billed, accounts),
      tie("tax billed", revenue, { invoices.tax[$0] }, equals: control.tax, accounts),
      tie("retainage", rows, { invoices.retainage[$0] }, equals: control.retainage, accounts),
    ]
  }
}

extension ReportKind {
  public static let invoiceRegister = ReportKind(
    InvoiceRegisterReport.name, "documents issued and void in the period",
    rows: "each document issued in the period, and another for each that becomes void in it",
    tables: ["customers", "invoices"], needs: [],
    sheet: InvoiceRegisterReport.sheet, tieOuts: InvoiceRegisterReport.tieOuts)
}
