public import Ledger
public import Measures

/// Everything that can be billed on a day, as documents to be issued, and what cannot, with the reason
/// (DESIGN §5). Nothing is changed: drafts become invoices when somebody issues them.
///
///     let drafts = Drafts(Closing(book, asOf: day, keepsRows: true))
///
/// The same book gives the same drafts in the same order: by job id, of a job the deposit request first,
/// then its invoice or draws, then a release of retainage; last finance charges by customer id.
public struct Drafts: Sendable {
  public let asOf: Day
  public var drafts: [Draft]
  /// The applications for payment that draws bill, in the order of the drafts.
  public let draws: [Draw]
  public var notBilled: [NotBilled]
  /// Unapplied cash put against open documents.
  public let applications: [ProposedApplication]
  /// An error among them means that no draft may be used.
  public let findings: [Finding]
  /// Σ prices of the entries on drafts, before charges, caps and tax.
  public let entryValue: Money
  /// Σ prices of the entries in `notBilled`, excluded ones left out.
  public var waitingEntries: Money {
    notBilled.filter { $0.entries > 0 && $0.reason != EntryState.excluded.name }
      .map(\.amount).sum()
  }
  /// Σ prices of all entries on no invoice, by the totals of the work: the other road to both.
  public let unbilledEntries: Money

  /// - Parameters:
  ///   - closing: with its rows.
  ///   - jobs: the only jobs that are wanted; nil for all, finance charges and cash included.
  ///   - asked: what a person asks for, whatever the terms propose.
  public init(
    _ closing: Closing, jobs: Set<RowID<Jobs>>? = nil, asked: AskedAmounts = AskedAmounts()
  ) {
    let book = closing.book
    var run = DraftRun(book, closing, asked)
    let wanted = book.jobs.rows.filter { jobs?.contains(RowID($0)) ?? true }
    for job in wanted.sorted(by: { book.jobs.id.precedes($0, $1) }) { run.draft(RowID(job)) }
    if jobs == nil { run.charge() }
    run.nameAll()
    asOf = closing.work.asOf
    drafts = run.drafts
    draws = run.draws
    notBilled =
      run.reasons.rows(without: run.drafted) { jobs?.contains($0) ?? true } + run.notBilled
    findings = run.findings
    entryValue = run.entryValue
    unbilledEntries =
      jobs == nil
      ? closing.work.totals.unbilled
      : wanted.map { closing.work.jobs.unbilled(RowID($0)).total }.sum()
    applications = jobs == nil ? proposedApplications(book, closing.position.documents) : []
  }
}

/// Drafts one job after the other.
private struct DraftRun {
  let book: Book
  let asOf: Day
  let position: Position
  let work: Work
  let entries: DraftEntries
  let entryLines: EntryLines
  let visits: VisitCharges
  let added: AddedLines
  let contracts: ContractDrafts
  let schedule: DrawDrafts
  let finish: DraftFinish
  let requests: DepositRequests
  let releases: RetainageReleases
  let heldBack: HeldBack
  let fixedFee: FixedFee
  /// Billed and blocked timesheet rows by job, where visits are charged for.
  let otherLabor: [RowID<Jobs>: [Int]]
  var balances: DraftBalances
  var reasons: UnbilledReasons
  var drafts: [Draft] = []
  var draws: [Draw] = []
  /// Of no entry.
  var notBilled: [NotBilled] = []
  var findings: [Finding] = []
  /// Entries on drafts, and what they come to.
  var drafted = Set<EntryID>()
  var entryValue = Money.zero

  init(_ book: Book, _ closing: Closing, _ asked: AskedAmounts) {
    self.book = book
    (work, position) = (closing.work, closing.position)
    asOf = work.asOf
    let (taxes, documents) = (TaxRates(book), position.documents)
    entries = DraftEntries(book, work)
    entryLines = EntryLines(book, work, plain: withoutAdjustments(book, closing), taxes)
    visits = VisitCharges(book, work)
    added = AddedLines(book, asOf: asOf)
    contracts = ContractDrafts(book, position)
    schedule = DrawDrafts(book, position)
    finish = DraftFinish(book, position, taxes)
    let held = RetainageByDocument(book, documents)
    requests = DepositRequests(book, documents, asked: asked.deposits)
    releases = RetainageReleases(
      book, documents, held, earned: position.earned, asked: asked.releases)
    heldBack = HeldBack(book, asOf: asOf)
    fixedFee = FixedFee(book, work)
    otherLabor = visits.isOff ? [:] : work.otherLabor(book)
    balances = DraftBalances(documents, held)
    reasons = UnbilledReasons(book, work)
  }

