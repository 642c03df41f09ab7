import Billing
import Ledger
import Measures
import Testing

struct DrawRetainageTests {
  private let lines4: [Money] = ["200000.00", "400000.00", "600000.00", "1000000.00"]

  /// One line of 1,000,000.00 drawn to the given amounts.
  private func million(
    _ policy: RetainagePolicy, stepAt: Percentage = .none, stepTo: Percentage = .none,
    cap: Percentage = .none, _ amounts: [Money]
  ) -> [Draw] {
    var made = DocumentsBook()
    made.contract(
      "J-1", "1000000.00", retained: "10", policy, stepAt: stepAt, stepTo: stepTo, cap: cap)
    made.scheduled("1", "1000000.00")
    for (number, amount) in amounts.enumerated() {
      made.done("1", ("2026-01-31" as Day) + number, Int32(number + 1), amount: amount)
    }
    return made.draws()
  }

  /// ret-08, policy A [S16]: at half all but 5 % is given back.
  @Test func `a step-down gives back through line 6`() {
    let draws = million(.cumulative, stepAt: "50", stepTo: "5", lines4)
    #expect(draws.map(\.completedAndStored) == lines4)
    #expect(draws.map(\.retainage) == ["20000", "40000", "30000", "50000"])
    #expect(draws.map(\.earnedLessRetainage) == ["180000", "360000", "570000", "950000"])
    #expect(draws.map(\.previousCertificates) == ["0", "180000", "360000", "570000"])
    #expect(draws.map(\.paymentDue) == ["180000", "180000", "210000", "380000"])
  }

  /// ret-08, policy B: nothing more after half, and nothing given back.
  @Test func `a stop withholds no more`() {
    let draws = million(.stopAt, stepAt: "50", lines4)
    #expect(draws.map(\.retainage) == ["20000", "40000", "50000", "50000"])
    #expect(draws.map(\.earnedLessRetainage) == ["180000", "360000", "550000", "950000"])
    #expect(draws.map(\.previousCertificates) == ["0", "180000", "360000", "550000"])
    #expect(draws.map(\.paymentDue) == ["180000", "180000", "190000", "400000"])
  }

  @Test func `each application's retainage stays, after the step at the lower rate`() {
    let draws = million(.perApplication, stepAt: "50", stepTo: "5", lines4)
    #expect(draws.map(\.retainageChange) == ["20000", "20000", "10000", "20000"])
    #expect(draws.map(\.retainage) == ["20000", "40000", "50000", "70000"])
  }

  @Test(arguments: RetainagePolicy.allCases)
  func `no policy withholds above the cap of the contract`(policy: RetainagePolicy) {
    let draws = million(policy, cap: "5", lines4)
    #expect(draws.map(\.retainage) == ["20000", "40000", "50000", "50000"])
  }

  @Test func `once reached a step is not undone by a growing contract`() {
    var made = DocumentsBook()
    made.contract("J-1", "1000.00", retained: "10", stepAt: "50", stepTo: "5")
    made.ordered("CO-1", "1000.00", approved: "2026-02-15")
    made.scheduled("1", "1000.00")
    made.invoice("INV-1", "C-1", job: "J-1", "2026-01-31", .progress, subtotal: "500.00")
    made.done("1", "2026-01-31", 1, percent: "50", on: "INV-1")
    made.done("1", "2026-02-28", 2, percent: "60")
    #expect(made.draws().map(\.retainage) == ["25.00", "30.00"])
  }

  /// The most is 10 % of 600.00 and 5 % of 400.00, half of it: 40.00.
  @Test func `a stop with two rates adds over the lines and fills them in order`() {
    var made = DocumentsBook()
    made.contract("J-1", "1000.00", retained: "10", .stopAt, stepAt: "50")
    made.scheduled("1", "600.00")
    made.scheduled("2", "400.00", retained: "5")
    made.done("1", "2026-01-31", 1, percent: "40")
    made.done("2", "2026-01-31", 1, percent: "50")
    made.done("1", "2026-02-28", 2, percent: "45")
    made.done("2", "2026-02-28", 2, percent: "100")
    made.done("1", "2026-03-31", 3, percent: "100")
    made.done("2", "2026-03-31", 3, percent: "25")
    let draws = made.draws()
    #expect(draws[0].lines.map(\.retainage) == ["24.00", "10.00"])
    #expect(draws[1].lines.map(\.retainage) == ["27.00", "13.00"])
    // Line 2 went back to 25 %: 5.00 at most is held on it, and line 1 takes the room.
    #expect(draws[2].lines.map(\.retainage) == ["35.00", "5.00"])
    #expect(draws.map(\.retainage) == ["34.00", "40.00", "40.00"])
  }

