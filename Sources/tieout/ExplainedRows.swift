import Billing
import Ledger
import Measures
import Reporting

/// An explanation with the rows of the reports that it is about, as text and as JSON.
struct ExplainedRows: Encodable {
  let explanation: Explanation
  let rows: [ReportedRow]

  /// Rows of one report that are printed; JSON has all.
  private static let mostRows = 12

  var text: String {
    var text = ""
    write(explanation, indent: 0, to: &text)
    let byReport = Dictionary(grouping: rows.indices, by: { rows[$0].report })
    var seen = Set<String>()
    for row in rows where seen.insert(row.report).inserted {
      let places = byReport[row.report] ?? []
      text += "\nin \(row.report) (\(row.title))\n"
      for (number, place) in places.prefix(Self.mostRows).enumerated() {
        if number > 0 { text += "\n" }
        write(rows[place], to: &text)
      }
      let rest = places.count - Self.mostRows
      if rest > 0 { text += "  and \(rest) more rows\n" }
    }
    return text
  }

  private func write(_ node: Explanation, indent: Int, to text: inout String) {
    let label = String(repeating: "  ", count: indent) + node.what
    let value =
      node.amount == nil ? node.value : node.value.padded(to: 14, atStart: true)
    var line = label.padded(to: 46) + " " + value
    if let place = node.place, !place.file.isEmpty {
      line =
        line.padded(to: 76) + "  " + (place.line > 0 ? "\(place.file):\(place.line)" : place.file)
    }
    text += line + "\n"
    if !node.rule.isEmpty {
      text += String(repeating: "  ", count: indent + 2) + "(\(node.rule))\n"
    }
    for part in node.parts { write(part, indent: indent + 1, to: &text) }
  }

  private func write(_ row: ReportedRow, to text: inout String) {
    let figures = row.figures.map { figure in
      let value =
        figure.cell.isNumber ? figure.cell.shown.padded(to: 14, atStart: true) : figure.cell.shown
      let line = "  \(figure.column.key)".padded(to: 46) + " " + value
      return figure.column.formula.map { line + "  = \($0.inWords)" } ?? line
    }
    text += figures.joined(separator: "\n") + "\n"
  }

  // MARK: - JSON

  private enum Key: String, CodingKey {
    case what, value, amount, rule, file, line, column, parts, reports, report, figures, key, title
    case formula
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try encode(explanation, to: &container)
    var list = container.nestedUnkeyedContainer(forKey: .reports)
    for row in rows {
      var report = list.nestedContainer(keyedBy: Key.self)
      try report.encode(row.report, forKey: .report)
      var figures = report.nestedUnkeyedContainer(forKey: .figures)
      for figure in row.figures {
        var item = figures.nestedContainer(keyedBy: Key.self)
        try item.encode(figure.column.key, forKey: .key)
        try item.encode(figure.column.title, forKey: .title)
        try item.encode(figure.cell.plain, forKey: .value)
        if !figure.column.rule.isEmpty { try item.encode(figure.column.rule, forKey: .rule) }
        if let formula = figure.column.formula {
          try item.encode(formula.inWords, forKey: .formula)
        }
      }
    }
  }

  private func encode(
    _ node: Explanation, to container: inout KeyedEncodingContainer<Key>
  ) throws {
    try container.encode(node.what, forKey: .what)
    try container.encode(node.value, forKey: .value)
    if let amount = node.amount { try container.encode(amount.text, forKey: .amount) }
    if !node.rule.isEmpty { try container.encode(node.rule, forKey: .rule) }
    if let place = node.place, !place.file.isEmpty {
      try container.encode(place.file, forKey: .file)
      if place.line > 0 { try container.encode(place.line, forKey: .line) }
      if !place.column.isEmpty { try container.encode(place.column, forKey: .column) }
    }
    guard !node.parts.isEmpty else { return }
    var list = container.nestedUnkeyedContainer(forKey: .parts)
    for part in node.parts {
      var item = list.nestedContainer(keyedBy: Key.self)
      try encode(part, to: &item)
    }
  }
}

extension Cell {
  fileprivate var isNumber: Bool {
    switch self {
    case .money, .unitPrice, .quantity, .hours, .percentage, .integer: true
    case .empty, .id, .text, .day, .flag: false
    }
  }

  /// As the CSV file has it.
  fileprivate var plain: String {
    switch self {
    case .money(let amount): amount.text
    case .percentage(let share): share.text
    default: shown
    }
  }
}

extension ColumnFormula {
  /// "open − not_due, as a percentage of open".
  var inWords: String {
    func sum(_ terms: [Term]) -> String {
      terms.enumerated().map { place, term in
        (term.isMinus ? (place == 0 ? "−" : " − ") : place == 0 ? "" : " + ") + term.key
      }.joined()
    }
    switch kind {
    case .sum: return sum(terms)
    case .aboveZero: return "\(sum(terms)), where above zero"
    case .percentage(let whole): return "\(sum(terms)), as a percentage of \(sum(whole))"
    }
  }
}
