public import Measures

/// A report laid out: typed columns and rows, from which a CSV file or a worksheet is written.
///
/// Rows are made on demand, some at a time and column by column, so that a report of a million rows is
/// never held as cells.
public struct Sheet: Sendable {
  /// The report's name and the CSV file's stem: `ar-aging`.
  public let report: String
  /// The CSV file beside the workbook that has the same rows.
  public var file: String
  /// What a person reads above the table: "Accounts receivable aging".
  public let title: String
  /// The second line: the company, the as-of day, the basis.
  public let subtitle: String
  /// What the sheet says where it has no row.
  public let emptySentence: String
  public let columns: [SheetColumn]
  public let rowCount: Int
  /// Appends the values of some rows to the blocks of the columns.
  public let fill: @Sendable (_ rows: Range<Int>, _ blocks: inout [ColumnBlock]) -> Void

  /// - Parameter appendRow: appends the cells of one row, one for each column.
  public init(
    report: String, title: String, subtitle: String, emptySentence: String,
    columns: [SheetColumn], rowCount: Int,
    appendRow: @escaping @Sendable (_ row: Int, _ cells: inout [Cell]) -> Void
  ) {
    self.init(
      report: report, title: title, subtitle: subtitle, emptySentence: emptySentence,
      columns: columns, rowCount: rowCount
    ) { rows, blocks in
      var cells = [Cell]()
      for row in rows {
        cells.removeAll(keepingCapacity: true)
        appendRow(row, &cells)
        precondition(cells.count == columns.count, "a row has one cell for each column")
        for place in cells.indices {
          blocks[place].append(cells[place], in: columns[place].kind)
        }
      }
    }
  }

  /// A sheet from typed rows and the report's list of columns.
  public init<Row: Sendable>(
    report: String, title: String, subtitle: String, emptySentence: String,
    columns: [ReportColumn<Row>], rows: [Row]
  ) {
    self.init(
      report: report, title: title, subtitle: subtitle, emptySentence: emptySentence,
      columns: columns.map(\.column), rowCount: rows.count
    ) { range, blocks in
      for place in columns.indices { columns[place].fill(rows[range], &blocks[place]) }
    }
  }

  init(
    report: String, title: String, subtitle: String, emptySentence: String,
    columns: [SheetColumn], rowCount: Int,
    fill: @escaping @Sendable (_ rows: Range<Int>, _ blocks: inout [ColumnBlock]) -> Void
  ) {
    self.report = report
    file = "\(report).csv"
    self.title = title
    self.subtitle = subtitle
    self.emptySentence = emptySentence
    self.columns = columns
    self.rowCount = rowCount
    self.fill = fill
  }

  /// The cells of one row.
  public func row(_ row: Int) -> [Cell] {
    var blocks = emptyBlocks
    fill(row..<row + 1, &blocks)
    return columns.indices.map { columns[$0].cell(blocks[$0], 0) }
  }

  /// A block for each column.
  public var emptyBlocks: [ColumnBlock] { columns.map { _ in ColumnBlock() } }

  /// Calls the body with the cells of each of some rows, in their order.
  public func forEachRow<Failure: Error>(
    _ rows: Range<Int>, _ body: (_ row: Int, _ cells: [Cell]) throws(Failure) -> Void
  ) throws(Failure) {
    var blocks = emptyBlocks
    var first = rows.lowerBound
    while first < rows.upperBound {
      let some = first..<min(first + 1_024, rows.upperBound)
      for place in blocks.indices { blocks[place].removeAll() }
      fill(some, &blocks)
      for row in some {
        try body(row, columns.indices.map { columns[$0].cell(blocks[$0], row - first) })
      }
      first = some.upperBound
    }
  }

  /// The exact sum of a money, hours or quantity column, in its last decimal; empty cells are zero.
  public func total(of key: String) -> Int64 {
    guard let place = columns.firstIndex(where: { $0.key == key }) else { return 0 }
    var sum: Int64 = 0
    forEachRow(0..<rowCount) { _, cells in sum += cells[place].units ?? 0 }
    return sum
  }
}

/// One value in a sheet.
public enum Cell: Hashable, Sendable {
  case empty
  /// An id: text that is kept exactly, leading zeros included.
  case id(String)
  case text(String)
  case money(Money)
  case unitPrice(UnitPrice)
  case quantity(Quantity)
  case hours(Hours)
  case percentage(Percentage)
  case integer(Int)
  case day(Day)
  case flag(Bool)

  /// The number in units of its last decimal, where the cell holds one.
  public var units: Int64? {
    switch self {
    case .money(let value): value.units
    case .unitPrice(let value): value.units
    case .quantity(let value): value.units
    case .hours(let value): value.units
    case .percentage(let value): value.units
    case .integer(let value): Int64(value)
    case .empty, .id, .text, .day, .flag: nil
    }
  }
}

/// What a column holds; it decides number format, width, alignment and the guard against formulas.
public enum CellKind: Sendable {
  case id
  case text
  case money
  case unitPrice
  case quantity
  case hours
  case percentage
  case integer
  case day
  case flag
}

/// What stands under a column in the total row of a worksheet.
public enum ColumnTotal: Hashable, Sendable {
  case none
  /// The sum of the column.
  case sum
  /// The total of one column as a percentage of the total of another, by their keys.
  case percentage(of: String, in: String)
}

/// When a cell needs a person and is shown in red.
public enum Alert: Hashable, Sendable {
  case never
  case aboveZero
  case belowZero
  case notZero
}

/// A column of a sheet: its key in the CSV header, its title on the worksheet, what it holds.
public struct SheetColumn: Sendable {
  public let key: String
  public let title: String
  public let kind: CellKind
  public let total: ColumnTotal
  public let alert: Alert
  /// A sentence for the header's comment; empty for none.
  public let rule: String
  /// How it follows from other columns; nil where it does not.
  public let formula: ColumnFormula?
  /// Column width in characters; nil for the kind's own.
  public let width: Double?

  public init(
    key: String, title: String, kind: CellKind, total: ColumnTotal = .none, alert: Alert = .never,
    rule: String = "", formula: ColumnFormula? = nil, width: Double? = nil
  ) {
    self.key = key
    self.title = title
    self.kind = kind
    self.total = total
    self.alert = alert
    self.rule = rule
    self.formula = formula
    self.width = width
  }
}
