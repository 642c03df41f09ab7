import Billing
import Ledger
import Measures
import Testing

/// Which rows of progress make an application, and which document bills it.
struct DrawApplicationTests {
  @Test func `a document bills its application while it is live`() {
    var made = DocumentsBook()
    made.contract("J-1", "1000.00")
    made.scheduled("1", "1000.00")
    made.invoice(
      "INV-1", "C-1", job: "J-1", "2026-02-05", .progress, subtotal: "100.00",
      voided: "2026-03-01")
    made.done("1", "2026-01-31", 1, percent: "10", on: "INV-1")
    made.invoice("INV-2", "C-1", job: "J-1", "2026-03-05", .progress, subtotal: "100.00")
    made.done("1", "2026-02-28", 2, percent: "20", on: "INV-2")
    made.done("1", "2026-03-31", 3, percent: "30", on: "INV-9")
    func states(_ day: Day) -> [EntryState] { made.draws(day).map(\.state) }
    #expect(states("2026-02-05") == [.billed])
    #expect(states("2026-02-28") == [.billed, .billedLater])
    #expect(states("2026-03-31") == [.ready, .billed, .billed])
    #expect(made.draws("2026-03-31").map(\.invoice) == [.none, RowID(1), .missing])
    #expect(made.draws("2026-02-28").map(\.invoice) == [RowID(0), .none])
  }

  @Test func `the latest row of a line counts, by application and then by day`() {
    var made = DocumentsBook()
    made.contract("J-1", "1000.00")
    made.scheduled("1", "700.00")
    made.scheduled("2", "300.00")
    made.done("1", "2026-02-20", 2, percent: "60")
    made.done("1", "2026-01-31", 1, percent: "50")
    made.done("2", "2026-01-31", 1, percent: "100")
    made.done("1", "2026-02-10", 2, percent: "55")
    made.done("1", "2026-03-31", 3, percent: "40")
    let draws = made.draws()
    #expect(draws.map(\.application) == [1, 2, 3])
    #expect(draws.map(\.day) == ["2026-01-31", "2026-02-20", "2026-03-31"])
    #expect(draws.map { $0.lines[0].completedAndStored } == ["350", "420", "280"])
    #expect(draws[2].lines[0].thisPeriod == "-140.00")
    #expect(draws.map { $0.lines[1].completedAndStored } == ["300", "300", "300"])
    #expect(made.draws("2026-02-15")[1].lines[0].completedAndStored == "385.00")
    #expect(made.draws("2025-12-31").isEmpty)
  }

  @Test func `progress without a number opens the application after the latest`() {
    var made = DocumentsBook()
    made.contract("J-1", "1000.00")
    made.scheduled("1", "1000.00")
    made.invoice("INV-3", "C-1", job: "J-1", "2026-04-05", .progress, subtotal: "100.00")
    made.done("1", "2026-01-31", 0, percent: "10")
    made.done("1", "2026-02-28", 2, percent: "20", certified: "190.00")
    made.done("1", "2026-03-15", 0, percent: "25")
    made.done("1", "2026-03-31", 0, percent: "30", on: "INV-3")
    made.done("1", "2026-04-30", 0, percent: "40")
    made.done("1", "2026-05-31", 0, percent: "50")
    let draws = made.draws()
    #expect(draws.map(\.application) == [1, 2, 3, 4])
    #expect(draws.map(\.completedAndStored) == ["100", "200", "300", "500"])
    #expect(draws.map(\.state) == [.ready, .ready, .billed, .ready])
    #expect(made.draws("2026-03-20").map(\.completedAndStored) == ["100", "200", "250"])
  }
}
