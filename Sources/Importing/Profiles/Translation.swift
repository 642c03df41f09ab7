import Ledger
import Measures

/// Another system's rows in our columns, with the line each came from.
private struct TranslatedRows {
  let rule: Profile.Rule
  let file: String
  var columns: [String]
  var rows: [[String]] = []
  var lines: [UInt32] = []

  func value(_ row: Int, _ column: String) -> String {
    columns.firstIndex(of: column).map { rows[row][$0] } ?? ""
  }

  mutating func set(_ column: String, _ value: (_ row: Int) -> String) {
    if !columns.contains(column) {
      columns.append(column)
      for row in rows.indices { rows[row].append("") }
    }
    guard let place = columns.firstIndex(of: column) else { return }
    for row in rows.indices { rows[row][place] = value(row) }
  }
}

extension Profile {
  /// Reads the files of a folder by the rules and writes them again as our own CSV, in memory.
  ///
  /// A cell that is not in the declared form is a finding, and its row is left out of the table.
  func translate(
    folder: String, names: [String]
  ) throws(ImportError) -> (sources: [String: [TableSource]], findings: [Finding]) {
    var findings = [Finding]()
    var translated = [TranslatedRows]()
    for rule in rules {
      let files = names.filter { Glob(rule.file).matches($0) }
      if files.isEmpty {
        findings.append(
          Finding(
            .note, "no_such_file", at: Place(file: rule.file),
            "no file matches this name of profile \(name)",
            expected: "a file to fill the table \(rule.table)"))
      }
      for file in files {
        translated.append(try Self.rows(of: "\(folder)/\(file)", file, rule, &findings))
      }
    }
    fillAmounts(&translated)
    var sources: [String: [TableSource]] = [:]
    for part in translated {
      var originals = part.rule.columns
      if !part.rule.mayHaveTitles { originals = [:] }
      sources[part.rule.table, default: []].append(
        TableSource(
          file: part.file, bytes: .bytes(csv(part)), path: "\(folder)/\(part.file)",
          originalLines: part.lines, originalColumns: originals, dialect: part.rule.dialect))
    }
    return (sources, findings)
  }

