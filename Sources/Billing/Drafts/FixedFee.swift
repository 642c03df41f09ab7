import Ledger
import Measures

/// Brings the fixed fee of a cost-plus contract to its amount (DESIGN §5; DOMAIN §6.7 [S77]).
///
/// Prices carry the fee in proportion to cost over the estimate. Where cost passes the estimate the fee
/// ends at its amount, and on completion the rest of it is billed. The line names `fixed_fee` in
/// `entry_id`, so that later invoices count it.
struct FixedFee {
  private let book: Book
  private let work: Work
  /// Fee in the prices of billed entries and in lines of live invoices, by job.
  private let billed: [RowID<Jobs>: Money]

  init(_ book: Book, _ work: Work) {
    (self.book, self.work) = (book, work)
    let jobs = book.jobs
    let fixed = Set(jobs.ids.filter { jobs.method[$0.row] == .costPlus && hasFixedFee(book, $0) })
    guard !fixed.isEmpty else {
      billed = [:]
      return
    }
    var billed: [RowID<Jobs>: Money] = [:]
    for kind in [EntryKind.labor, .material, .other] {
      for row in work.entries(kind).rows {
        let entry = work.entries(kind)[row]
        guard entry.state == .billed || entry.state == .billedLater else { continue }
        let job = book.jobAndDay(of: EntryID(kind, row)).job
        guard fixed.contains(job) else { continue }
        billed[job, default: .zero] += fee(in: entry, of: job, book)
      }
    }
    let lines = book.invoiceLines
    let standings = invoiceStandings(book.invoices, asOf: work.asOf)
    for row in lines.rows where lines.entryID[row] == DraftLine.fixedFee {
      guard let invoice = lines.invoice[row].orNil?.row, standings[invoice] != .frees else {
        continue
      }
      billed[lines.job[row].orNil ?? book.invoices.job[invoice], default: .zero] +=
        lines.amount[row].orZero
    }
    self.billed = billed
  }

  /// The line that a draft of some entries needs; nil where their prices carry the fee as it is.
  func line(
    _ entries: [DraftEntries.Entry], job: RowID<Jobs>, isComplete: Bool
  ) -> DraftLine? {
    guard book.jobs.method[job.row] == .costPlus, hasFixedFee(book, job) else { return nil }
    var carried = billed[job] ?? .zero
    for entry in entries {
      carried += fee(in: work.entries(entry.id.kind)[entry.id.row], of: job, book)
    }
    let amount = book.jobs.feeAmount[job.row].orZero
    let target = isComplete ? amount : min(carried, amount)
    guard target != carried else { return nil }
    let text =
      target > carried ? "Rest of the fixed fee of " : "Above the fixed fee of "
    var line = DraftLine(.other, text + amount.grouped, target - carried)
    line.reference = DraftLine.fixedFee
    return line
  }
}

private func hasFixedFee(_ book: Book, _ job: RowID<Jobs>) -> Bool {
  book.jobs.feeAmount[job.row].orZero > .zero && book.jobs.estimatedCost[job.row].orZero > .zero
}

/// The part of a price that is fixed fee: what is above the cost with its percentage.
private func fee(in entry: Entry, of job: RowID<Jobs>, _ book: Book) -> Money {
  let factor = Percentage(
    units: Percentage.whole.units + (book.jobs.feePercentage[job.row].orNil ?? .zero).units)
  return entry.price - (entry.burdenedCost.times(factor, book.company.rounding) ?? .zero)
}
