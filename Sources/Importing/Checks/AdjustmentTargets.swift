import Ledger
import Measures

/// An adjustment's target is labor, material, other, a category, or an entry of its own job: one
/// that meets nothing would be passed over without a word.
enum AdjustmentTargets: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    let rows = book.adjustments
    guard rows.count > 0 else { return [] }
    var findings = RowFindings(rows, in: book, suspects)
    var targets = KeyIndex<Adjustments>()
    for row in rows.rows where isEntry(row, book) {
      _ = rows.target.withBytes(row) { targets.insert($0) }
    }
    guard targets.count > 0 else { return [] }
    let found = entries(named: targets, in: book)
    for row in rows.rows where isEntry(row, book) && rows.job[row].exists {
      let target = rows.target.withBytes(row) { targets.find($0) }
      if found.contains(Entry(target: target, job: rows.job[row])) { continue }
      findings.add(
        .error, "unknown_reference", row, "target", value: rows.target[row],
        "is no entry of \(book.jobs.id[rows.job[row].row]), no kind and no category",
        expected:
          "the id of a timesheet line, movement or cost of this job, labor, material, other, "
          + "an item's category, a kind of cost, or retainage")
    }
    return findings.list
  }

  private struct Entry: Hashable {
    var target: RowID<Adjustments>
    var job: RowID<Jobs>
  }

  /// Whether the target can only be an entry's id.
  private static func isEntry(_ row: Int, _ book: Book) -> Bool {
    let target = book.adjustments.target
    guard !target.isEmpty(row) else { return false }
    let text = target[row]
    return EntryKind(rawValue: text) == nil && CostKind(rawValue: text) == nil
      && text != Adjustments.retainageTarget
      && !book.markups.categories.find(text).exists
      && !book.items.categoryName.indices.contains {
        book.items.categoryName.slice($0) == target.slice(row)
      }
  }

  /// The targets that are entries, with their jobs; only entries of adjusted jobs are looked at.
  private static func entries(named targets: KeyIndex<Adjustments>, in book: Book) -> Set<Entry> {
    var isAdjusted = [Bool](repeating: false, count: book.jobs.count)
    for job in book.adjustments.job where job.exists { isAdjusted[job.row] = true }
    var found = Set<Entry>()
    func look(_ ids: TextColumn, _ jobs: [RowID<Jobs>]) {
      for row in jobs.indices where jobs[row].exists && isAdjusted[jobs[row].row] {
        let target = ids.withBytes(row) { targets.find($0) }
        if target.exists { found.insert(Entry(target: target, job: jobs[row])) }
      }
    }
    look(book.timesheets.id, book.timesheets.job)
    look(book.inventory.id, book.inventory.job)
    look(book.costs.id, book.costs.job)
    return found
  }
}
