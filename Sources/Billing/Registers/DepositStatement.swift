public import Ledger
public import Measures

/// One deposit through a day: what was asked for and received, and what became of it.
///
///     held = received − applied − refunded − forfeited
public struct DepositRow: Sendable {
  public var job: RowID<Jobs>
  public var customer: RowID<Customers>
  /// The deposit invoice; of a row that no deposit answers for, the document that applied it.
  public var invoice = RowID<Invoices>.none
  /// A deposit received directly; neither it nor an invoice is an opening balance.
  public var payment = RowID<Payments>.none
  public var day: Day
  /// Without tax on the request.
  public var requested = Money.zero
  /// Open on the request.
  public var openRequest = Money.zero
  public var received = Money.zero
  /// The last day on which something was received; `.none` before.
  public var receivedOn = Day.none
  /// By applications, and on the faces of invoices.
  public var applied = Money.zero
  public var refunded = Money.zero
  public var forfeited = Money.zero

  public var held: Money { received - applied - refunded - forfeited }
}

/// Deposits one by one as of a day (DESIGN §4, §6; DOMAIN §4).
///
/// A deposit invoice receives what is applied to it, of a request with tax in proportion (DOMAIN §4.5
/// [S52]); a payment of type deposit is received as a whole. What a document applies on its face or
/// forfeits names no deposit: it is taken from the one it credits, else from the customer's oldest of the
/// same job, then from those on no job, as far as something is held of them (DOMAIN §4.2 [S45b]). What
/// no deposit answers for has a row of its own, below zero, so that the rows add up to the liability.
public struct DepositStatement: Sendable {
  /// Opening balances, deposit invoices, direct deposits, what is left over; each in the order of the file.
  public private(set) var rows: [DepositRow] = []

  public init(_ book: Book, _ documents: Documents) {
    var run = Run(book, documents)
    run.addDeposits()
    run.apply()
    run.takeFromFaces()
    rows = run.rows
  }
}

private struct Run {
  let book: Book
  let documents: Documents
  var rows: [DepositRow] = []
  /// The place of each deposit in `rows`, by invoice and by payment; -1 for none.
  var ofInvoice: [Int32]
  var ofPayment: [Int32]

  init(_ book: Book, _ documents: Documents) {
    (self.book, self.documents) = (book, documents)
    ofInvoice = Array(repeating: -1, count: book.invoices.count)
    ofPayment = Array(repeating: -1, count: book.payments.count)
  }

  mutating func addDeposits() {
    let (invoices, payments, asOf) = (book.invoices, book.payments, documents.asOf)
    let opening = book.openingBalances
    for place in opening.rows
    where opening.measure[place] == .deposit && opening.day[place] <= asOf {
      let job = opening.job[place].orNil ?? .none
      let owner = job.exists ? book.jobs.customer[job.row].orNil ?? .none : .none
      var row = DepositRow(
        job: job, customer: opening.customer[place].orNil ?? owner, day: opening.day[place])
      (row.received, row.receivedOn) = (opening.amount[place], row.day)
      rows.append(row)
    }
    for place in invoices.rows where invoices.type[place] == .deposit {
      guard invoices.isLive(place, on: asOf) else { continue }
      var row = DepositRow(
        job: documents.shares.has(place) ? .none : invoices.job[place].orNil ?? .none,
        customer: invoices.customer[place].orNil ?? .none, day: invoices.day[place])
      row.invoice = RowID(place)
      row.requested = invoices.deposit[place].orZero
      row.openRequest = documents.balances[place].open
      ofInvoice[place] = Int32(rows.count)
      rows.append(row)
    }
    for place in payments.rows where payments.type[place] == .deposit {
      guard payments.isLive(place, on: asOf) else { continue }
      var row = DepositRow(
        job: payments.job[place].orNil ?? .none,
        customer: payments.customer[place].orNil ?? .none, day: payments.day[place])
      row.payment = RowID(place)
      (row.received, row.receivedOn) = (payments.amount[place], row.day)
      ofPayment[place] = Int32(rows.count)
      rows.append(row)
    }
  }

