internal import Billing
internal import Ledger
internal import Measures

/// `deposit-rollforward`: deposits held of every customer from before the period to its end (DESIGN §6;
/// DOMAIN §4.7 [S54]).
enum DepositRollForwardReport {
  static let name = "deposit-rollforward"

  private static func rolled(_ reports: Reports) -> CustomerRollForward<DepositColumn> {
    CustomerRollForward(
      depositsOf: reports.book, reports.period, opening: reports.openingCustomers)
  }

  static func sheet(_ reports: Reports) -> Sheet {
    rolled(reports).sheet(
      name, "Customer deposits roll-forward", reports,
      empty: "No deposit was held, and none moved in the period.",
      opening: "Held on the day before the period, with what the input opens with in it.",
      [
        .init(
          .received, "received", "Received",
          "Paid on requests or received directly, tax on a request apart."),
        .init(.applied, "applied", "Applied", "To invoices, by applications and on their faces."),
        .init(.refunded, "refunded", "Refunded", "Paid back to customers."),
        .init(.forfeited, "forfeited", "Forfeited", "Kept as income."),
        .init(
          .voided, "voided", "Voided",
          "What voids and reversals of the period undid, whichever of the others it was."),
      ])
  }

  /// The account of the journal holds what requests still ask for too.
  static func tieOuts(_ reports: Reports) -> [TieOut] {
    let rolled = rolled(reports)
    let held = DepositStatement(reports.book, reports.position.documents).rows.map(\.held).sum()
    let account = reports.journal.map {
      -$0.change(.customerDeposits) - ($0.closing.openRequests - $0.opening.openRequests)
    }
    return rolled.tieOuts(
      name, reports, closing: \.depositsHeld, "deposits held", control: \.depositsHeld,
      journal: account)
      + [
        TieOut(
          "\(name): closing", rolled.opening.ids.map { rolled.closing($0) }.sum(), "all customers",
          equals: held, "all deposits in deposits")
      ]
  }
}

extension ReportKind {
  public static let depositRollForward = ReportKind(
    DepositRollForwardReport.name, "deposits of each customer, from before the period to its end",
    rows: "each customer with a deposit before the period or a movement in it",
    tables: ["customers", "invoices", "payments", "applications"], needs: [],
    sheet: DepositRollForwardReport.sheet, tieOuts: DepositRollForwardReport.tieOuts)
}
