import Ledger
import Measures

/// Where a table has effective_from, no two rows of an id begin on one day: it could not be said
/// which of them counts (DESIGN §3, overlapping effective days).
enum EffectiveDays: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    func look<T: Table>(
      _ rows: T, _ keys: [KeyPath<T, TextColumn>], _ days: KeyPath<T, [Day]>, _ what: String,
      numbers: [Int64]? = nil
    ) -> [Finding] {
      overlaps(
        rows, keys.map { rows[keyPath: $0] }, rows[keyPath: days], numbers, what,
        RowFindings(rows, in: book, suspects))
    }
    var found = look(book.technicians, [\.id], \.effectiveFrom, "technician")
    found += look(book.payTypes, [\.id], \.effectiveFrom, "pay type")
    found += look(
      book.rates, [\.cardName, \.roleName, \.payTypeName], \.effectiveFrom,
      "card, role and pay type")
    found += look(book.items, [\.id], \.effectiveFrom, "item")
    found += look(book.taxCodes, [\.id, \.component], \.effectiveFrom, "tax code and component")
    found += look(
      book.markups, [\.scheduleName, \.categoryName], \.effectiveFrom,
      "schedule, category and cost_over", numbers: book.markups.costOver.map(\.units))
    found += look(book.retainageRules, [\.region], \.effectiveFrom, "region")
    return found
  }

  /// `keys`, `days` and `numbers` together are what must be different in each row.
  private static func overlaps<T: Table>(
    _ rows: T, _ keys: [TextColumn], _ days: [Day], _ numbers: [Int64]?, _ what: String,
    _ collector: RowFindings
  ) -> [Finding] {
    var findings = collector
    let hashes = rows.rows.map { row in
      var hash = UInt64(bitPattern: Int64(days[row].number))
      for key in keys {
        hash = RepeatedKeys.combine(hash, key.withBytes(row) { hashOfKey($0) })
      }
      if let numbers { hash = RepeatedKeys.combine(hash, UInt64(bitPattern: numbers[row])) }
      return hash
    }
    let pairs = RepeatedKeys.pairs(hashes) { a, b in
      days[a] == days[b] && numbers?[a] == numbers?[b]
        && keys.allSatisfy { $0.slice(a) == $0.slice(b) }
    }
    // Built-in rows have no line; a row of the file takes their place.
    for pair in pairs where rows.line[pair.row] > 0 && rows.line[pair.first] > 0 {
      findings.add(
        .error, "overlapping_days", pair.row, "effective_from", value: days[pair.row].text,
        days[pair.row].isNone
          ? "is blank on line \(findings.line(pair.first)) too, for the same \(what)"
          : "is the day of line \(findings.line(pair.first)) too, for the same \(what)",
        expected: "a day of its own for each row of one \(what)",
        remedy: "remove the row that does not count, or correct its day")
    }
    return findings.list
  }
}
