import Billing
import Ledger
import Measures
import Reporting

/// A book written row by row, for tests of documents and contracts.
struct DocumentsBook {
  var book = Book()

  mutating func customer(_ id: String, terms: String = "", limit: Money = .none) {
    book.customers.line.append(UInt32(book.customers.count + 2))
    book.customers.id.append(id)
    book.customers.customerName.append("Customer \(id)")
    book.customers.terms.append(terms)
    book.customers.creditLimit.append(limit)
    book.customers.isOnHold.append(false)
  }

  mutating func job(
    _ id: String, _ customer: String, _ method: BillingMethod = .fixedPrice,
    contract: Money = .none, estimate: Money = .none, limit: Money = .none,
    status: JobStatus = .open, start: Day = .none, end: Day = .none, completed: Day = .none,
    cancelled: Day = .none, terms: String = ""
  ) {
    book.jobs.line.append(UInt32(book.jobs.count + 2))
    book.jobs.id.append(id)
    book.jobs.jobName.append("Job \(id)")
    book.jobs.customer.append(find(customer, book.customers.id))
    book.jobs.method.append(method)
    book.jobs.contractAmount.append(contract)
    book.jobs.estimatedCost.append(estimate)
    book.jobs.notToExceed.append(limit)
    book.jobs.status.append(status)
    book.jobs.contractDate.append(.none)
    book.jobs.startDate.append(start)
    book.jobs.endDate.append(end)
    book.jobs.completionDate.append(completed)
    book.jobs.closedDate.append(.none)
    book.jobs.holdFrom.append(.none)
    book.jobs.holdTo.append(.none)
    book.jobs.cancelledDate.append(cancelled)
    book.jobs.terms.append(terms)
    book.jobs.manager.append("")
  }

  /// The total is made from the parts.
  mutating func invoice(
    _ id: String, _ customer: String, job: String = "", _ day: Day,
    _ type: InvoiceType = .standard, due: Day = .none, terms: String = "", subtotal: Money = .zero,
    tax: Money = .zero, deposit: Money = .zero, retainage: Money = .zero,
    retainedTax: Money = .zero, writeOff: Money = .zero, voided: Day = .none
  ) {
    book.invoices.line.append(UInt32(book.invoices.count + 2))
    book.invoices.id.append(id)
    book.invoices.customer.append(find(customer, book.customers.id))
    book.invoices.job.append(find(job, book.jobs.id))
    book.invoices.type.append(type)
    book.invoices.day.append(day)
    book.invoices.dueDate.append(due)
    book.invoices.terms.append(terms)
    book.invoices.subtotal.append(subtotal)
    book.invoices.tax.append(tax)
    book.invoices.deposit.append(deposit)
    book.invoices.retainage.append(retainage)
    book.invoices.retainageTax.append(retainedTax)
    book.invoices.writeOff.append(writeOff)
    book.invoices.total.append(subtotal + tax + deposit - retainage - writeOff)
    book.invoices.status.append(voided.isNone ? .issued : .void)
    book.invoices.voidDate.append(voided)
    book.invoices.isDisputed.append(false)
    book.invoices.disputedFrom.append(.none)
    book.invoices.disputedTo.append(.none)
  }

  mutating func line(
    _ invoice: String, job: String, _ amount: Money, tax: Money = .none, retainage: Money = .none
  ) {
    book.invoiceLines.line.append(UInt32(book.invoiceLines.count + 2))
    book.invoiceLines.invoice.append(find(invoice, book.invoices.id))
    book.invoiceLines.job.append(find(job, book.jobs.id))
    book.invoiceLines.amount.append(amount)
    book.invoiceLines.tax.append(tax)
    book.invoiceLines.retainage.append(retainage)
  }

  mutating func payment(
    _ id: String, _ customer: String, _ day: Day, _ amount: Money, _ type: PaymentType = .payment,
    job: String = "", reverses: String = ""
  ) {
    let undone: RowID<Payments> = find(reverses, book.payments.id)
    book.payments.line.append(UInt32(book.payments.count + 2))
    book.payments.id.append(id)
    book.payments.customer.append(find(customer, book.customers.id))
    book.payments.day.append(day)
    book.payments.type.append(type)
    book.payments.reference.append("")
    book.payments.job.append(find(job, book.jobs.id))
    book.payments.amount.append(amount)
    book.payments.reverses.append(undone)
    book.payments.reversedFrom.append(.never)
    if type == .reversal { book.payments.reversedFrom[undone.row] = day }
  }

