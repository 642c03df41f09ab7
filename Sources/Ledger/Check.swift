/// Rows whose cells are wrong: checks across rows leave them out, so that one wrong cell is one
/// finding.
public struct Suspects: Sendable {
  /// Rows by table name.
  private var rows: [String: Set<Int>] = [:]
  public init() {}

  public mutating func insert<T: Table>(_ row: Int, of table: T.Type) {
    rows[table.name, default: []].insert(row)
  }

  @inlinable
  public func contains<T: Table>(_ row: Int, of table: T.Type) -> Bool {
    contains(row, named: table.name)
  }

  public func contains(_ row: Int, named table: String) -> Bool {
    guard let rows = rows[table] else { return false }
    return rows.contains(row)
  }

  public func isEmpty<T: Table>(of table: T.Type) -> Bool { rows[table.name]?.isEmpty ?? true }
}
