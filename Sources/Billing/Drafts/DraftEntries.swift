public import Ledger
import Measures

/// The entries that a draft of a job bills, in order of kind, day and file.
struct DraftEntries {
  /// What each bills; where it crosses a cap the whole of it, as the draft takes the rest away.
  struct Entry {
    var id: EntryID
    var price: Money
    /// Hours or parts that are charged, returns and corrections below zero.
    var quantity: Quantity
  }

  /// By job.
  private let starts: [Int32]
  private let entries: [EntryID]
  private let work: Work
  private let book: Book

  /// Groups what is ready, and under `not_to_exceed = "adjust"` what lies beyond a cap too, since the
  /// draft shows all of it (DESIGN §5).
  init(_ book: Book, _ work: Work) {
    precondition(work.hasRows, "drafts are made of entries, so rows must have been kept")
    self.book = book
    self.work = work
    let showsBeyond = book.company.billing.notToExceed == .adjust
    var starts = [Int32](repeating: 0, count: book.jobs.count + 1)
    var found: [(job: Int, day: Day, id: EntryID)] = []
    for kind in [EntryKind.labor, .material, .other] {
      let entries = work.entries(kind)
      for row in entries.rows {
        let entry = entries[row]
        let isBeyond = entry.state == .blocked && entry.reason == .notToExceed
        let id = EntryID(kind, row)
        guard entry.state == .ready || isBeyond && (showsBeyond || work.readyParts[id] != nil)
        else { continue }
        let (job, day) = book.jobAndDay(of: id)
        found.append((job.row, day, id))
        starts[job.row + 1] += 1
      }
    }
    for job in 0..<book.jobs.count { starts[job + 1] += starts[job] }
    found.sort {
      ($0.job, $0.id.kind.order, $0.day, $0.id.row) < ($1.job, $1.id.kind.order, $1.day, $1.id.row)
    }
    self.starts = starts
    entries = found.map(\.id)
  }

  /// The entries of a job.
  func of(_ job: RowID<Jobs>) -> [Entry] {
    entries[Int(starts[job.row])..<Int(starts[job.row + 1])].map { id in
      let settled = work.entries(id.kind)[id.row]
      return Entry(id: id, price: settled.price, quantity: quantity(id))
    }
  }

  private func quantity(_ id: EntryID) -> Quantity {
    switch id.kind {
    case .labor:
      Quantity(
        units: TimeIncrement(book.company.billing).billed(book.timesheets.hours[id.row]).units)
    case .material:
      book.inventory.type[id.row] == .return
        ? -book.inventory.quantity[id.row] : book.inventory.quantity[id.row]
    case .other: Quantity(units: 1_0000)
    }
  }
}

extension Book {
  /// The job that an entry is charged to, and its day.
  func jobAndDay(of entry: EntryID) -> (job: RowID<Jobs>, day: Day) {
    switch entry.kind {
    case .labor: (timesheets.job[entry.row], timesheets.day[entry.row])
    case .material: (inventory.job[entry.row], inventory.day[entry.row])
    case .other: (costs.job[entry.row], costs.day[entry.row])
    }
  }

  /// The id of an entry, as its file writes it.
  public func id(of entry: EntryID) -> String {
    switch entry.kind {
    case .labor: timesheets.id[entry.row]
    case .material: inventory.id[entry.row]
    case .other: costs.id[entry.row]
    }
  }
}
