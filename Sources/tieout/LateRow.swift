import Storage

/// A row that a book was told after a period was closed, and that counts in it or before.
struct LateRow {
  let change: RowChange
  /// The day from which it counts; nil where it has none.
  let day: String?

  /// - Parameters:
  ///   - last: the closed period's last day.
  ///   - dayOfInvoice: the date of a document of the book.
  static func all(
    of changes: [RowChange], through last: String, dayOfInvoice: (String) throws -> String?
  ) rethrows -> [LateRow] {
    try changes.compactMap { change in
      guard !countsNothing(change) else { return nil }
      let day = try day(of: change, dayOfInvoice)
      guard day.map({ $0 <= last }) ?? true else { return nil }
      return LateRow(change: change, day: day)
    }
  }

  /// Columns that move no amount.
  private static let words: Set<String> = [
    "name", "description", "note", "email", "phone", "address_1", "address_2", "city",
    "postal_code", "country", "reference", "po_number", "manager", "branch", "vendor", "method",
    "signature_on_file", "photos_on_file",
  ]

  /// What moves no figure by itself: a new customer, new terms, the ledger's own balances, mere words.
  private static func countsNothing(_ change: RowChange) -> Bool {
    if change.table == "gl_balances" { return true }
    guard change.before != nil, change.after != nil else {
      return change.before == nil && ["customers", "terms"].contains(change.table)
    }
    return change.columns.allSatisfy(words.contains)
  }

  /// The earliest day from which what changed counts; nil where the row has no date.
  private static func day(
    of change: RowChange, _ dayOfInvoice: (String) throws -> String?
  ) rethrows -> String? {
    let own = try [change.before, change.after].compactMap(\.self)
      .compactMap { try day(of: $0, change.table, dayOfInvoice) }.min()
    guard let after = change.after, change.before != nil else { return own }
    var days: [String] = []
    var columns = change.columns.filter { !words.contains($0) }
    // A job's status changes on the day that is told with it.
    if columns.contains(where: statusDays.contains) { columns.removeAll { $0 == "status" } }
    for column in columns {
      guard let follow = followUps[change.table]?.first(where: { $0.columns.contains(column) })
      else { return own }
      let day =
        follow.day == "invoice_id"
        ? try after["invoice_id"].flatMap { try dayOfInvoice($0) } : after[follow.day]
      guard let day, !day.isEmpty else { return own }
      days.append(day)
    }
    return days.min()
  }

  /// The day of a row: its own date, the day it takes effect, its document's date.
  private static func day(
    of texts: [String: String], _ table: String, _ dayOfInvoice: (String) throws -> String?
  ) rethrows -> String? {
    if table == "invoice_lines" { return try texts["invoice_id"].flatMap { try dayOfInvoice($0) } }
    for column in ["date", "effective_from", "contract_date", "start_date"] {
      if let day = texts[column], !day.isEmpty { return day }
    }
    return nil
  }

  private static let statusDays: Set<String> = [
    "completion_date", "closed_date", "cancelled_date", "hold_from",
  ]

  /// What an earlier row is told later, as a matter of course, and the column that says since when:
  /// hours of October that November bills are no late hours.
  private static let followUps: [String: [(columns: Set<String>, day: String)]] = [
    "timesheets": [
      (["invoice_id"], "invoice_id"), (["approved", "approved_date"], "approved_date"),
    ],
    "inventory": [(["invoice_id"], "invoice_id")],
    "costs": [(["invoice_id"], "invoice_id")],
    "progress": [(["invoice_id"], "invoice_id")],
    "invoices": [
      (["status", "void_date"], "void_date"),
      (["disputed", "disputed_from", "disputed_to"], "disputed_from"),
    ],
    "change_orders": [(["status", "approved_date"], "approved_date")],
    "jobs": [
      (["completion_date"], "completion_date"), (["closed_date"], "closed_date"),
      (["cancelled_date"], "cancelled_date"), (["hold_from", "hold_to"], "hold_from"),
    ],
  ]
}
