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
  /// - Parameters:
  ///   - entries: all ready entries of jobs with a cap, in any order.
  ///   - positive: of a job, the sum of their prices above zero; only where it exceeds the room can
  ///     anything be cut.
  /// - Returns: the entries that do not fit as a whole.
  func cut(_ entries: [LimitedEntry], positive: (_ job: Int) -> Money) -> [CutEntry] {
    var cuts: [CutEntry] = []
    var value = Money.zero
    var job: Int32 = -1
    var left = Money.zero
    for entry in entries.filter({ positive(Int($0.job)) > room(Int($0.job)) }).sorted() {
      if entry.job != job {
        job = entry.job
        (value, left) = (.zero, room(Int(job)))
      }
      let before = min(left, value)
      value += entry.price
      let part = min(left, value) - before
      if part != entry.price { cuts.append(CutEntry(entry: entry, ready: part)) }
    }
    return cuts
  }

  private func room(_ job: Int) -> Money { max(.zero, cap.values[job] - billed.values[job]) }
}

/// A ready entry of a job with a cap.
struct LimitedEntry: Comparable {
  var job: Int32
  var day: Day
  var entry: EntryID
  var price: Money
  static func < (a: Self, b: Self) -> Bool { (a.job, a.day, a.entry) < (b.job, b.day, b.entry) }
}

/// An entry that a cap cuts in two, or shuts out.
struct CutEntry {
  var entry: LimitedEntry
  /// What still fits; zero where nothing does.
  var ready: Money
}
