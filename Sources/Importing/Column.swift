import Ledger
import Measures

/// A column of a CSV file and where its cells go in the table: an importer is a list of these.
struct Column<Rows: Table>: Sendable {
  typealias Path<Values> = any WritableKeyPath<Rows, Values> & Sendable

  let name: String
  let isRequired: Bool
  /// Reads the cells of a block into a chunk of the table.
  let read: @Sendable (inout ColumnReader, inout Rows) -> Void
  /// Fills a chunk where the file has no such column.
  let fill: @Sendable (_ rows: Int, _ book: Book, inout Rows) -> Void
  /// Appends a chunk's column to the table's.
  let join: @Sendable (inout Rows, inout Rows) -> Void
  /// The sum of an amount column, for the control totals.
  var total: (@Sendable (Rows) -> Int128)?
  /// The table whose rows the cells name.
  var references = ""
  /// What a profile must translate.
  var kind = ColumnKind.other

  private init<Values: RangeReplaceableCollection & Sendable>(
    _ name: String, _ isRequired: Bool, _ path: Path<Values>,
    fill: @escaping @Sendable (_ rows: Int, _ book: Book) -> Values,
    read: @escaping @Sendable (inout ColumnReader) -> Values
  ) {
    self.name = name
    self.isRequired = isRequired
    self.read = { reader, rows in rows[keyPath: path] = read(&reader) }
    self.fill = { count, book, rows in rows[keyPath: path] = fill(count, book) }
    join = { table, chunk in
      table[keyPath: path].append(contentsOf: chunk[keyPath: path])
      chunk[keyPath: path] = Values()
    }
  }

  private init(
    _ name: String, _ isRequired: Bool, text path: Path<TextColumn>, limit: Int
  ) {
    self.name = name
    self.isRequired = isRequired
    read = { reader, rows in
      rows[keyPath: path] = reader.texts(isRequired: isRequired, limit: limit)
    }
    fill = { count, _, rows in
      for _ in 0..<count { rows[keyPath: path].append(Span<UInt8>()) }
    }
    join = { table, chunk in
      table[keyPath: path].append(contentsOf: chunk[keyPath: path])
      chunk[keyPath: path] = TextColumn()
    }
  }
}

extension Column {
  /// An id: text that is kept exactly, 64 characters at most.
  static func id(_ name: String, _ path: Path<TextColumn>, required: Bool = true) -> Self {
    Self(name, required, text: path, limit: 64)
  }

  static func text(
    _ name: String, _ path: Path<TextColumn>, required: Bool = false, limit: Int = 65_536
  ) -> Self {
    Self(name, required, text: path, limit: limit)
  }

  /// An amount of money; a blank cell is `blank`, or a fault where that is nil.
  static func money(_ name: String, _ path: Path<[Money]>, blank: Money? = Money.none) -> Self {
    var column = number(name, path, blank: blank, "an amount such as 1284.50")
    column.total = { rows in
      rows[keyPath: path].reduce(Int128(0)) { $0 + Int128($1.orNil?.cents ?? 0) }
    }
    return column
  }

  static func unitPrice(
    _ name: String, _ path: Path<[UnitPrice]>, blank: UnitPrice? = UnitPrice.none
  ) -> Self {
    number(
      name, path, blank: blank, "a price of zero or more, such as 85 or 12.3456",
      within: .zero...UnitPrice(units: .max))
  }

  /// A price that may be negative, as on the lines of a credit.
  static func signedUnitPrice(_ name: String, _ path: Path<[UnitPrice]>) -> Self {
    number(name, path, blank: UnitPrice.none, "a price such as 85 or 12.3456")
  }

  static func quantity(
    _ name: String, _ path: Path<[Quantity]>, blank: Quantity? = Quantity.none
  ) -> Self {
    number(name, path, blank: blank, "a quantity such as 3 or 12.5")
  }

  static func percentage(
    _ name: String, _ path: Path<[Percentage]>, blank: Percentage? = Percentage.none,
    within: ClosedRange<Percentage> = .zero...Percentage(units: 1000_0000)
  ) -> Self {
    number(name, path, blank: blank, "a percentage such as 10 or 8.25", within: within)
  }

  static func factor(_ name: String, _ path: Path<[Factor]>, blank: Factor? = Factor.none) -> Self {
    number(
      name, path, blank: blank, "a multiplier such as 1.5", within: .zero...Factor(units: 100_0000))
  }

