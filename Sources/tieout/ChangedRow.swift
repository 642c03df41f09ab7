import Storage

/// A changed row of a book, in an accountant's words.
struct ChangedRow {
  enum Group: String, CaseIterable {
    case lateWork = "Late work"
    case latePayment = "Late payments"
    case lateDocument = "Late documents"
    case void = "Voids"
    case estimate = "Changed estimates"
    case rate = "Changed rates"
    case other = "Other changes"
  }

  let group: Group
  /// `timesheets TS-3006`.
  let name: String
  let text: String
  /// What is new, or what it was and what it is.
  let what: String
  /// The ids of what the row is about.
  let ids: Set<String>

  init(_ change: RowChange) {
    group = Self.group(of: change)
    name = "\(change.table) \(change.key.joined(separator: " "))"
    let texts = change.after ?? change.before ?? [:]
    ids = Set(
      ["job_id", "customer_id", "invoice_id", "item_id", "technician_id"].compactMap { texts[$0] }
        + [change.key.first ?? ""]
    ).subtracting([""])
    var what: String
    if change.before == nil {
      what = "new"
      let shown = ["date", "hours", "quantity", "amount", "total", "estimated_cost"]
      for column in shown where texts[column].map({ !$0.isEmpty }) ?? false {
        what += ", \(column) \(texts[column] ?? "")"
      }
    } else if change.after == nil {
      what = "ended"
    } else {
      what = change.columns.map { column in
        let (was, now) = (change.before?[column] ?? "", change.after?[column] ?? "")
        return "\(column) \(was.isEmpty ? "blank" : was) → \(now.isEmpty ? "blank" : now)"
      }.joined(separator: ", ")
    }
    self.what = what
    let job = texts["job_id"].map { $0.isEmpty ? "" : " (\($0))" } ?? ""
    text = "\(change.file):\(change.line) \(change.key.joined(separator: " "))\(job): \(what)"
  }

  static func group(of change: RowChange) -> Group {
    switch change.table {
    case "timesheets", "inventory", "costs": return .lateWork
    case "payments", "applications": return .latePayment
    case "invoices", "invoice_lines":
      let isVoid = change.after?["status"] == "void" && change.before?["status"] != "void"
      return isVoid ? .void : .lateDocument
    case "estimates", "change_orders", "schedule_of_values", "progress": return .estimate
    case "rates", "markups", "pay_types", "technicians", "items", "tax_codes", "adjustments":
      return .rate
    case "jobs":
      let isEstimate = change.columns.contains {
        ["estimated_cost", "contract_amount"].contains($0)
      }
      return isEstimate ? .estimate : .other
    default: return .other
    }
  }
}
