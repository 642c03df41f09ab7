internal import Ledger
internal import Measures

/// Opening balances dated in a period: the input begins in it. They count to date and in no period
/// (DESIGN §3), so they stand with the day before the period.
struct BroughtAlong {
  private struct Sums {
    var cost = Money.zero
    var billed = Money.zero
    /// Nil where nobody said what was earned.
    var earned: Money?
  }

  private let book: Book
  private let opening: Day
  private var jobs: [RowID<Jobs>: Sums] = [:]
  /// Billed on no job.
  private(set) var billedOnNoJob = Money.zero

  init(_ book: Book, in period: Period) {
    self.book = book
    opening = period.opening
    let balances = book.openingBalances
    for row in balances.rows where period.contains(balances.day[row]) {
      guard let amount = balances.amount[row].orNil else { continue }
      guard let job = balances.job[row].orNil else {
        if balances.measure[row] == .billed { billedOnNoJob += amount }
        continue
      }
      switch balances.measure[row] {
      case .costLabor, .costMaterial, .costOther: jobs[job, default: Sums()].cost += amount
      case .billed: jobs[job, default: Sums()].billed += amount
      case .earned: jobs[job, default: Sums()].earned = (jobs[job]?.earned ?? .zero) + amount
      case .certified, .retainage, .received, .deposit, .unapplied: break
      }
    }
  }

  /// Adds them to the day before the period; what was earned by then is what they say, or what the
  /// billing method earns with that cost.
  func add(to lines: inout [WipLine], _ position: Position) {
    guard !jobs.isEmpty else { return }
    var earning = Earning(book, asOf: opening)
    for (job, sums) in jobs {
      let contract = position.documents.contracts[job]
      var documents = position.documents.jobs[job]
      documents.billed += sums.billed
      var prior = lines[job.row].prior
      prior.cost += sums.cost
      prior.billed = documents.billed
      let revenue = earning.earn(
        job.row, contract, documents, cost: prior.cost,
        approvedUnbilled: position.work.unbilled(job).approved, brought: sums.earned)
      prior.take(revenue, contract)
      lines[job.row].prior = prior
    }
  }
}
