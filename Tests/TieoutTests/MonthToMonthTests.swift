import Foundation
import Importing
import Ledger
import Measures
import Testing

/// Net AR of each customer as the aging says, by customer id.
private func netBalances(asOf day: String, in scratch: Scratch) throws -> [String: Money] {
  let outcome = try Tool.run([
    "report", "ar-aging", "sample-data", "--as-of", day, "--out", scratch.url(day).path, "--quiet",
  ])
  #expect(outcome.status == 0, "\(outcome.errors)")
  let text = try String(contentsOf: scratch.url("\(day)/ar-aging.csv"), encoding: .utf8)
  let lines = text.split(separator: "\n").map(fields)
  let net = try #require(lines.first?.firstIndex(of: "net"))
  var balances: [String: Money] = [:]
  for line in lines.dropFirst() {
    let amount: Money = try #require(Money(line[net]))
    balances[line[0]] = amount
  }
  return balances
}

/// The fields of a line of CSV without line breaks in it.
private func fields(_ line: Substring) -> [String] {
  var fields = [""]
  var isQuoted = false
  for character in line {
    if character == "\"" {
      isQuoted.toggle()
    } else if character == ",", !isQuoted {
      fields.append("")
    } else {
      fields[fields.count - 1].append(character)
    }
  }
  return fields
}

/// What moved net AR after one day and through another, row by row from the book: a third road, which
/// shares no code with the reports.
private func movements(_ book: Book, after start: Day, through end: Day) -> [String: Money] {
  var moved: [String: Money] = [:]
  func add(_ amount: Money, _ customer: RowID<Customers>, on day: Day) {
    guard day > start, day <= end else { return }
    moved[book.customers.id[customer.row], default: .zero] += amount
  }
  let (invoices, payments, applications) = (book.invoices, book.payments, book.applications)
  for row in invoices.rows {
    add(invoices.total[row], invoices.customer[row], on: invoices.day[row])
    if invoices.status[row] == .void {
      add(-invoices.total[row], invoices.customer[row], on: invoices.voidDate[row])
    }
  }
  for row in payments.rows {
    switch payments.type[row] {
    case .payment: add(-payments.amount[row], payments.customer[row], on: payments.day[row])
    case .refund: add(payments.amount[row], payments.customer[row], on: payments.day[row])
    case .reversal:
      let isCash = payments.type[payments.reverses[row].row] == .payment
      if isCash { add(payments.amount[row], payments.customer[row], on: payments.day[row]) }
    case .deposit: break
    }
  }
  for row in applications.rows {
    let invoice = applications.invoice[row].row
    var days = [applications.day[row], invoices.day[invoice]]
    var undone = [Day.never]
    if applications.payment[row].exists {
      let source = applications.payment[row].row
      days.append(payments.day[source])
      for other in payments.rows where payments.reverses[other] == applications.payment[row] {
        undone.append(payments.day[other])
      }
    }
    if applications.document[row].exists {
      days.append(invoices.day[applications.document[row].row])
    }
    let day = days.max() ?? .none
    let until = undone.min() ?? .never
    guard day < until else { continue }
    var effect = -applications.discount[row]
    let source = applications.sourceType[row]
    if source == .deposit { effect -= applications.amount[row] }
    if source == .refund, invoices.type[invoice] == .deposit { effect -= applications.amount[row] }
    add(effect, invoices.customer[invoice], on: day)
    add(-effect, invoices.customer[invoice], on: until)
  }
  return moved
}

@Test(arguments: [
  ("2026-08-31", "2026-09-30"), ("2026-09-30", "2026-10-31"), ("2026-10-31", "2026-11-30"),
])
func `last month's AR and this month's movements are this month's AR, by customer`(
  before: String, after: String
) throws {
  let scratch = try Scratch()
  let opening = try netBalances(asOf: before, in: scratch)
  let closing = try netBalances(asOf: after, in: scratch)
  let sample = Tool.repository.appendingPathComponent("sample-data").path
  let book = try importFolder(ImportRequest(folder: sample)).book
  let start = try #require(Day(before))
  let end = try #require(Day(after))
  let moved = movements(book, after: start, through: end)
  #expect(moved.count >= 3)
  for row in book.customers.rows {
    let id = book.customers.id[row]
    #expect(
      (opening[id] ?? .zero) + (moved[id] ?? .zero) == (closing[id] ?? .zero), "\(id)")
  }
}

@Test func `nothing of October counts on the last day of September`() throws {
  let scratch = try Scratch()
  let outcome = try Tool.run([
    "month-end", "sample-data", "--as-of", "2026-09-30", "--out", scratch.url("pack").path,
  ])
  #expect(outcome.status == 0, "\(outcome.errors)")
  let detail = try String(
    contentsOf: scratch.url("pack/ar-aging-detail.csv"), encoding: .utf8)
  let lines = detail.split(separator: "\n").map(fields)
  let date = try #require(lines.first?.firstIndex(of: "date"))
  #expect(lines.count > 5)
  for line in lines.dropFirst() { #expect(line[date] <= "2026-09-30") }
  // Its check came back on 2026-10-02: on the last day of September it still counted.
  #expect(!detail.contains("INV-2055"))
}
