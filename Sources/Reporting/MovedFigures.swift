/// A figure of a report that another state of knowledge shows otherwise.
public struct MovedFigure: Sendable {
  public var report: String
  /// The ids of its row: a customer, a job, a document.
  public var row: [String]
  public var column: String
  /// Empty where that state has no such row.
  public var before: Cell
  public var after: Cell
}

/// The figures that differ between two runs of the same reports, row by row by their ids.
///
/// Rows of the same ids are told apart by their order. Texts that are no figure, such as a status, are
/// compared too: they decide what an accountant does.
public func movedFigures(from before: Sheet, to after: Sheet) -> [MovedFigure] {
  let keys = before.columns.indices.filter { before.columns[$0].kind == .id }
  let (old, new) = (before.rowsByKey(keys), after.rowsByKey(keys))
  var moved: [MovedFigure] = []
  for key in Set(old.keys).union(new.keys).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
    let (was, now) = (old[key], new[key])
    for (place, column) in before.columns.enumerated() where column.kind != .id {
      let (first, last) = (was?[place] ?? .empty, now?[place] ?? .empty)
      guard first != last, column.kind.isMoving || (was != nil && now != nil) else { continue }
      guard first.units ?? 0 != last.units ?? 0 || !column.kind.isMoving else { continue }
      moved.append(
        MovedFigure(
          report: before.report, row: key.dropLast().map { $0 }, column: column.key, before: first,
          after: last))
    }
  }
  return moved
}

extension CellKind {
  /// Whether it holds a figure, so that a row that is not there has zero in it.
  fileprivate var isMoving: Bool {
    switch self {
    case .money, .quantity, .hours, .unitPrice, .percentage, .integer: true
    case .id, .text, .day, .flag: false
    }
  }
}

extension Sheet {
  /// Every row by its ids, and a number for those of the same.
  fileprivate func rowsByKey(_ keys: [Int]) -> [[String]: [Cell]] {
    var rows: [[String]: [Cell]] = [:]
    var counts: [[String]: Int] = [:]
    forEachRow(0..<rowCount) { _, cells in
      let key = keys.map { place in
        if case .id(let id) = cells[place] { id } else { "" }
      }
      counts[key, default: 0] += 1
      rows[key + ["\(counts[key] ?? 0)"]] = cells
    }
    return rows
  }
}
