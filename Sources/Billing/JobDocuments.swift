public import Ledger
public import Measures

/// What the documents and payments of one job come to through the as-of day (DESIGN §4).
public struct JobDocuments: Sendable {
  /// Subtotals of standard, progress and credit memo, gross of retainage, without tax and deposits
  /// (DOMAIN §3.3); the opening balance included.
  public var billed = Money.zero
  /// The tax of the same documents.
  public var taxBilled = Money.zero
  /// Withheld and neither released nor written off.
  public var retainageHeld = Money.zero
  /// Billed by retainage_release documents. What a draw gives back by a lower rate is no release: it
  /// lowers what is held.
  public var retainageReleased = Money.zero
  /// Cash applied to the job's documents, deposit requests included, and its direct deposits, less
  /// refunds on either; the opening balance included. Discounts are no cash.
  public var received = Money.zero
  /// Open on its documents, credit memos left out as in the aging.
  public var openAR = Money.zero
  /// Received on its deposits, less what was applied, refunded and forfeited.
  public var depositsHeld = Money.zero
  /// The latest document that asks for money: standard, progress, deposit or release; `.none`.
  public var lastInvoice = Day.none

  public init() {}
}

/// The documents of all jobs, and of those that are on none.
struct JobDocumentSums {
  var jobs: [JobDocuments]
  var notOnJob = JobDocuments()

  init(_ book: Book, _ balances: DocumentBalances, _ shares: InvoiceShares) {
    jobs = Array(inLargePages: JobDocuments(), count: book.jobs.count)
    addWhole(book, balances, shares)
    for row in shares.documents where balances[row].isLive {
      addParts(book, row, balances, shares.of(row))
    }
    addDirectDeposits(book, balances)
    addOpening(book, asOf: balances.asOf)
  }

  private subscript(_ job: RowID<Jobs>) -> JobDocuments {
    get { job.exists ? jobs[job.row] : notOnJob }
    _modify {
      if job.exists { yield &jobs[job.row] } else { yield &notOnJob }
    }
  }

  /// Documents that are on their header's job as a whole: nearly all of them.
  private mutating func addWhole(
    _ book: Book, _ balances: DocumentBalances, _ shares: InvoiceShares
  ) {
    let (job, type, day) = (book.invoices.job, book.invoices.type, book.invoices.day)
    let (subtotal, tax) = (book.invoices.subtotal, book.invoices.tax)
    let (deposit, retainage) = (book.invoices.deposit, book.invoices.retainage)
    let documents = balances.documents.values
    let agesRequests = book.company.aging.depositRequests
    for row in documents.indices where documents[row].isLive && !shares.has(row) {
      var share = JobShare(type[row], day[row], agesRequests: agesRequests)
      share.subtotal = subtotal[row].orZero
      share.tax = tax[row].orZero
      share.retainage = retainage[row].orZero
      share.open = documents[row].open
      share.received = documents[row].received
      share.held =
        type[row] == .deposit ? balances.depositHeld(book, row) : deposit[row].orZero
      if job[row].exists { jobs[job[row].row].add(share) } else { notOnJob.add(share) }
    }
  }

  private mutating func addParts(
    _ book: Book, _ row: Int, _ balances: DocumentBalances, _ parts: ArraySlice<InvoiceShare>
  ) {
    let balance = balances[row]
    let open = parts.split(balance.open)
    let received = parts.split(balance.received)
    let held = parts.split(balances.depositHeld(book, row))
    let type = book.invoices.type[row]
    for (place, part) in parts.enumerated() {
      var share = JobShare(
        type, book.invoices.day[row], agesRequests: book.company.aging.depositRequests)
      share.subtotal = part.subtotal
      share.tax = part.tax
      share.retainage = part.retainage
      share.open = open[place]
      share.received = received[place]
      share.held = type == .deposit ? held[place] : part.deposit
      self[part.job].add(share)
    }
  }

  /// Payments of type deposit: cash of the job that they name, and held until applied.
  private mutating func addDirectDeposits(_ book: Book, _ balances: DocumentBalances) {
    let payments = book.payments
    for row in payments.rows
    where payments.type[row] == .deposit && payments.isLive(row, on: balances.asOf) {
      let job = payments.job[row]
      self[job].received += payments.amount[row]
      self[job].depositsHeld += payments.amount[row] - balances.used.values[row]
    }
    for refund in balances.depositRefunds {
      self[payments.job[refund.deposit.row]].received -= refund.amount
    }
  }

  private mutating func addOpening(_ book: Book, asOf: Day) {
    let opening = OpeningSums(book, asOf: asOf)
    opening.forEach(.billed) { _, job, amount in self[job].billed += amount }
    opening.forEach(.retainage) { _, job, amount in self[job].retainageHeld += amount }
    opening.forEach(.received) { _, job, amount in self[job].received += amount }
    opening.forEach(.deposit) { _, job, amount in self[job].depositsHeld += amount }
  }
}

/// What of a document is on one job.
private struct JobShare {
  let type: InvoiceType
  let day: Day
  /// Whether what is open on it is receivable.
  let isReceivable: Bool
  var subtotal = Money.zero
  var tax = Money.zero
  var retainage = Money.zero
  var open = Money.zero
  var received = Money.zero
  var held = Money.zero

  @inline(__always)
  init(_ type: InvoiceType, _ day: Day, agesRequests: Bool) {
    self.type = type
    self.day = day
    isReceivable = type != .creditMemo && (type != .deposit || agesRequests)
  }
}

extension JobDocuments {
  @inline(__always)
  fileprivate mutating func add(_ share: JobShare) {
    retainageHeld += share.retainage
    received += share.received
    depositsHeld += share.held
    if share.type.billsRevenue {
      billed += share.subtotal
      taxBilled += share.tax
    }
    if share.type == .retainageRelease { retainageReleased -= share.retainage }
    if share.isReceivable { openAR += share.open }
    if share.type.asksForPayment { lastInvoice = max(lastInvoice, share.day) }
  }
}

extension InvoiceType {
  /// Whether it bills work, a deposit or retainage, and so says when a job was last billed.
  public var asksForPayment: Bool {
    switch self {
    case .standard, .progress, .deposit, .retainageRelease: true
    case .creditMemo, .writeOff, .financeCharge, .depositForfeit: false
    }
  }
}
