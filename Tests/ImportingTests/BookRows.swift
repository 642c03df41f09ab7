import Ledger
import Measures

// Small books for the checks: each call appends one row to every column of a table. Lines count from 2,
// as a header stands on the first.

func day(_ text: String) -> Day { Day(text) ?? .none }
func money(_ text: String) -> Money { Money(text) ?? .none }
func percentage(_ text: String) -> Percentage { Percentage(text) ?? .none }

extension Table {
  fileprivate mutating func nextLine() { line.append(UInt32(line.count + 2)) }
}

extension TextColumn {
  fileprivate mutating func blank() { append("") }
}

extension Book {
  mutating func addCustomer(
    _ id: String, parent: String = "", terms: String = "", region: String = ""
  ) {
    customers.nextLine()
    customers.id.append(id)
    customers.customerName.append(id)
    customers.parent.append(parent.isEmpty ? .none : customers.index.find(parent))
    customers.terms.append(terms)
    customers.taxCode.append(.none)
    customers.isTaxExempt.append(false)
    customers.rateCard.append(.none)
    customers.markupSchedule.append(.none)
    customers.creditLimit.append(.none)
    customers.isOnHold.append(false)
    customers.region.append(region)
    customers.index = KeyIndex(rowsOf: customers.id)
  }

  mutating func addJob(
    _ id: String, customer: String = "C", status: JobStatus = .open, completion: String = "",
    closed: String = "", contract: String = "", region: String = "", retainage: String = "",
    parent: String = "", terms: String = ""
  ) {
    jobs.nextLine()
    jobs.id.append(id)
    jobs.customer.append(customers.index.find(customer))
    jobs.jobName.append(id)
    jobs.method.append(.fixedPrice)
    for path in [
      \Jobs.contractAmount, \.estimatedCost, \.notToExceed, \.feeAmount, \.depositAmount,
    ] {
      jobs[keyPath: path].append(.none)
    }
    for path in [
      \Jobs.feePercentage, \.depositPercentage, \.depositRecoveryPercentage, \.depositRecoveryStart,
      \.retainageStoredPercentage, \.retainageStepAt, \.retainageStepTo, \.retainageCap,
    ] {
      jobs[keyPath: path].append(.none)
    }
    jobs.retainagePercentage.append(percentage(retainage))
    jobs.retainagePolicy.append(nil)
    jobs.status.append(status)
    for path in [
      \Jobs.startDate, \.endDate, \.holdFrom, \.holdTo, \.cancelledDate,
    ] {
      jobs[keyPath: path].append(.none)
    }
    jobs.contractDate.append(day(contract))
    jobs.completionDate.append(day(completion))
    jobs.closedDate.append(day(closed))
    jobs.hasSignature.append(false)
    jobs.hasPhotos.append(false)
    jobs.terms.append(terms)
    jobs.taxCode.append(.none)
    jobs.rateCard.append(.none)
    jobs.markupSchedule.append(.none)
    jobs.region.append(region)
    jobs.branch.blank()
    jobs.manager.blank()
    jobs.parent.append(parent.isEmpty ? .none : jobs.index.find(parent))
    jobs.poNumber.blank()
    jobs.index = KeyIndex(rowsOf: jobs.id)
  }

  mutating func addTechnician(_ id: String, from: String = "") {
    technicians.nextLine()
    technicians.id.append(id)
    technicians.technicianName.append(id)
    technicians.roleName.append("Tech")
    technicians.costRate.append(UnitPrice(units: 40_0000))
    technicians.burden.append(.zero)
    technicians.effectiveFrom.append(day(from))
    technicians.role.append(.missing)
    technicians.index = KeyIndex()
    for row in technicians.rows {
      _ = technicians.id.withBytes(row) { technicians.index.insert($0) }
    }
  }

  mutating func addHours(
    _ id: String, on date: String, by technician: String = "T", job: String = "J",
    hours: String = "8", invoice: RowID<Invoices> = .none
  ) {
    timesheets.nextLine()
    timesheets.id.append(id)
    timesheets.day.append(day(date))
    timesheets.technician.append(technicians.index.find(technician))
    timesheets.job.append(jobs.index.find(job))
    timesheets.lineNumber.blank()
    timesheets.payType.append(.none)
    timesheets.hours.append(Hours(hours) ?? .zero)
    timesheets.isBillable.append(true)
    timesheets.isApproved.append(true)
    timesheets.approvedDate.append(.none)
    timesheets.billRate.append(.none)
    timesheets.costRate.append(.none)
    timesheets.invoice.append(invoice)
    timesheets.note.blank()
  }

