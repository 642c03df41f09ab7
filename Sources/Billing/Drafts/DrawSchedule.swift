import Ledger
import Measures

/// The schedule of values of a job as its applications go through it: the lines of the contract, then
/// those of change orders, then a line for each change order that has none (DOMAIN §1.9, [S1], [S4]).
struct DrawSchedule {
  /// Nothing done on any of them.
  var lines: [DrawLine] = []
  /// The day from which each line counts: a change order's approval.
  private(set) var from: [Day] = []
  private(set) var rates: [DrawRetainage.Rates] = []
  private let contractAmount: Money
  private let changes: [(from: Day, amount: Money)]

  init(
    _ book: Book, _ job: RowID<Jobs>, schedule: some Sequence<Int>, changes: some Sequence<Int>
  ) {
    let (table, orders) = (book.scheduleOfValues, book.changeOrders)
    contractAmount = book.jobs.contractAmount[job.row]
    self.changes = changes.map { (orders.approvedFrom($0), orders.amount[$0]) }
    var (own, ofChanges) = ([Int](), [Int]())
    for row in schedule {
      if table.changeOrder[row] == .none { own.append(row) } else { ofChanges.append(row) }
    }
    for row in own + ofChanges {
      var line = DrawLine()
      line.scheduleLine = RowID(row)
      line.changeOrder = table.changeOrder[row]
      line.lineNumber = table.lineNumber[row]
      line.description = table.description[row]
      line.kind = table.taxKind[row]
      line.scheduled = table.scheduledValue[row]
      line.unitPrice = table.unitPrice[row]
      let order = line.changeOrder
      // A change order that is in no file is an error of import; its line waits for it.
      add(
        line, from: order == .none ? .none : order.exists ? orders.approvedFrom(order.row) : .never,
        DrawRetainage.Rates(book, job, own: table.retainagePercentage[row]))
    }
    let covered = Set(ofChanges.map { table.changeOrder[$0] })
    for row in changes where !covered.contains(RowID(row)) {
      var line = DrawLine()
      line.changeOrder = RowID(row)
      line.lineNumber = orders.id[row]
      line.description = orders.description[row]
      line.scheduled = orders.amount[row]
      add(line, from: orders.approvedFrom(row), DrawRetainage.Rates(book, job, own: .none))
    }
  }

  private mutating func add(_ line: DrawLine, from day: Day, _ rates: DrawRetainage.Rates) {
    lines.append(line)
    from.append(day)
    self.rates.append(rates)
  }

  /// Line 1; of a contract without an amount what its lines add up to.
  var original: Money {
    contractAmount.orNil
      ?? lines.lazy.filter { $0.changeOrder == .none }.map(\.scheduled).sum()
  }

  /// Line 2 on a day.
  func changes(through day: Day) -> Money {
    changes.lazy.filter { $0.from <= day }.map(\.amount).sum()
  }
}
