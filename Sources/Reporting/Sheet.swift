public import Measures

/// A report laid out: typed columns and rows, from which a CSV file or a worksheet is written.
///
/// Rows are made on demand, so that a detail report of a million rows is never held as cells.
public struct Sheet: Sendable {
  /// The report's name and the CSV file's stem: `ar-aging`.
  public let report: String
  /// What a person reads above the table: "Accounts receivable aging".
  public let title: String
  /// The second line: the company, the as-of day, the basis.
  public let subtitle: String
  /// What the sheet says where it has no row.
  public let emptySentence: String
  public let columns: [SheetColumn]
  public let rowCount: Int
  /// Appends the cells of one row, one for each column.
  public let appendRow: @Sendable (_ row: Int, _ cells: inout [Cell]) -> Void

  public init(
    report: String, title: String, subtitle: String, emptySentence: String,
    columns: [SheetColumn], rowCount: Int,
    appendRow: @escaping @Sendable (_ row: Int, _ cells: inout [Cell]) -> Void
  ) {
    self.report = report
    self.title = title
    self.subtitle = subtitle
    self.emptySentence = emptySentence
    self.columns = columns
    self.rowCount = rowCount
    self.appendRow = appendRow
  }

  /// A sheet from typed rows and the report's list of columns.
  public init<Row: Sendable>(
    report: String, title: String, subtitle: String, emptySentence: String,
    columns: [ReportColumn<Row>], rows: [Row]
  ) {
    self.init(
      report: report, title: title, subtitle: subtitle, emptySentence: emptySentence,
      columns: columns.map(\.column), rowCount: rows.count
    ) { row, cells in
      for column in columns { cells.append(column.value(rows[row])) }
    }
  }

  /// The cells of one row.
  public func row(_ row: Int) -> [Cell] {
    var cells = [Cell]()
    cells.reserveCapacity(columns.count)
    appendRow(row, &cells)
    return cells
  }

  /// The exact sum of a money, hours or quantity column, in its last decimal; empty cells are zero.
  public func total(of key: String) -> Int64 {
    guard let place = columns.firstIndex(where: { $0.key == key }) else { return 0 }
    var sum: Int64 = 0
    var cells = [Cell]()
    for row in 0..<rowCount {
      cells.removeAll(keepingCapacity: true)
      appendRow(row, &cells)
      sum += cells[place].units ?? 0
    }
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
  /// Column width in characters; nil for the kind's own.
  public let width: Double?

  public init(
    key: String, title: String, kind: CellKind, total: ColumnTotal = .none, alert: Alert = .never,
    rule: String = "", width: Double? = nil
  ) {
    self.key = key
    self.title = title
    self.kind = kind
    self.total = total
    self.alert = alert
    self.rule = rule
    self.width = width
  }
}

/// A column of a report: a sheet's column and how to get its cell from a row.
public struct ReportColumn<Row>: Sendable {
  public let column: SheetColumn
  public let value: @Sendable (Row) -> Cell

  public init(_ column: SheetColumn, _ value: @escaping @Sendable (Row) -> Cell) {
    self.column = column
    self.value = value
  }
}

extension ReportColumn {
  public static func id(
    _ key: String, _ title: String, width: Double? = nil,
    _ value: @escaping @Sendable (Row) -> String
  ) -> Self {
    Self(SheetColumn(key: key, title: title, kind: .id, width: width)) { row in
      let text = value(row)
      return text.isEmpty ? .empty : .id(text)
    }
  }

  public static func text(
    _ key: String, _ title: String, width: Double? = nil,
    _ value: @escaping @Sendable (Row) -> String
  ) -> Self {
    Self(SheetColumn(key: key, title: title, kind: .text, width: width)) { row in
      let text = value(row)
      return text.isEmpty ? .empty : .text(text)
    }
  }

  /// An amount that is summed in the total row; `.none` leaves the cell empty.
  public static func money(
    _ key: String, _ title: String, total: ColumnTotal = .sum, alert: Alert = .never,
    rule: String = "", _ value: @escaping @Sendable (Row) -> Money
  ) -> Self {
    Self(
      SheetColumn(key: key, title: title, kind: .money, total: total, alert: alert, rule: rule)
    ) { row in
      let amount = value(row)
      return amount.isNone ? .empty : .money(amount)
    }
  }

  public static func hours(
    _ key: String, _ title: String, rule: String = "",
    _ value: @escaping @Sendable (Row) -> Hours
  ) -> Self {
    Self(SheetColumn(key: key, title: title, kind: .hours, total: .sum, rule: rule)) { row in
      let hours = value(row)
      return hours.isNone ? .empty : .hours(hours)
    }
  }

  public static func quantity(
    _ key: String, _ title: String, rule: String = "",
    _ value: @escaping @Sendable (Row) -> Quantity
  ) -> Self {
    Self(SheetColumn(key: key, title: title, kind: .quantity, rule: rule)) { row in
      let quantity = value(row)
      return quantity.isNone ? .empty : .quantity(quantity)
    }
  }

  public static func unitPrice(
    _ key: String, _ title: String, rule: String = "",
    _ value: @escaping @Sendable (Row) -> UnitPrice
  ) -> Self {
    Self(SheetColumn(key: key, title: title, kind: .unitPrice, rule: rule)) { row in
      let price = value(row)
      return price.isNone ? .empty : .unitPrice(price)
    }
  }

  public static func percentage(
    _ key: String, _ title: String, total: ColumnTotal = .none, alert: Alert = .never,
    rule: String = "", _ value: @escaping @Sendable (Row) -> Percentage?
  ) -> Self {
    Self(
      SheetColumn(
        key: key, title: title, kind: .percentage, total: total, alert: alert, rule: rule)
    ) { row in
      guard let percentage = value(row), !percentage.isNone else { return .empty }
      return .percentage(percentage)
    }
  }

  public static func integer(
    _ key: String, _ title: String, alert: Alert = .never, rule: String = "",
    _ value: @escaping @Sendable (Row) -> Int?
  ) -> Self {
    Self(SheetColumn(key: key, title: title, kind: .integer, alert: alert, rule: rule)) { row in
      value(row).map(Cell.integer) ?? .empty
    }
  }

  public static func day(
    _ key: String, _ title: String, rule: String = "", _ value: @escaping @Sendable (Row) -> Day
  ) -> Self {
    Self(SheetColumn(key: key, title: title, kind: .day, rule: rule)) { row in
      let day = value(row)
      return day.isNone ? .empty : .day(day)
    }
  }

  public static func flag(
    _ key: String, _ title: String, _ value: @escaping @Sendable (Row) -> Bool
  ) -> Self {
    Self(SheetColumn(key: key, title: title, kind: .flag)) { .flag(value($0)) }
  }
}