  private static func rows(
    of path: String, _ file: String, _ rule: Rule, _ findings: inout [Finding]
  ) throws(ImportError) -> TranslatedRows {
    var bytes = try readFile(path)
    if rule.dialect.encoding != .utf8 { bytes = bytes.decoded(as: rule.dialect.encoding) }
    let ours = rule.columns.keys.sorted() + rule.constants.keys.sorted()
    var result = TranslatedRows(rule: rule, file: file, columns: ours)
    let needed = Set(rule.columns.values.map(\.asciiLowercased))
    let header: HeaderLine
    if let names = rule.dialect.header {
      let delimiter = rule.dialect.delimiter ?? UInt8(ascii: ",")
      header = HeaderLine(delimiter: delimiter, names: names, length: 0, lines: 0)
    } else if let found = HeaderLine.find(
      in: Array(bytes.prefix(1 << 16)), known: needed, delimiter: rule.dialect.delimiter,
      lookAhead: rule.mayHaveTitles ? linesAboveHeader : 0, needed: needed)
    {
      header = found
    } else {
      return result
    }
    let names = header.names.map(\.asciiLowercased)
    var fields: [(field: Int, kind: ColumnKind)] = []
    let kinds = Dictionary(
      uniqueKeysWithValues: columnKinds(of: rule.table).map { ($0.name, $0.kind) })
    var isComplete = true
    for column in rule.columns.keys.sorted() {
      let theirs = rule.columns[column] ?? column
      let field = names.firstIndex(of: theirs.asciiLowercased)
      if field == nil, rule.mayHaveTitles {
        isComplete = false
        findings.append(
          Finding(
            .error, "column_missing", at: Place(file: file, line: UInt32(header.lines)),
            value: theirs,
            "the header has no column \"\(theirs)\", which the profile maps to "
              + "\(column)", expected: header.names.joined(separator: ", "),
            remedy: "correct the profile, or export the column"))
      }
      fields.append((field ?? -1, kinds[column] ?? .other))
    }
    guard isComplete else { return result }
    let condition = rule.where.map { names.firstIndex(of: $0.asciiLowercased) ?? -1 }
    let distinct = rule.distinct.map { names.firstIndex(of: $0.asciiLowercased) ?? -1 }
    for (name, field) in [(rule.where, condition), (rule.distinct, distinct)] where field == -1 {
      findings.append(
        Finding(
          .error, "column_missing", at: Place(file: file, line: UInt32(header.lines)),
          value: name ?? "", "the header has no column \"\(name ?? "")\"",
          expected: header.names.joined(separator: ", "), remedy: "correct the profile"))
      return result
    }
    let skip = rule.skip.map(Glob.init)
    let cells = CellTranslator(rule)
    let block = RecordScanner(delimiter: header.delimiter, width: names.count)
      .scan(Array(bytes.dropFirst(header.length)))
    let broken = Set(block.faults.map(\.row))
    var seen = Set<String>()
    for row in 0..<block.rows {
      func text(_ field: Int) -> String {
        guard field >= 0 else { return "" }
        let place = row * block.width + field
        return String(
          decoding: block.bytes[Int(block.starts[place])..<Int(block.ends[place])], as: UTF8.self)
      }
      let first = (0..<names.count).lazy.map(text).first { !$0.isEmpty } ?? ""
      if skip.contains(where: { $0.matches(first) }) { continue }
      if let condition, ["", "-"].contains(text(condition)) { continue }
      if let distinct, text(distinct).isEmpty || !seen.insert(text(distinct)).inserted { continue }
      let line = UInt32(header.lines) + block.lines[row] + 1
      if broken.contains(row) {
        findings.append(
          Finding(
            .error, "broken_line", at: Place(file: file, line: line),
            "the line is no record of \(names.count) readable fields",
            expected: "as many fields as the header has, in the encoding of the profile",
            remedy: "correct the line, or its encoding or delimiter in the profile"))
        continue
      }
      var values = [String]()
      var isSound = true
      for (column, (field, kind)) in zip(rule.columns.keys.sorted(), fields) {
        switch cells.value(text(field), column: column, kind: kind) {
        case .success(let value): values.append(value)
        case .failure(let fault):
          isSound = false
          findings.append(
            Finding(
              .error, fault.code,
              at: Place(file: file, line: line, column: rule.columns[column] ?? column),
              value: text(field), fault.message, expected: fault.expected,
              remedy: "correct the cell, or the profile"))
        }
      }
      guard isSound else { continue }
      values += rule.constants.keys.sorted().map { rule.constants[$0] ?? "" }
      result.rows.append(values)
      result.lines.append(line)
    }
    return result
  }

  /// Amounts that a file does not have, from the rows that have them: lines first, then documents,
  /// applications, payments.
  private func fillAmounts(_ parts: inout [TranslatedRows]) {
    func sums(_ parts: [TranslatedRows], _ table: String, by key: String) -> [String: Money] {
      var sums: [String: Money] = [:]
      for part in parts where part.rule.table == table {
        for row in part.rows.indices {
          let column = table == "invoices" ? "total" : "amount"
          sums[part.value(row, key), default: .zero] += Money(part.value(row, column)) ?? .zero
        }
      }
      return sums
    }
    for place in parts.indices {
      guard let formula = parts[place].rule.amounts, formula.contains("*") else { continue }
      let factors = formula.split(separator: "*").map { String($0).trimmingBlanks }
      let part = parts[place]
      parts[place].set("amount") { row in
        guard factors.count == 2, let a = Quantity(part.value(row, factors[0])),
          let b = UnitPrice(part.value(row, factors[1]))
        else { return "" }
        return b.times(a, .halfAwayFromZero)?.text ?? ""
      }
    }
    for (table, column, source, key, own) in [
      ("invoices", "subtotal", "invoice_lines", "invoice_id", "invoice_id"),
      ("applications", "amount", "invoices", "invoice_id", "invoice_id"),
      ("payments", "amount", "applications", "source_id", "payment_id"),
    ] {
      let totals = sums(parts, source, by: key)
      for place in parts.indices
      where parts[place].rule.table == table && parts[place].rule.amounts == source {
        let part = parts[place]
        parts[place].set(column) { (totals[part.value($0, own)] ?? .zero).text }
        guard table == "invoices" else { continue }
        let withSubtotal = parts[place]
        parts[place].set("total") { row in
          ((Money(withSubtotal.value(row, "subtotal")) ?? .zero)
            + (Money(withSubtotal.value(row, "tax")) ?? .zero)).text
        }
      }
    }
  }

