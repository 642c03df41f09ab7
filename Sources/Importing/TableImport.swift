import Ledger
import Measures

/// How one CSV file becomes a table: its list of columns, its rules across the cells of a row, and
/// what is made of it when all rows are there.
protocol TableImport: SendableMetatype {
  associatedtype Rows: Table
  static var columns: [Column<Rows>] { get }
  /// Completes rows (a blank subtotal) and reports rows whose cells do not go together.
  static func check(_ rows: inout Rows, _ report: inout RowReport)
  /// Links and indexes the table and puts it into the book.
  static func place(_ rows: consuming Rows, pending: [String: References], in book: inout Book)
    -> [CellFault]
}

extension TableImport {
  static func check(_ rows: inout Rows, _ report: inout RowReport) {}
}

/// All importers: masters first, so that facts only look ids up.
///
/// A list of types and not of calls: code that is compiled once for all tables instead of once for
/// each (24 tables took the optimizer two minutes).
let tableImports: [any TableImport.Type] = [
  TermsImport.self, TaxCodeImport.self, PayTypeImport.self, RateImport.self, MarkupImport.self,
  CustomerImport.self, JobImport.self, TechnicianImport.self, ItemImport.self,
  ChangeOrderImport.self, EstimateImport.self, ScheduleOfValuesImport.self, InvoiceImport.self,
  InvoiceLineImport.self, ProgressImport.self, TimesheetImport.self, InventoryImport.self,
  CostImport.self, PaymentImport.self, ApplicationImport.self, OpeningBalanceImport.self,
  AdjustmentImport.self, RetainageRuleImport.self, GLBalanceImport.self,
]

extension TableImport {
  static var table: String { Rows.name }

  /// The columns of the file by name, and what a profile must translate in them.
  static var columnKinds: [(name: String, kind: ColumnKind)] {
    columns.filter { !$0.name.isEmpty }.map { ($0.name, $0.kind) }
  }
}

/// What a column holds, as far as other systems write it otherwise.
enum ColumnKind: Sendable { case day, number, other }

/// Every table and its columns, in the order of import.
public func importedTables() -> [(table: String, columns: [String])] {
  tableImports.map { ($0.table, $0.columnKinds.map(\.name)) }
}

/// The columns of a table by name; none where there is no such table.
func columnKinds(of table: String) -> [(name: String, kind: ColumnKind)] {
  tableImports.first { $0.table == table }?.columnKinds ?? []
}

/// Where rules across the cells of one row report to; rows with a wrong cell are passed over.
struct RowReport {
  var faults: [CellFault]
  private let bad: Set<Int>

  init(_ faults: [CellFault]) {
    self.faults = faults
    bad = Set(faults.map(\.row))
  }

  func isSound(_ row: Int) -> Bool { bad.isEmpty || !bad.contains(row) }

  mutating func fault(
    _ row: Int, _ column: String, _ code: String, value: String = "", _ message: String,
    expected: String, remedy: String = "correct the row and import again"
  ) {
    faults.append(
      CellFault(
        row: row, column: column, code: code, value: value, message: message, expected: expected,
        remedy: remedy))
  }
}

/// Rows of the table's own keys: `.none` for a blank, a fault for a key that no row has.
func linkOwn<T: Table>(
  _ references: References?, rows: Int, column: String, table: T.Type,
  find: (Span<UInt8>) -> RowID<T>
) -> (links: [RowID<T>], faults: [CellFault]) {
  var links = [RowID<T>](repeating: .none, count: rows)
  guard let references else { return (links, []) }
  let (found, faults) = linkOwn(references, column: column, table: table, find: find)
  for (place, row) in references.rows.enumerated() { links[row] = found[place] }
  return (links, faults)
}

/// The row of each reference to the table's own keys; a fault for a key that no row has.
func linkOwn<T: Table>(
  _ references: References, column: String, table: T.Type, find: (Span<UInt8>) -> RowID<T>
) -> (found: [RowID<T>], faults: [CellFault]) {
  var faults = [CellFault]()
  var found = [RowID<T>]()
  found.reserveCapacity(references.rows.count)
  for (place, row) in references.rows.enumerated() {
    found.append(references.texts.withBytes(place, find))
    if !found[place].exists {
      faults.append(
        CellFault(
          row: row, column: column, code: "unknown_reference", value: references.texts[place],
          message: "is in no row of \(T.name).csv", expected: "an id that \(T.name).csv has",
          remedy: "correct the cell, or add the row to \(T.name).csv, and import again"))
    }
  }
  return (found, faults)
}
