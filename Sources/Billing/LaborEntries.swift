import Ledger
import Measures

/// Costs, prices and states of timesheet lines: each line is settled by itself, so that every core
/// takes lines of its own; adjustments follow, for the lines of the few jobs that have any.
struct LaborPass: Sendable {
  private let lines: Timesheets
  private let terms: WorkTerms
  private let laborCosts: LaborCost
  private let rates: LaborRates
  private let time: TimeIncrement

  init(_ book: Book, _ terms: WorkTerms) {
    lines = book.timesheets
    self.terms = terms
    laborCosts = LaborCost(book)
    rates = LaborRates(book)
    time = TimeIncrement(book.company.billing)
  }

  /// Settles some lines as if there were no adjustments. Those of jobs that have some are costed,
  /// noted and left to `adjust`.
  ///
  /// - Returns: the entries, where somebody wants rows.
  func run(_ rows: Range<Int>, into sums: inout WorkSums, keepsRows: Bool) -> [Entry] {
    let (days, jobs, hours) = (lines.day.span, lines.job.span, lines.hours)
    let (approved, approvedOn) = (lines.isApproved.span, lines.approvedDate.span)
    let asOf = terms.asOf
    var kept = [Entry]()
    if keepsRows { kept.reserveCapacity(rows.count) }
    var ahead = InlineArray<256, JobTerms>(repeating: JobTerms())
    var spent = InlineArray<256, (cost: Money, burden: Money)>(repeating: (.zero, .zero))

    var hour = HourTerms()
    var first = rows.lowerBound
    while first < rows.upperBound {
      let count = min(ahead.count, rows.upperBound - first)
      // Jobs lie anywhere in memory: fetched together, they are waited for together.
      for place in 0..<count where jobs[first + place].exists {
        ahead[place] = sums.jobs[jobs[first + place].row].terms
      }
      for place in 0..<count {
        let row = first + place
        let (term, day) = (ahead[place], days[row])
        spent[place] = (.zero, .zero)
        guard jobs[row].exists, day <= asOf else {
          if jobs[row].exists, term.isAdjusted { sums.adjusted.append(row) }
          if keepsRows { kept.append(Entry(jobs[row].exists ? .notYet : .noEntry)) }
          continue
        }
        let worked = hours[row]
        let entry = settle(row, worked, term, &hour, &sums)
        spent[place] = (entry.cost, entry.burden)
        sums.totals.laborCost += entry.burdenedCost
        sums.totals.hours += worked
        if keepsRows { kept.append(entry) }
        guard !term.isAdjusted else {
          sums.adjusted.append(row)
          continue
        }
        let isApproved = approved[row] && (approvedOn[row].isNone || approvedOn[row] <= asOf)
        sums.add(
          EntryID(.labor, row), entry, day, term, job: jobs[row].row, hours: worked,
          isApproved: isApproved, asOf: asOf)
      }
      var byJob = sums.jobs.mutableSpan
      for place in 0..<count where jobs[first + place].exists {
        byJob[jobs[first + place].row].labor += spent[place].cost
        byJob[jobs[first + place].row].burden += spent[place].burden
      }
      first += count
    }
    return kept
  }

  /// A line on or before the day, as if there were no adjustments.
  ///
  /// - Parameter hour: the terms of the line before, which become those of this one.
  @inline(always)
  private func settle(
    _ row: Int, _ hours: Hours, _ term: JobTerms, _ hour: inout HourTerms, _ sums: inout WorkSums
  ) -> Entry {
    let own = lines.costRate[row]
    look(up: row, &hour)
    if !hour.isKnown { noteUnknown(row, &sums) }
    var entry = Entry()
    if let spent = hour.cost(hours, own: own, terms.rounding) {
      (entry.cost, entry.burden) = spent
    } else {
      sums.overflows.append(Overflow(entry: EntryID(.labor, row), what: "cost"))
    }
    let decided = terms.state(lines.invoice[row], isBillable: lines.isBillable[row], term)
    guard term.billsEntries, decided != .notBillable else {
      entry.state = decided ?? .inContract
      return entry
    }
    let quote = quote(row, hours, &hour, term, cost: entry.burdenedCost)
    if quote.price == nil {
      sums.overflows.append(Overflow(entry: EntryID(.labor, row), what: "price"))
    }
    let isApproved = decided != nil || lines.isApproved(row, on: terms.asOf)
    entry.settle(quote, decided, term, terms, isApproved: isApproved)
    return entry
  }