  static func hours(_ name: String, _ path: Path<[Hours]>) -> Self {
    number(
      name, path, blank: nil, "hours worked on that day, 0 to 24, such as 8 or 7.25",
      within: Hours(units: -24_0000)...(.fullDay))
  }

  private static func number<M: Measure>(
    _ name: String, _ path: Path<[M]>, blank: M?, _ expected: String,
    within: ClosedRange<M>? = nil
  ) -> Self {
    var column = Self(name, blank == nil, path) { count, _ in
      Array(repeating: blank ?? .zero, count: count)
    } read: { reader in
      reader.numbers(blank, expected: expected, within: within)
    }
    column.kind = .number
    return column
  }

  /// A whole number of zero or more.
  static func integer(_ name: String, _ path: Path<[Int32]>, blank: Int32? = .min) -> Self {
    Self(name, blank == nil, path) { count, _ in
      Array(repeating: blank ?? 0, count: count)
    } read: { reader in
      reader.integers(blank, expected: "a whole number such as 30")
    }
  }

  static func day(_ name: String, _ path: Path<[Day]>, required: Bool = false) -> Self {
    var column = Self(name, required, path) { count, _ in
      Array(repeating: .none, count: count)
    } read: { reader in
      reader.days(isRequired: required)
    }
    column.kind = .day
    return column
  }

  /// A flag; `absent` holds where the file has no such column.
  static func flag(
    _ name: String, _ path: Path<[Bool]>, blank: Bool, absent: Bool? = nil
  ) -> Self {
    Self(name, false, path) { count, _ in
      Array(repeating: absent ?? blank, count: count)
    } read: { reader in
      reader.flags(blank: blank).map { $0 ?? blank }
    }
  }

  /// A flag that may say nothing.
  static func optionalFlag(_ name: String, _ path: Path<[Bool?]>) -> Self {
    Self(name, false, path) { count, _ in
      Array(repeating: nil, count: count)
    } read: { reader in
      reader.flags(blank: nil)
    }
  }

  /// A word from a list; required where there is no default.
  static func choice<C: Choice>(_ name: String, _ path: Path<[C]>, blank: C? = nil) -> Self
  where C.AllCases == [C] {
    let filler = blank ?? C.allCases[0]
    return Self(name, blank == nil, path) { count, _ in
      Array(repeating: filler, count: count)
    } read: { reader in
      reader.choices(blank, isRequired: blank == nil).map { $0 ?? filler }
    }
  }

  static func optionalChoice<C: Choice>(_ name: String, _ path: Path<[C?]>) -> Self {
    Self(name, false, path) { count, _ in
      Array(repeating: nil, count: count)
    } read: { reader in
      reader.choices(nil, isRequired: false)
    }
  }

  /// The id of a row of a table that was imported before. An unknown one is a fault, unless
  /// `isLenient`: then it is `.missing`, and a check says what that means.
  static func key<T>(
    _ name: String, _ path: Path<[RowID<T>]>,
    in index: any KeyPath<Book, KeyIndex<T>> & Sendable, of table: String,
    required: Bool = false, isLenient: Bool = false, blankMeans: String? = nil
  ) -> Self {
    var column = Self(name, required, path) { count, book in
      let blank = blankMeans.map { book[keyPath: index].find($0) } ?? .none
      return Array(repeating: blank, count: count)
    } read: { reader in
      let index = reader.book[keyPath: index]
      let blank = blankMeans.map { index.find($0) } ?? .none
      return reader.keys(
        in: index, isRequired: required, blank: blank, table: "\(table).csv", isLenient: isLenient)
    }
    column.references = isLenient ? "" : table
    return column
  }

  /// What an importer's `check` works out for each row; no column of the file.
  static func derived<Value: Sendable>(_ path: Path<[Value]>, _ value: Value) -> Self {
    Self("", false, path) { count, _ in
      Array(repeating: value, count: count)
    } read: { reader in
      Array(repeating: value, count: reader.rows)
    }
  }

  /// The id of another row of the same table; linked when all rows are there.
  static func ownKey(_ name: String, _ path: Path<[RowID<Rows>]>) -> Self {
    Self(name, false, path) { count, _ in
      Array(repeating: .none, count: count)
    } read: { reader in
      reader.pending[reader.name] = reader.texts(isRequired: false, limit: 64)
      return Array(repeating: .none, count: reader.rows)
    }
  }
}
