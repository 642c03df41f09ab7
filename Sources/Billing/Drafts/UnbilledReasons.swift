import Ledger
import Measures

/// Why entries are on no draft: by job and reason, held and excluded ones by the adjustment that says so,
/// with how many they are and what they would bill (DOMAIN §7).
struct UnbilledReasons {
  private struct Key: Hashable {
    var job: RowID<Jobs>
    var state: EntryState
    var reason: BlockedReason?
    var adjustment: Int?
  }

  private let book: Book
  private let work: Work
  /// Why a job whose entries are ready has no draft.
  var waits: [RowID<Jobs>: (reason: String, remedy: String)] = [:]

  init(_ book: Book, _ work: Work) { (self.book, self.work) = (book, work) }

  /// - Parameters:
  ///   - drafted: entries that are on a draft.
  ///   - isWanted: whether a job counts.
  func rows(without drafted: Set<EntryID>, _ isWanted: (RowID<Jobs>) -> Bool) -> [NotBilled] {
    var sums: [Key: (entries: Int, amount: Money)] = [:]
    for kind in [EntryKind.labor, .material, .other] {
      let entries = work.entries(kind)
      for row in entries.rows {
        let (entry, id) = (entries[row], EntryID(kind, row))
        guard entry.state.isUnbilled || entry.state == .excluded, !drafted.contains(id) else {
          continue
        }
        let job = book.jobAndDay(of: id).job
        guard isWanted(job), book.jobs.method[job.row].billsEntries else { continue }
        let key = Key(
          job: job, state: entry.state, reason: entry.reason, adjustment: work.adjustedBy[id])
        let sum = sums[key] ?? (0, .zero)
        sums[key] = (sum.entries + 1, sum.amount + entry.price)
      }
    }
    let keys = sums.keys.sorted { a, b in
      if a.job != b.job { return book.jobs.id.precedes(a.job.row, b.job.row) }
      return (a.state.rawValue, a.reason?.rawValue ?? 0, a.adjustment ?? -1)
        < (b.state.rawValue, b.reason?.rawValue ?? 0, b.adjustment ?? -1)
    }
    return keys.compactMap { key in
      guard let sum = sums[key] else { return nil }
      let (reason, remedy) = reason(key)
      var row = NotBilled(
        job: key.job, customer: book.jobs.customer[key.job.row],
        what: sum.entries == 1 ? "1 entry" : "\(sum.entries) entries", reason: reason,
        amount: sum.amount, remedy: remedy)
      row.entries = sum.entries
      return row
    }
  }

  private func reason(_ key: Key) -> (String, String) {
    if let row = key.adjustment, key.state == .excluded || key.reason == .held {
      let table = book.adjustments
      let author = table.author[row]
      return (
        key.state == .excluded ? key.state.name : BlockedReason.held.name,
        "\(table.id[row]), \(table.day[row].text)\(author.isEmpty ? "" : ", " + author): "
          + table.reason[row]
      )
    }
    guard let reason = key.reason else {
      if key.state == .billedLater { return (key.state.name, "on a later invoice") }
      return waits[key.job] ?? (key.state.name, "")
    }
    if reason == .closeoutIncomplete {
      let missing = closeoutMissing(book, job: key.job).joined(separator: " and ")
      return (reason.name, "technician: \(missing)")
    }
    let manager = reason.isForTheManager ? book.jobs.manager[key.job.row] : ""
    return (reason.name, manager.isEmpty ? reason.clearedBy : manager)
  }
}