  mutating func apply(
    _ source: String, to invoice: String, _ day: Day, _ amount: Money, discount: Money = .zero
  ) {
    book.applications.line.append(UInt32(book.applications.count + 2))
    book.applications.id.append("A-\(book.applications.count)")
    book.applications.sourceID.append(source)
    book.applications.day.append(day)
    book.applications.invoice.append(find(invoice, book.invoices.id))
    book.applications.amount.append(amount)
    book.applications.discount.append(discount)
    book.applications.payment.append(find(source, book.payments.id))
    book.applications.document.append(find(source, book.invoices.id))
  }

  mutating func change(
    _ job: String, _ day: Day, _ amount: Money, cost: Money = .none,
    _ status: ChangeOrderStatus = .approved, approved: Day = .none
  ) {
    book.changeOrders.line.append(UInt32(book.changeOrders.count + 2))
    book.changeOrders.job.append(find(job, book.jobs.id))
    book.changeOrders.day.append(day)
    book.changeOrders.approvedDate.append(approved)
    book.changeOrders.amount.append(amount)
    book.changeOrders.estimatedCost.append(cost)
    book.changeOrders.status.append(status)
  }

  mutating func estimate(_ job: String, _ day: Day, _ cost: Money, uninstalled: Money = .none) {
    book.estimates.line.append(UInt32(book.estimates.count + 2))
    book.estimates.job.append(find(job, book.jobs.id))
    book.estimates.day.append(day)
    book.estimates.estimatedCost.append(cost)
    book.estimates.uninstalledCost.append(uninstalled)
  }

  /// A schedule line priced by the unit.
  mutating func units(_ job: String, _ line: String, _ price: UnitPrice, of quantity: Quantity) {
    book.scheduleOfValues.line.append(UInt32(book.scheduleOfValues.count + 2))
    book.scheduleOfValues.job.append(find(job, book.jobs.id))
    book.scheduleOfValues.lineNumber.append(line)
    book.scheduleOfValues.scheduledValue.append(
      price.times(quantity, .halfAwayFromZero) ?? .none)
    book.scheduleOfValues.unitPrice.append(price)
    book.scheduleOfValues.quantity.append(quantity)
  }

  mutating func progress(_ job: String, _ line: String, _ day: Day, _ quantity: Quantity) {
    let (jobs, lines) = (book.scheduleOfValues.job, book.scheduleOfValues.lineNumber)
    let owner: RowID<Jobs> = find(job, book.jobs.id)
    let place = lines.indices.first { jobs[$0] == owner && lines[$0] == line }
    book.progress.line.append(UInt32(book.progress.count + 2))
    book.progress.job.append(owner)
    book.progress.lineNumber.append(line)
    book.progress.day.append(day)
    book.progress.applicationNumber.append(0)
    book.progress.percentComplete.append(.none)
    book.progress.completedAmount.append(.none)
    book.progress.completedQuantity.append(quantity)
    book.progress.scheduleLine.append(place.map { RowID($0) } ?? .missing)
  }

  mutating func opening(
    _ day: Day, _ measure: OpeningMeasure, _ amount: Money, customer: String = "",
    job: String = ""
  ) {
    book.openingBalances.line.append(UInt32(book.openingBalances.count + 2))
    book.openingBalances.day.append(day)
    book.openingBalances.customer.append(find(customer, book.customers.id))
    book.openingBalances.job.append(find(job, book.jobs.id))
    book.openingBalances.lineNumber.append("")
    book.openingBalances.measure.append(measure)
    book.openingBalances.amount.append(amount)
  }

  private func find<T>(_ id: String, _ column: TextColumn) -> RowID<T> {
    guard !id.isEmpty else { return .none }
    return column.indices.first { column[$0] == id }.map { RowID($0) } ?? .missing
  }

  /// Where the company stands, with the given labor cost by job.
  func position(_ day: Day, cost: [String: Money] = [:]) -> Position {
    var work = PerRow<Jobs, JobWork>(repeating: JobWork(), count: book.jobs.count)
    for (id, amount) in cost { work[find(id, book.jobs.id)].cost.labor = amount }
    return Position(book: book, asOf: day, work: JobWorks(work.values))
  }
}

extension Sheet {
  /// The cell of a column in the row that begins with an id.
  func cell(_ id: String, _ key: String) -> Cell? {
    guard let place = columns.firstIndex(where: { $0.key == key }) else { return nil }
    return (0..<rowCount).lazy.map { row($0) }.first { $0.contains(.id(id)) }?[place]
  }

  func money(_ id: String, _ key: String) -> Money? {
    guard case .money(let amount)? = cell(id, key) else { return nil }
    return amount
  }
}

extension Position {
  /// The names of tie-outs that fail.
  var failures: [String] {
    let all =
      AgingReport.tieOuts(self) + AgingDetailReport.tieOuts(self)
      + ContractStatusReport.tieOuts(self)
    return all.filter { !$0.passed }.map { "\($0.name): \($0.left.text) ≠ \($0.right.text)" }
  }
}
