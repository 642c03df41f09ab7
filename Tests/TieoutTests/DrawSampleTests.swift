import Billing
import Foundation
import Importing
import Ledger
import Measures
import Testing

/// The draws of the sample's jobs against the invoices that billed them.
struct DrawSampleTests {
  @Test func `every draw that was billed comes out as its invoice has it`() throws {
    let sample = Tool.repository.appendingPathComponent("sample-data").path
    let book = try importFolder(ImportRequest(folder: sample)).book
    let asOf = try #require(Day("2026-10-31"))
    let draws = Draws(book, asOf: asOf)
    #expect(draws.findings == [])
    let all = draws.jobs.flatMap { draws.of($0) }
    let billed = all.filter { $0.state == .billed }
    #expect(billed.count == 17)
    for draw in billed {
      let (invoices, row) = (book.invoices, draw.invoice.row)
      let id = invoices.id[row]
      #expect(draw.thisPeriod == invoices.subtotal[row], "\(id)")
      #expect(draw.retainageChange == invoices.retainage[row] - invoices.retainageTax[row], "\(id)")
      let isCut = id == "INV-2110"  // applied for with 7,200.00
      #expect(draw.certified == (isCut ? Money("7000.00") : draw.paymentDue), "\(id)")
    }
    let ready = all.filter { $0.state == .ready }
    #expect(
      ready.map { "\(book.jobs.id[$0.job.row]) \($0.application): \($0.thisPeriod.text)" } == [
        "J-1001 3: 22400.00", "J-1030 2: 2750.00", "J-1031 2: 6000.00", "J-1032 2: 6000.00",
        "J-1033 2: 6000.00", "J-1034 2: 6000.00", "J-1035 2: 6000.00", "J-1041 2: 4500.00",
      ])
    #expect(ready.first?.paymentDue.text == "20160.00")
    #expect(ready.first?.balanceToFinish.text == "65130.00")
  }
}
