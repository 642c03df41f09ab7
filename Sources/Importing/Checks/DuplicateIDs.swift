import Ledger
import Measures

/// An id, or what identifies a line within its document, stands in one row only (DESIGN §3).
enum DuplicateIDs: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    let look = Look(book: book, suspects: suspects)
    var found = look.ids(book.customers, \.id, "customer_id")
    found += look.ids(book.jobs, \.id, "job_id")
    found += look.ids(book.changeOrders, \.id, "change_order_id") { book.changeOrders.amount[$0] }
    found += look.ids(book.timesheets, \.id, "timesheet_id")
    found += look.ids(book.inventory, \.id, "movement_id")
    found += look.ids(book.costs, \.id, "cost_id") { book.costs.amount[$0] }
    found += look.ids(book.invoices, \.id, "invoice_id") { book.invoices.total[$0] }
    found += look.ids(book.payments, \.id, "payment_id") { book.payments.amount[$0] }
    found += look.ids(book.applications, \.id, "application_id") { book.applications.amount[$0] }
    found += look.ids(book.terms, \.id, "terms")
    found += look.ids(book.adjustments, \.id, "adjustment_id")
    found += scheduleLines(look) + invoiceLines(look) + progress(look)
    return found
  }

  private static func scheduleLines(_ look: Look) -> [Finding] {
    let rows = look.book.scheduleOfValues
    return look.lines(rows, rows.lineNumber, "line_no", of: "job", { rows.scheduledValue[$0] }) {
      UInt64(bitPattern: Int64(rows.job[$0].number))
    } isSame: {
      rows.job[$0] == rows.job[$1]
    }
  }

  private static func invoiceLines(_ look: Look) -> [Finding] {
    let rows = look.book.invoiceLines
    return look.lines(rows, rows.lineNumber, "line_no", of: "invoice", { rows.amount[$0] }) {
      UInt64(bitPattern: Int64(rows.invoice[$0].number))
    } isSame: {
      rows.invoice[$0] == rows.invoice[$1]
    }
  }

  /// A line may stand twice on a day where two applications were made on it.
  private static func progress(_ look: Look) -> [Finding] {
    let rows = look.book.progress
    return look.lines(rows, rows.lineNumber, "line_no", of: "job, day and application") { row in
      let job = UInt64(bitPattern: Int64(rows.job[row].number))
      let day = UInt64(bitPattern: Int64(rows.day[row].number))
      return RepeatedKeys.combine(
        RepeatedKeys.combine(job, day),
        UInt64(bitPattern: Int64(rows.applicationNumber[row])))
    } isSame: { a, b in
      rows.job[a] == rows.job[b] && rows.day[a] == rows.day[b]
        && rows.applicationNumber[a] == rows.applicationNumber[b]
    }
  }

  private struct Look {
    let book: Book
    let suspects: Suspects

    func ids<T: Table>(
      _ rows: T, _ path: KeyPath<T, TextColumn>, _ column: String,
      amount: (Int) -> Money = { _ in .none }
    ) -> [Finding] {
      let ids = rows[keyPath: path]
      var findings = RowFindings(rows, in: book, suspects)
      for pair in RepeatedKeys.pairs(in: ids) {
        findings.add(
          .error, "duplicate_id", pair.row, column, value: ids[pair.row],
          "is the id of line \(findings.line(pair.first)) too", expected: "an id once in the file",
          remedy: "remove the row if it is a copy, or give it an id of its own",
          amount: amount(pair.row))
      }
      return findings.list
    }

    /// Lines numbered within something else; `owner` hashes that.
    func lines<T: Table>(
      _ rows: T, _ numbers: TextColumn, _ column: String, of owners: String,
      _ amount: (Int) -> Money = { _ in .none },
      owner: (Int) -> UInt64, isSame: (Int, Int) -> Bool
    ) -> [Finding] {
      let hashes = rows.rows.map { row in
        RepeatedKeys.combine(owner(row), numbers.withBytes(row) { hashOfKey($0) })
      }
      var findings = RowFindings(rows, in: book, suspects)
      let pairs = RepeatedKeys.pairs(hashes) { a, b in
        isSame(a, b) && numbers.slice(a) == numbers.slice(b)
      }
      for pair in pairs where !numbers.isEmpty(pair.row) {
        findings.add(
          .error, "duplicate_id", pair.row, column, value: numbers[pair.row],
          "stands on line \(findings.line(pair.first)) too, for the same \(owners)",
          expected: "a line number once for each \(owners)",
          remedy: "remove the row if it is a copy, or number it apart", amount: amount(pair.row))
      }
      return findings.list
    }
  }
}
