import Ledger
import Measures

/// What is withheld on each document and neither given back nor released nor written off.
struct HeldRetainage {
  /// `.none`: the opening balance.
  var invoice: RowID<Invoices>
  var day: Day
  /// Held on the day, without its tax.
  var amount: Money
  /// The tax that is held with it.
  var tax: Money
}

/// Retainage of every job document by document: what lowers it, a release, a draw whose rate stepped
/// down, a write-off, is taken from the oldest first, a credit memo's share from the document it credits
/// (DESIGN §5, "oldest draw first").
///
/// The sum over a job's documents is the retainage held on the job.
struct RetainageByDocument {
  private let held: [RowID<Jobs>: [HeldRetainage]]

  init(_ book: Book, _ documents: Documents) {
    let invoices = book.invoices
    var held: [RowID<Jobs>: [HeldRetainage]] = [:]
    OpeningSums(book, asOf: documents.asOf).forEach(.retainage) { _, job, amount in
      held[job, default: []].append(
        HeldRetainage(invoice: .none, day: .none, amount: amount, tax: .zero))
    }
    let rows = invoices.rows
      .filter { !invoices.retainage[$0].orZero.isZero && documents.balances[$0].isLive }
      .sorted { (invoices.day[$0], $0) < (invoices.day[$1], $1) }
    for row in rows {
      let tax = invoices.retainageTax[row].orZero
      let parts =
        documents.shares.has(row)
        ? documents.shares.of(row).map { ($0.job, $0.retainage) }
        : [(invoices.job[row], invoices.retainage[row].orZero)]
      let taxes = documents.shares.has(row) ? documents.shares.of(row).split(tax) : [tax]
      for ((job, retainage), tax) in zip(parts, taxes) {
        held[job, default: []].take(
          HeldRetainage(
            invoice: RowID(row), day: invoices.day[row], amount: retainage - tax, tax: tax),
          credits: invoices.credits[row])
      }
    }
    self.held = held.mapValues { $0.filter { !$0.amount.isZero || !$0.tax.isZero } }
  }

  /// The documents of a job on which something is held, the oldest first.
  func of(_ job: RowID<Jobs>) -> [HeldRetainage] { held[job] ?? [] }
}

extension [HeldRetainage] {
  /// Adds what a document withholds, or takes off what it gives back; the two parts apart.
  fileprivate mutating func take(_ document: HeldRetainage, credits: RowID<Invoices>) {
    var rest = document
    let order =
      indices.filter { credits.exists && self[$0].invoice == credits }
      + indices.filter { !credits.exists || self[$0].invoice != credits }
    for place in order {
      if rest.amount < .zero, self[place].amount > .zero {
        let part = Swift.min(self[place].amount, -rest.amount)
        self[place].amount -= part
        rest.amount += part
      }
      if rest.tax < .zero, self[place].tax > .zero {
        let part = Swift.min(self[place].tax, -rest.tax)
        self[place].tax -= part
        rest.tax += part
      }
    }
    append(rest)
  }
}
