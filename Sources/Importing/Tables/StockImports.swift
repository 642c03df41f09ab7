import Ledger
import Measures

/// `markups.csv`: what is added to the cost of material, by tier of unit cost.
struct MarkupImport: TableImport {
  static let columns: [Column<Markups>] = [
    .id("markup_schedule", \.scheduleName),
    .text("category", \.categoryName, limit: 200),
    .unitPrice("cost_over", \.costOver, blank: nil),
    .percentage("markup_pct", \.percentage, blank: nil),
    .day("effective_from", \.effectiveFrom),
  ]

  static func place(
    _ rows: consuming Markups, pending: [String: References], in book: inout Book
  ) -> [CellFault] {
    rows.schedule = rows.rows.map { row in
      rows.scheduleName.withBytes(row) { rows.schedules.insert($0).id }
    }
    rows.category = rows.rows.map { row in
      rows.categoryName.isEmpty(row)
        ? .none : rows.categoryName.withBytes(row) { rows.categories.insert($0).id }
    }
    book.markups = rows
    return []
  }
}

/// `items.csv`: parts, with their prices from a day on.
struct ItemImport: TableImport {
  static let columns: [Column<Items>] = [
    .id("item_id", \.id),
    .text("description", \.description, required: true),
    .text("category", \.categoryName, limit: 200),
    .text("unit", \.unit, limit: 64),
    .unitPrice("list_price", \.listPrice),
    .unitPrice("standard_cost", \.standardCost),
    .flag("taxable", \.isTaxable, blank: true),
    .day("effective_from", \.effectiveFrom),
  ]

  static func place(
    _ rows: consuming Items, pending: [String: References], in book: inout Book
  ) -> [CellFault] {
    let ids = rows.rows.map { row in rows.id.withBytes(row) { rows.index.insert($0).id } }
    rows.category = rows.rows.map { row in
      rows.categoryName.isEmpty(row)
        ? .none : rows.categoryName.withBytes(row) { book.markups.categories.find($0) }
    }
    rows.index.countKeys()
    rows.versions = Versions(ids: ids, effectiveFrom: rows.effectiveFrom, count: rows.index.count)
    book.items = rows
    return []
  }
}

/// `inventory.csv`: movements of stock.
struct InventoryImport: TableImport {
  static let columns: [Column<Inventory>] = [
    .entryID("movement_id", \.id, numbers: \.idNumbers),
    .day("date", \.day, required: true),
    .fewKey("item_id", \.item, in: \.items.index, of: "items", required: true),
    .choice("type", \.type),
    .quantity("quantity", \.quantity, blank: nil),
    .unitPrice("unit_cost", \.unitCost),
    .key("job_id", \.job, in: \.jobs.index, of: "jobs"),
    .entryText("line_no", \.lineNumber, limit: 64),
    .ownKey("reverses", \.reverses),
    .flag("billable", \.isBillable, blank: true),
    .unitPrice("bill_price", \.billPrice),
    .key("invoice_id", \.invoice, in: \.invoices.index, of: "invoices", isLenient: true),
  ]

  static func check(_ rows: inout Inventory, _ report: inout RowReport) {
    for row in rows.rows where report.isSound(row) {
      let type = rows.type[row]
      if rows.quantity[row] < .zero, type != .adjustment {
        report.fault(
          row, "quantity", "wrong_sign", value: rows.quantity[row].shortText(),
          "is negative on a \(type.rawValue)",
          expected: "a quantity of zero or more; the type says which way it goes")
      }
      if type == .receipt, rows.unitCost[row].isNone {
        report.fault(
          row, "unit_cost", "blank_cell", "is blank on a receipt and must not be",
          expected: "what one unit cost, such as 12.50")
      }
      if type == .issue || type == .return, rows.job[row] == .none {
        report.fault(
          row, "job_id", "blank_cell", "is blank on a \(type.rawValue) and must not be",
          expected: "the job the parts went to or came from")
      }
    }
  }

  static func place(
    _ rows: consuming Inventory, pending: [String: References], in book: inout Book
  ) -> [CellFault] {
    let references = pending["reverses"] ?? References()
    let index =
      rows.idNumbers.isEmpty && !references.rows.isEmpty
      ? KeyIndex<Inventory>(rowsOf: rows.id) : nil
    let numbers = rows.idNumbers
    rows.idNumbers = EntryNumbers()
    var (links, faults) = linkOwn(
      references, column: "reverses", table: Inventory.self
    ) { id in index?.find(id) ?? numbers.row(of: id).map { RowID($0) } ?? .missing }
    for (place, row) in references.rows.enumerated() where links[place].exists {
      let issue = links[place].row
      if rows.type[row] != .return || rows.type[issue] != .issue
        || rows.item[issue] != rows.item[row]
      {
        faults.append(
          CellFault(
            row: row, column: "reverses", code: "wrong_reference",
            value: references.texts[place],
            message: "is not an issue of the same item, or this movement is not a return",
            expected: "on a return, the movement_id of the issue that it undoes",
            remedy: "correct or clear the cell and import again"))
        links[place] = .none
      }
    }
    rows.reverses = BlankColumn(links: links, of: references.rows, count: rows.count)
    book.inventory = rows
    return faults
  }
}

/// `costs.csv`: costs of jobs that are neither hours nor stock.
struct CostImport: TableImport {
  static let columns: [Column<Costs>] = [
    .entryID("cost_id", \.id),
    .day("date", \.day, required: true),
    .key("job_id", \.job, in: \.jobs.index, of: "jobs", required: true),
    .choice("kind", \.kind),
    .entryText("vendor", \.vendor, limit: 200),
    .entryText("description", \.description),
    .money("amount", \.amount, blank: nil),
    .flag("billable", \.isBillable, blank: true),
    .key("invoice_id", \.invoice, in: \.invoices.index, of: "invoices", isLenient: true),
  ]

  static func place(
    _ rows: consuming Costs, pending: [String: References], in book: inout Book
  ) -> [CellFault] {
    book.costs = rows
    return []
  }
}
