import Ledger
import Measures

/// Terms on customers, jobs and invoices are built in or in terms.csv: unknown ones would leave an
/// invoice without a due day.
enum KnownTerms: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    func look<T: Table>(_ rows: T, _ terms: TextColumn) -> [Finding] {
      unknown(terms, in: book, RowFindings(rows, in: book, suspects))
    }
    return look(book.customers, book.customers.terms) + look(book.jobs, book.jobs.terms)
      + look(book.invoices, book.invoices.terms)
  }

  /// Each distinct text is judged once; rows compare bytes with those before.
  private static func unknown(
    _ terms: TextColumn, in book: Book, _ collector: RowFindings
  ) -> [Finding] {
    var findings = collector
    var texts = KeyIndex<TermsText>()
    var isKnown = [Bool]()
    for row in terms.indices where !terms.isEmpty(row) {
      let (id, isNew) = terms.withBytes(row) { texts.insert($0) }
      if isNew {
        let text = terms[row]
        isKnown.append(book.terms.index.find(text).exists || TermsText.isBuiltIn(text))
      }
      guard !isKnown[id.row] else { continue }
      findings.add(
        .error, "unknown_terms", row, "terms", value: terms[row],
        "are no terms that are known here", expected: expected(book),
        remedy: "correct the cell, or define the terms in \(book.file(TermsTable.self))")
    }
    return findings.list
  }

  private static func expected(_ book: Book) -> String {
    let own = book.terms.rows.prefix(20).map { book.terms.id[$0] }
    return ([TermsText.builtIn] + own).joined(separator: ", ")
  }
}
