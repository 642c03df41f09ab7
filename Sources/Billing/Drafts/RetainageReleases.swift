import Ledger
import Measures

/// Releases of retainage: in full at completion, on a later day than the last invoice, or in part where
/// somebody asks for it (DESIGN §5; DOMAIN §2.4 [S14b, S15]). One release covers several draws, the
/// oldest first, and never more than is held.
///
/// A row of adjustments.csv with the target `retainage` asks for something else: `set_amount` releases so
/// much, before completion too; `discount_pct` keeps that share of what is held; `hold` and `exclude`
/// keep all of it. The latest one counts, until a release is dated on or after it.
struct RetainageReleases {
  /// What of a job's retainage is asked for.
  private enum Request {
    /// Of a row of adjustments, or of a command.
    case amount(Money, adjustment: Int?)
    case keep(Percentage, adjustment: Int)
    case nothing(adjustment: Int)
  }

  private let book: Book
  private let documents: Documents
  private let held: RetainageByDocument
  private let earned: PerRow<Jobs, EarnedRevenue>
  private let requests: [RowID<Jobs>: Request]

  init(
    _ book: Book, _ documents: Documents, _ held: RetainageByDocument,
    earned: PerRow<Jobs, EarnedRevenue>, asked: [RowID<Jobs>: Money] = [:]
  ) {
    (self.book, self.documents) = (book, documents)
    (self.held, self.earned) = (held, earned)
    requests = Self.openRequests(book, asOf: documents.asOf)
      .merging(asked.mapValues { .amount($0, adjustment: nil) }) { _, asked in asked }
  }

  /// What becomes of the retainage of a job: a draft, or what is kept and why; errors name what cannot
  /// be released.
  func release(_ job: RowID<Jobs>) -> (draft: Draft?, notBilled: NotBilled?, finding: Finding?) {
    let amount = held.of(job).map(\.amount).sum()
    guard amount > .zero else { return (nil, nil, nil) }
    switch requests[job] {
    case .amount(let asked, let row):
      guard asked <= amount else { return (nil, nil, aboveHeld(asked, amount, job, row)) }
      guard asked > .zero else {
        return (nil, kept(job, amount, "held", reason(row)), nil)
      }
      return (
        draft(job, asked, row, "Released as asked: \(asked.grouped)."),
        rest(job, amount - asked, row), nil
      )
    case .keep(let share, let row):
      let kept = amount.times(share, book.company.rounding) ?? amount
      guard amount > kept else {
        return (nil, self.kept(job, amount, "held", book.adjustments.reason[row]), nil)
      }
      let why = "\(share.shortText()) % of \(amount.grouped) is kept."
      return (draft(job, amount - kept, row, why), rest(job, kept, row), nil)
    case .nothing(let row):
      return (nil, kept(job, amount, "held", book.adjustments.reason[row]), nil)
    case nil:
      if let (reason, remedy) = waits(job) {
        return (nil, kept(job, amount, reason, remedy), nil)
      }
      return (draft(job, amount, nil, "Complete and billed: all that is held."), nil, nil)
    }
  }

  /// Why a release in full has to wait; nil where it may be proposed.
  private func waits(_ job: RowID<Jobs>) -> (reason: String, remedy: String)? {
    let contract = documents.contracts[job]
    guard contract.isCompleted else { return ("job_not_complete", "completion of the job") }
    // Units end where the work did, whatever the contract guessed.
    let whole: Money =
      switch book.jobs.method[job.row] {
      case .fixedPrice: contract.revised
      case .unitPrice: min(contract.revised, earned[job].earned)
      default: .zero
      }
    if documents.jobs[job].billed < whole {
      return ("not_all_billed", "the invoices of the rest of the contract")
    }
    if documents.jobs[job].lastInvoice >= documents.asOf, documents.asOf > .none {
      return ("not_all_billed", "a later day than the last invoice's")
    }
    let missing = closeoutMissing(book, job: job)
    if !missing.isEmpty, book.company.billing.closeout == .require {
      return ("closeout_incomplete", "technician: \(missing.joined(separator: " and "))")
    }
    return nil
  }

  /// What stays held after a release in part; nil for nothing.
  private func rest(_ job: RowID<Jobs>, _ amount: Money, _ adjustment: Int?) -> NotBilled? {
    amount > .zero ? kept(job, amount, "held", reason(adjustment)) : nil
  }

