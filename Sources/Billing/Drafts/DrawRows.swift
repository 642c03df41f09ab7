import Ledger

/// The rows of a table by the job they belong to, in the order of the file: a counting sort, so that
/// jobs without rows cost four bytes each, and nothing where no job has any.
struct DrawRows: Sendable {
  /// Where each job's rows start in `rows`, and at the end where the last job's end.
  private var starts: [Int32] = []
  private var rows: [Int32] = []

  /// - Parameter isWanted: whether a row whose job exists counts.
  init(_ owners: [RowID<Jobs>], jobs: Int, where isWanted: (_ row: Int) -> Bool = { _ in true }) {
    let wanted = owners.indices.filter { owners[$0].exists && isWanted($0) }
    guard !wanted.isEmpty else { return }
    starts = Array(repeating: 0, count: jobs + 1)
    for row in wanted { starts[owners[row].row + 1] += 1 }
    for job in 0..<jobs { starts[job + 1] += starts[job] }
    rows = Array(repeating: 0, count: wanted.count)
    var next = starts
    for row in wanted {
      let job = owners[row].row
      rows[Int(next[job])] = Int32(row)
      next[job] += 1
    }
  }

  subscript(job: RowID<Jobs>) -> some RandomAccessCollection<Int> {
    let range = starts.isEmpty ? 0..<0 : Int(starts[job.row])..<Int(starts[job.row + 1])
    return rows[range].lazy.map { Int($0) }
  }

  func isEmpty(_ job: RowID<Jobs>) -> Bool {
    starts.isEmpty || starts[job.row] == starts[job.row + 1]
  }
}
