import Ledger
import Measures

/// What a visit adds to its hours: a technician on a job on a day (DESIGN §5; DOMAIN §6.2–3, §6.6
/// [S69, S70]).
///
/// In this order: the hours of the day rounded together, where the policy rounds by day; the hours that
/// lack to the least of a visit, at the technician's regular rate; the trip charge. Each once a visit:
/// where an entry of the visit is on an invoice already, it was charged with that one. Cost-plus jobs
/// bill cost and have none.
struct VisitCharges {
  private let book: Book
  private let work: Work
  private let rates: LaborRates
  private let roles: LaborCost
  private let company: PriceLists

  private struct Visit: Hashable {
    var technician: RowID<Technician>
    var day: Day
  }

  init(_ book: Book, _ work: Work) {
    (self.book, self.work) = (book, work)
    rates = LaborRates(book)
    roles = LaborCost(book)
    company = PriceLists(company: book)
  }

  /// Whether the company charges for visits at all.
  var isOff: Bool {
    let policy = book.company.billing
    return policy.tripCharge.isZero && policy.minimumVisitHours.isZero
      && (policy.timeRoundingPer == .entry || policy.timeIncrementMinutes == 0)
  }

  /// - Parameters:
  ///   - entries: those that the draft bills.
  ///   - others: timesheet rows of the job that are billed, or blocked: these count as hours of their visit.
  func lines(
    _ entries: [DraftEntries.Entry], others: [Int], job: RowID<Jobs>, taxCode: RowID<TaxCodes>,
    isTaxable: Bool
  ) -> [DraftLine] {
    guard !isOff, book.jobs.method[job.row] == .timeAndMaterials else { return [] }
    let known = Set(others.filter { work.labor[$0].state == .billed }.map(visit))
    var waiting: [Visit: Hours] = [:]
    for row in others where work.labor[row].state != .billed {
      waiting[visit(row), default: .zero] += TimeIncrement(book.company.billing)
        .billed(book.timesheets.hours[row])
    }
    var visits: [Visit] = []
    var hours: [Visit: [RowID<PayType>: (rows: [Int], hours: Hours)]] = [:]
    for entry in entries where entry.id.kind == .labor {
      let visit = visit(entry.id.row)
      guard visit.technician.exists, !known.contains(visit) else { continue }
      if hours[visit] == nil { visits.append(visit) }
      let payType = book.timesheets.payType[entry.id.row]
      var group = hours[visit, default: [:]][payType] ?? ([], .zero)
      group.rows.append(entry.id.row)
      group.hours += Hours(units: entry.quantity.units)
      hours[visit, default: [:]][payType] = group
    }
    visits.sort { ($0.day, $0.technician.number) < ($1.day, $1.technician.number) }
    var lines: [DraftLine] = []
    for visit in visits {
      lines += charges(visit, hours[visit] ?? [:], waiting: waiting[visit] ?? .zero, job)
    }
    return lines.map { line in
      var line = line
      (line.taxCode, line.isTaxable) = (taxCode, isTaxable)
      return line
    }
  }

  private func visit(_ row: Int) -> Visit {
    Visit(technician: book.timesheets.technician[row], day: book.timesheets.day[row])
  }

  private func charges(
    _ visit: Visit, _ groups: [RowID<PayType>: (rows: [Int], hours: Hours)], waiting: Hours,
    _ job: RowID<Jobs>
  ) -> [DraftLine] {
    let policy = book.company.billing
    let name = person(visit)
    var lines: [DraftLine] = []
    var sum = Hours.zero
    for (_, group) in groups.sorted(by: { $0.key.number < $1.key.number }) {
      let rounded = TimeIncrement(policy, per: .day).billed(group.hours)
      sum += rounded
      guard rounded != group.hours, let row = group.rows.first else { continue }
      let price = work.labor[row].unitPrice
      lines.append(
        line("Hours of \(name) on \(visit.day.text), rounded", rounded - group.hours, price))
    }
    let lacking = policy.minimumVisitHours - sum - waiting
    if sum > .zero, lacking > .zero {
      let own = groups.values.flatMap(\.rows).min().map { work.labor[$0].unitPrice } ?? .none
      lines.append(
        line(
          "Minimum visit, \(name), \(visit.day.text)", lacking, regularRate(visit, job) ?? own))
    }
    if !policy.tripCharge.isZero, sum > .zero {
      var trip = DraftLine(.other, "Trip charge, \(name), \(visit.day.text)", policy.tripCharge)
      trip.quantity = Quantity(units: 1_0000)
      trip.unitPrice = UnitPrice(units: policy.tripCharge.units * 100)
      lines.append(trip)
    }
    return lines
  }

  private func line(_ text: String, _ hours: Hours, _ price: UnitPrice) -> DraftLine {
    let amount = price.orNil?.times(hours, book.company.rounding) ?? .zero
    var line = DraftLine(.labor, text, amount)
    (line.quantity, line.unitPrice) = (Quantity(units: hours.units), price)
    return line
  }

  private func regularRate(_ visit: Visit, _ job: RowID<Jobs>) -> UnitPrice? {
    let cards = PriceLists(book.jobs, job.row, book.customers, company).cards
    let regular = book.payTypes.index.find("REG")
    let role = roles.terms(visit.technician, regular, on: visit.day).role
    return rates.rate(cards, role, regular, on: visit.day)?.perHour
  }

  private func person(_ visit: Visit) -> String {
    let version = book.technicians.versions.row(of: RowID(visit.technician.row), on: visit.day)
    return version.map { book.technicians.technicianName[$0] }
      ?? book.technicians.index.keys[visit.technician.row]
  }
}
