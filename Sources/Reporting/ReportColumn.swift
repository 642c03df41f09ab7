public import Ledger
public import Measures

/// A column of a report: a sheet's column and how to get its values from rows.
public struct ReportColumn<Row: Sendable>: Sendable {
  public let column: SheetColumn
  /// Appends the value of each of some rows.
  public let fill: @Sendable (_ rows: ArraySlice<Row>, _ block: inout ColumnBlock) -> Void

  public init(
    _ column: SheetColumn,
    _ fill: @escaping @Sendable (_ rows: ArraySlice<Row>, _ block: inout ColumnBlock) -> Void
  ) {
    self.column = column
    self.fill = fill
  }
}

extension ReportColumn {
  public static func id(
    _ key: String, _ title: String, rule: String = "", width: Double? = nil,
    _ value: @escaping @Sendable (Row) -> String
  ) -> Self {
    Self(SheetColumn(key: key, title: title, kind: .id, rule: rule, width: width)) { rows, block in
      for row in rows { block.append(value(row)) }
    }
  }

  public static func text(
    _ key: String, _ title: String, rule: String = "", width: Double? = nil,
    _ value: @escaping @Sendable (Row) -> String
  ) -> Self {
    Self(
      SheetColumn(key: key, title: title, kind: .text, rule: rule, width: width)
    ) { rows, block in
      for row in rows { block.append(value(row)) }
    }
  }

  /// The id in a row of a column of the book; below zero for none.
  public static func id(
    _ key: String, _ title: String, in texts: TextColumn, rule: String = "",
    _ place: @escaping @Sendable (Row) -> Int
  ) -> Self {
    Self(SheetColumn(key: key, title: title, kind: .id, rule: rule)) { rows, block in
      for row in rows { block.append(texts, place(row)) }
    }
  }

  /// The text in a row of a column of the book; below zero for none.
  public static func text(
    _ key: String, _ title: String, in texts: TextColumn, rule: String = "",
    _ place: @escaping @Sendable (Row) -> Int
  ) -> Self {
    Self(SheetColumn(key: key, title: title, kind: .text, rule: rule)) { rows, block in
      for row in rows { block.append(texts, place(row)) }
    }
  }

  /// An amount that is summed in the total row; `.none` leaves the cell empty.
  public static func money(
    _ key: String, _ title: String, total: ColumnTotal = .sum, alert: Alert = .never,
    rule: String = "", formula: ColumnFormula? = nil,
    _ value: @escaping @Sendable (Row) -> Money
  ) -> Self {
    Self(
      SheetColumn(
        key: key, title: title, kind: .money, total: total, alert: alert, rule: rule,
        formula: formula)
    ) { rows, block in
      for row in rows { block.append(value(row).units) }
    }
  }

  public static func hours(
    _ key: String, _ title: String, rule: String = "",
    _ value: @escaping @Sendable (Row) -> Hours
  ) -> Self {
    Self(
      SheetColumn(key: key, title: title, kind: .hours, total: .sum, rule: rule)
    ) { rows, block in
      for row in rows { block.append(value(row).units) }
    }
  }

  public static func percentage(
    _ key: String, _ title: String, total: ColumnTotal = .none, alert: Alert = .never,
    rule: String = "", formula: ColumnFormula? = nil,
    _ value: @escaping @Sendable (Row) -> Percentage?
  ) -> Self {
    Self(
      SheetColumn(
        key: key, title: title, kind: .percentage, total: total, alert: alert, rule: rule,
        formula: formula)
    ) { rows, block in
      for row in rows { block.append(value(row)?.units ?? ColumnBlock.none) }
    }
  }

  public static func integer(
    _ key: String, _ title: String, alert: Alert = .never, rule: String = "",
    _ value: @escaping @Sendable (Row) -> Int?
  ) -> Self {
    Self(
      SheetColumn(key: key, title: title, kind: .integer, alert: alert, rule: rule)
    ) { rows, block in
      for row in rows { block.append(value(row).map(Int64.init) ?? ColumnBlock.none) }
    }
  }

  public static func day(
    _ key: String, _ title: String, rule: String = "", _ value: @escaping @Sendable (Row) -> Day
  ) -> Self {
    Self(SheetColumn(key: key, title: title, kind: .day, rule: rule)) { rows, block in
      for row in rows {
        let day = value(row)
        block.append(day.isNone ? ColumnBlock.none : Int64(day.number))
      }
    }
  }

  public static func flag(
    _ key: String, _ title: String, rule: String = "",
    _ value: @escaping @Sendable (Row) -> Bool
  ) -> Self {
    Self(SheetColumn(key: key, title: title, kind: .flag, rule: rule)) { rows, block in
      for row in rows { block.append(value(row) ? 1 : 0) }
    }
  }
}
