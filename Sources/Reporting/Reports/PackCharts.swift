internal import Billing
internal import Ledger
internal import Measures

extension Reports {
  /// The pictures of the month-end pack: receivables by age and over thirteen months, how fast they were
  /// collected, over- and underbilling by job, unbilled work by what stands in its way. A picture without
  /// a figure is left out.
  public var charts: [Chart] {
    ([agingChart] + collectionCharts + [billingChart, unbilledChart]).filter { chart in
      chart.series.contains { $0.values.contains { ($0.units ?? 0) != 0 } }
    }
  }

  private var currency: String { book.company.currency }

  private var agingChart: Chart {
    let buckets = AgingBuckets(book.company.aging)
    let customers = position.customers
    let values = buckets.indices.map { bucket in
      Cell.money(customers.customers.ids.map { customers.aged($0, bucket: bucket) }.sum())
    }
    return Chart(
      "Accounts receivable by days past due", .columns, axes: ("Past due", currency),
      buckets.titles,
      [Chart.Series("Open", values)])
  }

  private var collectionCharts: [Chart] {
    let months = CollectionsReport.months(position)
    let names = months.map(\.receivable.month.text)
    func days(_ value: (CollectionMonth) -> Quantity?) -> [Cell] {
      months.map { value($0).map(Cell.quantity) ?? .empty }
    }
    return [
      Chart(
        "Receivables at the end of each month", .lines, axes: ("Month", currency), names,
        [
          Chart.Series("AR", months.map { .money($0.receivable.ending) }),
          Chart.Series("Not past due", months.map { .money($0.receivable.current) }),
        ]),
      Chart(
        "Days sales outstanding", .lines, axes: ("Month", "Days"), names,
        [
          Chart.Series("DSO", days(\.dso)),
          Chart.Series("Best possible DSO", days(\.bestPossibleDSO)),
        ]),
    ]
  }

  /// The jobs furthest from what they earned, at most a dozen; the others stand in contract-status.
  private var billingChart: Chart {
    let earned = position.earned
    func size(_ job: RowID<Jobs>) -> Money { earned[job].underbilled + earned[job].overbilled }
    let furthest = book.jobs.ids.filter { !size($0).isZero }
      .sorted { (size($1), book.jobs.id[$0.row]) < (size($0), book.jobs.id[$1.row]) }
      .prefix(12)
    return Chart(
      "Over- and underbilling of the jobs furthest from what they earned", .bars,
      axes: ("Job", currency),
      furthest.map { book.jobs.id[$0.row] },
      [
        Chart.Series("Underbilled", furthest.map { .money(earned[$0].underbilled) }),
        Chart.Series("Overbilled", furthest.map { .money(-earned[$0].overbilled) }),
      ])
  }

  private var unbilledChart: Chart {
    let jobs = work.jobs.allUnbilled
    var parts: [(name: String, amount: Money)] = [
      ("Ready to bill", jobs.map(\.ready).sum()),
      ("Billed after the day", jobs.map(\.billedLater).sum()),
    ]
    for reason in BlockedReason.allCases {
      let amount = jobs.map { $0.blocked(reason) }.sum()
      if !amount.isZero { parts.append(("Blocked: \(reason.title)", amount)) }
    }
    return Chart(
      "Unbilled work by what stands in its way", .bars, axes: ("State", currency),
      parts.map(\.name),
      [Chart.Series("Unbilled", parts.map { .money($0.amount) })])
  }
}
