import Ledger
import Measures

/// One figure a day: two estimates of a job, or two balances of an account, that differ on one day
/// leave open which counts. Rows that say the same twice do no harm.
enum RepeatedFigures: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    estimates(book, suspects) + balances(book, suspects)
  }

  private static func estimates(_ book: Book, _ suspects: Suspects) -> [Finding] {
    let rows = book.estimates
    var findings = RowFindings(rows, in: book, suspects)
    let hashes = rows.rows.map { row in
      RepeatedKeys.combine(
        UInt64(bitPattern: Int64(rows.job[row].number)),
        UInt64(bitPattern: Int64(rows.day[row].number)))
    }
    let pairs = RepeatedKeys.pairs(hashes) {
      rows.job[$0] == rows.job[$1] && rows.day[$0] == rows.day[$1]
    }
    for pair in pairs
    where rows.estimatedCost[pair.row] != rows.estimatedCost[pair.first]
      || rows.uninstalledCost[pair.row] != rows.uninstalledCost[pair.first]
    {
      findings.add(
        .error, "repeated_day", pair.row, "date", value: rows.day[pair.row].text,
        "is the day of line \(findings.line(pair.first)) too, with another estimate of this job",
        expected: "one estimate for each job and day",
        remedy: "remove the estimate that does not count, or correct its day")
    }
    return findings.list
  }

  private static func balances(_ book: Book, _ suspects: Suspects) -> [Finding] {
    let rows = book.glBalances
    var findings = RowFindings(rows, in: book, suspects)
    let hashes = rows.rows.map { row in
      RepeatedKeys.combine(
        UInt64(bitPattern: Int64(rows.day[row].number)),
        rows.account.withBytes(row) { hashOfKey($0) })
    }
    let pairs = RepeatedKeys.pairs(hashes) {
      rows.day[$0] == rows.day[$1] && rows.account.slice($0) == rows.account.slice($1)
    }
    for pair in pairs where rows.balance[pair.row] != rows.balance[pair.first] {
      findings.add(
        .error, "repeated_day", pair.row, "date", value: rows.day[pair.row].text,
        "is the day of line \(findings.line(pair.first)) too, with another balance of this account",
        expected: "one balance for each account and day",
        remedy: "remove the balance that does not count, or correct its day")
    }
    return findings.list
  }
}
