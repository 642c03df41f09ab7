import Ledger
import Measures

/// The amount a job must not exceed: what may still be billed is the cap less what was billed, and
/// what lies beyond stays unbilled and visible (DESIGN §5; DOMAIN §6.7 [S75, S76, S77]).
struct NotToExceed {
  let billed: PerRow<Jobs, Money>
  /// `.none` where the job has none.
  let cap: PerRow<Jobs, Money>

  /// Cuts the entries that are otherwise ready at the room left, in order of the day of work, then
  /// labor, material, other, then of the file.
  ///
  /// The ready part of an entry is min(room, V) − min(room, V before it), V being the value through
  /// it, so that material that comes back makes room again. The part beyond is blocked.
  ///
  /// - Returns: the ready part of each entry that is cut in two.
  func cut(
    _ book: Book, labor: inout Entries, material: inout Entries, other: inout Entries
  ) -> [EntryID: Money] {
    guard cap.values.contains(where: { !$0.isNone }) else { return [:] }
    var positive = [Int64](repeating: 0, count: cap.count)
    addPositive(labor, book.timesheets.job, to: &positive)
    addPositive(material, book.inventory.job, to: &positive)
    addPositive(other, book.costs.job, to: &positive)
    // Only a job whose positive prices go beyond its room can be cut.
    let isCut = cap.ids.map { job in
      !cap[job].isNone && positive[job.row] > room(job).units
    }
    guard isCut.contains(true) else { return [:] }

    var queue = [Candidate]()
    collect(labor, .labor, book.timesheets.job, book.timesheets.day, isCut, into: &queue)
    collect(material, .material, book.inventory.job, book.inventory.day, isCut, into: &queue)
    collect(other, .other, book.costs.job, book.costs.day, isCut, into: &queue)
    queue.sort()

    var parts: [EntryID: Money] = [:]
    var value = Money.zero
    var job = RowID<Jobs>.none
    var left = Money.zero
    for candidate in queue {
      if candidate.job != job {
        job = candidate.job
        (value, left) = (.zero, room(job))
      }
      let entry = candidate.entry
      let price = entry.kind.pick(labor, material, other).price[entry.row]
      let before = min(left, value)
      value += price
      let part = min(left, value) - before
      guard part != price else { continue }
      if !part.isZero { parts[entry] = part }
      switch entry.kind {
      case .labor: labor.block(entry.row)
      case .material: material.block(entry.row)
      case .other: other.block(entry.row)
      }
    }
    return parts
  }

  private func room(_ job: RowID<Jobs>) -> Money { max(.zero, cap[job] - billed[job]) }

  private func addPositive(_ entries: Entries, _ jobs: [RowID<Jobs>], to sums: inout [Int64]) {
    for row in jobs.indices where entries.state[row] == .ready {
      sums[jobs[row].row] += max(0, entries.price[row].units)
    }
  }

  private func collect(
    _ entries: Entries, _ kind: EntryKind, _ jobs: [RowID<Jobs>], _ days: [Day], _ isCut: [Bool],
    into queue: inout [Candidate]
  ) {
    for row in jobs.indices where entries.state[row] == .ready && isCut[jobs[row].row] {
      queue.append(Candidate(job: jobs[row], day: days[row], entry: EntryID(kind, row)))
    }
  }
}

private struct Candidate: Comparable {
  var job: RowID<Jobs>
  var day: Day
  var entry: EntryID
  static func < (a: Self, b: Self) -> Bool { (a.job, a.day, a.entry) < (b.job, b.day, b.entry) }
}

extension EntryKind {
  fileprivate func pick(_ labor: Entries, _ material: Entries, _ other: Entries) -> Entries {
    switch self {
    case .labor: labor
    case .material: material
    case .other: other
    }
  }
}

extension Entries {
  fileprivate mutating func block(_ row: Int) {
    state[row] = .blocked
    reason[row] = .notToExceed
  }
}
