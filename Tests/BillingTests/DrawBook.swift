import Billing
import Ledger
import Measures

/// Contracts with schedules, for tests of draws.
extension DocumentsBook {
  /// A customer `C-1` where there is none, and a job of it.
  mutating func contract(
    _ id: String = "J-1", _ amount: Money = .none, _ method: BillingMethod = .fixedPrice,
    retained: Percentage = .none, stored: Percentage = .none, _ policy: RetainagePolicy? = nil,
    stepAt: Percentage = .none, stepTo: Percentage = .none, cap: Percentage = .none
  ) {
    if book.customers.count == 0 { customer("C-1") }
    job(id, "C-1", method, contract: amount)
    book.jobs.retainagePercentage.append(retained)
    book.jobs.retainageStoredPercentage.append(stored)
    book.jobs.retainagePolicy.append(policy)
    book.jobs.retainageStepAt.append(stepAt)
    book.jobs.retainageStepTo.append(stepTo)
    book.jobs.retainageCap.append(cap)
  }

  mutating func scheduled(
    _ line: String, _ value: Money, job: String = "J-1", _ kind: EntryKind = .other,
    change: String = "", retained: Percentage = .none, price: UnitPrice = .none,
    of quantity: Quantity = .none
  ) {
    book.scheduleOfValues.line.append(UInt32(book.scheduleOfValues.count + 2))
    book.scheduleOfValues.job.append(row(job, book.jobs.id))
    book.scheduleOfValues.lineNumber.append(line)
    book.scheduleOfValues.description.append("Line \(line)")
    book.scheduleOfValues.scheduledValue.append(value)
    book.scheduleOfValues.taxKind.append(kind)
    book.scheduleOfValues.changeOrder.append(row(change, book.changeOrders.id))
    book.scheduleOfValues.retainagePercentage.append(retained)
    book.scheduleOfValues.unitPrice.append(price)
    book.scheduleOfValues.quantity.append(quantity)
  }

  mutating func ordered(
    _ id: String, _ amount: Money, job: String = "J-1", approved: Day = .none,
    _ status: ChangeOrderStatus = .approved
  ) {
    change(job, "2026-01-01", amount, status, approved: approved)
    book.changeOrders.id.append(id)
    book.changeOrders.description.append("Change \(id)")
  }

  /// A row of progress; nothing done where no measure is given.
  mutating func done(
    _ line: String, _ day: Day, _ application: Int32, job: String = "J-1",
    percent: Percentage = .none, amount: Money = .none, units: Quantity = .none,
    stored: Money = .zero, retainage: Money = .none, certified: Money = .none,
    on invoice: String = ""
  ) {
    let owner: RowID<Jobs> = row(job, book.jobs.id)
    let schedule = book.scheduleOfValues
    let place = schedule.rows.first {
      schedule.job[$0] == owner && schedule.lineNumber[$0] == line
    }
    let isBlank = percent.isNone && amount.isNone && units.isNone
    book.progress.line.append(UInt32(book.progress.count + 2))
    book.progress.job.append(owner)
    book.progress.lineNumber.append(line)
    book.progress.day.append(day)
    book.progress.applicationNumber.append(application)
    book.progress.percentComplete.append(percent)
    book.progress.completedAmount.append(isBlank ? .zero : amount)
    book.progress.completedQuantity.append(units)
    book.progress.storedMaterials.append(stored)
    book.progress.retainage.append(retainage)
    book.progress.certifiedAmount.append(certified)
    book.progress.invoice.append(row(invoice, book.invoices.id))
    book.progress.scheduleLine.append(place.map { RowID($0) } ?? .missing)
  }

  func draws(_ asOf: Day = "2026-12-31", job: Int = 0) -> [Draw] {
    Draws(book, asOf: asOf).of(RowID(job))
  }

  func findings(_ asOf: Day = "2026-12-31") -> [String] {
    Draws(book, asOf: asOf).findings.map { "\($0.severity) \($0.code)" }
  }

  private func row<T>(_ id: String, _ column: TextColumn) -> RowID<T> {
    guard !id.isEmpty else { return .none }
    return column.indices.first { column[$0] == id }.map { RowID($0) } ?? .missing
  }
}
