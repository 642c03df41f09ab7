import Billing
import Ledger
import Measures
import Reporting

/// A book of time, material and costs written row by row; ids are looked up as an import would.
///
/// One customer `C`, one technician `T` (a Plumber at 40.00, 25 % burden), cards and schedules named by
/// their rows. Lines count from 2, as in a file with a header.
struct WorkBook {
  var book = Book()
  private var rateKeys: [RowID<Rates>] = []
  private var itemIDs: [RowID<Item>] = []
  var caps: [Money] = []
  var billed: [Money] = []

  init() {
    for (id, factor) in [("REG", 1_0000), ("OT", 1_5000), ("DT", 2_0000), ("TRAVEL", 1_0000)] {
      let pay = book.payTypes.index.insert(Array(id.utf8).span).id
      book.payTypes.line.append(0)
      book.payTypes.id.append(id)
      book.payTypes.billMultiplier.append(Factor(units: Int64(factor)))
      book.payTypes.costMultiplier.append(Factor(units: Int64(factor)))
      book.payTypes.effectiveFrom.append(.none)
      precondition(pay.row == book.payTypes.count - 1)
    }
    book.payTypes.versions = Versions(
      ids: Array(book.payTypes.ids), effectiveFrom: book.payTypes.effectiveFrom, count: 4)
    book.rates.payTypeCount = 4
    book.rates.roles = KeyIndex(["Plumber", "Apprentice"])
    book.rates.cards = KeyIndex(["standard", "special"])
    customer("C")
    technician("T", "Plumber", "40", burden: "25")
  }

  mutating func customer(
    _ id: String, onHold: Bool = false, card: String = "", schedule: String = ""
  ) {
    book.customers.line.append(UInt32(book.customers.count + 2))
    book.customers.id.append(id)
    book.customers.customerName.append("Customer \(id)")
    book.customers.isOnHold.append(onHold)
    book.customers.rateCard.append(row(of: card, in: book.rates.cards))
    book.customers.markupSchedule.append(row(of: schedule, in: book.markups.schedules))
    book.customers.taxCode.append(.none)
    book.customers.isTaxExempt.append(false)
  }

  mutating func job(
    _ id: String, _ method: BillingMethod = .timeAndMaterials, customer: String = "C",
    status: JobStatus = .open, completed: Day = .none, closed: Day = .none,
    hold: (from: Day, to: Day) = (.none, .none), cancelled: Day = .none, photos: Bool = false,
    card: String = "", fee: Percentage = .none, feeAmount: Money = .none,
    estimate: Money = .none, cap: Money = .none, billed: Money = .zero
  ) {
    book.jobs.line.append(UInt32(book.jobs.count + 2))
    book.jobs.id.append(id)
    book.jobs.jobName.append("Job \(id)")
    book.jobs.customer.append(find(customer, book.customers.id))
    book.jobs.method.append(method)
    book.jobs.status.append(status)
    book.jobs.completionDate.append(completed)
    book.jobs.closedDate.append(closed)
    book.jobs.holdFrom.append(hold.from)
    book.jobs.holdTo.append(hold.to)
    book.jobs.cancelledDate.append(cancelled)
    book.jobs.hasSignature.append(true)
    book.jobs.hasPhotos.append(photos)
    book.jobs.hasCloseoutColumns = true
    book.jobs.rateCard.append(row(of: card, in: book.rates.cards))
    book.jobs.markupSchedule.append(.none)
    book.jobs.feePercentage.append(fee)
    book.jobs.feeAmount.append(feeAmount)
    book.jobs.estimatedCost.append(estimate)
    book.jobs.taxCode.append(.none)
    book.jobs.manager.append("M. Webb")
    caps.append(cap)
    self.billed.append(billed)
  }

  mutating func technician(
    _ id: String, _ role: String, _ cost: UnitPrice, burden: Percentage, from day: Day = .none
  ) {
    _ = book.technicians.index.insert(Array(id.utf8).span)
    book.technicians.line.append(UInt32(book.technicians.count + 2))
    book.technicians.id.append(id)
    book.technicians.technicianName.append("Technician \(id)")
    book.technicians.costRate.append(cost)
    book.technicians.burden.append(burden)
    book.technicians.effectiveFrom.append(day)
    book.technicians.role.append(book.rates.roles.find(role))
    let ids = book.technicians.rows.map { book.technicians.index.find(book.technicians.id[$0]) }
    book.technicians.versions = Versions(
      ids: ids, effectiveFrom: book.technicians.effectiveFrom, count: book.technicians.index.count)
  }

