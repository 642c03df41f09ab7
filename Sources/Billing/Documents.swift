public import Ledger
public import Measures

/// Everything that documents, payments and contracts say on a day, before any work is looked at:
/// what `Work` needs of them, and `Position` builds on.
///
///     let documents = Documents(book, asOf: day)
///     let work = Work(book: book, asOf: day, billed: documents.billed, cap: documents.cap)
///     let position = Position(book: book, asOf: day, work: work.jobs)
public struct Documents: Sendable {
  public let asOf: Day
  public let balances: DocumentBalances
  public let jobs: PerRow<Jobs, JobDocuments>
  /// Of documents, payments and opening balances without a job.
  public let notOnJob: JobDocuments
  public let contracts: PerRow<Jobs, ContractValue>
  /// How documents over several jobs are shared; the same on every day.
  public let shares: InvoiceShares

  /// - Parameters:
  ///   - shares: those of the same book on another day, to save making them again.
  ///   - contracts: those of the same day, where they were made already.
  public init(
    _ book: Book, asOf: Day, shares: InvoiceShares? = nil,
    contracts: PerRow<Jobs, ContractValue>? = nil
  ) {
    let shares = shares ?? InvoiceShares(book)
    let balances = DocumentBalances(book, asOf: asOf)
    let sums = JobDocumentSums(book, balances, shares)
    self.asOf = asOf
    self.balances = balances
    self.shares = shares
    jobs = PerRow(sums.jobs)
    notOnJob = sums.notOnJob
    self.contracts = contracts ?? contractValues(book, asOf: asOf)
  }

  /// Subtotals billed to date on each job.
  public var billed: PerRow<Jobs, Money> { PerRow(jobs.values.map(\.billed)) }

  /// What a job may bill at most; `.none` where it has no not-to-exceed amount.
  public var cap: PerRow<Jobs, Money> { contracts.cap }
}

extension PerRow<Jobs, ContractValue> {
  /// What each job may bill at most; `.none` where it has no not-to-exceed amount.
  var cap: PerRow<Jobs, Money> { PerRow<Jobs, Money>(values.map(\.cap)) }
}
