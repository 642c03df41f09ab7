import Ledger
import Measures

/// Cost that jobs brought along from before the input begins (DESIGN §3, opening_balances).
func addOpeningCosts(_ book: Book, asOf: Day, to jobs: inout [JobWork]) {
  let balances = book.openingBalances
  for row in balances.rows where balances.day[row] <= asOf {
    guard let job = balances.job[row].orNil?.row, let amount = balances.amount[row].orNil else {
      continue
    }
    switch balances.measure[row] {
    case .costLabor:
      jobs[job].labor += amount
      jobs[job].openingLabor += amount
    case .costMaterial:
      jobs[job].material += amount
      jobs[job].openingMaterial += amount
    case .costOther:
      jobs[job].other += amount
      jobs[job].openingOther += amount
    default: break
    }
  }
}

/// Adds what is ready, blocked or billed later to its job, by kind, reason and age, and turns missing
/// rates and costs into one finding a job with the hours and cost at stake (DOMAIN §7).
func addUnbilled(
  _ book: Book, asOf: Day, readyParts: [EntryID: Money], labor: Entries, material: Entries,
  other: Entries, to jobs: inout [JobWork], notes: inout WorkNotes
) {
  var totals = UnbilledTotals(
    asOf: asOf, readyParts: readyParts, methods: book.jobs.method, jobs: jobs)
  let (timesheets, inventory, costs) = (book.timesheets, book.inventory, book.costs)
  for row in timesheets.rows where labor.state[row].isUnbilled {
    let job = timesheets.job[row]
    totals.add(
      EntryID(.labor, row), labor, job, timesheets.day[row], hours: timesheets.hours[row],
      isApproved: timesheets.isApproved(row, on: asOf))
  }
  for row in inventory.rows where material.state[row].isUnbilled {
    totals.add(EntryID(.material, row), material, inventory.job[row], inventory.day[row])
  }
  for row in costs.rows where other.state[row].isUnbilled {
    totals.add(EntryID(.other, row), other, costs.job[row], costs.day[row])
  }
  jobs = totals.jobs
  for entry in totals.missing {
    let entries = entry.kind == .labor ? labor : entry.kind == .material ? material : other
    noteMissing(book, entry, entries, &notes)
  }
  reportMissing(&notes)
}

private struct UnbilledTotals {
  let asOf: Day
  let readyParts: [EntryID: Money]
  let methods: [BillingMethod]
  var jobs: [JobWork]
  /// Entries without a rate or a cost.
  var missing: [EntryID] = []

  @inline(__always)
  mutating func add(
    _ entry: EntryID, _ entries: Entries, _ id: RowID<Jobs>, _ day: Day, hours: Hours = .zero,
    isApproved: Bool = true
  ) {
    let (row, job) = (entry.row, id.row)
    // On a contract that is billed otherwise an entry has no price.
    guard methods[job].billsEntries else { return }
    let (price, state) = (entries.price[row], entries.state[row])
    var ready = state == .ready ? price : .zero
    if state == .blocked, let reason = entries.reason[row] {
      if reason == .notToExceed { ready = readyParts[entry] ?? .zero }
      if reason == .noRate || reason == .noCost { missing.append(entry) }
      jobs[job].blockedParts[Int(reason.rawValue)] += price - ready
    }
    jobs[job].addUnbilled(
      entry.kind, price, ready: ready, isBilledLater: state == .billedLater, age: asOf - day)
    jobs[job].unbilledHours += hours
    if isApproved { jobs[job].approvedUnbilled += price }
    if jobs[job].oldestDay.isNone || day < jobs[job].oldestDay { jobs[job].oldestDay = day }
  }
}

extension JobWork {
  @inline(__always)
  fileprivate mutating func addUnbilled(
    _ kind: EntryKind, _ price: Money, ready part: Money, isBilledLater: Bool, age: Int
  ) {
    switch kind {
    case .labor: unbilledLabor += price
    case .material: unbilledMaterial += price
    case .other: unbilledOther += price
    }
    ready += part
    if isBilledLater { billedLater += price } else { blocked += price - part }
    aged[age <= 30 ? 0 : age <= 60 ? 1 : age <= 90 ? 2 : 3] += price
    unbilledEntries += 1
  }
}

private func noteMissing(
  _ book: Book, _ entry: EntryID, _ entries: Entries, _ notes: inout WorkNotes
) {
  let row = entry.row
  guard let reason = entries.reason[row] else { return }
  let (job, place) =
    switch entry.kind {
    case .labor:
      (
        book.timesheets.job[row],
        Place(file: book.file(Timesheets.self), line: book.timesheets.line[row])
      )
    case .material:
      (
        book.inventory.job[row],
        Place(file: book.file(Inventory.self), line: book.inventory.line[row])
      )
    case .other:
      (book.costs.job[row], Place(file: book.file(Costs.self), line: book.costs.line[row]))
    }
  let isFirst = notes.isFirst(
    reason.name, job.row, hours: entry.kind == .labor ? book.timesheets.hours[row] : .zero,
    amount: entries.burdenedCost(row))
  if isFirst { notes.describe(reason.name, job.row, at: place, subject: book.jobs.id[job.row]) }
}

private func reportMissing(_ notes: inout WorkNotes) {
  notes.report(
    "no_rate", remedy: "add the rate to rates.csv, or a bill_rate to the lines"
  ) { job, rows, hours in
    "\(job) has \(rows) without a rate, \(hours.shortText()) hours; the amount is their cost"
  }
  notes.report(
    "no_cost", remedy: "enter the receipt, the item's standard_cost or the line's own cost"
  ) { job, rows, _ in "\(job) has \(rows) whose price needs a cost, and there is none" }
}