  mutating func rate(
    _ card: String, _ role: String, _ payType: String, _ rate: UnitPrice,
    from day: Day = "2026-01-01"
  ) {
    let key = book.rates.key(
      book.rates.cards.find(card), book.rates.roles.find(role), book.payTypes.index.find(payType))
    book.rates.line.append(UInt32(book.rates.count + 2))
    book.rates.billRate.append(rate)
    book.rates.effectiveFrom.append(day)
    rateKeys.append(key)
    book.rates.versions = Versions(
      ids: rateKeys, effectiveFrom: book.rates.effectiveFrom, count: 2 * 2 * 4)
  }

  mutating func hours(
    _ id: String, _ job: String, _ day: Day, _ hours: Hours, _ payType: String = "REG",
    by technician: String = "T", billable: Bool = true, approved: Bool = true,
    approvedOn: Day = .none, rate: UnitPrice = .none, cost: UnitPrice = .none,
    on invoice: String = ""
  ) {
    book.timesheets.line.append(UInt32(book.timesheets.count + 2))
    book.timesheets.id.append(id)
    book.timesheets.day.append(day)
    book.timesheets.technician.append(book.technicians.index.find(technician))
    book.timesheets.job.append(find(job, book.jobs.id))
    book.timesheets.payType.append(book.payTypes.index.find(payType))
    book.timesheets.hours.append(hours)
    book.timesheets.isBillable.append(billable)
    book.timesheets.isApproved.append(approved)
    book.timesheets.approvedDate.append(approvedOn)
    book.timesheets.billRate.append(rate)
    book.timesheets.costRate.append(cost)
    book.timesheets.invoice.append(find(invoice, book.invoices.id))
  }

  mutating func item(
    _ id: String, category: String = "", list: UnitPrice = .none, standard: UnitPrice = .none,
    from day: Day = .none
  ) {
    itemIDs.append(book.items.index.insert(Array(id.utf8).span).id)
    book.items.line.append(UInt32(book.items.count + 2))
    book.items.id.append(id)
    book.items.description.append("Item \(id)")
    book.items.categoryName.append(category)
    book.items.listPrice.append(list)
    book.items.standardCost.append(standard)
    book.items.isTaxable.append(true)
    book.items.effectiveFrom.append(day)
    book.items.category.append(row(of: category, in: book.markups.categories))
    book.items.versions = Versions(
      ids: itemIDs, effectiveFrom: book.items.effectiveFrom, count: book.items.index.count)
  }

  /// Before the items of its category.
  mutating func markup(
    _ schedule: String, _ category: String = "", over cost: UnitPrice, _ percentage: Percentage,
    from day: Day = .none
  ) {
    book.markups.line.append(UInt32(book.markups.count + 2))
    book.markups.schedule.append(book.markups.schedules.insert(Array(schedule.utf8).span).id)
    book.markups.category.append(
      category.isEmpty ? .none : book.markups.categories.insert(Array(category.utf8).span).id)
    book.markups.costOver.append(cost)
    book.markups.percentage.append(percentage)
    book.markups.effectiveFrom.append(day)
  }

  mutating func move(
    _ id: String, _ item: String, _ type: MovementType, _ day: Day, _ quantity: Quantity,
    cost: UnitPrice = .none, job: String = "", undoing issue: String = "",
    price: UnitPrice = .none, on invoice: String = ""
  ) {
    let undone: RowID<Inventory> = find(issue, book.inventory.id)
    book.inventory.line.append(UInt32(book.inventory.count + 2))
    book.inventory.id.append(id)
    book.inventory.day.append(day)
    book.inventory.item.append(book.items.index.find(item))
    book.inventory.type.append(type)
    book.inventory.quantity.append(quantity)
    book.inventory.unitCost.append(cost)
    book.inventory.job.append(find(job, book.jobs.id))
    book.inventory.reverses.append(undone)
    book.inventory.isBillable.append(true)
    book.inventory.billPrice.append(price)
    book.inventory.invoice.append(find(invoice, book.invoices.id))
  }