  @Test func `a stop whose contract shrinks gives back what is above it`() {
    var made = DocumentsBook()
    made.contract("J-1", "1000.00", retained: "10", .stopAt, stepAt: "50")
    made.ordered("CO-1", "-200.00", approved: "2026-02-15")
    made.scheduled("1", "500.00")
    made.scheduled("2", "500.00")
    made.invoice("INV-1", "C-1", job: "J-1", "2026-01-31", .progress, subtotal: "800.00")
    made.done("1", "2026-01-31", 1, percent: "60", on: "INV-1")
    made.done("2", "2026-01-31", 1, percent: "100")
    made.done("2", "2026-02-28", 2, percent: "100")
    let draws = made.draws()
    #expect(draws[0].lines.map(\.retainage) == ["30.00", "20.00"])
    #expect(draws[1].lines.map(\.retainage) == ["20.00", "20.00", "0.00"])
  }

  @Test func `stored material has its own rate until it is built in`() {
    var made = DocumentsBook()
    made.contract("J-1", "1000.00", retained: "10", stored: "5")
    made.scheduled("1", "1000.00", retained: "8")
    made.done("1", "2026-01-31", 1, stored: "400.00")
    made.done("1", "2026-02-28", 2, amount: "300.00", stored: "100.00")
    let draws = made.draws()
    #expect(draws.map(\.retainageOnWork) == ["0.00", "24.00"])
    #expect(draws.map(\.retainageOnStored) == ["20.00", "5.00"])
    #expect(draws[1].lines.map(\.thisPeriod) == ["300.00"])
    #expect(draws[1].draftLines().map(\.amount) == ["0.00"])
    #expect(draws[1].draftLines().map(\.retainage) == ["9.00"])
    #expect(draws[1].draftLines()[0].scheduleLine == "1")
  }

  /// 10 % on work, 6 % on stored material, 4 % on new work from half on.
  @Test func `per application, material that is built in takes its retainage along`() {
    var made = DocumentsBook()
    made.contract(
      "J-1", "1000.00", retained: "10", stored: "6", .perApplication, stepAt: "50", stepTo: "4")
    made.scheduled("1", "1000.00")
    made.done("1", "2026-01-31", 1, amount: "100.00", stored: "300.00")
    made.done("1", "2026-02-28", 2, amount: "300.00", stored: "100.00")
    made.done("1", "2026-03-31", 3, amount: "600.00", stored: "0.00")
    made.done("1", "2026-04-30", 4, amount: "500.00", stored: "0.00")
    made.done("1", "2026-05-31", 5, amount: "0.00", stored: "0.00")
    let draws = made.draws()
    // 200.00 moved: 12.00 goes along and 4 % more is withheld; then 100.00 moved at 4 % on both, and
    // 200.00 is new work.
    #expect(draws.map(\.retainageOnWork) == ["10.00", "30.00", "44.00", "36.67", "0.00"])
    #expect(draws.map(\.retainageOnStored) == ["18.00", "6.00", "0.00", "0.00", "0.00"])
    #expect(draws.map(\.retainageChange) == ["28.00", "8.00", "8.00", "-7.33", "-36.67"])
  }

  @Test func `what was set by hand stands until progress says otherwise`() {
    var made = DocumentsBook()
    made.contract("J-1", "1000.00", retained: "10")
    made.scheduled("1", "600.00")
    made.scheduled("2", "400.00")
    made.done("1", "2026-01-31", 1, percent: "100", retainage: "45.00")
    made.done("2", "2026-01-31", 1, percent: "50", stored: "100.00")
    made.done("2", "2026-02-28", 2, percent: "100", retainage: "0.00")
    made.done("1", "2026-03-31", 3, percent: "100", retainage: "0.00")
    let draws = made.draws()
    #expect(draws.map(\.retainage) == ["75.00", "45.00", "0.00"])
    // A retainage-only application (DOMAIN §1.11, [S7b]): line 8 is what is given back.
    #expect(draws[2].paymentDue == "45.00")
    #expect(draws[2].thisPeriod == "0.00")
    #expect(draws[2].draftLines().map(\.retainage) == ["-45.00"])
  }

  @Test func `what was set by hand is split as the rates would, and takes its part of the room`() {
    var made = DocumentsBook()
    made.contract("J-1", "1000.00", retained: "10", .stopAt, stepAt: "50")
    made.scheduled("1", "600.00")
    made.scheduled("2", "400.00")
    made.done("1", "2026-01-31", 1, percent: "50", stored: "100.00", retainage: "30.00")
    made.done("2", "2026-01-31", 1, percent: "100")
    let draw = made.draws()[0]
    #expect(draw.retainageOnStored == "7.50")
    #expect(draw.lines.map(\.retainage) == ["30.00", "20.00"])
  }

  @Test func `the company's policy holds where the job names none, and the job's own before it`() {
    var made = DocumentsBook()
    made.book.company.retainagePolicy = .stopAt
    made.contract("J-1", "1000.00", retained: "10", stepAt: "50", stepTo: "5")
    made.contract("J-2", "1000.00", retained: "10", .cumulative, stepAt: "50", stepTo: "5")
    for job in ["J-1", "J-2"] {
      made.scheduled("1", "1000.00", job: job)
      made.done("1", "2026-01-31", 1, job: job, percent: "80")
    }
    #expect(made.draws(job: 0).map(\.retainage) == ["50.00"])
    #expect(made.draws(job: 1).map(\.retainage) == ["40.00"])
  }
}