  @inline(always)
  private func look(up row: Int, _ hour: inout HourTerms) {
    let (technician, payType, day) = (lines.technician[row], lines.payType[row], lines.day[row])
    guard !hour.isOf(technician, payType, day) else { return }
    hour = laborCosts.terms(technician, payType, on: day)
  }

  /// The price of a line: cost plus the fee, its own rate, or the rate of a card.
  @inline(always)
  private func quote(
    _ row: Int, _ hours: Hours, _ hour: inout HourTerms, _ term: JobTerms, cost: Money
  ) -> Quote {
    let rounding = terms.rounding
    if term.isCostPlus {
      guard hour.isKnown || !lines.costRate[row].isNone else { return Quote(missing: .noCost) }
      let fee = terms.fees[Int(term.pricing)]
      return Quote(fee.price(ofCost: cost, rounding), units: hours.units)
    }
    let (billed, own) = (time.billed(hours), lines.billRate[row])
    guard own.isNone else { return Quote(own, times: billed.units, rounding) }
    guard let rate = rate(&hour, term.pricing) else { return Quote(missing: .noRate) }
    var quote = Quote(rate.perHour, times: billed.units, rounding)
    guard rate.multiplier != unity else { return quote }
    quote.price = laborAmount(billed, rate.perHour, rate.multiplier, rounding)
    (quote.factor, quote.divisor) = (rate.multiplier.units, 1_0000)
    return quote
  }

  /// The rate of the cards of a job; nil where no card has one, or nobody knows the role.
  @inline(always)
  private func rate(_ hour: inout HourTerms, _ cards: Int32) -> LaborRates.Rate? {
    if hour.cards != cards {
      hour.cards = cards
      hour.billed =
        hour.isKnown
        ? rates.rate(terms.lists[Int(cards)].cards, hour.role, hour.payType, on: hour.day) : nil
    }
    return hour.billed
  }

  /// What adjustments make of a line of a job that has some; its cost has been counted.
  ///
  /// - Returns: the entry; nil where the line is dated after the day.
  func adjust(
    _ row: Int, _ book: Book, _ adjustments: inout AdjustmentRules, into sums: inout WorkSums
  ) -> Entry? {
    let (job, day, hours) = (lines.job[row], lines.day[row], lines.hours[row])
    let rules = adjustments.rows(for: job, .labor, id: lines.id.slice(row), category: [])
    guard day <= terms.asOf else { return nil }
    let term = terms.jobs[job.row]
    var aside = WorkSums()  // what `settle` noted is noted already
    var hour = HourTerms()
    var entry = settle(row, hours, term, &hour, &aside)
    let isApproved = lines.isApproved(row, on: terms.asOf)
    if !rules.isEmpty, entry.state.hasPrice, term.billsEntries {
      let quote = quote(row, hours, &hour, term, cost: entry.burdenedCost)
      let fits = entry.adjust(
        EntryID(.labor, row), rules, &adjustments, quote: quote,
        units: time.billed(hours).units, cost: ExactAmount(entry.burdenedCost), term,
        isApproved: isApproved, book.company)
      if !fits { sums.overflows.append(Overflow(entry: EntryID(.labor, row), what: "price")) }
    }
    sums.add(
      EntryID(.labor, row), entry, day, term, job: job.row, hours: hours,
      isApproved: isApproved, asOf: terms.asOf)
    return entry
  }

  @inline(never)
  private func noteUnknown(_ row: Int, _ sums: inout WorkSums) {
    sums.unknownTechnicians[lines.technician[row].number, default: RowTally()]
      .add(EntryID(.labor, row), hours: lines.hours[row])
  }
}
