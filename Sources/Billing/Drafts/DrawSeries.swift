import Ledger
import Measures

/// The applications of one job, one after the other: each begins where the one before ended.
struct DrawSeries {
  let book: Book
  let job: RowID<Jobs>
  private(set) var draws: [Draw] = []
  /// Lines above their value, and rows whose product does not fit; a row of progress once.
  private(set) var faults: [DrawFault] = []
  private let schedule: DrawSchedule
  private let opening: DrawOpening
  /// Where a schedule line stands among the lines.
  private let places: [RowID<ScheduleOfValues>: Int]
  private var lines: [DrawLine]
  /// The row of progress that each line stands at; nil while it has none.
  private var latest: [Int?]
  private var retainage: DrawRetainage
  private var certificates: Money
  private var faulty: Set<Int> = []

  init(_ book: Book, _ job: RowID<Jobs>, _ schedule: DrawSchedule, _ opening: DrawOpening) {
    (self.book, self.job, self.schedule, self.opening) = (book, job, schedule, opening)
    lines = schedule.lines
    latest = Array(repeating: nil, count: schedule.lines.count)
    retainage = DrawRetainage(book, job)
    certificates = opening.certified
    let inFile = lines.indices.lazy.filter { schedule.lines[$0].scheduleLine.exists }
    places = Dictionary(
      uniqueKeysWithValues: inFile.map { (schedule.lines[$0].scheduleLine, $0) })
  }

  mutating func add(_ application: DrawApplication) {
    for row in application.rows {
      if let place = places[book.progress.scheduleLine[row]] { latest[place] = row }
    }
    let counted = lines.indices.filter { schedule.from[$0] <= application.changesThrough }
    if draws.isEmpty { open(counted) }
    for place in lines.indices { lines[place].carryOn() }
    for place in counted { complete(place) }
    var draw = Draw(job, application: application.number, day: application.day)
    draw.original = schedule.original
    draw.changes = schedule.changes(through: application.changesThrough)
    draw.changesThrough = application.changesThrough
    draw.certified = application.certified
    (draw.invoice, draw.state) = (application.invoice, application.state)
    withhold(&draw, counted)
    draw.lines = counted.map { lines[$0] }
    draw.before = (
      draw.lines.lazy.map { $0.before.work + $0.before.stored }.sum(),
      draw.lines.lazy.map(\.before.withheld.total).sum()
    )
    draw.previousCertificates = certificates
    certificates += draw.certified ?? draw.paymentDue
    draws.append(draw)
  }

  /// Puts what the opening balances say into the lines, as an application before the first.
  private mutating func open(_ counted: [Int]) {
    let empty = lines
    for place in counted { complete(place) }
    let first = counted.map { lines[$0] }
    lines = empty
    opening.begin(&lines, places: counted, first: first)
  }

  private mutating func withhold(_ draw: inout Draw, _ counted: [Int]) {
    let byHand = counted.map { latest[$0].flatMap { book.progress.retainage[$0].orNil } }
    var some = counted.map { lines[$0] }
    retainage.withhold(
      on: &some, counted.map { schedule.rates[$0] }, byHand: byHand,
      contractSum: draw.contractSum)
    for (place, line) in zip(counted, some) { lines[place] = line }
  }

  /// Puts what progress says to date into a line; one without progress stays where it is.
  private mutating func complete(_ place: Int) {
    guard let row = latest[place] else { return }
    var line = lines[place]
    var work = Money.zero
    if let value = completedValue(book, line: line.scheduleLine.row, progress: row) {
      work = value
    } else {
      note(.overflow, row, line)
    }
    line.stored = book.progress.storedMaterials[row].orZero
    line.quantity = book.progress.completedQuantity[row]
    line.quantityPaid = line.quantity
    line.over = over(work + line.stored, line.scheduled)
    if !line.over.isZero, !line.unitPrice.isNone, book.company.billing.overSchedule == .refuse {
      // Units beyond the contract's are shown and not billed: first what is installed.
      work = within(work, line.scheduled)
      line.stored = within(line.stored, line.scheduled - work)
      line.quantityPaid = unitsPaid(line, by: work)
    } else if !line.over.isZero {
      note(.overSchedule, row, line)
    }
    line.thisPeriod = work - line.previous
    lines[place] = line
  }

  /// The contract's units where they come to the work that is paid.
  private func unitsPaid(_ line: DrawLine, by work: Money) -> Quantity {
    let units = book.scheduleOfValues.quantity[line.scheduleLine.row]
    let paid = units.orNil.flatMap { line.unitPrice.times($0, book.company.rounding) }
    return paid == work ? units : .none
  }

  private mutating func note(_ kind: DrawFault.Kind, _ row: Int, _ line: DrawLine) {
    guard faulty.insert(row).inserted else { return }
    faults.append(DrawFault(kind: kind, row: row, line: line, draw: draws.count))
  }

  /// What lies beyond the value of a line; a deductive line goes beyond it downwards.
  private func over(_ done: Money, _ scheduled: Money) -> Money {
    scheduled < .zero ? min(done - scheduled, .zero) : max(done - scheduled, .zero)
  }

  private func within(_ amount: Money, _ room: Money) -> Money {
    room < .zero ? max(amount, room) : min(amount, room)
  }
}
