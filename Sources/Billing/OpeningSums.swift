internal import Ledger
internal import Measures

/// What jobs and customers brought along from before the input begins, on a day.
struct OpeningSums {
  private let rows: [(customer: RowID<Customers>, job: RowID<Jobs>, OpeningMeasure, Money)]

  init(_ book: Book, asOf: Day) { self.init(book) { $0 <= asOf } }

  /// What they brought along on days of a period.
  init(_ book: Book, in period: Period) { self.init(book, on: period.contains) }

  /// A row without a customer is its job's customer's.
  private init(_ book: Book, on isMeant: (Day) -> Bool) {
    let balances = book.openingBalances
    rows = balances.rows.filter { isMeant(balances.day[$0]) }.map { row in
      let job = balances.job[row].orNil ?? .none
      let customer =
        balances.customer[row].orNil ?? (job.exists ? book.jobs.customer[job.row] : .none)
      return (customer, job, balances.measure[row], balances.amount[row])
    }
  }

  /// Calls the body with every amount of a measure.
  func forEach(
    _ measure: OpeningMeasure,
    _ body: (_ customer: RowID<Customers>, _ job: RowID<Jobs>, _ amount: Money) -> Void
  ) {
    for row in rows where row.2 == measure { body(row.customer, row.job, row.3) }
  }

  func sum(_ measure: OpeningMeasure) -> Money {
    rows.lazy.filter { $0.2 == measure }.map(\.3).sum()
  }
}
