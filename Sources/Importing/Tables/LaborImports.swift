import Ledger
import Measures

/// `pay_types.csv`: multipliers by pay type; REG, OT, DT and TRAVEL are built in.
struct PayTypeImport: TableImport {
  static let columns: [Column<PayTypes>] = [
    .id("pay_type", \.id),
    .factor("bill_multiplier", \.billMultiplier, blank: .one),
    .factor("cost_multiplier", \.costMultiplier, blank: .one),
    .day("effective_from", \.effectiveFrom),
  ]

  private static let builtIn: [(id: String, factor: Int64)] = [
    ("REG", 1_0000), ("OT", 1_5000), ("DT", 2_0000), ("TRAVEL", 1_0000),
  ]

  /// A row of the file with a built-in name takes its place from its day on; the built-in rows follow
  /// those of the file, so that rows keep the lines they came from.
  static func place(
    _ rows: consuming PayTypes, pending: [String: References], in book: inout Book
  ) -> [CellFault] {
    for (id, factor) in builtIn {
      rows.id.append(id)
      rows.billMultiplier.append(Factor(units: factor))
      rows.costMultiplier.append(Factor(units: factor))
      rows.effectiveFrom.append(.none)
      rows.line.append(0)
    }
    let ids = rows.rows.map { row in rows.id.withBytes(row) { rows.index.insert($0).id } }
    // A row of the file without a day replaces the built-in one, which then never counts.
    for row in rows.rows where rows.line[row] == 0 {
      let isReplaced = rows.rows.contains {
        rows.line[$0] != 0 && ids[$0] == ids[row] && rows.effectiveFrom[$0].isNone
      }
      if isReplaced { rows.effectiveFrom[row] = .never }
    }
    rows.versions = Versions(ids: ids, effectiveFrom: rows.effectiveFrom, count: rows.index.count)
    book.payTypes = rows
    return []
  }
}

/// `rates.csv`: what an hour is billed at.
struct RateImport: TableImport {
  static let columns: [Column<Rates>] = [
    .id("rate_card", \.cardName),
    .id("role", \.roleName),
    .id("pay_type", \.payTypeName),
    .day("effective_from", \.effectiveFrom, required: true),
    .unitPrice("bill_rate", \.billRate, blank: nil),
  ]

  static func place(
    _ rows: consuming Rates, pending: [String: References], in book: inout Book
  ) -> [CellFault] {
    var faults = [CellFault]()
    let cards = rows.rows.map { row in rows.cardName.withBytes(row) { rows.cards.insert($0).id } }
    let roles = rows.rows.map { row in rows.roleName.withBytes(row) { rows.roles.insert($0).id } }
    rows.payTypeCount = book.payTypes.index.count
    var keys = [RowID<Rates>]()
    for row in rows.rows {
      let payType = rows.payTypeName.withBytes(row) { book.payTypes.index.find($0) }
      if payType == .missing {
        faults.append(
          CellFault(
            row: row, column: "pay_type", code: "unknown_reference", value: rows.payTypeName[row],
            message: "is in no row of pay_types.csv and is not built in",
            expected: "REG, OT, DT, TRAVEL or a pay type of pay_types.csv",
            remedy: "correct the cell, or add the pay type to pay_types.csv"))
        keys.append(RowID(0))
      } else {
        keys.append(rows.key(cards[row], roles[row], payType))
      }
    }
    let count = rows.cards.count * rows.roles.count * rows.payTypeCount
    if count > 0 {
      rows.versions = Versions(ids: keys, effectiveFrom: rows.effectiveFrom, count: count)
    }
    book.rates = rows
    return faults
  }
}

/// `technicians.csv`: who works, at which cost, from when.
struct TechnicianImport: TableImport {
  static let columns: [Column<Technicians>] = [
    .id("technician_id", \.id),
    .text("name", \.technicianName, required: true, limit: 200),
    .text("role", \.roleName, required: true, limit: 64),
    .unitPrice("cost_rate", \.costRate, blank: nil),
    .percentage("burden_pct", \.burden, blank: .some(.zero)),
    .day("effective_from", \.effectiveFrom),
  ]

  static func place(
    _ rows: consuming Technicians, pending: [String: References], in book: inout Book
  ) -> [CellFault] {
    let ids = rows.rows.map { row in rows.id.withBytes(row) { rows.index.insert($0).id } }
    rows.role = rows.rows.map { row in
      rows.roleName.withBytes(row) { book.rates.roles.find($0) }
    }
    rows.index.countKeys()
    rows.versions = Versions(ids: ids, effectiveFrom: rows.effectiveFrom, count: rows.index.count)
    book.technicians = rows
    return []
  }
}

/// `timesheets.csv`: one line per technician, job, day and pay type.
struct TimesheetImport: TableImport {
  static let columns: [Column<Timesheets>] = [
    .entryID("timesheet_id", \.id),
    .day("date", \.day, required: true),
    .fewKey(
      "technician_id", \.technician, in: \.technicians.index, of: "technicians", required: true),
    .key("job_id", \.job, in: \.jobs.index, of: "jobs", required: true),
    .entryText("line_no", \.lineNumber, limit: 64),
    .fewKey("pay_type", \.payType, in: \.payTypes.index, of: "pay_types", blankMeans: "REG"),
    .hours("hours", \.hours),
    .flag("billable", \.isBillable, blank: true),
    .flag("approved", \.isApproved, blank: false, absent: true),
    .day("approved_date", \.approvedDate),
    .unitPrice("bill_rate", \.billRate),
    .unitPrice("cost_rate", \.costRate),
    .key("invoice_id", \.invoice, in: \.invoices.index, of: "invoices", isLenient: true),
    .entryText("note", \.note),
  ]

  static func place(
    _ rows: consuming Timesheets, pending: [String: References], in book: inout Book
  ) -> [CellFault] {
    book.timesheets = rows
    return []
  }
}
