import Ledger
import Measures

/// No source is applied beyond what it has (DESIGN §3): a payment, direct deposit or refund its
/// amount, a credit memo or write-off its negative total, a deposit invoice what was received on
/// it.
///
/// In the order of the days on which applications take effect, then of the file, the row that goes
/// beyond is named. An application to a document that was void by then has gone back to its source.
/// What a deposit gives on the face of an invoice is counted by job, and not here.
enum OverappliedSources: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    var findings = RowFindings(book.applications, in: book, suspects)
    let audit = SourceAudit(book, suspects, findings)
    for excess in audit.excesses() {
      let amount = book.applications.amount[excess.row]
      findings.add(
        .error, "overapplied_source", excess.row, "amount", value: amount.text,
        "is more than \(book.applications.sourceID[excess.row]) still has, \(excess.left.text)",
        expected: "\(excess.left.text) at most",
        remedy: "correct the amount, or apply the rest from another source",
        amount: amount - excess.left)
    }
    return findings.list
  }
}

/// One use of a source: an application from it, or a refund of it.
private struct Claim {
  /// The payment's row, or the document's behind all payments.
  var source: Int
  var row: Int
  /// The latest of its own day, its source's and its invoice's.
  var day: Day
  var amount: Money
  /// The day from which the amount is back at its source.
  var until: Day
}

/// Adds up the uses of every source, and follows day by day only those that go beyond.
private struct SourceAudit {
  struct Excess {
    var row: Int
    var left: Money
  }

  private let book: Book
  private let findings: RowFindings
  private let payments: RowFindings
  private let invoices: RowFindings
  private let paymentCount: Int

  init(_ book: Book, _ suspects: Suspects, _ findings: RowFindings) {
    self.book = book
    self.findings = findings
    payments = RowFindings(book.payments, in: book, suspects)
    invoices = RowFindings(book.invoices, in: book, suspects)
    paymentCount = book.payments.count
  }

  /// The number of the source that a row uses, or nil.
  private func source(of row: Int) -> Int? {
    let rows = book.applications
    if rows.payment[row].exists { return rows.payment[row].row }
    if rows.document[row].exists { return paymentCount + rows.document[row].row }
    return nil
  }

  /// A refund also uses the credit memo or the deposit that it pays back.
  private func refunded(by row: Int) -> Int? {
    let rows = book.applications
    guard rows.sourceType[row] == .refund, rows.invoice[row].exists else { return nil }
    let type = book.invoices.type[rows.invoice[row].row]
    guard type == .creditMemo || type == .deposit else { return nil }
    return paymentCount + rows.invoice[row].row
  }

  private func isDeposit(_ source: Int) -> Bool {
    source >= paymentCount && book.invoices.type[source - paymentCount] == .deposit
  }

  private func isSuspect(_ source: Int) -> Bool {
    source < paymentCount
      ? payments.isSuspect(source) : invoices.isSuspect(source - paymentCount)
  }

  func excesses() -> [Excess] {
    let rows = book.applications
    let count = paymentCount + book.invoices.count
    var used = [Money](repeating: .zero, count: count)
    var has = [Money](repeating: .zero, count: count)
    for row in 0..<paymentCount { has[row].add(book.payments.amount[row]) }
    // A direct deposit that a refund names has gone back to that extent.
    for row in 0..<paymentCount where book.payments.type[row] == .refund {
      guard let deposit = book.payments.reverses[row].orNil else { continue }
      has[deposit.row].add(-book.payments.amount[row])
    }
    for row in book.invoices.rows where book.invoices.type[row] != .deposit {
      has[paymentCount + row] = -book.invoices.total[row]
    }
    var mayBeReversed = [Bool](repeating: false, count: count)
    for row in rows.rows where !findings.isSuspect(row) {
      if let source = source(of: row) { used[source].add(rows.amount[row]) }
      if let source = refunded(by: row) { used[source].add(rows.amount[row]) }
      if let deposit = receipt(row) {
        has[deposit].add(rows.amount[row])
        if reversal(of: row) != .never { mayBeReversed[deposit] = true }
      }
    }
    let isBeyond = used.indices.map { source in
      used[source] > .zero && (used[source] > has[source] || mayBeReversed[source])
        && !isSuspect(source)
    }
    guard isBeyond.contains(true) else { return [] }
    return follow(claims(of: isBeyond), has, receipts(of: isBeyond))
  }

  /// The deposit invoice that an application pays.
  private func receipt(_ row: Int) -> Int? {
    let rows = book.applications
    guard rows.invoice[row].exists, rows.sourceType[row] != .refund,
      rows.sourceType[row] != .writeOff, book.invoices.type[rows.invoice[row].row] == .deposit
    else { return nil }
    return paymentCount + rows.invoice[row].row
  }

  private func reversal(of row: Int) -> Day {
    let payment = book.applications.payment[row]
    return payment.exists ? book.payments.reversedFrom[payment.row] : .never
  }

  private func claims(of isBeyond: [Bool]) -> [Claim] {
    let rows = book.applications
    var claims = [Claim]()
    for row in rows.rows where !findings.isSuspect(row) {
      for source in [source(of: row), refunded(by: row)] {
        guard let source, isBeyond[source] else { continue }
        let target = rows.invoice[row].orNil
        let start =
          source < paymentCount
          ? book.payments.day[source] : book.invoices.day[source - paymentCount]
        let invoiceDay = target.map { book.invoices.day[$0.row] } ?? .none
        // A refund pays its document back for good, also where that is void later.
        let isPaidBack = target.map { paymentCount + $0.row == source } ?? false
        claims.append(
          Claim(
            source: source, row: row, day: max(rows.day[row], start, invoiceDay),
            amount: rows.amount[row],
            until: isPaidBack ? .never : target.map { book.invoices.voidFrom($0.row) } ?? .never))
      }
    }
    return claims.sorted { ($0.source, $0.day, $0.row) < ($1.source, $1.day, $1.row) }
  }

  /// What was received on each deposit invoice, and the day from which it was reversed.
  private func receipts(of isBeyond: [Bool]) -> [Int: [(amount: Money, until: Day)]] {
    var receipts = [Int: [(amount: Money, until: Day)]]()
    for row in book.applications.rows where !findings.isSuspect(row) {
      guard let deposit = receipt(row), isBeyond[deposit] else { continue }
      receipts[deposit, default: []].append((book.applications.amount[row], reversal(of: row)))
    }
    return receipts
  }

  /// Goes through the claims of each source; one that does not fit is named and not counted.
  private func follow(
    _ claims: [Claim], _ has: [Money], _ receipts: [Int: [(amount: Money, until: Day)]]
  ) -> [Excess] {
    var excesses = [Excess]()
    var source = -1
    var taken = Money.zero
    var returning = [(amount: Money, until: Day)]()
    for claim in claims {
      if claim.source != source {
        source = claim.source
        taken = .zero
        returning = []
      }
      guard claim.until > claim.day else { continue }
      var left = has[source]
      if isDeposit(source) {
        left = .zero
        for receipt in receipts[source] ?? [] where receipt.until > claim.day {
          left.add(receipt.amount)
        }
      }
      left.add(-taken)
      for part in returning where part.until > claim.day { left.add(-part.amount) }
      if claim.amount > left {
        if claim.amount > .zero {
          excesses.append(Excess(row: claim.row, left: max(left, .zero)))
        }
      } else if claim.until == .never {
        taken.add(claim.amount)
      } else {
        returning.append((claim.amount, claim.until))
      }
    }
    return excesses.sorted { $0.row < $1.row }
  }
}
