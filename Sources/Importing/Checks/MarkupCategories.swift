import Ledger
import Measures

/// A markup for a category that no item has never counts: it may be misspelled.
enum MarkupCategories: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    guard book.items.count > 0, book.markups.categories.count > 0 else { return [] }
    let rows = book.markups
    var findings = RowFindings(rows, in: book, suspects)
    var categories = KeyIndex<Category>()
    for row in book.items.rows where !book.items.categoryName.isEmpty(row) {
      _ = book.items.categoryName.withBytes(row) { categories.insert($0) }
    }
    let names = categories.keys.indices.map { categories.keys[$0] }
    for row in rows.rows where rows.category[row].exists {
      let name = rows.categoryName[row]
      guard !categories.find(name).exists else { continue }
      findings.add(
        .warning, "unknown_category", row, "category", value: name,
        "is the category of no item, so that this markup never counts",
        expected: names.prefix(20).joined(separator: ", "),
        remedy: didYouMean(name, in: names, otherwise: "correct the cell, or remove the row"))
    }
    return findings.list
  }
}
