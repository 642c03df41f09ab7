import Testing

/// An amount of a CSV file in cents; nothing is zero.
func cents(_ text: String?) -> Int {
  Int((text ?? "").split(separator: ".").joined()) ?? 0
}

/// What amounts of a CSV file add up to, in cents.
func cents(_ cells: [String]) -> Int { cells.reduce(0) { $0 + cents($1) } }

/// Cents as a CSV file has them.
func amountText(_ cents: Int) -> String {
  let size = cents.magnitude
  return "\(cents < 0 ? "-" : "")\(size / 100).\(size % 100 < 10 ? "0" : "")\(size % 100)"
}

/// Every draft meets the identity of documents, its lines add up to it, and no entry is billed twice.
func checkDrafts(_ run: BillRun, _ comment: Comment) throws {
  let (drafts, lines) = (try run.drafts(), try run.table("draft-lines"))
  for draft in drafts.rows {
    let id = draft["invoice_id"] ?? ""
    let own = lines.rows.filter { $0["invoice_id"] == id }
    let (amount, tax) = (cents(own.map { $0["amount"] ?? "" }), cents(own.map { $0["tax"] ?? "" }))
    let retained = cents(own.map { $0["retainage"] ?? "" }) + cents(draft["retainage_tax"])
    switch draft["type"] {
    case "deposit": #expect(amount == cents(draft["deposit"]), comment)
    case "retainage_release":
      #expect(amount - cents(draft["retainage_tax"]) == -cents(draft["retainage"]), comment)
    default:
      #expect(amount == cents(draft["subtotal"]), comment)
      #expect(retained == cents(draft["retainage"]), comment)
    }
    #expect(tax == cents(draft["tax"]), comment)
    #expect(
      cents(draft["total"]) == cents(draft["subtotal"]) + cents(draft["tax"])
        + cents(draft["deposit"]) - cents(draft["retainage"]), comment)
  }
  // What a cap holds back and what it lets through again is no entry.
  let entries = lines.column("entry_id").flatMap { $0.split(separator: " ") }
    .filter { $0 != "not_to_exceed" }
  #expect(Set(entries).count == entries.count, comment)
}
