import Ledger
import Measures

/// What a contract without a schedule of values bills on a day (DESIGN §5): the reason, and the amount.
///
/// - A service agreement what it has earned by days, less what was billed.
/// - A fixed price in full at completion, less what was billed; a construction contract, one that
///   withholds retainage or was billed by progress before, also by draws of what it has earned by cost to
///   cost (DOMAIN §3.1).
struct ContractDrafts {
  private let book: Book
  private let position: Position
  /// Jobs with a live progress invoice.
  private let drawsProgress: [Bool]

  init(_ book: Book, _ position: Position) {
    self.book = book
    self.position = position
    var draws = [Bool](repeating: false, count: book.jobs.count)
    for row in book.invoices.rows
    where book.invoices.type[row] == .progress && book.invoices.isLive(row, on: position.asOf) {
      if let job = book.invoices.job[row].orNil { draws[job.row] = true }
    }
    drawsProgress = draws
  }

  /// The document type and its one line; nil where nothing is to be billed.
  func line(_ job: RowID<Jobs>) -> (type: InvoiceType, line: DraftLine, why: String)? {
    let contract = position.documents.contracts[job]
    let billed = position.documents.jobs[job].billed
    let earned = position.earned[job].earned
    switch book.jobs.method[job.row] {
    case .serviceAgreement:
      guard book.jobs.endDate[job.row].orNil != nil, earned > billed else { return nil }
      let why =
        "Earned by days through \(position.asOf.text): \(earned.grouped) of "
        + "\(contract.revised.grouped), billed \(billed.grouped)."
      return (.standard, DraftLine(.other, book.jobs.jobName[job.row], earned - billed), why)
    case .fixedPrice:
      if contract.isCompleted {
        guard contract.revised > billed else { return nil }
        let why =
          "Complete: contract and approved changes \(contract.revised.grouped), billed "
          + "\(billed.grouped)."
        let type: InvoiceType = drawsProgress[job.row] ? .progress : .standard
        return (type, DraftLine(.other, book.jobs.jobName[job.row], contract.revised - billed), why)
      }
      return draw(job, contract, billed: billed, earned: earned)
    case .timeAndMaterials, .costPlus, .unitPrice, .noCharge:
      return nil
    }
  }

  /// What a complete contract was billed beyond its amount: a credit that a person decides on.
  func overbilled(_ job: RowID<Jobs>) -> Money? {
    let contract = position.documents.contracts[job]
    let beyond = position.documents.jobs[job].billed - contract.revised
    guard book.jobs.method[job.row] == .fixedPrice, contract.isCompleted, contract.hasAmount,
      beyond > .zero
    else { return nil }
    return beyond
  }

  private func draw(
    _ job: RowID<Jobs>, _ contract: ContractValue, billed: Money, earned: Money
  ) -> (type: InvoiceType, line: DraftLine, why: String)? {
    let withholds = book.jobs.retainagePercentage[job.row].orNil.map { $0 > .zero } ?? false
    guard withholds || drawsProgress[job.row], contract.estimate.orNil != nil,
      position.earned[job].completePercentage != nil, earned > billed
    else { return nil }
    let percentage = position.earned[job].completePercentage?.shortText() ?? ""
    let why =
      "Cost to cost \(percentage) %: earned \(earned.grouped) of \(contract.revised.grouped), billed "
      + "\(billed.grouped)."
    let text = "\(book.jobs.jobName[job.row]), \(percentage) % complete"
    return (.progress, DraftLine(.other, text, earned - billed), why)
  }
}
