public import Ledger
public import Measures
import Synchronization

/// Everything worked on jobs through a day: the cost, price and billing state of every timesheet
/// line, issue of stock and cost, and what they add up to for each job (DESIGN §5).
///
///     let work = Work(book: book, asOf: day, billed: billedToDate, cap: caps)
///     work.jobs[job].unbilled.ready
///     work.labor[row].state         // of row `row` of timesheets.csv
///
/// Rows are kept for a report that lists them and for explanations; the sums never need them.
public struct Work: Sendable {
  public let asOf: Day
  public var jobs: JobWorks
  /// Sums over all entries, apart from the jobs.
  public let totals: EntryTotals
  /// What the files say, by a pass of their own.
  public let files: FileTotals
  /// Whether `labor`, `material` and `other` have their rows; they are empty otherwise.
  public let hasRows: Bool
  /// By row of `timesheets`.
  public let labor: Entries
  /// By row of `inventory`; receipts and adjustments of stock are `.noEntry`.
  public let material: Entries
  /// By row of `costs`.
  public let other: Entries
  /// Quantity, value and variance of every item.
  public let stock: Stock
  /// Of an entry that a not-to-exceed amount cuts in two, the part that is still ready.
  public let readyParts: [EntryID: Money]
  /// The adjustment that excludes or holds an entry, as a row of `adjustments`.
  public let adjustedBy: [EntryID: Int]
  /// All adjustments of the entries that have some.
  private let adjustments: [EntryID: [Int]]
  public let findings: [Finding]

  /// - Parameters:
  ///   - billed: subtotals billed to date on each job.
  ///   - cap: its not-to-exceed amount with the changes approved by the day; `.none` without one.
  ///   - keepsRows: whether entries are kept, 40 bytes each.
  ///   - cores: how many work at once; the figures are the same whatever their number.
  public init(
    book: Book, asOf: Day, billed: PerRow<Jobs, Money>, cap: PerRow<Jobs, Money>,
    keepsRows: Bool = true, cores: Int? = nil
  ) {
    self.init(
      book: book, asOf: asOf, cap: cap, keepsRows: keepsRows, cores: cores, beside: [],
      billed: { billed })
  }

  /// - Parameters:
  ///   - beside: what else is to be done, on whatever core is free.
  ///   - billed: asked when that is done.
  init(
    book: Book, asOf: Day, cap: PerRow<Jobs, Money>, keepsRows: Bool, cores: Int?,
    beside: [@Sendable () -> Void], billed: () -> PerRow<Jobs, Money>
  ) {
    var notes = WorkNotes()
    var adjustments = AdjustmentRules(book, asOf: asOf, notes: &notes)
    let terms = WorkTerms(
      book, asOf: asOf, adjustments: adjustments, cap: cap, keepsRows: keepsRows)
    let labor = LaborPass(book, terms)
    let gathered = Gathered(book, terms, labor, keepsRows: keepsRows, cores, beside)
    var (sums, stock) = (gathered.sums, gathered.stock)

    sums.adjusted.sort()
    var lines = gathered.labor
    for row in sums.adjusted {
      let entry = labor.adjust(row, book, &adjustments, into: &sums)
      if keepsRows, let entry { lines[row] = entry }
    }
    stock.material.finish(book, &adjustments, &sums)
    var costs = gathered.costs
    costs.finish(book, &adjustments, &sums)
    sums.flush()
    var (material, other) = (stock.material.entries, costs.entries)

    var readyParts: [EntryID: Money] = [:]
    let limit = NotToExceed(billed: billed(), cap: cap)
    let cuts = limit.cut(sums.limited) { job in
      sums.unbilled[Int(terms.jobs[job].place)].positive
    }
    for cut in cuts {
      let (id, price) = (cut.entry.entry, cut.entry.price)
      if !cut.ready.isZero { readyParts[id] = cut.ready }
      sums.unbilled[Int(terms.jobs[Int(cut.entry.job)].place)].cut(price - cut.ready)
      sums.totals.move(price, from: .ready, to: .blocked)
      guard keepsRows else { continue }
      switch id.kind {
      case .labor: lines[id.row].block(.notToExceed)
      case .material: material[id.row].block(.notToExceed)
      case .other: other[id.row].block(.notToExceed)
      }
    }

    sums.overflows.sort { ($0.entry, $0.what) < ($1.entry, $1.what) }
    notes.add(sums.overflows, of: .labor, book)
    notes.addUnknownTechnicians(sums.unknownTechnicians, book)
    for finding in stock.findings { notes.add(finding) }
    notes.add(sums.overflows, of: .material, book)
    notes.add(
      stock.material.unmarked, "no_markup", book,
      remedy: "add a row to markups.csv for the schedule in use, with cost_over 0 and no category"
    ) { rows, _ in "no markup holds for \(rows) of material, billed at cost" }
    notes.add(sums.overflows, of: .other, book)
    adjustments.reportUnmatched(book, notes: &notes)
    notes.addMissing(sums.missing, book)

    self.asOf = asOf
    jobs = JobWorks(book, terms, sums, other: costs.jobCosts)
    totals = sums.totals
    files = gathered.files
    hasRows = keepsRows
    self.labor = lines
    self.material = material
    self.other = other
    self.stock = stock.stock
    self.readyParts = readyParts
    adjustedBy = adjustments.decided
    self.adjustments = adjustments.applied
    findings = notes.findings
  }

