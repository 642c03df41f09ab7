import Ledger
import Measures

/// A column of a CSV file and where its cells go in the table: an importer is a list of these.
struct Column<Rows: Table>: Sendable {
  typealias Path<Values> = any WritableKeyPath<Rows, Values> & Sendable

  let name: String
  let isRequired: Bool
  /// Takes the cells of the column's blocks.
  let sink: @Sendable (SinkRequest) -> any ColumnSink<Rows>
  /// Fills the column where the file has none.
  let fill: @Sendable (_ rows: Int, _ book: Book, inout Rows) -> Void
  /// Whether only reports that print entries need the column.
  var isEntryText = false
  /// Appends a source's column to the table's.
  let join: @Sendable (inout Rows, inout Rows) -> Void
  /// The sum of an amount column, for the control totals.
  var total: (@Sendable (Rows) -> Int128)?
  /// The table whose rows the cells name.
  var references = ""
  /// What a profile must translate.
  var kind = ColumnKind.other

  private init<Element: BitwiseCopyable & Sendable>(
    _ name: String, _ isRequired: Bool, _ path: Path<[Element]>,
    fill: @escaping @Sendable (_ rows: Int, _ book: Book) -> [Element],
    parse: @escaping @Sendable (SinkRequest) -> FixedSink<Rows, Element>.Parse
  ) {
    self.name = name
    self.isRequired = isRequired
    sink = { FixedSink(path, capacity: $0.capacity, parse: parse($0)) }
    self.fill = { count, book, rows in rows[keyPath: path] = fill(count, book) }
    join = { table, source in table[keyPath: path] += source[keyPath: path] }
  }

  private init(
    _ name: String, _ isRequired: Bool, text path: Path<TextColumn>, limit: Int
  ) {
    self.name = name
    self.isRequired = isRequired
    sink = { _ in TextSink(path) { $0.texts(isRequired: isRequired, limit: limit) } }
    fill = { count, _, rows in rows[keyPath: path] = TextColumn(blanks: count) }
    join = { table, source in table[keyPath: path].append(contentsOf: source[keyPath: path]) }
  }

  /// A price that most rows leave blank.
  private init(blank name: String, _ path: Path<BlankColumn<UnitPrice>>, expected: String) {
    self.name = name
    isRequired = false
    sink = { BlankSink(path, capacity: $0.capacity, expected: expected) }
    fill = { count, _, rows in rows[keyPath: path] = BlankColumn(blank: .none, count: count) }
    join = { table, source in table[keyPath: path].append(contentsOf: source[keyPath: path]) }
    kind = .number
  }

  private init<T, Number: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable>(
    few name: String, _ path: Path<FewRows<T, Number>>,
    _ index: any KeyPath<Book, KeyIndex<T>> & Sendable, _ table: String, isRequired: Bool,
    _ blankMeans: String?, narrowing: @escaping FewKeySink<Rows, T, Number>.Narrowing
  ) {
    self.name = name
    self.isRequired = isRequired
    sink = { request in
      let index = request.book[keyPath: index]
      return FewKeySink(
        path, index, isRequired: isRequired, blank: blankMeans.map { index.find($0) } ?? .none,
        table: "\(table).csv", capacity: request.capacity, narrowing: narrowing)
    }
    fill = { count, book, rows in
      let blank = blankMeans.map { book[keyPath: index].find($0) } ?? .none
      rows[keyPath: path] = FewRows(repeating: blank, count: count)
    }
    join = { table, source in table[keyPath: path].append(contentsOf: source[keyPath: path]) }
    references = table
  }

  private init<Element: Measure, Form: NarrowForm>(
    narrow name: String, _ path: Path<NarrowColumn<Element, Form>>, blank: Element?,
    parse: @escaping NarrowSink<Rows, Element, Form>.Parse
  ) {
    self.name = name
    isRequired = blank == nil
    sink = { NarrowSink(path, capacity: $0.capacity, parse: parse) }
    fill = { count, _, rows in
      rows[keyPath: path] = NarrowColumn(repeating: blank ?? .zero, count: count)
    }
    join = { table, source in table[keyPath: path].append(contentsOf: source[keyPath: path]) }
    kind = .number
  }

