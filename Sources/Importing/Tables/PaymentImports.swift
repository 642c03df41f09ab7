import Ledger
import Measures

/// `payments.csv`: money received and paid back.
struct PaymentImport: TableImport {
  static let columns: [Column<Payments>] = [
    .id("payment_id", \.id),
    .key("customer_id", \.customer, in: \.customers.index, of: "customers", required: true),
    .day("date", \.day, required: true),
    .choice("type", \.type, blank: .payment),
    .key("job_id", \.job, in: \.jobs.index, of: "jobs"),
    .text("method", \.method, limit: 200),
    .text("reference", \.reference),
    .ownKey("reverses", \.reverses),
    .money("amount", \.amount, blank: nil),
  ]

  static func check(_ rows: inout Payments, _ report: inout RowReport) {
    for row in rows.rows where report.isSound(row) && rows.amount[row] < .zero {
      report.fault(
        row, "amount", "wrong_sign", value: rows.amount[row].text, "is negative",
        expected: "an amount of zero or more; refund and reversal are types",
        remedy: "write the amount positive with type refund or reversal")
    }
  }

  static func place(
    _ rows: consuming Payments, pending: [String: References], in book: inout Book
  ) -> [CellFault] {
    rows.index = KeyIndex(rowsOf: rows.id)
    var (links, faults) = linkOwn(
      pending["reverses"], rows: rows.count, column: "reverses",
      table: Payments.self, find: rows.index.find)
    rows.reversedFrom = Array(repeating: .never, count: rows.count)
    for row in rows.rows where rows.type[row] == .reversal {
      if links[row] == .none {
        faults.append(
          CellFault(
            row: row, column: "reverses", code: "blank_cell", value: "",
            message: "is blank on a reversal and must not be",
            expected: "the payment_id that the reversal undoes", remedy: "name the payment"))
      } else if links[row].exists {
        let undone = links[row].row
        rows.reversedFrom[undone] = min(rows.reversedFrom[undone], rows.day[row])
      }
    }
    rows.reverses = links
    book.payments = rows
    return faults
  }
}

/// `applications.csv`: payments, credits, deposits, write-offs and refunds put against invoices.
struct ApplicationImport: TableImport {
  static let columns: [Column<Applications>] = [
    .entryID("application_id", \.id),
    .day("date", \.day, required: true),
    .choice("source_type", \.sourceType, blank: .payment),
    .id("source_id", \.sourceID),
    .key("invoice_id", \.invoice, in: \.invoices.index, of: "invoices", required: true),
    .money("amount", \.amount, blank: nil),
    .money("discount_taken", \.discount, blank: .some(.zero)),
  ]

  static func check(_ rows: inout Applications, _ report: inout RowReport) {
    for row in rows.rows where report.isSound(row) {
      if rows.amount[row] < .zero {
        report.fault(
          row, "amount", "wrong_sign", value: rows.amount[row].text, "is negative",
          expected: "an amount of zero or more; a reversal undoes a payment with its applications")
      }
      if rows.discount[row] < .zero {
        report.fault(
          row, "discount_taken", "wrong_sign", value: rows.discount[row].text, "is negative",
          expected: "a discount of zero or more")
      }
    }
  }

  /// Finds each source in the table that its type means; a deposit may be either.
  static func place(
    _ rows: consuming Applications, pending: [String: References], in book: inout Book
  ) -> [CellFault] {
    var faults = [CellFault]()
    let payments = book.payments.index.find(all: rows.sourceID)
    let documents = book.invoices.index.find(all: rows.sourceID)
    rows.payment = payments
    rows.document = documents
    for row in rows.rows {
      switch rows.sourceType[row] {
      case .payment, .refund: rows.document[row] = .none
      case .creditMemo, .writeOff: rows.payment[row] = .none
      case .deposit:
        if documents[row] == .missing, payments[row].exists {
          rows.document[row] = .none
        } else {
          rows.payment[row] = .none
        }
      }
      let (payment, document) = (rows.payment[row], rows.document[row])
      if payment == .missing || document == .missing, !rows.sourceID.isEmpty(row) {
        faults.append(
          CellFault(
            row: row, column: "source_id", code: "unknown_reference", value: rows.sourceID[row],
            message: "is no \(rows.sourceType[row].rawValue) in the input",
            expected: payment == .missing && document == .none
              ? "a payment_id of payments.csv" : "an invoice_id of invoices.csv",
            remedy: "correct the cell, or add the row it names, and import again"))
      }
    }
    book.applications = rows
    return faults
  }
}