  /// The adjustments of an entry, as rows of `adjustments` in the order of the file.
  public func adjustments(of entry: EntryID) -> [Int] { adjustments[entry] ?? [] }

  public func entries(_ kind: EntryKind) -> Entries {
    switch kind {
    case .labor: labor
    case .material: material
    case .other: other
    }
  }
}

/// All entries settled but those that adjustments name.
private struct Gathered {
  let sums: WorkSums
  let stock: StockRun
  let costs: CostPass
  let files: FileTotals
  let labor: Entries

  /// Stock first, as it goes in order of days and keeps one core busy; other tasks and blocks of
  /// timesheet lines on whatever core is free.
  init(
    _ book: Book, _ terms: WorkTerms, _ labor: LaborPass, keepsRows: Bool, _ cores: Int?,
    _ beside: [@Sendable () -> Void]
  ) {
    let (stock, costs) = (Later<StockRun>(), Later<CostPass>())
    let files = Later<FileTotals>()
    var tasks: [@Sendable (inout WorkSums) -> Void] = [
      { sums in stock.set(StockRun(book, terms, keepsRows: keepsRows, &sums)) },
      { sums in
        var pass = CostPass(book, terms, keepsRows: keepsRows)
        pass.run(&sums)
        costs.set(pass)
      },
      { _ in files.set(FileTotals(book, asOf: terms.asOf)) },
    ]
    for task in beside { tasks.append { _ in task() } }
    let ready = tasks
    let pieces = Entries.pieces(of: book.timesheets.count)
    let blocks = Mutex<[[Entry]]>(keepsRows ? pieces.map { _ in [] } : [])
    var parts = onEveryCore(
      ready.count + pieces.count, cores: cores ?? coreCount,
      start: { WorkSums(terms) },
      { piece, sums in
        guard piece >= ready.count else { return ready[piece](&sums) }
        let number = piece - ready.count
        let block = labor.run(pieces[number], into: &sums, keepsRows: keepsRows)
        if keepsRows { blocks.withLock { $0[number] = block } }
      })
    for part in parts.indices { parts[part].flush() }
    var sums = parts.removeFirst()
    for part in parts { sums.add(part) }
    self.sums = sums
    self.stock = stock.value
    self.costs = costs.value
    self.files = files.value
    self.labor = Entries(blocks.withLock { $0 })
  }
}

/// Stock costed, and the material on jobs settled.
private struct StockRun {
  let stock: Stock
  var material: MaterialPass
  let findings: [Finding]

  init(_ book: Book, _ terms: WorkTerms, keepsRows: Bool, _ sums: inout WorkSums) {
    var notes = WorkNotes()
    material = MaterialPass(book, terms, keepsRows: keepsRows)
    var stock = Stock(book, asOf: terms.asOf, material: &material, sums: &sums, notes: &notes)
    stock.unitCost = material.unitCosts
    self.stock = stock
    findings = notes.findings
  }
}

extension JobWorks {
  fileprivate init(
    _ book: Book, _ terms: WorkTerms, _ sums: WorkSums, other: [JobCost]
  ) {
    var costs = other
    for job in costs.indices {
      costs[job].labor = sums.jobs[job].labor
      costs[job].burden = sums.jobs[job].burden
      costs[job].material = sums.jobs[job].material
    }
    let opening = addOpeningCosts(book, asOf: terms.asOf, to: &costs)
    self.init(
      costs, opening: opening, places: terms.jobs.map(\.place), unbilled: sums.unbilled)
  }
}

/// Cost that jobs brought along from before the input begins (DESIGN §3, opening_balances); its sum.
private func addOpeningCosts(_ book: Book, asOf: Day, to jobs: inout [JobCost]) -> JobCost {
  let balances = book.openingBalances
  var opening = JobCost()
  for row in balances.rows where balances.day[row] <= asOf {
    guard let job = balances.job[row].orNil?.row, let amount = balances.amount[row].orNil else {
      continue
    }
    switch balances.measure[row] {
    case .costLabor:
      jobs[job].labor += amount
      opening.labor += amount
    case .costMaterial:
      jobs[job].material += amount
      opening.material += amount
    case .costOther:
      jobs[job].other += amount
      opening.other += amount
    default: break
    }
  }
  return opening
}

extension Entry {
  mutating func block(_ reason: BlockedReason) {
    state = .blocked
    self.reason = reason
  }
}
