import Ledger
import Measures

/// Costs, prices and states of all timesheet lines, in one pass over the columns; then adjustments,
/// for the lines of the few jobs that have any.
func laborEntries(
  _ book: Book, _ terms: WorkTerms, adjustments: inout AdjustmentRules, jobs: inout [JobWork],
  notes: inout WorkNotes
) -> Entries {
  let pass = LaborPass(book, terms)
  var adjusted = [Int]()
  var entries = pass.run(book, &adjusted, &notes)
  pass.adjust(adjusted, &entries, book, &adjustments, &notes)
  addLaborCost(entries, book.timesheets.job, to: &jobs)
  notes.report(
    "no_technician",
    remedy: "add a row to technicians.csv that is effective on or before the day of the work"
  ) { technician, rows, hours in
    "\(technician) has no row on the day of \(rows): \(hours.shortText()) hours lack cost or burden"
  }
  return entries
}

/// Apart from the pass that prices, so that the jobs, which lie anywhere in memory, are all this loop
/// waits for, many at a time.
private func addLaborCost(_ entries: Entries, _ jobOf: [RowID<Jobs>], to jobs: inout [JobWork]) {
  var sums = [(cost: Money, burden: Money)](repeating: (.zero, .zero), count: jobs.count)
  for row in jobOf.indices where jobOf[row].exists {
    sums[jobOf[row].row].cost += entries.cost[row]
    sums[jobOf[row].row].burden += entries.burden[row]
  }
  for job in jobs.indices {
    jobs[job].labor += sums[job].cost
    jobs[job].burden += sums[job].burden
  }
}

private struct LaborPass {
  let terms: WorkTerms
  let laborCosts: LaborCost
  let rates: LaborRates
  let time: TimeIncrement

  init(_ book: Book, _ terms: WorkTerms) {
    self.terms = terms
    laborCosts = LaborCost(book)
    rates = LaborRates(book)
    time = TimeIncrement(book.company.billing)
  }

  /// All lines as if there were no adjustments; `adjusted` gets the lines of jobs that have some.
  func run(_ book: Book, _ adjusted: inout [Int], _ notes: inout WorkNotes) -> Entries {
    let lines = book.timesheets
    let (days, jobs, hours) = (lines.day.span, lines.job.span, lines.hours.span)
    let (technicians, payTypes) = (lines.technician.span, lines.payType.span)
    let (ownCosts, ownRates) = (lines.costRate.span, lines.billRate.span)
    let (billable, invoices) = (lines.isBillable.span, lines.invoice.span)
    let (approved, approvedOn) = (lines.isApproved.span, lines.approvedDate.span)
    var states = [EntryState](repeating: .notYet, count: lines.count)
    var reasons = [BlockedReason?](repeating: nil, count: lines.count)
    var costs = [Money](repeating: .zero, count: lines.count)
    var burdens = costs
    var prices = costs
    var unitPrices = [UnitPrice](repeating: .none, count: lines.count)
    var state = states.mutableSpan
    var reason = reasons.mutableSpan
    var cost = costs.mutableSpan
    var burden = burdens.mutableSpan
    var price = prices.mutableSpan
    var unitPrice = unitPrices.mutableSpan
    let (asOf, rounding) = (terms.asOf, terms.rounding)
    var ahead = [JobTerms](repeating: JobTerms(), count: 256)

    for row in days.indices {
      let place = row % 256
      if place == 0 {
        // Jobs lie anywhere in memory: fetched together, they are waited for together.
        for next in 0..<min(256, days.count - row) where jobs[row + next].exists {
          ahead[next] = terms.jobs[jobs[row + next].row]
        }
      }
      guard jobs[row].exists else {
        state[row] = .noEntry
        continue
      }
      let (term, day) = (ahead[place], days[row])
      if term.isAdjusted { adjusted.append(row) }
      guard day <= asOf else { continue }

      let technician = laborCosts.row(of: technicians[row], on: day)
      if technician == nil { noteUnknown(row, book, &notes) }
      let spent = laborCosts.cost(
        hours[row], technician, own: ownCosts[row], payTypes[row], on: day, rounding)
      if let spent {
        cost[row] = spent.cost
        burden[row] = spent.burden
      } else {
        notes.overflow(book, Timesheets.self, line: lines.line[row], what: "cost")
      }

      let decided = terms.state(invoices[row], isBillable: billable[row], term)
      guard term.billsEntries, decided != .notBillable else {
        state[row] = decided ?? .inContract
        continue
      }
      let quote = quote(
        hours[row], technician, own: ownRates[row], payTypes[row], on: day, term,
        cost: spent.map { $0.cost + $0.burden } ?? .zero,
        hasCost: technician != nil || !ownCosts[row].isNone)
      if quote.price == nil {
        notes.overflow(book, Timesheets.self, line: lines.line[row], what: "price")
      }
      price[row] = quote.price ?? .zero
      unitPrice[row] = quote.unitPrice
      if let decided {
        state[row] = decided
        continue
      }
      let isApproved = approved[row] && (approvedOn[row].isNone || approvedOn[row] <= asOf)
      let blocked = term.blocks(isHeld: false, isApproved: isApproved, missing: quote.missing)
      state[row] = blocked == nil ? .ready : .blocked
      reason[row] = blocked
    }
    return Entries(
      state: states, reason: reasons, cost: costs, burden: burdens, price: prices,
      unitPrice: unitPrices)
  }