  /// A text that is kept only where a report prints entries.
  private init(entryText name: String, _ path: Path<TextColumn>, limit: Int) {
    let kept = Self(name, false, text: path, limit: limit)
    self.name = name
    isRequired = false
    sink = { $0.keepsEntryTexts ? kept.sink($0) : CheckedSink(limit: limit) }
    fill = kept.fill
    join = kept.join
    isEntryText = true
  }

  private init(ownKey name: String) {
    self.name = name
    isRequired = false
    sink = { _ in ReferenceSink() }
    fill = { _, _, _ in }
    join = { _, _ in }
  }

  /// The id of an entry, kept only where a report prints entries or ids do not ascend.
  private init(
    entryID name: String, _ path: Path<TextColumn>,
    numbers: Path<EntryNumbers>?
  ) {
    let kept = Self(name, true, text: path, limit: 64)
    self.name = name
    isRequired = true
    sink = { request in
      request.keepsEntryTexts
        ? kept.sink(request) : EntryIDSink(numbers, capacity: request.capacity)
    }
    fill = kept.fill
    join = kept.join
  }
}

extension Column {
  /// An id: text that is kept exactly, 64 characters at most.
  static func id(_ name: String, _ path: Path<TextColumn>, required: Bool = true) -> Self {
    Self(name, required, text: path, limit: 64)
  }

  /// The id of an entry that other rows of the table may name.
  static func entryID(
    _ name: String, _ path: Path<TextColumn>, numbers: Path<EntryNumbers>
  ) -> Self {
    Self(entryID: name, path, numbers: numbers)
  }

  static func entryID(_ name: String, _ path: Path<TextColumn>) -> Self {
    Self(entryID: name, path, numbers: nil)
  }

  /// A text that only reports of entries print.
  static func entryText(_ name: String, _ path: Path<TextColumn>, limit: Int = 65_536) -> Self {
    Self(entryText: name, path, limit: limit)
  }

  static func text(
    _ name: String, _ path: Path<TextColumn>, required: Bool = false, limit: Int = 65_536
  ) -> Self {
    Self(name, required, text: path, limit: limit)
  }

  /// An amount of money; a blank cell is `blank`, or a fault where that is nil.
  static func money(_ name: String, _ path: Path<[Money]>, blank: Money? = Money.none) -> Self {
    var column = number(name, path, blank: blank, "an amount such as 1284.50")
    column.total = { rows in exactSum(rows[keyPath: path]) }
    return column
  }

  static func money(_ name: String, _ path: Path<MoneyColumn>, blank: Money? = Money.none) -> Self {
    var column = Self(narrow: name, path, blank: blank) {
      $0.numbers(blank, expected: "an amount such as 1284.50", as: FourBytes.self, into: $1, $2)
    }
    column.total = { rows in exactSum(rows[keyPath: path]) }
    return column
  }

  static func unitPrice(
    _ name: String, _ path: Path<[UnitPrice]>, blank: UnitPrice? = UnitPrice.none
  ) -> Self {
    number(
      name, path, blank: blank, "a price of zero or more, such as 85 or 12.3456",
      within: .zero...UnitPrice(units: .max))
  }

