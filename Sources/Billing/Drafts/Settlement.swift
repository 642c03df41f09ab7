public import Ledger
public import Measures

/// Unapplied cash that may be put against an open document.
public struct ProposedApplication: Sendable {
  public var payment: RowID<Payments>
  public var invoice: RowID<Invoices>
  /// Of the payment.
  public var amount: Money
  /// What early payment earns, and a rest within the tolerance beside it.
  public var discount: Money
  public var why: String
}

/// Puts unapplied cash against open documents of its customer: those of the payment's own job first,
/// then the oldest due, then the oldest, of equals the one with the better discount on the payment's day,
/// then by id (DOMAIN §6.11 [S81]).
///
/// Payments in order of day and file; never more than is left of one or open on the other. Disputed
/// documents and credit memos are left to a person.
public func proposedApplications(_ book: Book, _ documents: Documents) -> [ProposedApplication] {
  let cash = unappliedCash(book, documents)
  guard !cash.isEmpty else { return [] }
  var settlement = Settlement(
    book, documents, of: Set(cash.map { book.payments.customer[$0.payment] }))
  for (payment, amount) in cash { settlement.put(amount, of: payment) }
  return settlement.proposed
}

/// Goes through payments one after the other, and knows what each leaves open.
private struct Settlement {
  private struct OpenDocument {
    let row: Int
    let due: Day
    let terms: Int
    var open: Money
  }

  /// Whose documents: a customer's, or those of a job of his.
  private struct Account: Hashable {
    let customer: RowID<Customers>
    let job: RowID<Jobs>
  }

  /// Places of documents, the oldest first; those before `first` are settled.
  private struct Queue {
    var places: [Int] = []
    var first = 0
  }

  private let book: Book
  private var terms: KnownTerms
  /// The oldest due first, then the oldest, then by id.
  private var documents: [OpenDocument] = []
  private var queues: [Account: Queue] = [:]
  private(set) var proposed: [ProposedApplication] = []

  init(_ book: Book, _ documents: Documents, of payers: Set<RowID<Customers>>) {
    self.book = book
    terms = KnownTerms(book)
    let invoices = book.invoices
    for row in invoices.rows where documents.balances[row].open > .zero {
      guard payers.contains(invoices.customer[row]), invoices.type[row] != .writeOff,
        book.isReceivable(row), !invoices.isDisputed(row, on: documents.asOf)
      else { continue }
      self.documents.append(
        OpenDocument(
          row: row, due: documents.balances[row].dueDate, terms: terms.place(ofInvoice: row),
          open: documents.balances[row].open))
    }
    self.documents.sort { a, b in
      if a.due != b.due { return a.due < b.due }
      let (dayA, dayB) = (invoices.day[a.row], invoices.day[b.row])
      return dayA != dayB ? dayA < dayB : invoices.id.precedes(a.row, b.row)
    }
    for (place, document) in self.documents.enumerated() {
      let (customer, job) = (invoices.customer[document.row], invoices.job[document.row])
      queues[Account(customer: customer, job: .none), default: Queue()].places.append(place)
      guard job.exists else { continue }
      queues[Account(customer: customer, job: job), default: Queue()].places.append(place)
    }
  }

  mutating func put(_ amount: Money, of payment: Int) {
    let (customer, job) = (book.payments.customer[payment], book.payments.job[payment])
    var left = amount
    if job.exists { settle(Account(customer: customer, job: job), payment, &left) }
    settle(Account(customer: customer, job: .none), payment, &left)
  }

  private mutating func settle(_ account: Account, _ payment: Int, _ left: inout Money) {
    guard var queue = queues[account] else { return }
    var place = queue.first
    while left > .zero, place < queue.places.count {
      let end = endOfEquals(queue.places, from: place)
      for document in betterFirst(queue.places[place..<end], payment) where left > .zero {
        settle(document, payment, &left)
      }
      place = end
    }
    while queue.first < queue.places.count, documents[queue.places[queue.first]].open.isZero {
      queue.first += 1
    }
    queues[account]?.first = queue.first
  }

  private mutating func settle(_ place: Int, _ payment: Int, _ left: inout Money) {
    let (row, open) = (documents[place].row, documents[place].open)
    guard open > .zero else { return }
    let early = discount(place, payment)
    let settled = early.settle(open, with: left, book.company.rounding)
    guard settled.applied > .zero else { return }
    left -= settled.applied
    documents[place].open = open - settled.applied - settled.discount - settled.tolerance
    var why = "Due \(documents[place].due.text), open \(open.grouped)."
    if let window = early.window {
      why += " \(window.percentage.shortText()) % for payment within \(window.days) days."
    }
    if settled.tolerance > .zero {
      why += " \(settled.tolerance.grouped) is within the tolerance."
    }
    proposed.append(
      ProposedApplication(
        payment: RowID(payment), invoice: RowID(row), amount: settled.applied,
        discount: settled.discount + settled.tolerance, why: why))
  }

  /// Where those end that are due and dated like the first.
  private func endOfEquals(_ places: [Int], from start: Int) -> Int {
    let (first, days) = (documents[places[start]], book.invoices.day)
    return places[start...].firstIndex {
      documents[$0].due != first.due || days[documents[$0].row] != days[first.row]
    } ?? places.endIndex
  }

  /// Equals, the better discount first; other terms alone make a difference.
  private func betterFirst(_ places: ArraySlice<Int>, _ payment: Int) -> [Int] {
    let open = places.filter { documents[$0].open > .zero }
    guard let first = open.first, open.contains(where: { isUnlike(first, $0) }) else { return open }
    return open.map { (place: $0, discount: discount($0, payment).window?.percentage ?? .zero) }
      .sorted { ($1.discount, $0.place) < ($0.discount, $1.place) }.map(\.place)
  }

  private func isUnlike(_ a: Int, _ b: Int) -> Bool {
    documents[a].terms != documents[b].terms
      || book.invoices.type[documents[a].row] != book.invoices.type[documents[b].row]
  }

  private func discount(_ place: Int, _ payment: Int) -> EarlyDiscount {
    EarlyDiscount(
      book, invoice: documents[place].row, terms.all[documents[place].terms],
      on: book.payments.day[payment])
  }
}

/// Terms of documents, each text read once.
private struct KnownTerms {
  private let book: Book
  private var known: [String: Int] = [:]
  private(set) var all: [PaymentTerms] = []

  init(_ book: Book) { self.book = book }

  mutating func place(ofInvoice row: Int) -> Int {
    let text = book.termsText(ofInvoice: row)
    if let place = known[text] { return place }
    known[text] = all.count
    all.append(PaymentTerms(named: text, in: book.terms) ?? .dueOnReceipt)
    return all.count - 1
  }
}