  private func csv(_ part: TranslatedRows) -> [UInt8] {
    var bytes = [UInt8]()
    func append(_ row: [String]) {
      for (place, text) in row.enumerated() {
        if place > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes.append(UInt8(ascii: "\""))
        // One line a row, so that lines of the translation count rows.
        let flat = text.replacing("\"", with: "\"\"").replacing("\r\n", with: " ")
          .replacing("\n", with: " ").replacing("\r", with: " ")
        bytes += flat.utf8
        bytes.append(UInt8(ascii: "\""))
      }
      bytes.append(UInt8(ascii: "\n"))
    }
    append(part.columns)
    for row in part.rows { append(row) }
    return bytes
  }
}

/// Turns one cell of another system into ours.
private struct CellTranslator {
  struct Fault: Error {
    var code: String
    var message: String
    var expected: String
  }
  private let rule: Profile.Rule
  private let dates: DayPattern?
  private let numbers: NumberPattern

  init(_ rule: Profile.Rule) {
    self.rule = rule
    dates = rule.dates.flatMap(DayPattern.init)
    numbers = rule.numbers.flatMap(NumberPattern.init) ?? .standard
  }

  func value(_ cell: String, column: String, kind: ColumnKind) -> Result<String, Fault> {
    if let words = rule.values[column], let word = words[cell] { return .success(word) }
    guard rule.mayHaveTitles || kind == .day else { return .success(cell) }
    switch kind {
    case .other:
      return .success(cell == "-" ? "" : unwrapped(cell))
    case .day:
      guard let dates, !cell.isEmpty, cell != "-" else { return .success(cell == "-" ? "" : cell) }
      guard let day = dates.day(cell) else {
        return .failure(
          Fault(
            code: "not_a_day", message: "is not a day in the declared form",
            expected: "a day written as \(rule.dates ?? "")"))
      }
      return .success(day.text)
    case .number:
      guard let plain = numbers.plain(cell) else {
        return .failure(
          Fault(
            code: "not_a_number", message: "is not a number in the declared form",
            expected: "a number such as \(rule.numbers ?? "1,234.56")"))
      }
      return .success(rule.round.contains(column) ? rounded(plain) : plain)
    }
  }

  /// Excel's way to keep an id as text: `="0012"`.
  private func unwrapped(_ cell: String) -> String {
    cell.hasPrefix("=\"") && cell.hasSuffix("\"") && cell.count > 3
      ? String(cell.dropFirst(2).dropLast()) : cell
  }

  /// To two decimals, half away from zero, on the digits themselves.
  private func rounded(_ plain: String) -> String {
    let halves = plain.split(separator: ".", omittingEmptySubsequences: false)
    guard halves.count == 2, halves[1].count > 2,
      let cut = Money("\(halves[0]).\(halves[1].prefix(2))")
    else { return plain }
    let isUp = (halves[1].dropFirst(2).first ?? "0") >= "5"
    guard isUp else { return "\(halves[0]).\(halves[1].prefix(2))" }
    return (plain.hasPrefix("-") ? cut - Money(cents: 1) : cut + Money(cents: 1)).text
  }
}