  mutating func draft(_ job: RowID<Jobs>) {
    if let block = blocked(job) {
      noteBlocked(job, block)
    } else {
      if let request = requests.request(job) { add(request) }
      if requests.lacksBase(job) {
        note(
          job, "deposit", "no_deposit_base", .zero,
          "contract_amount, not_to_exceed or estimated_cost in jobs.csv")
      }
      if schedule.covers(job) {
        drawAll(job)
      } else {
        main(job)
      }
    }
    let release = releases.release(job)
    if let kept = release.notBilled { notBilled.append(kept) }
    if let finding = release.finding { findings.append(finding) }
    if let draft = release.draft { add(draft) }
  }

  private mutating func add(_ draft: Draft, taxBases: [DraftLine]? = nil) {
    var draft = draft
    finish.complete(&draft, taxBases: taxBases, balances)
    balances.take(draft)
    drafts.append(draft)
  }

  /// What stops a job as a whole.
  private func blocked(_ job: RowID<Jobs>) -> BlockedReason? {
    if let block = JobStanding(book.jobs, job.row, on: asOf).block { return block }
    if let customer = book.jobs.customer[job.row].orNil, book.customers.isOnHold[customer.row] {
      return .customerOnHold
    }
    return nil
  }

  /// The invoice of a job without a schedule of values.
  private mutating func main(_ job: RowID<Jobs>) {
    let (taxCode, isTaxable) = finish.tax(of: job)
    var (type, why) = (InvoiceType.standard, "")
    var lines: [DraftLine] = []
    var billed: [DraftEntries.Entry] = []
    if book.jobs.method[job.row].billsEntries {
      billed = entries.of(job)
      lines = entryLines.lines(billed, job: job)
      lines += visits.lines(
        billed, others: otherLabor[job] ?? [], job: job, taxCode: taxCode, isTaxable: isTaxable)
      if var line = fixedFee.line(
        billed, job: job, isComplete: position.documents.contracts[job].isCompleted)
      {
        (line.taxCode, line.isTaxable) = (taxCode, isTaxable)
        lines.append(line)
      }
      if book.jobs.method[job.row] == .costPlus { type = .progress }
      why = "Hours, parts and costs through \(asOf.text)."
    } else if let (itsType, line, itsWhy) = contracts.line(job) {
      (type, why) = (itsType, itsWhy)
      var line = line
      (line.taxCode, line.isTaxable) = (taxCode, isTaxable)
      lines = [line]
    } else if let beyond = contracts.overbilled(job) {
      note(
        job, "contract", "overbilled", -beyond, "a credit memo, or the change order that is missing"
      )
    } else if book.jobs.method[job.row] == .unitPrice {
      note(job, "contract", "no_schedule", .zero, "lines in schedule_of_values.csv, with prices")
    }
    let more = added.lines(of: job, taxCode: taxCode, isTaxable: isTaxable)
    if book.jobs.method[job.row].billsEntries || book.jobs.method[job.row] == .noCharge {
      lines += more
    } else {
      noteAdded(more, job)
    }
    let capped = CappedLines(
      lines, cap: position.documents.contracts[job].cap, billed: balances[job].billed,
      heldBack: heldBack.of(job))
    let amount = capped.lines.map(\.amount).sum()
    guard !capped.lines.isEmpty else { return noteHeldBack(job, capped.stillHeldBack) }
    guard !(amount.isZero && capped.cut > .zero) else {
      reasons.waits[job] = (BlockedReason.notToExceed.name, BlockedReason.notToExceed.clearedBy)
      return noteHeldBack(job, capped.stillHeldBack)
    }
    guard mayBill(job, amount, hasEntries: !billed.isEmpty) else { return }
    noteHeldBack(job, capped.stillHeldBack)
    var draft = Draft(type, customer: book.jobs.customer[job.row], job: job, on: asOf)
    draft.lines = capped.lines
    draft.why = why.isEmpty ? "Lines that were added." : why
    add(draft, taxBases: capped.taxBases)
    drafted.formUnion(billed.map(\.id))
    entryValue += billed.map(\.price).sum()
  }

  /// A line that is added to a contract would be taken off what the contract still bills.
  private mutating func noteAdded(_ lines: [DraftLine], _ job: RowID<Jobs>) {
    for line in lines {
      note(
        job, line.description, "added_to_contract", line.amount,
        "a change order: the contract's amount is billed and no more")
    }
  }

