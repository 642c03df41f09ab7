internal import Billing
internal import Ledger
internal import Measures

/// `retainage-rollforward`: retainage held of every customer from before the period to its end
/// (DESIGN §6; DOMAIN §2).
enum RetainageRollForwardReport {
  static let name = "retainage-rollforward"

  private static func rolled(_ reports: Reports) -> CustomerRollForward<RetainageColumn> {
    CustomerRollForward(
      retainageOf: reports.book, reports.period, opening: reports.openingCustomers)
  }

  static func sheet(_ reports: Reports) -> Sheet {
    rolled(reports).sheet(
      name, "Retainage roll-forward", reports,
      empty: "No retainage was held, and none moved in the period.",
      opening: "Held on the day before the period, with what the input opens with in it.",
      [
        .init(
          .withheld, "withheld", "Withheld",
          "By documents of the period, less what credit memos and later draws gave back."),
        .init(.released, "released", "Released", "Billed by releases of the period."),
        .init(.writtenOff, "written_off", "Written off", "Given up in the period."),
        .init(
          .voided, "voided", "Voided", "Taken back by documents void in the period, of any month."),
      ])
  }

  static func tieOuts(_ reports: Reports) -> [TieOut] {
    let rolled = rolled(reports)
    let held = RetainageStatement(reports.position).rows.map(\.held).sum()
    return rolled.tieOuts(
      name, reports, closing: \.retainageHeld, "retainage held", control: \.retainage,
      journal: reports.journal?.change(.retainageReceivable))
      + [
        TieOut(
          "\(name): closing", rolled.opening.ids.map { rolled.closing($0) }.sum(), "all customers",
          equals: held, "documents and lines in retainage")
      ]
  }
}

extension ReportKind {
  public static let retainageRollForward = ReportKind(
    RetainageRollForwardReport.name,
    "retainage of each customer, from before the period to its end",
    rows: "each customer with retainage before the period or a movement in it",
    tables: ["customers", "invoices"],
    sheet: RetainageRollForwardReport.sheet, tieOuts: RetainageRollForwardReport.tieOuts)
}
