import Ledger
import Measures

/// `customers.csv`: who is billed.
struct CustomerImport: TableImport {
  static let columns: [Column<Customers>] = [
    .id("customer_id", \.id),
    .text("name", \.customerName, required: true, limit: 200),
    .ownKey("parent_id", \.parent),
    .text("terms", \.terms, limit: 64),
    .key("tax_code", \.taxCode, in: \.taxCodes.index, of: "tax_codes"),
    .flag("tax_exempt", \.isTaxExempt, blank: false),
    .key("rate_card", \.rateCard, in: \.rates.cards, of: "rates"),
    .key("markup_schedule", \.markupSchedule, in: \.markups.schedules, of: "markups"),
    .money("credit_limit", \.creditLimit),
    .flag("on_hold", \.isOnHold, blank: false),
    .text("region", \.region, limit: 200),
    .text("email", \.email, limit: 254),
    .text("phone", \.phone, limit: 64),
    .text("address_1", \.address1, limit: 200),
    .text("address_2", \.address2, limit: 200),
    .text("city", \.city, limit: 200),
    .text("postal_code", \.postalCode, limit: 64),
    .text("country", \.country, limit: 200),
  ]

  static func place(
    _ rows: consuming Customers, pending: [String: References], in book: inout Book
  ) -> [CellFault] {
    rows.index = KeyIndex(rowsOf: rows.id)
    let (links, faults) = linkOwn(
      pending["parent_id"], rows: rows.count, column: "parent_id",
      table: Customers.self, find: rows.index.find)
    rows.parent = links
    book.customers = rows
    return faults
  }
}