  /// A price that most rows leave blank.
  static func unitPrice(_ name: String, _ path: Path<BlankColumn<UnitPrice>>) -> Self {
    Self(blank: name, path, expected: "a price of zero or more, such as 85 or 12.3456")
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

  static func quantity(
    _ name: String, _ path: Path<QuantityColumn>, blank: Quantity? = Quantity.none
  ) -> Self {
    Self(narrow: name, path, blank: blank) {
      $0.numbers(blank, expected: "a quantity such as 3 or 12.5", as: FourBytes.self, into: $1, $2)
    }
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

  static func hours(_ name: String, _ path: Path<HoursColumn>) -> Self {
    Self(narrow: name, path, blank: nil) {
      $0.numbers(
        nil, expected: "hours worked on that day, 0 to 24, such as 8 or 7.25",
        within: Hours(units: -24_0000)...(.fullDay), as: Hundreds.self, into: $1, $2)
    }
  }

  private static func number<M: Measure>(
    _ name: String, _ path: Path<[M]>, blank: M?, _ expected: String,
    within: ClosedRange<M>? = nil
  ) -> Self {
    var column = Self(name, blank == nil, path) { count, _ in
      Array(repeating: blank ?? .zero, count: count)
    } parse: { _ in
      { $0.numbers(blank, expected: expected, within: within, into: $1) }
    }
    column.kind = .number
    return column
  }

  /// A whole number of zero or more.
  static func integer(_ name: String, _ path: Path<[Int32]>, blank: Int32? = .min) -> Self {
    Self(name, blank == nil, path) { count, _ in
      Array(repeating: blank ?? 0, count: count)
    } parse: { _ in
      { $0.integers(blank, expected: "a whole number such as 30", into: $1) }
    }
  }

  static func day(_ name: String, _ path: Path<[Day]>, required: Bool = false) -> Self {
    var column = Self(name, required, path) { count, _ in
      Array(repeating: .none, count: count)
    } parse: { _ in
      { $0.days(isRequired: required, into: $1) }
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
    } parse: { _ in
      { $0.flags(blank: blank, into: $1) }
    }
  }

  /// A flag that may say nothing.
  static func optionalFlag(_ name: String, _ path: Path<[Bool?]>) -> Self {
    Self(name, false, path) { count, _ in
      Array(repeating: nil, count: count)
    } parse: { _ in
      { $0.optionalFlags(into: $1) }
    }
  }

  /// A word from a list; required where there is no default.
  static func choice<C: Choice>(_ name: String, _ path: Path<[C]>, blank: C? = nil) -> Self
  where C.AllCases == [C] {
    let filler = blank ?? C.allCases[0]
    let words = ChoiceWords<C>()
    return Self(name, blank == nil, path) { count, _ in
      Array(repeating: filler, count: count)
    } parse: { _ in
      { $0.choices(words, blank: filler, isRequired: blank == nil, into: $1) }
    }
  }

  static func optionalChoice<C: Choice>(_ name: String, _ path: Path<[C?]>) -> Self
  where C.AllCases == [C] {
    let words = ChoiceWords<C>()
    return Self(name, false, path) { count, _ in
      Array(repeating: nil, count: count)
    } parse: { _ in
      { $0.optionalChoices(words, into: $1) }
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
    } parse: { request in
      let index = request.book[keyPath: index]
      let blank = blankMeans.map { index.find($0) } ?? .none
      return { reader, values in
        reader.keys(
          in: index, isRequired: required, blank: blank, table: "\(table).csv",
          isLenient: isLenient, into: values)
      }
    }
    column.references = isLenient ? "" : table
    return column
  }

  /// The id of a row of a table that has few rows; a blank cell means one of them.
  static func fewKey<T>(
    _ name: String, _ path: Path<FewRows<T, UInt8>>,
    in index: any KeyPath<Book, KeyIndex<T>> & Sendable, of table: String, blankMeans: String
  ) -> Self {
    Self(few: name, path, index, table, isRequired: false, blankMeans) { ids, narrow in
      for row in 0..<ids.count { narrow[row] = FewRows<T, UInt8>.narrowed(ids[row]) }
    }
  }

  /// The id of a row of a table that has few rows, though more than fit in a byte.
  static func fewKey<T>(
    _ name: String, _ path: Path<FewRows<T, UInt16>>,
    in index: any KeyPath<Book, KeyIndex<T>> & Sendable, of table: String, required: Bool
  ) -> Self {
    Self(few: name, path, index, table, isRequired: required, nil) { ids, narrow in
      for row in 0..<ids.count { narrow[row] = FewRows<T, UInt16>.narrowed(ids[row]) }
    }
  }

  /// What an importer's `check` works out for each row; no column of the file.
  static func derived<Value: BitwiseCopyable & Sendable>(
    _ path: Path<[Value]>, _ value: Value
  ) -> Self {
    Self("", false, path) { count, _ in
      Array(repeating: value, count: count)
    } parse: { _ in
      { $1.fill(value) }
    }
  }

  /// The id of another row of the same table; the importer links it when all rows are there.
  static func ownKey(_ name: String, _ path: Path<[RowID<Rows>]>) -> Self { Self(ownKey: name) }

  static func ownKey(_ name: String, _ path: Path<BlankColumn<RowID<Rows>>>) -> Self {
    Self(ownKey: name)
  }
}

/// What amounts add up to, blank ones left out.
private func exactSum(_ amounts: some Sequence<Money>) -> Int128 {
  var (high, sum) = (Int128(0), Int64(0))
  for amount in amounts where !amount.isNone {
    let (next, overflow) = sum.addingReportingOverflow(amount.cents)
    if overflow {
      high += Int128(sum) + Int128(amount.cents)
      sum = 0
    } else {
      sum = next
    }
  }
  return high + Int128(sum)
}