  mutating func addCost(
    _ id: String, on date: String, job: String = "J", amount: String = "100",
    invoice: RowID<Invoices> = .none
  ) {
    costs.nextLine()
    costs.id.append(id)
    costs.day.append(day(date))
    costs.job.append(jobs.index.find(job))
    costs.kind.append(.other)
    costs.vendor.blank()
    costs.description.blank()
    costs.amount.append(money(amount))
    costs.isBillable.append(true)
    costs.invoice.append(invoice)
  }
}

extension Book {
  /// A total that is not given is what the identity of DESIGN §4 makes it.
  @discardableResult
  mutating func addInvoice(
    _ id: String, _ type: InvoiceType = .standard, on date: String = "2026-10-01",
    customer: String = "C", job: String = "", subtotal: String = "0", tax: String = "0",
    deposit: String = "0", retainage: String = "0", retainageTax: String = "0",
    writeOff: String = "0", total: String? = nil, void: String? = nil, due: String = "",
    terms: String = "", isTotalOnly: Bool = false
  ) -> RowID<Invoices> {
    invoices.nextLine()
    invoices.id.append(id)
    invoices.customer.append(customers.index.find(customer))
    invoices.job.append(job.isEmpty ? .none : jobs.index.find(job))
    invoices.type.append(type)
    invoices.day.append(day(date))
    invoices.dueDate.append(day(due))
    invoices.terms.append(terms)
    invoices.subtotal.append(money(subtotal))
    invoices.tax.append(money(tax))
    invoices.deposit.append(money(deposit))
    invoices.retainage.append(money(retainage))
    invoices.retainageTax.append(money(retainageTax))
    invoices.writeOff.append(money(writeOff))
    let sum =
      money(subtotal) + money(tax) + money(deposit) - money(retainage) - money(writeOff)
    invoices.total.append(total.map(money) ?? sum)
    invoices.status.append(void == nil ? .issued : .void)
    invoices.voidDate.append(day(void ?? ""))
    invoices.isDisputed.append(false)
    invoices.disputedFrom.append(.none)
    invoices.disputedTo.append(.none)
    invoices.credits.append(.none)
    invoices.isRebill.append(false)
    invoices.reference.blank()
    invoices.poNumber.blank()
    invoices.isTotalOnly.append(isTotalOnly)
    invoices.index = KeyIndex(rowsOf: invoices.id)
    return RowID(invoices.count - 1)
  }

  mutating func addInvoiceLine(
    _ invoice: String, _ number: String, amount: String, tax: String = "", retainage: String = ""
  ) {
    invoiceLines.nextLine()
    invoiceLines.invoice.append(invoices.index.find(invoice))
    invoiceLines.lineNumber.append(number)
    invoiceLines.job.append(.none)
    invoiceLines.scheduleLineNumber.blank()
    invoiceLines.entryID.blank()
    invoiceLines.kind.append(.other)
    invoiceLines.description.blank()
    invoiceLines.quantity.append(.none)
    invoiceLines.unitPrice.append(.none)
    invoiceLines.amount.append(money(amount))
    invoiceLines.taxCode.append(.none)
    invoiceLines.isTaxable.append(nil)
    invoiceLines.tax.append(money(tax))
    invoiceLines.retainage.append(money(retainage))
  }

  mutating func addPayment(
    _ id: String, _ type: PaymentType = .payment, on date: String = "2026-10-05",
    customer: String = "C", amount: String, reverses: String = ""
  ) {
    payments.nextLine()
    payments.id.append(id)
    payments.customer.append(customers.index.find(customer))
    payments.day.append(day(date))
    payments.type.append(type)
    payments.job.append(.none)
    payments.method.blank()
    payments.reference.blank()
    let reversed = reverses.isEmpty ? RowID<Payments>.none : payments.index.find(reverses)
    payments.reverses.append(reversed)
    payments.amount.append(money(amount))
    payments.reversedFrom.append(.never)
    if type == .reversal, reversed.exists { payments.reversedFrom[reversed.row] = day(date) }
    payments.index = KeyIndex(rowsOf: payments.id)
  }