  private func reason(_ adjustment: Int?) -> String {
    adjustment.map { book.adjustments.reason[$0] } ?? "what a command asked for"
  }

  private func kept(
    _ job: RowID<Jobs>, _ amount: Money, _ reason: String, _ remedy: String
  ) -> NotBilled {
    NotBilled(
      job: job, customer: book.jobs.customer[job.row], what: "retainage", reason: reason,
      amount: amount, remedy: remedy)
  }

  /// A line for each document that something is released of, with its tax in proportion.
  private func draft(
    _ job: RowID<Jobs>, _ amount: Money, _ adjustment: Int?, _ why: String
  ) -> Draft? {
    var draft = Draft(
      .retainageRelease, customer: book.jobs.customer[job.row], job: job, on: documents.asOf)
    for (part, released, tax) in shares(job, amount) {
      draft.retainageTax -= tax
      var line = DraftLine(.other, "Retainage of \(name(part))", released)
      line.isTaxable = false
      line.adjustments = adjustment.map { [$0] } ?? []
      draft.lines.append(line)
    }
    draft.why = why
    return draft.lines.isEmpty ? nil : draft
  }

  /// What a release of so much takes of each document, the oldest first, and its tax in proportion; the
  /// last release takes all the tax that is left.
  func shares(
    _ job: RowID<Jobs>, _ amount: Money
  ) -> [(part: HeldRetainage, amount: Money, tax: Money)] {
    let parts = held.of(job)
    var shares: [(part: HeldRetainage, amount: Money, tax: Money)] = []
    var left = amount
    for part in parts where left > .zero && part.amount > .zero {
      let released = min(left, part.amount)
      left -= released
      let tax = part.tax.scaled(released.units, of: part.amount.units, book.company.rounding)
      shares.append((part, released, tax ?? .zero))
    }
    if left.isZero, amount == parts.map(\.amount).sum(), let last = shares.indices.last {
      shares[last].tax += parts.map(\.tax).sum() - shares.map(\.tax).sum()
    }
    return shares
  }

  private func name(_ part: HeldRetainage) -> String {
    part.invoice.exists
      ? "\(book.invoices.id[part.invoice.row]), withheld \(part.day.text)" : "earlier draws"
  }

  private func aboveHeld(
    _ asked: Money, _ held: Money, _ job: RowID<Jobs>, _ row: Int?
  ) -> Finding {
    Finding(
      .error, "release_above_held",
      at: row.map {
        Place(file: book.file(Adjustments.self), line: book.adjustments.line[$0], column: "value")
      } ?? Place(file: ""),
      value: row.map { book.adjustments.value[$0] } ?? asked.text,
      "is more retainage than is held on \(book.jobs.id[job.row]), \(held.grouped)",
      expected: "\(held.text) at most", remedy: "lower the amount, or correct what was withheld",
      amount: asked - held)
  }

  /// The adjustment of each job's retainage that no release has answered yet.
  private static func openRequests(_ book: Book, asOf: Day) -> [RowID<Jobs>: Request] {
    let (rows, invoices) = (book.adjustments, book.invoices)
    var latest: [RowID<Jobs>: Int] = [:]
    for row in rows.rows where rows.day[row] <= asOf && rows.job[row].exists {
      guard rows.target[row] == Adjustments.retainageTarget else { continue }
      if let other = latest[rows.job[row]], rows.day[other] > rows.day[row] { continue }
      latest[rows.job[row]] = row
    }
    guard !latest.isEmpty else { return [:] }
    for row in invoices.rows
    where invoices.type[row] == .retainageRelease && invoices.isLive(row, on: asOf) {
      if let asked = latest[invoices.job[row]], rows.day[asked] <= invoices.day[row] {
        latest[invoices.job[row]] = nil
      }
    }
    return latest.compactMapValues { row in
      switch rows.action[row] {
      case .setAmount: Money(rows.value[row]).map { .amount($0, adjustment: row) }
      case .discount: Percentage(rows.value[row]).map { .keep($0, adjustment: row) }
      case .hold, .exclude: .nothing(adjustment: row)
      case .setRate, .setMarkup, .setTaxCode, .addLine: nil
      }
    }
  }
}