  /// Applications to and from deposits that stand on the day, and refunds.
  mutating func apply() {
    let (effects, applications) = (ApplicationEffects(book), book.applications)
    for row in applications.rows {
      guard let start = effects.start(of: row, ifStandingOn: documents.asOf) else { continue }
      let amount = applications.amount[row].orZero
      if let source = place(effects.payment[row], ofPayment)
        ?? place(effects.document[row], ofInvoice)
      {
        rows[source].applied += amount
      }
      guard let target = place(effects.invoice[row], ofInvoice) else { continue }
      switch effects.source(of: row) {
      case .refund: rows[target].refunded += amount
      case .writeOff: rows[target].received += applications.discount[row].orZero
      case .cash, .deposit, .credit, .nothing:
        rows[target].received += amount + applications.discount[row].orZero
        rows[target].receivedOn = max(rows[target].receivedOn, start)
      }
    }
    for place in rows.indices where rows[place].invoice.exists { takeOutTax(place) }
    for refund in documents.balances.depositRefunds {
      if let place = place(refund.deposit, ofPayment) { rows[place].refunded += refund.amount }
    }
  }

  private func place<Table>(_ id: RowID<Table>, _ places: [Int32]) -> Int? {
    id.exists && places[id.row] >= 0 ? Int(places[id.row]) : nil
  }

  /// What is paid on a request with tax is deposit in part only.
  private mutating func takeOutTax(_ place: Int) {
    let total = book.invoices.total[rows[place].invoice.row]
    let (paid, back) = (rows[place].received, rows[place].refunded)
    let left = depositShare(of: paid - back, deposit: rows[place].requested, total: total)
    rows[place].received = depositShare(of: paid, deposit: rows[place].requested, total: total)
    rows[place].refunded = rows[place].received - left
  }

  /// What documents of other types apply on their face, or forfeit; the oldest document first.
  mutating func takeFromFaces() {
    let (invoices, shares) = (book.invoices, documents.shares)
    let faces = invoices.rows
      .filter {
        invoices.type[$0] != .deposit && !invoices.deposit[$0].orZero.isZero
          && documents.balances[$0].isLive
      }
      .sorted { (invoices.day[$0], $0) < (invoices.day[$1], $1) }
    guard !faces.isEmpty else { return }
    var ofCustomer = [[Int]](repeating: [], count: book.customers.count + 1)
    for place in rows.indices.sorted(by: { (rows[$0].day, $0) < (rows[$1].day, $1) }) {
      ofCustomer[rows[place].customer.row + 1].append(place)
    }
    for document in faces {
      let own = ofCustomer[(invoices.customer[document].orNil ?? .none).row + 1]
      let parts =
        shares.has(document)
        ? shares.of(document).map { ($0.job, $0.deposit) }
        : [(invoices.job[document].orNil ?? .none, invoices.deposit[document].orZero)]
      for (job, deposit) in parts where !deposit.isZero {
        take(-deposit, document, of: job, from: own)
      }
    }
  }

  /// - Parameter amount: taken off what is held, or, below zero, given back.
  private mutating func take(
    _ amount: Money, _ document: Int, of job: RowID<Jobs>, from own: [Int]
  ) {
    let (invoices, credits) = (book.invoices, book.invoices.credits[document])
    let isForfeit = invoices.type[document] == .depositForfeit
    let named = own.filter { credits.exists && rows[$0].invoice == credits }
    let others = own.filter { !named.contains($0) }
    let order =
      named + others.filter { rows[$0].job == job }
      + others.filter { rows[$0].job == .none && job != .none }
    var left = amount
    for place in order {
      let part =
        left > .zero
        ? min(left, max(.zero, rows[place].held)) : max(left, -max(.zero, rows[place].applied))
      left -= part
      add(part, to: place, isForfeit: isForfeit)
    }
    guard !left.isZero else { return }
    var row = DepositRow(
      job: job, customer: invoices.customer[document].orNil ?? .none, day: invoices.day[document])
    row.invoice = RowID(document)
    rows.append(row)
    add(left, to: rows.count - 1, isForfeit: isForfeit)
  }

  private mutating func add(_ amount: Money, to place: Int, isForfeit: Bool) {
    if isForfeit { rows[place].forfeited += amount } else { rows[place].applied += amount }
  }
}