  mutating func apply(
    _ source: String, to invoice: String, _ amount: String, as type: SourceType = .payment,
    on date: String = "2026-10-10", discount: String = "0"
  ) {
    let payment = payments.index.find(source)
    let document = invoices.index.find(source)
    applications.nextLine()
    applications.id.append("APP-\(applications.count)")
    applications.day.append(day(date))
    applications.sourceType.append(type)
    applications.sourceID.append(source)
    applications.invoice.append(invoices.index.find(invoice))
    applications.amount.append(money(amount))
    applications.discount.append(money(discount))
    applications.payment.append(payment.exists ? payment : .none)
    applications.document.append(payment.exists ? .none : document)
  }
}

extension Book {
  mutating func addScheduleLine(
    _ job: String, _ number: String, value: String = "1000",
    changeOrder: RowID<ChangeOrders> = .none
  ) {
    scheduleOfValues.nextLine()
    scheduleOfValues.job.append(jobs.index.find(job))
    scheduleOfValues.lineNumber.append(number)
    scheduleOfValues.description.append(number)
    scheduleOfValues.scheduledValue.append(money(value))
    scheduleOfValues.taxKind.append(.other)
    scheduleOfValues.changeOrder.append(changeOrder)
    scheduleOfValues.retainagePercentage.append(.none)
    scheduleOfValues.unit.blank()
    scheduleOfValues.unitPrice.append(.none)
    scheduleOfValues.quantity.append(.none)
  }

  mutating func addProgress(
    _ job: String, _ number: String, line: RowID<ScheduleOfValues> = RowID(0),
    on date: String = "2026-10-31", application: Int32 = 1, percent: String = "",
    amount: String = "", quantity: String = ""
  ) {
    progress.nextLine()
    progress.job.append(jobs.index.find(job))
    progress.lineNumber.append(number)
    progress.day.append(day(date))
    progress.applicationNumber.append(application)
    progress.percentComplete.append(percentage(percent))
    progress.completedAmount.append(money(amount))
    progress.completedQuantity.append(Quantity(quantity) ?? .none)
    progress.storedMaterials.append(.zero)
    progress.retainage.append(.none)
    progress.certifiedAmount.append(.none)
    progress.invoice.append(.none)
    progress.scheduleLine.append(line)
  }

  mutating func addOpening(
    _ measure: OpeningMeasure, _ amount: String, customer: String = "", job: String = ""
  ) {
    openingBalances.nextLine()
    openingBalances.day.append(day("2026-09-30"))
    openingBalances.customer.append(customer.isEmpty ? .none : customers.index.find(customer))
    openingBalances.job.append(job.isEmpty ? .none : jobs.index.find(job))
    openingBalances.lineNumber.blank()
    openingBalances.measure.append(measure)
    openingBalances.amount.append(money(amount))
  }

  mutating func addAdjustment(
    _ id: String, _ action: AdjustmentAction, job: String = "J", target: String = "",
    value: String = ""
  ) {
    adjustments.nextLine()
    adjustments.id.append(id)
    adjustments.job.append(jobs.index.find(job))
    adjustments.target.append(target)
    adjustments.action.append(action)
    adjustments.value.append(value)
    adjustments.description.blank()
    adjustments.reason.append("agreed")
    adjustments.author.blank()
    adjustments.day.append(day("2026-10-20"))
  }

  mutating func addMarkup(
    over cost: String, _ markup: String, from: String = "2026-01-01", category: String = ""
  ) {
    markups.nextLine()
    markups.scheduleName.append("standard")
    markups.categoryName.append(category)
    markups.costOver.append(UnitPrice(cost) ?? .none)
    markups.percentage.append(percentage(markup))
    markups.effectiveFrom.append(day(from))
    markups.schedule.append(markups.schedules.insert(Array("standard".utf8).span).id)
    markups.category.append(
      category.isEmpty ? .none : markups.categories.insert(Array(category.utf8).span).id)
  }

  mutating func addRetainageRule(
    _ region: String, cap: String, from: String = "2020-01-01", stepAt: String = "",
    stepTo: String = ""
  ) {
    retainageRules.nextLine()
    retainageRules.region.append(region)
    retainageRules.effectiveFrom.append(day(from))
    retainageRules.cap.append(percentage(cap))
    retainageRules.stepAt.append(percentage(stepAt))
    retainageRules.stepTo.append(percentage(stepTo))
    retainageRules.source.append("Civil Code 8811")
  }
}
