public import Measures

/// The rows of each id by effective day: the latest on or before a day counts (DESIGN §3).
public struct Versions<Table>: Sendable {
  /// Where each id's rows start in `rows`; one more entry than there are ids.
  @usableFromInline var starts: [Int32] = [0]
  @usableFromInline var rows: [Int32] = []
  @usableFromInline var from: [Day] = []

  public init() {}

  /// `ids[i]` and `effectiveFrom[i]` are of row `i`; a blank day holds from the beginning.
  public init<ID>(ids: [RowID<ID>], effectiveFrom: [Day], count: Int) {
    var size = [Int32](repeating: 0, count: count + 1)
    for id in ids { size[id.row + 1] += 1 }
    for id in 0..<count { size[id + 1] += size[id] }
    starts = size
    rows = ids.indices.map(Int32.init).sorted { a, b in
      (ids[Int(a)], effectiveFrom[Int(a)], a) < (ids[Int(b)], effectiveFrom[Int(b)], b)
    }
    from = rows.map { effectiveFrom[Int($0)] }
  }

  public var count: Int { starts.count - 1 }

  /// The row that counts on a day; nil before the first effective day.
  @inlinable
  public func row(of id: RowID<Table>, on day: Day) -> Int? {
    guard id.exists else { return nil }
    var place = Int(starts[id.row + 1]) - 1
    let first = Int(starts[id.row])
    while place >= first {
      if from[place] <= day { return Int(rows[place]) }
      place -= 1
    }
    return nil
  }

  /// All rows of an id, the earliest first.
  public func rows(of id: RowID<Table>) -> [Int] {
    guard id.exists else { return [] }
    return rows[Int(starts[id.row])..<Int(starts[id.row + 1])].map(Int.init)
  }
}
