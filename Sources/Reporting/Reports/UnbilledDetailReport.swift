public import Billing
public import Ledger
internal import Measures

/// Every entry behind the unbilled report, with the file and line it came from, what it bills and
/// why it is not billed (DESIGN §6).
///
/// Entries that are ready, blocked or billed later make up the total of the unbilled report; excluded
/// ones show the price that was waived, and those not billable their cost, so that every hour and part
/// that is on no invoice has its reason. Cost of contracts that are billed by draws, units or schedule
/// is not listed. An entry that crosses a not-to-exceed amount has two rows, the second with the rest of
/// the amount and no quantity. Cost and unit cost include burden; a unit price is rounded to four
/// decimals, the price itself is not made from it.
public enum UnbilledDetailReport {
  public static let name = "unbilled-detail"

  public static func sheet(_ work: Work, _ book: Book) -> Sheet {
    let lines = work.unbilledLines(in: book)
    let source = Source(work: work, book: book)
    return Sheet(
      report: name, title: "Unbilled work, entry by entry",
      subtitle: "\(book.company.name), worked through \(work.asOf.text) and on no invoice then",
      emptySentence: "Every entry through this day is billed or part of a contract.",
      columns: columns, rowCount: lines.count
    ) { row, cells in source.append(lines[row], to: &cells) }
  }

  static var columns: [SheetColumn] {
    [
      SheetColumn(key: "job_id", title: "Job", kind: .id, rule: ColumnRule.jobID),
      SheetColumn(key: "customer_id", title: "Customer", kind: .id, rule: ColumnRule.customerID),
      SheetColumn(
        key: "kind", title: "Kind", kind: .text, rule: "What was worked: \(EntryKind.words).",
        width: 9),
      SheetColumn(
        key: "entry_id", title: "Entry", kind: .id,
        rule: "The id of the hours, the movement of stock or the cost."),
      SheetColumn(
        key: "file", title: "File", kind: .text, rule: "The file that it came from.", width: 15),
      SheetColumn(key: "line", title: "Line", kind: .integer, rule: "Its line in that file."),
      SheetColumn(key: "work_date", title: "Worked", kind: .day, rule: "Day of the work."),
      SheetColumn(
        key: "who_or_what", title: "Who or what", kind: .text,
        rule: "The technician, the item, or the vendor and what it charged for."),
      SheetColumn(
        key: "quantity", title: "Quantity", kind: .quantity,
        rule: "Hours as worked, parts, negative where they were returned, or 1 of a cost; 0 on the "
          + "second row of an entry that crosses a not-to-exceed amount."),
      SheetColumn(
        key: "unit_cost", title: "Unit cost", kind: .unitPrice,
        rule: "Of an hour, with burden, or of a part; rounded to four decimals, empty where it is "
          + "unknown."),
      SheetColumn(
        key: "cost", title: "Cost", kind: .money, total: .sum,
        rule: "With burden of labor; zero on the second row of an entry that crosses a "
          + "not-to-exceed amount."),
      SheetColumn(
        key: "unit_price", title: "Unit price", kind: .unitPrice,
        rule: "What an hour or part bills, rounded to four decimals; the price is not made from it."
      ),
      SheetColumn(
        key: "price", title: "Price", kind: .money, total: .sum,
        rule: "What it bills before tax. Ready, blocked and billed later make up the total in "
          + "unbilled; excluded is waived."),
      SheetColumn(
        key: "taxable", title: "Taxable", kind: .flag,
        rule: "Whether the tax code of the job or customer will tax it; no where customer or item "
          + "is exempt."),
      SheetColumn(
        key: "age_days", title: "Age in days", kind: .integer,
        rule: "Days from the work to the as-of day."),
      SheetColumn(
        key: "state", title: "State", kind: .text,
        rule: "ready, blocked, billed_later (on an invoice dated after the day), excluded (by an "
          + "adjustment) or not_billable.",
        width: 12),
      SheetColumn(
        key: "reason", title: "Reason", kind: .text,
        rule: "What blocks it, as the columns of unbilled name it; of an excluded entry the reason "
          + "that was given."),
      SheetColumn(
        key: "cleared_by", title: "Cleared by", kind: .text,
        rule: "Who can clear what blocks it; empty where nothing does."),
      SheetColumn(
        key: "billed_on", title: "Billed on", kind: .id,
        rule: "The invoice, of what is billed later."),
      SheetColumn(
        key: "billed_date", title: "Billed date", kind: .day, rule: "The day of that invoice."),
    ]
  }

  /// The total of the listed entries against the jobs' totals.
  public static func tieOuts(_ work: Work, _ book: Book) -> [TieOut] {
    var (listed, jobs) = (Money.zero, Money.zero)
    for line in work.unbilledLines(in: book, isOrdered: false) {
      let line = work.line(line, in: book)
      if line.state.isUnbilled { listed += line.price }
    }
    for job in work.jobs.allUnbilled { jobs += job.total }
    return [
      TieOut(
        "Unbilled detail", listed, "rows ready, blocked or billed later", equals: jobs,
        "total of the unbilled report")
    ]
  }
}

