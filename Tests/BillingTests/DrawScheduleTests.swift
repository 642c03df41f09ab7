import Billing
import Ledger
import Measures
import Testing

/// Lines above, below and beside their scheduled value.
struct DrawScheduleTests {
  @Test func `a line above its value is an error, unless the company allows it`() {
    var made = DocumentsBook()
    made.contract("J-1", "1000.00")
    made.scheduled("1", "600.00")
    made.scheduled("2", "400.00")
    made.done("1", "2026-01-31", 1, percent: "90", stored: "60.01")
    made.done("2", "2026-01-31", 1, amount: "400.00")
    let findings = Draws(made.book, asOf: "2026-01-31").findings
    #expect(findings.map(\.code) == ["over_schedule"])
    #expect(findings.map(\.severity) == [.error])
    #expect(
      findings.map(\.place) == [
        Place(file: "progress.csv", line: 2, column: "percent_complete")
      ])
    #expect(findings.map(\.amount) == ["0.01"])
    #expect(made.draws()[0].lines[0].over == "0.01")
    made.book.company.billing.overSchedule = .allow
    #expect(made.findings() == ["warning over_schedule"])
    #expect(made.draws()[0].lines[0].completedAndStored == "600.01")
  }

  @Test func `units beyond the contract's are shown and not billed`() {
    var made = DocumentsBook()
    made.contract("J-1", "27600.00", .unitPrice, retained: "5")
    made.scheduled("1", "27600.00", .material, price: "1150", of: "24")
    made.done("1", "2026-01-31", 1, units: "19")
    made.done("1", "2026-02-28", 2, units: "26", stored: "500.00")
    let draws = made.draws()
    #expect(draws.map(\.completedAndStored) == ["21850.00", "27600.00"])
    #expect(draws[1].lines.map(\.over) == ["2800.00"])
    #expect(draws[1].lines.map(\.quantity) == ["26"])
    #expect(draws[1].lines.map(\.stored) == ["0.00"])
    #expect(draws.map { $0.draftLines()[0].quantity } == ["19", "5"])
    #expect(draws[1].draftLines()[0].unitPrice == "1150")
    #expect(draws[1].draftLines()[0].kind == .material)
    #expect(draws[1].retainage == "1380.00")
    #expect(made.findings() == [])
    made.book.company.billing.overSchedule = .allow
    #expect(made.draws()[1].completedAndStored == "30400.00")
    #expect(made.findings() == ["warning over_schedule"])
  }

  @Test func `a deductive line goes to its value and not below`() {
    var made = DocumentsBook()
    made.contract("J-1", "1000.00", retained: "10")
    made.ordered("CO-1", "-100.00")
    made.scheduled("1", "1000.00")
    made.scheduled("2", "-100.00", change: "CO-1")
    made.done("1", "2026-01-31", 1, percent: "50")
    made.done("2", "2026-01-31", 1, percent: "100")
    #expect(made.findings() == [])
    #expect(made.draws()[0].completedAndStored == "400.00")
    #expect(made.draws()[0].retainage == "40.00")
    made.done("2", "2026-02-28", 2, amount: "-100.01")
    #expect(made.findings() == ["error over_schedule"])
  }

  @Test
  func `a schedule that does not add up to its contract, or takes away on its own, is an error`() {
    var made = DocumentsBook()
    made.contract("J-1", "1000.00")
    made.scheduled("1", "1100.00")
    made.scheduled("2", "-50.00")
    #expect(made.findings() == ["error negative_schedule_value"])
    made.done("1", "2026-01-31", 1, percent: "10")
    let findings = Draws(made.book, asOf: "2026-01-31").findings
    #expect(findings.map(\.code) == ["negative_schedule_value", "schedule_does_not_add"])
    #expect(findings.map(\.severity) == [.error, .error])
    #expect(findings[0].place.line == 3)
    #expect(findings[1].place == Place(file: "jobs.csv", line: 2, column: "contract_amount"))
    #expect(findings[1].amount == "50.00")
  }

  @Test func `without a contract amount the lines are the contract`() {
    var made = DocumentsBook()
    made.contract("J-1")
    made.ordered("CO-1", "70.00")
    made.scheduled("1", "1000.00")
    made.scheduled("2", "70.00", change: "CO-1")
    made.done("1", "2026-01-31", 1, percent: "10")
    #expect(made.draws()[0].original == "1000.00")
    #expect(made.draws()[0].contractSum == "1070.00")
    #expect(made.findings() == [])
  }

  @Test func `work too large for an amount is an error and not a crash`() {
    var made = DocumentsBook()
    made.contract("J-1", "1000.00")
    made.scheduled("1", "1000.00", price: "9999999999.9999", of: "1")
    made.scheduled("2", "0.00", retained: "100")
    made.done("1", "2026-01-31", 1, units: "9999999999.9999", stored: "9999999999.99")
    made.done("2", "2026-01-31", .max, percent: "9999999999.9999")
    made.done("2", "2026-02-28", 0, amount: "9999999999.99", stored: "9999999999.99")
    let found = made.findings()
    #expect(found.contains("error overflow"))
    #expect(made.draws().count == 2)
  }
}