  /// The price of a line: cost plus the fee, its own rate, or the rate of a card.
  @inline(__always)
  func quote(
    _ hours: Hours, _ technician: Int?, own: UnitPrice, _ payType: RowID<PayType>, on day: Day,
    _ term: JobTerms, cost: Money, hasCost: Bool
  ) -> Quote {
    let rounding = terms.rounding
    if term.isCostPlus {
      guard hasCost else { return Quote(missing: .noCost) }
      let fee = terms.fees[Int(term.pricing)]
      return Quote(fee.price(ofCost: cost, rounding), units: hours.units)
    }
    let billed = time.billed(hours)
    guard own.isNone else { return Quote(own, times: billed.units, rounding) }
    guard let technician,
      let rate = rates.rate(
        terms.lists[Int(term.pricing)].cards, laborCosts.role(technician), payType, on: day)
    else { return Quote(missing: .noRate) }
    var quote = Quote(rate.perHour, times: billed.units, rounding)
    guard rate.multiplier != unity else { return quote }
    quote.price = laborAmount(billed, rate.perHour, rate.multiplier, rounding)
    quote.unitPrice = rate.perHour.times(rate.multiplier, rounding) ?? .none
    (quote.factor, quote.divisor) = (rate.multiplier.units, 1_0000)
    return quote
  }

  func adjust(
    _ adjusted: [Int], _ entries: inout Entries, _ book: Book, _ adjustments: inout AdjustmentRules,
    _ notes: inout WorkNotes
  ) {
    let lines = book.timesheets
    for row in adjusted {
      let rules = adjustments.rows(
        for: lines.job[row], .labor, id: lines.id.slice(row), category: [])
      let term = terms.jobs[lines.job[row].row]
      guard !rules.isEmpty, entries.state[row].hasPrice, term.billsEntries else { continue }
      let (day, technician) = (
        lines.day[row], laborCosts.row(of: lines.technician[row], on: lines.day[row])
      )
      let cost = entries.burdenedCost(row)
      let quote = quote(
        lines.hours[row], technician, own: lines.billRate[row], lines.payType[row], on: day, term,
        cost: cost, hasCost: technician != nil || !lines.costRate[row].isNone)
      let fits = entries.adjust(
        EntryID(.labor, row), rules, &adjustments, quote: quote,
        units: time.billed(lines.hours[row]).units, cost: ExactAmount(cost), term,
        isApproved: lines.isApproved(row, on: terms.asOf), book.company)
      if !fits { notes.overflow(book, Timesheets.self, line: lines.line[row], what: "price") }
    }
  }

  @inline(never)
  private func noteUnknown(_ row: Int, _ book: Book, _ notes: inout WorkNotes) {
    let (lines, id) = (book.timesheets, book.timesheets.technician[row])
    guard notes.isFirst("no_technician", Int(id.number), hours: lines.hours[row]) else { return }
    notes.describe(
      "no_technician", Int(id.number),
      at: Place(file: book.file(Timesheets.self), line: lines.line[row], column: "technician_id"),
      subject: id.exists ? book.technicians.index.keys[id.row] : "the technician")
  }
}