  mutating func cost(
    _ id: String, _ job: String, _ day: Day, _ amount: Money, _ kind: CostKind = .other,
    on invoice: String = ""
  ) {
    book.costs.line.append(UInt32(book.costs.count + 2))
    book.costs.id.append(id)
    book.costs.day.append(day)
    book.costs.job.append(find(job, book.jobs.id))
    book.costs.kind.append(kind)
    book.costs.vendor.append("")
    book.costs.description.append("")
    book.costs.amount.append(amount)
    book.costs.isBillable.append(true)
    book.costs.invoice.append(find(invoice, book.invoices.id))
  }

  mutating func invoice(
    _ id: String, _ day: Day, _ type: InvoiceType = .standard, voided: Day = .none,
    credits: String = "", rebill: Bool = false
  ) {
    let credited: RowID<Invoices> = find(credits, book.invoices.id)
    book.invoices.line.append(UInt32(book.invoices.count + 2))
    book.invoices.id.append(id)
    book.invoices.day.append(day)
    book.invoices.type.append(type)
    book.invoices.status.append(voided.isNone ? .issued : .void)
    book.invoices.voidDate.append(voided)
    book.invoices.credits.append(credited)
    book.invoices.isRebill.append(rebill)
  }

  mutating func adjust(
    _ id: String, _ job: String, _ target: String, _ action: AdjustmentAction, _ value: String = "",
    on day: Day = "2026-10-01", by author: String = "D. Kowalski"
  ) {
    book.adjustments.line.append(UInt32(book.adjustments.count + 2))
    book.adjustments.id.append(id)
    book.adjustments.job.append(find(job, book.jobs.id))
    book.adjustments.target.append(target)
    book.adjustments.action.append(action)
    book.adjustments.value.append(value)
    book.adjustments.description.append("")
    book.adjustments.reason.append("Reason of \(id)")
    book.adjustments.author.append(author)
    book.adjustments.day.append(day)
  }

  private func find<T>(_ id: String, _ column: TextColumn) -> RowID<T> {
    guard !id.isEmpty else { return .none }
    return column.indices.first { column[$0] == id }.map { RowID($0) } ?? .missing
  }

  private func row<T>(of name: String, in index: KeyIndex<T>) -> RowID<T> {
    name.isEmpty ? .none : index.find(name)
  }

  /// Everything worked through a day.
  func worked(_ asOf: Day = "2026-10-31") -> Worked {
    let work = Work(book: book, asOf: asOf, billed: PerRow(billed), cap: PerRow(caps))
    return Worked(book: book, work: work)
  }
}

/// The figures of a book's work, by the ids of jobs and entries.
struct Worked {
  let book: Book
  let work: Work

  func job(_ id: String) -> JobWork { work.jobs[book.jobs.id.row(id)] }
  func time(_ id: String) -> WorkLine { line(.labor, book.timesheets.id, id) }
  func material(_ id: String) -> WorkLine { line(.material, book.inventory.id, id) }
  func cost(_ id: String) -> WorkLine { line(.other, book.costs.id, id) }
  func stock(_ item: String) -> StockLevel { work.stock.levels[book.items.index.find(item)] }
  var codes: [String] { work.findings.map(\.code) }

  private func line(_ kind: EntryKind, _ ids: TextColumn, _ id: String) -> WorkLine {
    let row: RowID<Jobs> = ids.row(id)
    return work.line(EntryID(kind, row.row), in: book)
  }

  /// Tie-outs that fail.
  var failures: [String] {
    (UnbilledReport.tieOuts(work, book) + UnbilledDetailReport.tieOuts(work, book))
      .filter { !$0.passed }.map { "\($0.name): \($0.left.text) ≠ \($0.right.text)" }
  }

  /// The cells of a column of the detail report, row by row.
  func detail(_ key: String) -> [Cell] {
    let sheet = UnbilledDetailReport.sheet(work, book)
    guard let place = sheet.columns.firstIndex(where: { $0.key == key }) else { return [] }
    return (0..<sheet.rowCount).map { sheet.row($0)[place] }
  }
}

extension TextColumn {
  fileprivate func row<T>(_ id: String) -> RowID<T> {
    guard let row = indices.first(where: { self[$0] == id }) else {
      preconditionFailure("no row \(id)")
    }
    return RowID(row)
  }
}

extension WorkLine {
  /// State and reason in one word: `ready`, `no_rate`.
  var standing: String { reason?.name ?? state.name }
}

extension Hours: ExpressibleByStringLiteral {}
