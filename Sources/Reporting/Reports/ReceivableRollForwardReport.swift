internal import Billing
internal import Ledger
internal import Measures

/// `ar-rollforward`: net AR of every customer from before the period to its end (DESIGN §6).
enum ReceivableRollForwardReport {
  static let name = "ar-rollforward"

  private static func rolled(_ reports: Reports) -> CustomerRollForward<ReceivableColumn> {
    CustomerRollForward(
      receivablesOf: reports.book, reports.period, opening: reports.openingCustomers)
  }

  static func sheet(_ reports: Reports) -> Sheet {
    rolled(reports).sheet(
      name, "AR roll-forward", reports,
      empty: "No customer owed anything, and nothing moved in the period.",
      opening:
        "Net in ar-aging of the day before the period, with what the input opens with in it.",
      titles)
  }

  private static let titles: [RollForwardTitle<ReceivableColumn>] = [
    .init(.invoiced, "invoiced", "Invoiced", "Subtotals of invoices and draws of the period."),
    .init(.tax, "tax", "Tax", "Tax on those documents, on releases and on deposit requests."),
    .init(
      .retainageWithheld, "retainage_withheld", "Retainage withheld",
      "Kept back from those documents: it moves from AR to retainage."),
    .init(
      .retainageReleased, "retainage_released", "Retainage released",
      "Billed by releases: it moves from retainage to AR."),
    .init(
      .depositsRequested, "deposits_requested", "Deposits requested",
      "By deposit invoices of the period; where the company keeps requests out of AR, what was paid "
        + "on them."),
    .init(
      .financeCharges, "finance_charges", "Finance charges", "Of the period, with their tax."),
    .init(
      .credits, "credits", "Credits",
      "Credit memos, with their tax and retainage."),
    .init(
      .cashReceived, "cash_received", "Cash received",
      "Payments of the period, applied or not; what one customer pays for another moves between "
        + "them."),
    .init(
      .refunds, "refunds", "Refunds", "Paid back to customers, but for refunds of deposits."),
    .init(
      .reversals, "reversals", "Reversals",
      "Payments and refunds undone in the period, with the discounts and deposits they took along."),
    .init(
      .depositsApplied, "deposits_applied", "Deposits applied",
      "To invoices, by applications and on their faces."),
    .init(.discounts, "discounts", "Discounts", "Taken with the applications of the period."),
    .init(.writeOffs, "write_offs", "Write-offs", "Receivables given up in the period."),
    .init(
      .recoveries, "recoveries", "Recoveries", "Written off before, and collectible after all."),
    .init(
      .voids, "voids", "Voids",
      "Documents void in the period, of whatever month, with the discounts and deposits on them."),
  ]

  static func tieOuts(_ reports: Reports) -> [TieOut] {
    let rolled = rolled(reports)
    let invoices = reports.book.invoices
    let issued = DocumentRegister(reports.book, reports.period).entries.lazy
      .filter { !$0.isVoid && [.standard, .progress].contains(invoices.type[$0.row]) }
    return rolled.tieOuts(
      name, reports, closing: \.net, "net", control: \.receivable,
      journal: reports.journal?.change(.receivable))
      + [
        TieOut(
          "\(name): invoiced", rolled.moved(.invoiced), "invoiced to all customers",
          equals: issued.map { invoices.subtotal[$0.row].orNil ?? .zero }.sum(),
          "subtotals of invoices and draws in invoice-register")
      ]
  }
}

extension ReportKind {
  public static let receivableRollForward = ReportKind(
    ReceivableRollForwardReport.name, "net AR of each customer, from before the period to its end",
    rows: "each customer with a balance before the period or a movement in it",
    tables: ["customers", "invoices", "payments", "applications"], needs: [],
    sheet: ReceivableRollForwardReport.sheet, tieOuts: ReceivableRollForwardReport.tieOuts)
}
