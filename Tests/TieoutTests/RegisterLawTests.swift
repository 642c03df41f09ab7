import Billing
import Foundation
import Importing
import Ledger
import Measures
import Reporting
import Testing

/// Laws of the reports of documents and cash on random books.
@Suite struct RegisterLaws {
  static let kinds: [ReportKind] = [
    .retainage, .deposits, .invoiceRegister, .cashReceipts, .salesTax, .inventory,
  ]

  private func book(_ seed: UInt64) throws -> Book {
    let scratch = try Scratch()
    for (name, text) in RandomDocuments(seed: seed).files {
      try Data((text + "\n").utf8).write(to: scratch.url(name))
    }
    var request = ImportRequest(folder: scratch.folder.path)
    request.allowsRejects = true
    let book = try importFolder(request).book
    try #require(book.invoices.count > 100 && book.applications.count > 30)
    return book
  }

  private func reports(_ book: Book, _ period: Period) -> Reports {
    let closing = Closing(book, asOf: period.last, keepsRows: false)
    return Reports(
      position: closing.position, work: closing.work, period: period, findings: [], of: Self.kinds)
  }

  /// Balances through other sums, customer by customer, on days on which anything may have happened; flows
  /// of the months add up to those of the year.
  @Test(arguments: Array(1...24) as [UInt64])
  func `the reports tie out on any day, and months add up to the year`(seed: UInt64) throws {
    let book = try book(seed)
    var months: [String: Int64] = [:]
    let columns: [(ReportKind, [String])] = [
      (.invoiceRegister, ["subtotal", "tax", "retainage", "deposit", "write_off", "total"]),
      (.cashReceipts, ["amount", "applied", "discount", "unapplied"]),
      (.salesTax, ["taxable", "exempt", "tax"]),
    ]
    func totals(_ reports: Reports) -> [String: Int64] {
      var totals: [String: Int64] = [:]
      for (kind, keys) in columns {
        let sheet = reports.sheet(kind)
        for key in keys { totals["\(kind.name) \(key)"] = sheet.total(of: key) }
      }
      return totals
    }
    for number in 1...12 {
      let month = Month(year: 2026, month: number)
      let reports = reports(book, Period(month))
      for tieOut in reports.tieOuts { #expect(tieOut.passed, "\(month.text) \(tieOut)") }
      months.merge(totals(reports)) { $0 + $1 }
      let retainage = reports.sheet(.retainage)
      #expect(retainage.total(of: "releasable") <= max(0, held(retainage)))
    }
    let first = try #require(Day("2026-01-01"))
    let year = try #require(Period(from: first, through: first + 364))
    let ofYear = totals(reports(book, year))
    #expect(months == ofYear)
    #expect(
      ofYear["cash-receipts amount"].map { $0 - (ofYear["cash-receipts applied"] ?? 0) }
        == ofYear["cash-receipts unapplied"])
  }

  /// What is held above zero, in cents.
  private func held(_ sheet: Sheet) -> Int64 {
    var sum: Int64 = 0
    let place = sheet.columns.firstIndex { $0.key == "held" } ?? 0
    sheet.forEachRow(0..<sheet.rowCount) { _, cells in sum += max(0, cells[place].units ?? 0) }
    return sum
  }
}
