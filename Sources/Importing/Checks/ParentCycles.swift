import Ledger
import Measures

/// No customer or job is above itself.
enum ParentCycles: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    look(book.customers, book.customers.parent, book.customers.id, "parent_id", book, suspects)
      + look(book.jobs, book.jobs.parent, book.jobs.id, "parent_job_id", book, suspects)
  }

  private static func look<T: Table>(
    _ rows: T, _ parents: [RowID<T>], _ ids: TextColumn, _ column: String, _ book: Book,
    _ suspects: Suspects
  ) -> [Finding] {
    var findings = RowFindings(rows, in: book, suspects)
    for cycle in cycles(parents) {
      guard let first = cycle.first else { continue }
      let names = cycle.prefix(5).map { ids[$0] } + (cycle.count > 5 ? ["…"] : [ids[first]])
      findings.add(
        .error, "parent_cycle", first, column, value: ids[parents[first].row],
        "leads back to \(ids[first]): " + names.joined(separator: " < "),
        expected: "a parent that is not below this row", remedy: "clear one of these cells")
    }
    return findings.list
  }

  /// The rows of each cycle, from its first in the file.
  private static func cycles<T>(_ parents: [RowID<T>]) -> [[Int]] {
    var walk = [Int32](repeating: 0, count: parents.count)  // the walk that came by; 0 is none
    var cycles = [[Int]]()
    for start in parents.indices where walk[start] == 0 && parents[start].exists {
      let number = Int32(start + 1)
      var row = start
      while walk[row] == 0, parents[row].exists {
        walk[row] = number
        row = parents[row].row
      }
      guard walk[row] == number else { continue }
      var cycle = [row]
      var next = parents[row].row
      while next != row {
        cycle.append(next)
        next = parents[next].row
      }
      if let first = cycle.indices.min(by: { cycle[$0] < cycle[$1] }) {
        cycles.append(Array(cycle[first...] + cycle[..<first]))
      }
    }
    return cycles
  }
}

/// The topmost row above each row, itself where it has no parent; in a cycle any of its rows.
func topmost<T>(_ parents: [RowID<T>]) -> [Int32] {
  var top = [Int32](repeating: -1, count: parents.count)
  for start in parents.indices where top[start] < 0 {
    var path = [start]
    var row = start
    while parents[row].exists, top[row] < 0, path.count <= parents.count {
      row = parents[row].row
      path.append(row)
    }
    let found = top[row] >= 0 ? top[row] : Int32(row)
    for step in path { top[step] = found }
  }
  return top
}
