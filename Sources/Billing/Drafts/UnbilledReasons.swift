import Ledger
import Measures

extension Work {
  /// Entries that are on no draft, by job and reason, with how many they are and what they would bill
  /// (DOMAIN §7).
  func notBilled(_ book: Book) -> [NotBilled] {
    struct Key: Hashable {
      var job: RowID<Jobs>
      var state: EntryState
      var reason: BlockedReason?
    }
    let showsBeyond = book.company.billing.notToExceed == .adjust
    var sums: [Key: (entries: Int, amount: Money)] = [:]
    for row in unbilledLines(in: book, isOrdered: false) {
      let line = line(row, in: book)
      guard line.state == .blocked || line.state == .billedLater || line.state == .excluded else {
        continue
      }
      if showsBeyond, line.reason == .notToExceed { continue }
      let key = Key(job: line.job, state: line.state, reason: line.reason)
      let sum = sums[key] ?? (0, .zero)
      sums[key] = (sum.entries + 1, sum.amount + line.price)
    }
    let keys = sums.keys.sorted { a, b in
      if a.job != b.job { return book.jobs.id.precedes(a.job.row, b.job.row) }
      return (a.state.rawValue, a.reason?.rawValue ?? 0)
        < (b.state.rawValue, b.reason?.rawValue ?? 0)
    }
    return keys.compactMap { key in
      guard let sum = sums[key] else { return nil }
      let reason = key.reason
      let manager = reason?.isForTheManager == true ? book.jobs.manager[key.job.row] : ""
      return NotBilled(
        job: key.job, customer: book.jobs.customer[key.job.row],
        what: sum.entries == 1 ? "1 entry" : "\(sum.entries) entries",
        reason: reason?.name ?? key.state.name, amount: sum.amount,
        remedy: manager.isEmpty
          ? reason?.clearedBy ?? (key.state == .excluded ? "by adjustment" : "on a later invoice")
          : manager)
    }
  }
}
