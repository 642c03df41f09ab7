public import Ledger
public import Measures

/// Everything that can be billed on a day, as documents to be issued, and what cannot, with the reason
/// (DESIGN §5). Nothing is changed: drafts become invoices when somebody issues them.
///
///     let drafts = Drafts(book, Closing(book, asOf: day, keepsRows: true))
///
/// The same book gives the same drafts in the same order: by job id, of a job the deposit request first,
/// then its invoice or draws, then a release of retainage; last finance charges by customer id.
public struct Drafts: Sendable {
  public let asOf: Day
  public let drafts: [Draft]
  /// The applications for payment that draws bill, in the order of the drafts.
  public let draws: [Draw]
  public let notBilled: [NotBilled]
  /// Unapplied cash put against open documents.
  public let applications: [ProposedApplication]
  /// An error among them means that no draft may be used.
  public let findings: [Finding]
  /// Σ prices of the entries on drafts, before charges, caps and tax.
  public let entryValue: Money
  /// The same by another road: what is ready, or beyond a cap that drafts show, less that of jobs left
  /// out.
  public let billableEntries: Money

  /// - Parameters:
  ///   - closing: of the same book, with its rows.
  ///   - jobs: the only jobs that are wanted; nil for all, finance charges and cash included.
  public init(_ book: Book, _ closing: Closing, jobs: Set<RowID<Jobs>>? = nil) {
    var run = DraftRun(book, closing)
    for job in book.jobs.rows.sorted(by: { book.jobs.id.precedes($0, $1) }) {
      if jobs.map({ $0.contains(RowID(job)) }) ?? true { run.draft(RowID(job)) }
    }
    if jobs == nil { run.charge() }
    run.nameAll()
    asOf = closing.work.asOf
    drafts = run.drafts
    draws = run.draws
    notBilled = run.notBilled
    findings = run.findings
    entryValue = run.entryValue
    billableEntries = run.billableEntries
    applications =
      jobs == nil ? proposedApplications(book, closing.position.documents) : []
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
  /// Billed timesheet rows by job, where visits are charged for.
  let billedRows: [RowID<Jobs>: [Int]]
  var drafts: [Draft] = []
  var draws: [Draw] = []
  var notBilled: [NotBilled] = []
  var findings: [Finding]
  var entryValue = Money.zero
  var billableEntries = Money.zero

  init(_ book: Book, _ closing: Closing) {
    self.book = book
    (work, position) = (closing.work, closing.position)
    asOf = work.asOf
    let taxes = TaxRates(book)
    entries = DraftEntries(book, work)
    entryLines = EntryLines(book, work, plain: withoutAdjustments(book, closing), taxes)
    visits = VisitCharges(book, work)
    added = AddedLines(book, asOf: asOf)
    contracts = ContractDrafts(book, position)
    schedule = DrawDrafts(book, position)
    finish = DraftFinish(book, position, taxes)
    requests = DepositRequests(book, position.documents)
    releases = RetainageReleases(book, position.documents)
    billedRows = visits.isOff ? [:] : work.billedLabor(book)
    findings = schedule.findings
    notBilled = work.notBilled(book)
  }

  mutating func draft(_ job: RowID<Jobs>) {
    if let block = blocked(job) {
      noteBlocked(job, block)
    } else {
      if var request = requests.request(job) {
        finish.complete(&request)
        drafts.append(request)
      }
      if schedule.covers(job) {
        drawAll(job)
      } else if let draft = main(job) {
        drafts.append(draft)
      }
    }
    let release = releases.release(job)
    if let kept = release.notBilled { notBilled.append(kept) }
    if let finding = release.finding { findings.append(finding) }
    if var draft = release.draft {
      finish.complete(&draft)
      drafts.append(draft)
    }
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
  private mutating func main(_ job: RowID<Jobs>) -> Draft? {
    let (taxCode, isTaxable) = finish.tax(of: job)
    var type = InvoiceType.standard
    var lines: [DraftLine] = []
    var why = ""
    var value = Money.zero
    if book.jobs.method[job.row].billsEntries {
      let billed = entries.of(job)
      lines = entryLines.lines(billed, job: job)
      value = lines.map(\.amount).sum()
      lines += visits.lines(
        billed, billed: billedRows[job] ?? [], job: job, taxCode: taxCode, isTaxable: isTaxable)
      if book.jobs.method[job.row] == .costPlus { type = .progress }
      why = "Hours, parts and costs through \(asOf.text)."
    } else if let (itsType, line, itsWhy) = contracts.line(job) {
      (type, why) = (itsType, itsWhy)
      var line = line
      (line.taxCode, line.isTaxable) = (taxCode, isTaxable)
      lines = [line]
    }
    lines += added.lines(of: job, taxCode: taxCode, isTaxable: isTaxable)
    guard !lines.isEmpty, mayBill(job, lines.map(\.amount).sum()) else { return nil }
    let capped = CappedLines(
      lines, cap: position.documents.contracts[job].cap,
      billed: position.documents.jobs[job].billed, policy: book.company.billing.notToExceed)
    guard capped.lines.contains(where: { !$0.amount.isZero }),
      capped.cut.isZero || capped.cut < lines.map(\.amount).sum()
    else { return nil }
    var draft = Draft(type, customer: book.jobs.customer[job.row], job: job, on: asOf)
    draft.lines = capped.lines
    draft.why = why
    finish.complete(&draft, taxBases: capped.taxBases)
    entryValue += value
    let unbilled = work.jobs.unbilled(job)
    billableEntries += unbilled.ready
    if book.company.billing.notToExceed == .adjust {
      billableEntries += unbilled.blocked(.notToExceed)
    }
    return draft
  }

  /// Open jobs wait where the company bills complete ones only; complete ones for their closeout.
  private mutating func mayBill(_ job: RowID<Jobs>, _ amount: Money) -> Bool {
    let policy = book.company.billing
    guard JobStanding(book.jobs, job.row, on: asOf).status == .complete else {
      if !policy.openJobs {
        note(job, "job", "job_open", amount, "complete the job, or set open_jobs in company.toml")
      }
      return policy.openJobs
    }
    let missing = closeoutMissing(book, job: job)
    guard !missing.isEmpty, policy.closeout != .off else { return true }
    let names = missing.joined(separator: " and ")
    if policy.closeout == .require {
      note(job, "job", "closeout_incomplete", amount, "technician: \(names)")
      return false
    }
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
    findings += found.findings
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
      finish.complete(&draft)
      drafts.append(draft)
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
    guard !amount.isZero else { return }
    note(job, "contract", block.name, amount, block.clearedBy)
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
    for var draft in financeChargeDrafts(book, position.documents) {
      finish.complete(&draft)
      drafts.append(draft)
    }
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
  /// Rows of timesheets that are billed, by job.
  fileprivate func billedLabor(_ book: Book) -> [RowID<Jobs>: [Int]] {
    var rows: [RowID<Jobs>: [Int]] = [:]
    for row in labor.rows where labor[row].state == .billed {
      rows[book.timesheets.job[row], default: []].append(row)
    }
    return rows
  }
}
