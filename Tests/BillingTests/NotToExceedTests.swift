import Billing
import Ledger
import Measures
import Reporting
import Testing

/// J-1006 of the sample: 12,000.00 at most, 9,342.00 billed, four more days of work.
struct NotToExceedTests {
  private func book() -> WorkBook {
    var book = WorkBook()
    book.rate("standard", "Plumber", "REG", "128")
    book.job("J", cap: "12000.00", billed: "9342.00")
    book.hours("T1", "J", "2026-10-13", "8")  // 1,024.00
    book.hours("T4", "J", "2026-10-16", "4", rate: "110")  // 440.00
    book.hours("T2", "J", "2026-10-14", "8", rate: "110")  // 880.00
    book.hours("T3", "J", "2026-10-15", "8")  // 1,024.00, of which 754.00 fit
    return book
  }

  @Test func `the entry that crosses the cap is split by amount, in order of the work`() {
    let worked = book().worked()
    let job = worked.job("J")
    #expect(job.unbilled.ready == "2658.00")
    #expect(job.unbilled.blocked(.notToExceed) == "710.00")
    #expect(job.unbilled.total == "3368.00")
    #expect(job.unbilled.hours.text == "28.0000")
    #expect(worked.detail("entry_id") == ["T1", "T2", "T3", "T3", "T4"].map(Cell.id))
    #expect(
      worked.detail("price")
        == (["1024.00", "880.00", "754.00", "270.00", "440.00"] as [Money]).map(Cell.money))
    #expect(
      worked.detail("quantity")
        == (["8", "8", "8", "0", "4"] as [Quantity]).map(Cell.quantity))
    #expect(
      worked.detail("state") == ["ready", "ready", "ready", "blocked", "blocked"].map(Cell.text))
    #expect(worked.failures == [])
  }

  @Test func `what comes back makes room again`() {
    var book = book()
    book.item("A")
    book.move("I1", "A", .issue, "2026-10-12", "1", cost: "1", job: "J", price: "500")
    book.move("B1", "A", .return, "2026-10-16", "1", job: "J", undoing: "I1")
    let job = book.worked().job("J")
    // 500 + 1,024 + 880 + 254 ready, 770 + 440 beyond; the return comes after them and takes
    // 500 off the part beyond.
    #expect(job.unbilled.ready == "2658.00")
    #expect(job.unbilled.total == "3368.00")
    #expect(book.worked().failures == [])
  }

  @Test func `billed beyond the cap leaves no room, and never less than none`() {
    var book = book()
    book.billed = ["13000.00"]
    let job = book.worked().job("J")
    #expect(job.unbilled.ready == "0.00")
    #expect(job.unbilled.blocked == "3368.00")
  }

  @Test func `what is blocked for another reason takes no room`() {
    var book = book()
    book.adjust("A1", "J", "T1", .hold)
    let job = book.worked().job("J")
    #expect(job.unbilled.blocked(.held) == "1024.00")
    #expect(job.unbilled.ready == "2344.00")
    #expect(job.unbilled.blocked(.notToExceed) == "0.00")
  }
}
