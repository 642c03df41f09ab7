internal import Billing
internal import Ledger
internal import Measures

/// `cash-receipts`: money received and paid back in the period, and what it was put against (DESIGN §6).
public enum CashReceiptsReport {
  public static let name = "cash-receipts"

  /// By payment id, the applications of each in the order of the file.
  public static func sheet(_ reports: Reports) -> Sheet {
    let (book, ids) = (reports.book, reports.book.payments.id)
    let movements = CashRegister(book, reports.period).movements
    let rows = movements.indices.sorted { a, b in
      let (first, second) = (movements[a].payment.row, movements[b].payment.row)
      return first == second ? a < b : ids.precedes(first, second)
    }.map { movements[$0] }
    return Sheet(
      report: name, title: "Cash receipts", subtitle: reports.periodSubtitle,
      emptySentence: "No money was received, paid back or applied in the period.",
      columns: columns(book), rows: rows)
  }

  static func columns(_ book: Book) -> [ReportColumn<CashMovement>] {
    let payments = book.payments
    return [
      .id("payment_id", "Payment", in: payments.id, rule: "The payment's id in payments.csv.") {
        $0.payment.row
      },
      .day(
        "date", "Date",
        rule: "Day of the payment; one before the period is listed where it is applied, or set "
          + "free, only now."
      ) { payments.day[$0.payment.row] },
      .id("customer_id", "Customer", rule: ColumnRule.customerID) {
        book.customerID(payments.customer[$0.payment.row])
      },
      .text("customer", "Name", rule: ColumnRule.customerName) {
        book.customerName(payments.customer[$0.payment.row])
      },
      .text("type", "Type", rule: "What the payment is: \(PaymentType.words).") {
        payments.type[$0.payment.row].rawValue
      },
      .text("method", "Method", in: payments.method, rule: "How it was paid, as in payments.csv.") {
        $0.payment.row
      },
      .text(
        "reference", "Reference", in: payments.reference,
        rule: "The number of the check or transfer, as in payments.csv."
      ) { $0.payment.row },
      .money(
        "amount", "Amount",
        rule: "What was received, on the first row of a payment of the period; refunds and "
          + "reversals are negative."
      ) { $0.amount },
      .id(
        "invoice_id", "Applied to", in: book.invoices.id,
        rule: "The document it was put against; empty where it was put against none."
      ) { $0.invoice.row },
      .money(
        "applied", "Applied",
        rule: "Put against the document, from the day it takes effect; negative of a refund, and "
          + "where a void or a reversal takes it back."
      ) { $0.applied },
      .money(
        "discount", "Discount", rule: "Discount for early payment that was taken with it; no cash."
      ) { $0.discount },
      .money(
        "unapplied", "Unapplied",
        rule: "On the last row of a payment: Amount less Applied of its rows, left on account or "
          + "held as a deposit; negative where money received earlier is applied."
      ) { $0.unapplied },
    ]
  }

  /// Cash, applications and what is left against what stands on both days, and cash on documents against
  /// the control accounts.
  public static func tieOuts(_ reports: Reports) -> [TieOut] {
    let book = reports.book
    let rows = CashRegister(book, reports.period).movements
    let before = reports.openingBalances
    let after = reports.position.documents.balances
    let (opening, closing) = (CashStanding(book, before), CashStanding(book, after))
    let received = ControlTotals.cashOnDocuments(
      book, from: (reports.openingControl, before), to: (reports.position.control, after))
    let onDocuments = rows.filter { book.undone($0.payment) != .deposit }
    return [
      TieOut(
        "cash-receipts: amount", rows.map { $0.amount.orNil ?? .zero }.sum(),
        "payments, refunds and reversals", equals: closing.cash - opening.cash,
        "cash of payments that stand at the end less before the period"),
      TieOut(
        "cash-receipts: applied", rows.map(\.applied).sum(), "applications and their ends",
        equals: closing.applied - opening.applied,
        "applications that stand at the end less before the period"),
      TieOut(
        "cash-receipts: discount", rows.map(\.discount).sum(), "applications and their ends",
        equals: closing.discount - opening.discount,
        "discounts that stand at the end less before the period"),
      TieOut(
        "cash-receipts: unapplied", rows.map { $0.unapplied.orNil ?? .zero }.sum(),
        "left on account by the rows", equals: closing.unapplied - opening.unapplied,
        "cash and direct deposits on account at the end less before the period"),
      TieOut(
        "cash-receipts: received", onDocuments.map(\.applied).sum(),
        "applied of payments, less refunds", equals: received,
        "control account of cash received, direct deposits apart, at the end less before"),
    ]
  }
}

extension Book {
  /// The type of a payment; of a reversal, of what it undoes.
  fileprivate func undone(_ payment: RowID<Payments>) -> PaymentType {
    let type = payments.type[payment.row]
    guard type == .reversal, let undone = payments.reverses[payment.row].orNil else { return type }
    return payments.type[undone.row]
  }
}

extension ReportKind {
  public static let cashReceipts = ReportKind(
    CashReceiptsReport.name, "money received and paid back in the period, and its applications",
    rows: "each application that takes effect or ends in the period, and each payment of "
      + "the period without one",
    tables: ["customers", "payments", "applications"], needs: [],
    sheet: CashReceiptsReport.sheet, tieOuts: CashReceiptsReport.tieOuts)
}