/// What a row of the report is made from.
private struct Source: Sendable {
  let work: Work
  let book: Book
  let taxes: EntryTaxability
  let (timesheets, inventory, costs): (String, String, String)

  init(work: Work, book: Book) {
    self.work = work
    self.book = book
    taxes = EntryTaxability(book, asOf: work.asOf)
    timesheets = book.file(Timesheets.self)
    inventory = book.file(Inventory.self)
    costs = book.file(Costs.self)
  }

  func append(_ unbilled: UnbilledLine, to cells: inout [Cell]) {
    let line = work.line(unbilled, in: book)
    let customer = book.jobs.customer[line.job.row]
    let (file, number, id) = place(line.entry)
    cells.append(.id(book.jobs.id[line.job.row]))
    cells.append(customer.exists ? .id(book.customers.id[customer.row]) : .empty)
    cells.append(.text(line.entry.kind.rawValue))
    cells.append(.id(id))
    cells.append(.text(file))
    cells.append(.integer(Int(number)))
    cells.append(.day(line.day))
    cells.append(text(subject(line)))
    cells.append(.quantity(line.quantity))
    cells.append(line.unitCost.isNone ? .empty : .unitPrice(line.unitCost))
    cells.append(.money(line.cost))
    cells.append(line.unitPrice.isNone ? .empty : .unitPrice(line.unitPrice))
    cells.append(.money(line.price))
    cells.append(.flag(taxes.isTaxable(line, in: book)))
    cells.append(.integer(work.asOf - line.day))
    cells.append(.text(line.state.name))
    cells.append(text(reason(line)))
    cells.append(text(clearedBy(line)))
    appendDocument(line, to: &cells)
  }

  private func text(_ text: String) -> Cell { text.isEmpty ? .empty : .text(text) }

  private func place(_ entry: EntryID) -> (file: String, line: UInt32, id: String) {
    let row = entry.row
    return switch entry.kind {
    case .labor: (timesheets, book.timesheets.line[row], book.timesheets.id[row])
    case .material: (inventory, book.inventory.line[row], book.inventory.id[row])
    case .other: (costs, book.costs.line[row], book.costs.id[row])
    }
  }

  private func subject(_ line: WorkLine) -> String {
    let row = line.entry.row
    switch line.entry.kind {
    case .labor:
      let technician = book.timesheets.technician[row]
      guard technician.exists else { return "" }
      let version = book.technicians.versions.row(of: RowID(technician.row), on: line.day)
      return version.map { book.technicians.technicianName[$0] }
        ?? book.technicians.index.keys[technician.row]
    case .material:
      let item = book.inventory.item[row]
      guard item.exists else { return "" }
      let version = book.items.versions.row(of: RowID(item.row), on: line.day)
      return version.map { book.items.description[$0] } ?? book.items.index.keys[item.row]
    case .other:
      let (vendor, what) = (book.costs.vendor[row], book.costs.description[row])
      return vendor.isEmpty || what.isEmpty ? vendor + what : "\(vendor): \(what)"
    }
  }

  /// The code of what blocks it; of an excluded entry the reason that was given.
  private func reason(_ line: WorkLine) -> String {
    switch line.state {
    case .blocked: line.reason?.name ?? ""
    case .excluded: work.adjustedBy[line.entry].map { book.adjustments.reason[$0] } ?? ""
    default: ""
    }
  }

  /// The person the book names, else the office that does it.
  private func clearedBy(_ line: WorkLine) -> String {
    guard line.state == .blocked, let reason = line.reason else { return "" }
    var person = ""
    if reason == .held, let row = work.adjustedBy[line.entry] {
      person = book.adjustments.author[row]
    } else if reason.isForTheManager {
      person = book.jobs.manager[line.job.row]
    }
    return person.isEmpty ? reason.clearedBy : person
  }

  private func appendDocument(_ line: WorkLine, to cells: inout [Cell]) {
    guard line.state == .billedLater, line.invoice.exists else {
      cells.append(.empty)
      cells.append(.empty)
      return
    }
    cells.append(.id(book.invoices.id[line.invoice.row]))
    cells.append(.day(book.invoices.day[line.invoice.row]))
  }
}

extension ReportKind {
  public static let unbilledDetail = ReportKind(
    UnbilledDetailReport.name,
    "every hour, part and cost on no invoice, with its state and reason",
    rows: "each entry on no invoice dated by the day, costs of contracts billed by draws, "
      + "units or days apart",
    tables: ["jobs", "timesheets", "inventory", "costs"], needs: [.work, .entries],
    sheet: { UnbilledDetailReport.sheet($0.work, $0.book) },
    tieOuts: { UnbilledDetailReport.tieOuts($0.work, $0.book) })
}
