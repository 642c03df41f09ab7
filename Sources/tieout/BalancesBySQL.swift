import ArgumentParser
import Billing
import Ledger
import Measures
import Reporting
import Storage

/// What every customer owes, has withheld and has paid in advance: by the reports, and by SQL over the
/// rows of a book.
struct BalancesBySQL {
  let book: String
  let reader: BookReader
  var faults: [String] = []

  init(book: String, reader: BookReader) { (self.book, self.reader) = (book, reader) }

  /// Compares them on the last day of every closed period as it was closed, and on the last day of all.
  ///
  /// - Returns: what was found, for a person; what differs is in `faults`.
  mutating func verify() throws -> String {
    var states = try reader.closedPeriods().map { (day: $0.last, entry: $0.entry) }
    if let day = try reader.lastDay(), let entry = try reader.log().last?.id {
      states.append((day, entry))
    }
    var balances = 0
    for state in states {
      guard let day = Day(state.day) else { continue }
      balances += try compare(asOf: day, knownAsOf: state.entry)
    }
    return "\(count(balances, "balance")) of customers on \(count(states.count, "day")): "
      + "AR, retainage and deposits by SQL as reported\n"
  }

  /// - Returns: how many customers have a balance.
  private mutating func compare(asOf: Day, knownAsOf: Int64) throws -> Int {
    let run = try MonthEndRun(
      try Source(book, reader, asOf: nil, knownAsOf: knownAsOf),
      period: Period(monthThrough: asOf), options: SourceOptions.parse(["--quiet"]),
      kinds: [.aging], wantsDigest: false)
    let (customers, company) = (run.closing.book.customers, run.closing.book.company)
    let stored = try reader.balances(
      asOf: asOf.text, knownAsOf: knownAsOf, countsRequests: company.aging.depositRequests)
    for row in customers.rows {
      let balance = run.closing.position.customers.customers.values[row]
      let reported = StoredBalance(
        net: balance.net.units, retainage: balance.retainageHeld.units,
        deposits: balance.depositsHeld.units)
      let other = stored[customers.id[row]] ?? StoredBalance()
      guard reported != other else { continue }
      faults.append(
        "\(book): \(customers.id[row]) on \(asOf.text): net AR, retainage and deposits are "
          + "\(reported.text) by the reports and \(other.text) by SQL over the rows")
    }
    return stored.count
  }
}

extension StoredBalance {
  fileprivate var text: String {
    [net, retainage, deposits].map { Money(units: $0).grouped }.joined(separator: ", ")
  }
}
