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
    #expect(billed.count == 10)
    for draw in billed {
      let (invoices, row) = (book.invoices, draw.invoice.row)
      let id = invoices.id[row]
      #expect(draw.thisPeriod == invoices.subtotal[row], "\(id)")
      #expect(draw.retainageChange == invoices.retainage[row] - invoices.retainageTax[row], "\(id)")
      #expect(draw.certified == draw.paymentDue, "\(id)")
    }
    let ready = all.filter { $0.state == .ready }
    #expect(ready.map { book.jobs.id[$0.job.row] } == ["J-1001"])
    #expect(ready.map(\.application) == [3])
    #expect(ready.map(\.thisPeriod.text) == ["22400.00"])
    #expect(ready.map(\.paymentDue.text) == ["20160.00"])
    #expect(ready.map(\.balanceToFinish.text) == ["65130.00"])
  }
}
