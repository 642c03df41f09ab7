import Ledger
import Measures

/// An application's source_type is what its source is: a payment, a deposit, a refund, a credit
/// memo, a write-off. Each moves other accounts (DESIGN §4).
enum ApplicationSources: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    let rows = book.applications
    var findings = RowFindings(rows, in: book, suspects)
    for row in rows.rows {
      let type = rows.sourceType[row]
      var actual: String?
      if rows.payment[row].exists {
        let payment = book.payments.type[rows.payment[row].row]
        if !fits(type, payment) { actual = payment.rawValue }
      } else if rows.document[row].exists {
        let document = book.invoices.type[rows.document[row].row]
        if !fits(type, document) { actual = document.rawValue }
      }
      if let actual {
        findings.add(
          .error, "wrong_source_type", row, "source_type", value: type.rawValue,
          "names \(rows.sourceID[row]), which is a \(actual)", expected: expected(for: actual),
          remedy: "correct source_type or source_id", amount: rows.amount[row])
      } else if rows.document[row].exists, rows.document[row] == rows.invoice[row] {
        findings.add(
          .error, "applied_to_itself", row, "invoice_id", value: rows.sourceID[row],
          "is the source too", expected: "the invoice that the source is put against",
          amount: rows.amount[row])
      }
    }
    return findings.list
  }

  private static func fits(_ type: SourceType, _ payment: PaymentType) -> Bool {
    switch type {
    case .payment: payment == .payment
    case .deposit: payment == .deposit
    case .refund: payment == .refund
    case .creditMemo, .writeOff: false
    }
  }

  private static func fits(_ type: SourceType, _ document: InvoiceType) -> Bool {
    switch type {
    case .creditMemo: document == .creditMemo
    case .deposit: document == .deposit
    case .writeOff: document == .writeOff
    case .payment, .refund: false
    }
  }

  private static func expected(for actual: String) -> String {
    SourceType(rawValue: actual) != nil
      ? "source_type \(actual), or another source_id"
      : "a payment, a deposit, a refund, a credit memo or a write-off as the source"
  }
}
