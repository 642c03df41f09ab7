import Billing
import Ledger
import Measures
import Testing

struct DrawTests {
  /// aia-03 and aia-04: four lines, two applications. The source's second column D repeats the stored
  /// material of the first; by the AIA's instructions D is 125,000 and E 245,000.
  private var twoApplications: DocumentsBook {
    var made = DocumentsBook()
    made.contract("J-1", "500000.00", retained: "10")
    for (line, value) in [
      ("1", "50000.00"), ("2", "150000.00"), ("3", "200000.00"), ("4", "100000.00"),
    ] as [(String, Money)] { made.scheduled(line, value) }
    made.done("1", "2026-01-31", 1, percent: "100")
    made.done("2", "2026-01-31", 1, percent: "50", stored: "25000.00")
    made.done("3", "2026-01-31", 1, amount: "0.00", stored: "50000.00")
    made.done("4", "2026-01-31", 1, percent: "0")
    made.done("1", "2026-02-28", 2, percent: "100")
    made.done("2", "2026-02-28", 2, percent: "100")
    made.done("3", "2026-02-28", 2, percent: "75", stored: "25000.00")
    made.done("4", "2026-02-28", 2, percent: "20", stored: "10000.00")
    return made
  }

  @Test func `a first application withholds on work and on stored material (aia-03)`() throws {
    let draw = try #require(twoApplications.draws("2026-01-31").first)
    #expect(draw.lines.map(\.completedAndStored) == ["50000", "100000", "50000", "0"])
    #expect(draw.lines.map(\.percentage) == ["100", "66.6667", "25", "0"])
    #expect(draw.lines.map(\.balance) == ["0", "50000", "150000", "100000"])
    #expect(draw.lines.map(\.scheduled).sum() == "500000.00")
    #expect(draw.lines.map(\.previous).sum() == "0.00")
    #expect(draw.lines.map(\.thisPeriod).sum() == "125000.00")
    #expect(draw.lines.map(\.stored).sum() == "75000.00")
    #expect(draw.retainageOnWork == "12500.00")
    #expect(draw.retainageOnStored == "7500.00")
    #expect(
      figures(draw) == [
        "500000", "0", "500000", "200000", "20000", "180000", "0", "180000", "320000",
      ])
  }

  @Test func `stored material becomes work, and is not in column D (aia-04)`() throws {
    let draws = twoApplications.draws("2026-02-28")
    #expect(draws.count == 2)
    let draw = try #require(draws.last)
    #expect(draw.lines.map(\.previous) == ["50000", "75000", "0", "0"])
    #expect(draw.lines.map(\.thisPeriod) == ["0", "75000", "150000", "20000"])
    #expect(draw.lines.map(\.stored) == ["0", "0", "25000", "10000"])
    #expect(draw.lines.map(\.completedAndStored) == ["50000", "150000", "175000", "30000"])
    #expect(draw.lines.map(\.percentage) == ["100", "100", "87.5", "30"])
    #expect(draw.lines.map(\.balance) == ["0", "0", "25000", "70000"])
    #expect(draw.lines.map(\.previous).sum() == "125000.00")
    #expect(draw.lines.map(\.thisPeriod).sum() == "245000.00")
    #expect(draw.lines.map(\.stored).sum() == "35000.00")
    #expect(draw.completedAndStored.percentage(of: draw.contractSum) == "81")
    #expect(draw.retainageOnWork == "37000.00")
    #expect(draw.retainageOnStored == "3500.00")
    #expect(
      figures(draw) == [
        "500000", "0", "500000", "405000", "40500", "364500", "180000", "184500", "135500",
      ])
    #expect(draw.thisPeriod == "205000.00")
    #expect(draw.retainageChange == "20500.00")
    #expect(draw.draftLines().map(\.scheduleLine) == ["2", "3", "4"])
    #expect(draw.draftLines().map(\.amount) == ["50000", "125000", "30000"])
    #expect(draw.draftLines().map(\.retainage) == ["5000", "12500", "3000"])
  }

  /// aia-05: the source prints line 6 as line 8 and C − G as line 9; these follow the form.
  @Test func `a change order and earlier certificates (aia-05)`() throws {
    var made = DocumentsBook()
    made.contract("J-1", "250000.00", retained: "10")
    made.ordered("CO-1", "15000.00", approved: "2026-02-10")
    made.scheduled("1", "25000.00")
    made.scheduled("2", "95000.00")
    made.scheduled("3", "145000.00", change: "CO-1")
    made.done("1", "2026-01-31", 1, amount: "25000.00", certified: "58500.00")
    made.done("2", "2026-01-31", 1, amount: "40000.00")
    made.done("1", "2026-02-28", 2, amount: "25000.00")
    made.done("2", "2026-02-28", 2, amount: "62500.00")
    made.done("3", "2026-02-28", 2, amount: "45000.00")
    let draw = try #require(made.draws().last)
    #expect(draw.lines.map(\.completedAndStored) == ["25000", "62500", "45000"])
    #expect(draw.lines.map(\.percentage) == ["100", "65.7895", "31.0345"])
    #expect(draw.lines.map(\.balance) == ["0", "32500", "100000"])
    #expect(
      figures(draw) == [
        "250000", "15000", "265000", "132500", "13250", "119250", "58500", "60750", "145750",
      ])
    #expect(made.findings() == [])
    #expect(made.draws().first?.contractSum == "250000.00")
  }

  @Test func `line 7 is what was certified, and both are kept`() throws {
    var made = twoApplications
    made.done("4", "2026-01-31", 1, percent: "0", certified: "170000.00")
    let draws = made.draws()
    #expect(draws.map(\.paymentDue) == ["180000.00", "194500.00"])
    #expect(draws.map(\.certified) == ["170000.00", nil])
    #expect(draws.map(\.uncertified) == ["0.00", "10000.00"])
    #expect(draws.map(\.thisPeriod) == ["200000.00", "205000.00"])
  }

  @Test func `certified cells of one application add up, with what came before the input`() {
    var made = DocumentsBook()
    made.contract("J-1", "1000.00", retained: "10")
    made.scheduled("1", "600.00")
    made.scheduled("2", "400.00")
    made.opening("2025-12-31", .certified, "90.00", job: "J-1")
    made.opening("2025-12-31", .billed, "100.00", job: "J-1")
    made.opening("2025-12-31", .retainage, "10.00", job: "J-1")
    made.done("1", "2026-01-31", 4, percent: "50", certified: "150.00")
    made.done("2", "2026-01-31", 4, percent: "25", certified: "30.00")
    made.done("1", "2026-02-28", 5, percent: "100")
    let draws = made.draws()
    #expect(draws.map(\.previousCertificates) == ["90.00", "270.00"])
    #expect(draws.map(\.paymentDue) == ["270.00", "360.00"])
    // 75.00 and 25.00 of the 100.00 were billed before the input begins.
    #expect(draws[0].lines.map(\.previous) == ["75.00", "25.00"])
    #expect(draws[0].lines.map(\.thisPeriod) == ["225.00", "75.00"])
    #expect(draws.map(\.thisPeriod) == ["300.00", "300.00"])
    #expect(draws.map(\.retainageChange) == ["30.00", "30.00"])
    #expect(draws.map(\.uncertified) == ["0.00", "90.00"])
  }

  @Test func `an opening balance of a line is that line's`() {
    var made = DocumentsBook()
    made.contract("J-1", "1000.00", retained: "10")
    made.scheduled("1", "600.00")
    made.scheduled("2", "400.00")
    made.opening("2025-12-31", .billed, "100.00", job: "J-1")
    made.book.openingBalances.lineNumber = TextColumn(["2"])
    made.done("1", "2026-01-31", 2, percent: "50")
    let draw = made.draws()[0]
    #expect(draw.lines.map(\.previous) == ["0.00", "100.00"])
    #expect(draw.lines.map(\.completedAndStored) == ["300.00", "100.00"])
    #expect(draw.thisPeriod == "300.00")
  }

  @Test func `a change order waits for its approval, and then has a line of its own`() {
    var made = DocumentsBook()
    made.contract("J-1", "1000.00", retained: "10")
    made.ordered("CO-1", "200.00", approved: "2026-02-15")
    made.ordered("CO-2", "-50.00", approved: "2026-02-15")
    made.ordered("CO-3", "999.00", .pending)
    made.ordered("CO-4", "999.00", .rejected)
    made.scheduled("9", "200.00", change: "CO-1")
    made.scheduled("1", "1000.00")
    made.done("1", "2026-01-31", 1, percent: "10")
    made.done("9", "2026-01-31", 1, percent: "50")
    let january = made.draws("2026-01-31")[0]
    #expect(january.lines.map(\.lineNumber) == ["1"])
    #expect(january.contractSum == "1000.00")
    #expect(january.completedAndStored == "100.00")
    let february = made.draws("2026-02-28")[0]
    #expect(february.lines.map(\.lineNumber) == ["1", "9", "CO-2"])
    #expect(february.lines.map(\.scheduled) == ["1000.00", "200.00", "-50.00"])
    #expect(february.changes == "150.00")
    #expect(february.completedAndStored == "200.00")
    #expect(made.findings("2026-01-31") + made.findings("2026-02-28") == [])
  }

  @Test func `an application stays as it was billed when a change is approved later`() {
    var made = DocumentsBook()
    made.contract("J-1", "1000.00")
    made.ordered("CO-1", "200.00", approved: "2026-02-15")
    made.scheduled("1", "1000.00")
    made.scheduled("2", "200.00", change: "CO-1")
    made.invoice("INV-1", "C-1", job: "J-1", "2026-02-05", .progress, subtotal: "100.00")
    made.done("1", "2026-01-31", 1, percent: "10", on: "INV-1")
    made.done("2", "2026-01-31", 1, percent: "50")
    made.done("1", "2026-02-28", 2, percent: "20")
    let draws = made.draws()
    #expect(draws.map(\.completedAndStored) == ["100.00", "300.00"])
    #expect(draws.map(\.contractSum) == ["1000.00", "1200.00"])
    #expect(draws.map(\.changesThrough) == ["2026-02-05", "2026-12-31"])
    #expect(draws.map(\.state) == [.billed, .ready])
    #expect(draws.map(\.invoice) == [RowID(0), .none])
  }

  /// Lines 1 to 9, line 5 as its total.
  private func figures(_ draw: Draw) -> [Money] {
    [
      draw.original, draw.changes, draw.contractSum, draw.completedAndStored, draw.retainage,
      draw.earnedLessRetainage, draw.previousCertificates, draw.paymentDue, draw.balanceToFinish,
    ]
  }
}
