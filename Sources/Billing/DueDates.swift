public import Ledger
public import Measures

/// Finds due dates, and reads each distinct text of payment terms once.
///
/// A document's own due date comes first, then its terms, its job's, its customer's; without any it
/// is due on receipt, and so is one whose terms nobody knows.
struct DueDates {
  private let book: Book
  private var texts = KeyIndex<PaymentTerms>()
  private var terms: [PaymentTerms] = []
  /// The first document of each text of terms that nobody knows.
  private(set) var unknown: [Int] = []

  init(_ book: Book) { self.book = book }

  mutating func dueDate(of row: Int) -> Day {
    if let day = book.invoices.dueDate[row].orNil { return day }
    let day = book.invoices.day[row]
    guard let (column, place) = book.termsCell(ofInvoice: row) else { return day }
    let (id, isNew) = column.withBytes(place) { texts.insert($0) }
    if isNew {
      let known = PaymentTerms(named: column[place], in: book.terms)
      if known == nil { unknown.append(row) }
      terms.append(known ?? .dueOnReceipt)
    }
    return terms[id.row].dueDate(of: day)
  }
}

extension Book {
  /// The payment terms of a document as they are written: its own, its job's or its customer's.
  public func termsText(ofInvoice row: Int) -> String {
    guard let (column, place) = termsCell(ofInvoice: row) else { return "" }
    return column[place]
  }

  /// The day on which a document is due.
  public func dueDate(ofInvoice row: Int) -> Day {
    var dates = DueDates(self)
    return dates.dueDate(of: row)
  }

  /// Terms that are neither built in nor in terms.csv: the document is taken as due on receipt.
  func unknownTerms(ofInvoice row: Int) -> Finding {
    let text = termsText(ofInvoice: row)
    return Finding(
      .warning, "unknown_terms", at: termsPlace(ofInvoice: row), value: text,
      "the terms of \(invoices.id[row]) are not known, so it counts as due on receipt",
      expected: "terms such as Net 30, Due on receipt, EOM, Net 30 EOM, 10th prox, 2/10 Net 30",
      remedy: "correct the terms, add them to terms.csv, or give the document a due date")
  }

  func termsPlace(ofInvoice row: Int) -> Place {
    if !invoices.terms.isEmpty(row) {
      return Place(file: file(Invoices.self), line: invoices.line[row], column: "terms")
    }
    let job = invoices.job[row]
    if job.exists, !jobs.terms.isEmpty(job.row) {
      return Place(file: file(Jobs.self), line: jobs.line[job.row], column: "terms")
    }
    let customer = invoices.customer[row]
    let line = customer.exists ? customers.line[customer.row] : 0
    return Place(file: file(Customers.self), line: line, column: "terms")
  }

  fileprivate func termsCell(ofInvoice row: Int) -> (column: TextColumn, row: Int)? {
    if !invoices.terms.isEmpty(row) { return (invoices.terms, row) }
    let job = invoices.job[row]
    if job.exists, !jobs.terms.isEmpty(job.row) { return (jobs.terms, job.row) }
    let customer = invoices.customer[row]
    guard customer.exists, !customers.terms.isEmpty(customer.row) else { return nil }
    return (customers.terms, customer.row)
  }
}
