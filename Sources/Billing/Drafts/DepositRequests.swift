import Ledger
import Measures

/// Deposits to be asked for before work is billed (DESIGN §5; DOMAIN §4.3 [S45]).
///
/// Required is `deposit_amount`, else `deposit_pct` of the contract with its approved changes, of the cap
/// or the estimate where there is no contract, rounded once. What was asked for or received directly is
/// taken off, so that a deposit is proposed once, and the rest of it where the contract grew before the
/// first draw: 35 % of 4,900.00 are 1,715.00, and 315.00 more once a line of 900.00 doubles (worked
/// example dep-02).
struct DepositRequests {
  private let book: Book
  private let documents: Documents
  private let asked: [RowID<Jobs>: Money]
  /// What a person asks for on top of that, whatever is required.
  private let more: [RowID<Jobs>: Money]
  private let schedule: DrawRows

  init(_ book: Book, _ documents: Documents, asked more: [RowID<Jobs>: Money] = [:]) {
    (self.book, self.documents, self.more) = (book, documents, more)
    let (invoices, payments, asOf) = (book.invoices, book.payments, documents.asOf)
    var asked: [RowID<Jobs>: Money] = [:]
    for row in invoices.rows where invoices.type[row] == .deposit && invoices.isLive(row, on: asOf)
    {
      asked[invoices.job[row], default: .zero] += invoices.deposit[row].orZero
    }
    for row in payments.rows where payments.type[row] == .deposit && payments.isLive(row, on: asOf)
    {
      asked[payments.job[row], default: .zero] += payments.amount[row]
    }
    // A payment of type deposit that pays a request is the request's money.
    let effects = ApplicationEffects(book)
    for row in book.applications.rows where effects.start(of: row, ifStandingOn: asOf) != nil {
      guard let payment = book.applications.payment[row].orNil?.row,
        let invoice = book.applications.invoice[row].orNil?.row,
        payments.type[payment] == .deposit, invoices.type[invoice] == .deposit
      else { continue }
      asked[payments.job[payment], default: .zero] -= book.applications.amount[row]
    }
    OpeningSums(book, asOf: asOf).forEach(.deposit) { _, job, amount in
      asked[job, default: .zero] += amount
    }
    self.asked = asked
    schedule = DrawRows(book.scheduleOfValues.job, jobs: book.jobs.count)
  }

  /// The request of a job; nil where nothing is required, all was asked for, or work was billed.
  func request(_ job: RowID<Jobs>) -> Draft? {
    guard let required = required(job), required > .zero,
      JobStanding(book.jobs, job.row, on: documents.asOf).status == .open,
      documents.jobs[job].billed.isZero
    else { return nil }
    let before = asked[job] ?? .zero
    guard required > before else { return nil }
    var draft = Draft(
      .deposit, customer: book.jobs.customer[job.row], job: job, on: documents.asOf)
    draft.lines = lines(job, required, before)
    draft.why =
      more[job] != nil
      ? "Deposit as asked: \((required - before).grouped)."
      : before.isZero
        ? "Deposit required before the first invoice: \(required.grouped)."
        : "Deposit required: \(required.grouped), asked for so far \(before.grouped)."
    return draft
  }

  /// Whether a percentage is asked for of nothing: no contract, cap or estimate.
  func lacksBase(_ job: RowID<Jobs>) -> Bool {
    guard book.jobs.depositAmount[job.row].orNil == nil,
      let share = book.jobs.depositPercentage[job.row].orNil, share > .zero
    else { return false }
    let contract = documents.contracts[job]
    return !contract.hasAmount && contract.estimate.orNil == nil
  }

  private func required(_ job: RowID<Jobs>) -> Money? {
    if let more = more[job] { return (asked[job] ?? .zero) + more }
    if let amount = book.jobs.depositAmount[job.row].orNil { return amount }
    guard let percentage = book.jobs.depositPercentage[job.row].orNil else { return nil }
    let contract = documents.contracts[job]
    let base = contract.hasAmount ? contract.revised : contract.estimate.orZero
    return base.times(percentage, book.company.rounding)
  }

  /// Shared over the schedule of values by scheduled value, exactly; one line without a schedule.
  private func lines(_ job: RowID<Jobs>, _ required: Money, _ before: Money) -> [DraftLine] {
    let (values, orders) = (book.scheduleOfValues, book.changeOrders)
    let rows = schedule[job].filter { row in
      let order = values.changeOrder[row]
      return values.scheduledValue[row] > .zero
        && (!order.exists || orders.approvedFrom(order.row) <= documents.asOf)
    }
    guard !rows.isEmpty else {
      return [DraftLine(.other, "Deposit, \(book.jobs.jobName[job.row])", required - before)]
    }
    let weights = rows.map { values.scheduledValue[$0].units }
    let byLine = askedByLine(job)
    let earlier =
      byLine.isEmpty
      ? before.split(by: weights) : rows.map { byLine[values.lineNumber[$0]] ?? .zero }
    return zip(rows, zip(required.split(by: weights), earlier)).compactMap { row, amounts in
      let amount = amounts.0 - amounts.1
      guard !amount.isZero else { return nil }
      var line = DraftLine(.other, "Deposit, \(values.description[row])", amount)
      line.scheduleLine = values.lineNumber[row]
      return line
    }
  }

  /// What the lines of earlier requests name; empty where they name nothing, or not all of it.
  private func askedByLine(_ job: RowID<Jobs>) -> [String: Money] {
    let lines = book.invoiceLines
    var sums: [String: Money] = [:]
    for row in lines.rows where !lines.scheduleLineNumber.isEmpty(row) {
      guard let invoice = lines.invoice[row].orNil?.row, book.invoices.job[invoice] == job,
        book.invoices.type[invoice] == .deposit, book.invoices.isLive(invoice, on: documents.asOf)
      else { continue }
      sums[lines.scheduleLineNumber[row], default: .zero] += lines.amount[row].orZero
    }
    return sums.values.sum() == asked[job] ?? .zero ? sums : [:]
  }
}