  private mutating func noteHeldBack(_ job: RowID<Jobs>, _ amount: Money) {
    guard !amount.isZero else { return }
    note(
      job, "held back on earlier invoices", BlockedReason.notToExceed.name, amount,
      BlockedReason.notToExceed.clearedBy)
  }

  /// Open jobs wait where the company bills complete ones only; complete ones for their closeout.
  private mutating func mayBill(
    _ job: RowID<Jobs>, _ amount: Money, hasEntries: Bool = false
  ) -> Bool {
    let policy = book.company.billing
    func wait(_ reason: String, _ remedy: String) -> Bool {
      if hasEntries {
        reasons.waits[job] = (reason, remedy)
      } else {
        note(job, "job", reason, amount, remedy)
      }
      return false
    }
    guard JobStanding(book.jobs, job.row, on: asOf).status == .complete else {
      return policy.openJobs
        || wait("job_open", "complete the job, or set open_jobs in company.toml")
    }
    let missing = closeoutMissing(book, job: job)
    guard !missing.isEmpty, policy.closeout != .off else { return true }
    let names = missing.joined(separator: " and ")
    if policy.closeout == .require { return wait("closeout_incomplete", "technician: \(names)") }
    findings.append(
      Finding(
        .warning, "closeout_incomplete",
        at: Place(file: book.file(Jobs.self), line: book.jobs.line[job.row]),
        value: book.jobs.id[job.row], "is billed as complete without \(names)",
        expected: "signature and photos on file", remedy: "ask the technician for \(names)",
        amount: amount))
    return true
  }

  private mutating func drawAll(_ job: RowID<Jobs>) {
    let found = schedule.draws(of: job)
    notBilled += found.notBilled
    findings += schedule.findings(of: job) + found.findings
    noteAdded(added.lines(of: job, taxCode: .none, isTaxable: false), job)
    for draw in found.draws {
      guard mayBill(job, draw.thisPeriod) else { continue }
      var draft = Draft(.progress, customer: book.jobs.customer[job.row], job: job, on: asOf)
      draft.application = draw.application
      draft.lines = draw.draftLines()
      draft.why =
        "Application \(draw.application) of \(draw.day.text): completed and stored "
        + "\(draw.completedAndStored.grouped) of \(draw.contractSum.grouped)."
      if !draw.uncertified.isZero {
        draft.why +=
          " Line 8 asks for \(draw.uncertified.grouped) more, of earlier applications that were "
          + "certified at another amount."
      }
      add(draft)
      draws.append(draw)
    }
  }

  private mutating func noteBlocked(_ job: RowID<Jobs>, _ block: BlockedReason) {
    var amount = Money.zero
    if schedule.covers(job) {
      amount = schedule.draws(of: job).draws.map(\.thisPeriod).sum()
    } else if let (_, line, _) = contracts.line(job) {
      amount = line.amount
    }
    for line in added.lines(of: job, taxCode: .none, isTaxable: false) { amount += line.amount }
    guard !amount.isZero else { return }
    note(job, "job", block.name, amount, block.clearedBy)
  }

  private mutating func note(
    _ job: RowID<Jobs>, _ what: String, _ reason: String, _ amount: Money, _ remedy: String
  ) {
    notBilled.append(
      NotBilled(
        job: job, customer: book.jobs.customer[job.row], what: what, reason: reason,
        amount: amount, remedy: remedy))
  }

  /// Finance charges of all customers.
  mutating func charge() {
    for draft in financeChargeDrafts(book, position.documents) { add(draft) }
  }

  mutating func nameAll() {
    var names = DraftNames(book, asOf: asOf)
    for place in drafts.indices { drafts[place].id = names.name(drafts[place]) }
  }
}

/// The same work as if nobody had adjusted anything; nil where nobody has.
private func withoutAdjustments(_ book: Book, _ closing: Closing) -> Work? {
  guard book.adjustments.count > 0 else { return nil }
  var plain = book
  plain.adjustments = Adjustments()
  let documents = closing.position.documents
  return Work(book: plain, asOf: closing.work.asOf, billed: documents.billed, cap: documents.cap)
}

extension Work {
  /// Rows of timesheets that are billed or blocked, by job.
  fileprivate func otherLabor(_ book: Book) -> [RowID<Jobs>: [Int]] {
    var rows: [RowID<Jobs>: [Int]] = [:]
    for row in labor.rows where labor[row].state == .billed || labor[row].state == .blocked {
      guard labor[row].reason != .notToExceed else { continue }
      rows[book.timesheets.job[row], default: []].append(row)
    }
    return rows
  }
}
