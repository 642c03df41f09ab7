public import Ledger
import Measures

/// Finance charges on what is past due, one draft a customer and one line a document (DOMAIN §6.12 [S83,
/// S84]); off unless the company has a rate.
///
/// Simple, by days of a year of 365: open × monthly rate × 12 ÷ 365 × days, rounded once a line; 627.32 at
/// 1.5 % a month for 63 days are 19.49. Days run from the due date, or from the latest charge on the
/// document where that is later, so that no day is charged twice and none is lost. Documents within the days of grace, in
/// dispute, requests for deposits and earlier charges bear none, and retainage is never open.
public func financeChargeDrafts(_ book: Book, _ documents: Documents) -> [Draft] {
  let policy = book.company.financeCharges
  guard policy.rate > .zero else { return [] }
  let (invoices, asOf) = (book.invoices, documents.asOf)
  let charged = ChargedDays(book, asOf: asOf)
  var lines: [RowID<Customers>: [DraftLine]] = [:]
  for row in invoices.rows where documents.balances[row].open > .zero {
    let customer = invoices.customer[row]
    guard customer.exists, invoices.type[row].bearsFinanceCharges,
      !invoices.isDisputed(row, on: asOf)
    else { continue }
    let (due, open) = (documents.balances[row].dueDate, documents.balances[row].open)
    guard asOf - due > policy.graceDays else { continue }
    let days = asOf - max(due, charged.through(row) ?? due)
    guard days > 0, let charge = charge(on: open, days: days, policy, book.company.rounding),
      charge > .zero
    else { continue }
    var line = DraftLine(
      .other, "\(days) days on \(open.grouped) of \(invoices.id[row]), due \(due.text)", charge)
    line.isTaxable = false
    line.reference = invoices.id[row]
    lines[customer, default: []].append(line)
  }
  let rate = "\(policy.rate.shortText()) % a \(policy.period.rawValue)"
  return lines.keys.sorted { book.customers.id.precedes($0.row, $1.row) }.map { customer in
    var draft = Draft(.financeCharge, customer: customer, on: asOf)
    draft.lines = lines[customer] ?? []
    draft.why = "Past due at \(rate)."
    return draft
  }
}

/// The day through which documents were charged: by the charges whose lines name the document in
/// `entry_id`; a charge without such lines counts for all documents of its customer.
private struct ChargedDays {
  private let invoices: Invoices
  private var byDocument: [Int: Day] = [:]
  private var byCustomer: [RowID<Customers>: Day] = [:]

  init(_ book: Book, asOf: Day) {
    invoices = book.invoices
    var named = Set<Int>()
    let lines = book.invoiceLines
    for row in lines.rows where !lines.entryID.isEmpty(row) {
      guard let charge = lines.invoice[row].orNil?.row, isCharge(charge, asOf) else { continue }
      let document = lines.entryID.withBytes(row) { book.invoices.index.find($0) }
      guard document.exists else { continue }
      named.insert(charge)
      byDocument[document.row] = max(byDocument[document.row] ?? .none, invoices.day[charge])
    }
    for charge in invoices.rows where isCharge(charge, asOf) && !named.contains(charge) {
      let customer = invoices.customer[charge]
      byCustomer[customer] = max(byCustomer[customer] ?? .none, invoices.day[charge])
    }
  }

  private func isCharge(_ row: Int, _ asOf: Day) -> Bool {
    invoices.type[row] == .financeCharge && invoices.isLive(row, on: asOf)
  }

  func through(_ document: Int) -> Day? {
    let days = [byDocument[document], byCustomer[invoices.customer[document]]].compactMap { $0 }
    return days.max()
  }
}

/// The charge on an amount for some days; nil where it does not fit.
private func charge(
  on open: Money, days: Int, _ policy: Company.FinanceCharges, _ rounding: Rounding
) -> Money? {
  let perYear = Int128(policy.rate.units) * (policy.period == .month ? 12 : 1)
  return roundedQuotient(
    Int128(open.units) * perYear * Int128(days), Int128(Percentage.whole.units) * 365, rounding
  ).map(Money.init(cents:))
}

extension InvoiceType {
  fileprivate var bearsFinanceCharges: Bool {
    self == .standard || self == .progress || self == .retainageRelease
  }
}
