import Billing
import Ledger
import Measures
import Testing

struct StockTests {
  private func book(_ costing: Company.Costing = .movingAverage) -> WorkBook {
    var book = WorkBook()
    book.book.company.costing = costing
    book.item("A", standard: "15")
    book.item("B")
    book.job("J", .fixedPrice)
    return book
  }

  /// Worked example inv-08 (Business Central): net job cost is nothing after the return.
  @Test func `a return takes the exact cost of its issue, whatever came between`() {
    var book = book()
    book.move("R1", "A", .receipt, "2026-10-01", "1", cost: "1000")
    book.move("I1", "A", .issue, "2026-10-02", "1", job: "J")
    book.move("R2", "A", .receipt, "2026-10-03", "1", cost: "20")
    book.move("B1", "A", .return, "2026-10-04", "1", job: "J", undoing: "I1")
    let worked = book.worked()
    #expect(worked.material("I1").cost == "1000.00")
    #expect(worked.material("B1").cost == "-1000.00")
    #expect(worked.job("J").cost.total == "0.00")
    #expect(worked.stock("A").value == "1020.00")
    #expect(worked.codes == [])
  }

  /// inv-08, second example: first in, first out would take 10.00 back.
  @Test func `a linked return of first-in-first-out takes the layer it left`() {
    var book = book(.fifo)
    book.move("R1", "A", .receipt, "2026-10-01", "1", cost: "10")
    book.move("R2", "A", .receipt, "2026-10-01", "1", cost: "20")
    book.move("I1", "A", .issue, "2026-10-02", "1", job: "J")
    book.move("I2", "A", .issue, "2026-10-02", "1", job: "J")
    book.move("B1", "A", .return, "2026-10-03", "1", job: "J", undoing: "I2")
    #expect(book.worked().material("I2").cost == "20.00")
    #expect(book.worked().material("B1").cost == "-20.00")
  }

  @Test func `returns in parts take the whole cost of the issue to the cent`() {
    var book = book()
    book.move("R1", "A", .receipt, "2026-10-01", "3", cost: "33.3333")
    book.move("I1", "A", .issue, "2026-10-02", "3", job: "J")
    for part in 1...3 {
      book.move("B\(part)", "A", .return, "2026-10-03", "1", job: "J", undoing: "I1")
    }
    let worked = book.worked()
    #expect(worked.material("I1").cost == "100.00")
    #expect(
      ["B1", "B2", "B3"].map { worked.material($0).cost } == ["-33.33", "-33.34", "-33.33"])
    #expect(worked.job("J").cost.total == "0.00")
  }

  @Test func `a return that names no issue takes the current cost and is a finding`() {
    var book = book()
    book.move("R1", "A", .receipt, "2026-10-01", "4", cost: "10")
    book.move("I1", "A", .issue, "2026-10-02", "2", job: "J")
    book.move("R2", "A", .receipt, "2026-10-03", "2", cost: "20")
    book.move("B1", "A", .return, "2026-10-04", "1", job: "J")
    #expect(book.worked().material("B1").cost == "-15.00")
    #expect(book.worked().codes == ["unlinked_return"])
  }

  /// DOMAIN §8.5: one unit short at 96, filled by six at 99; the difference is variance.
  @Test func `a receipt fills negative stock at the cost it was issued at`() {
    var book = book()
    book.move("R1", "A", .receipt, "2026-10-01", "1", cost: "96")
    book.move("I1", "A", .issue, "2026-10-02", "2", job: "J")
    book.move("R2", "A", .receipt, "2026-10-03", "6", cost: "99")
    let worked = book.worked()
    #expect(worked.material("I1").cost == "192.00")
    #expect(worked.stock("A").quantity == "5")
    #expect(worked.stock("A").value == "495.00")
    #expect(worked.stock("A").variance == "3.00")
    #expect(worked.codes == ["negative_stock"])
    #expect(worked.failures == [])
  }

  @Test func `a moving average is what value and quantity make it`() {
    var book = book()
    book.move("R1", "A", .receipt, "2026-10-01", "40", cost: "7.50")
    book.move("R2", "A", .receipt, "2026-10-02", "20", cost: "8.50")
    book.move("I1", "A", .issue, "2026-10-03", "16", job: "J")
    book.move("R3", "A", .receipt, "2026-10-02", "10", cost: "0")  // entered late, without a cost
    let worked = book.worked()
    #expect(worked.material("I1").cost == "107.43")  // 16 × 470.00 ÷ 70
    #expect(worked.material("I1").unitCost == "6.7143")
    #expect(worked.stock("A").value == "362.57")
  }

  @Test func `no quantity means no value`() {
    var book = book()
    book.move("R1", "A", .receipt, "2026-10-01", "3", cost: "10")
    book.move("I1", "A", .issue, "2026-10-02", "1", cost: "12", job: "J")
    book.move("X1", "A", .adjustment, "2026-10-03", "-2")
    let level = book.worked().stock("A")
    #expect(book.worked().material("I1").cost == "12.00")  // its own unit cost
    #expect((level.quantity, level.value) == ("0", "0.00"))
    #expect(level.adjusted == "-20.00")
    #expect(level.variance == "-2.00")
    #expect(book.worked().failures == [])
  }

  @Test func `first in, first out leaves layer by layer`() {
    var book = book(.fifo)
    book.move("R1", "A", .receipt, "2026-10-01", "2", cost: "10")
    book.move("R2", "A", .receipt, "2026-10-02", "3", cost: "12")
    book.move("I1", "A", .issue, "2026-10-03", "3", job: "J")
    book.move("I2", "A", .issue, "2026-10-04", "4", job: "J")  // two layers' rest, two short
    book.move("R3", "A", .receipt, "2026-10-05", "3", cost: "15")
    let worked = book.worked()
    #expect(worked.material("I1").cost == "32.00")
    #expect(worked.material("I2").cost == "48.00")
    #expect(worked.stock("A").value == "15.00")
    #expect(worked.stock("A").variance == "6.00")
    #expect(worked.failures == [])
  }

  @Test func `standard costing issues at the standard of the day, the rest is variance`() {
    var book = book(.standard)
    book.item("A", standard: "16", from: "2026-10-10")
    book.move("R1", "A", .receipt, "2026-10-01", "10", cost: "14")
    book.move("I1", "A", .issue, "2026-10-02", "2", job: "J")
    book.move("I2", "A", .issue, "2026-10-12", "2", job: "J")
    let worked = book.worked()
    #expect(worked.material("I1").cost == "30.00")
    #expect(worked.material("I2").cost == "32.00")
    #expect(worked.stock("A").value == "96.00")
    #expect(worked.stock("A").variance == "-18.00")  // −10 at purchase, −8 by the new standard
    #expect(worked.failures == [])
  }

  @Test func `movements after the day do not count, earlier days come first`() {
    var book = book()
    book.move("I1", "A", .issue, "2026-10-05", "1", job: "J")
    book.move("R1", "A", .receipt, "2026-10-01", "1", cost: "10")
    book.move("R2", "A", .receipt, "2026-11-01", "9", cost: "50")
    #expect(book.worked().material("I1").cost == "10.00")
    #expect(book.worked().stock("A").quantity == "0")
    #expect(book.worked("2026-10-04").material("I1").state == .notYet)
  }

  @Test func `an item that never had a cost is issued at its standard, or without a cost`() {
    var book = book()
    book.job("T")
    book.move("I1", "A", .issue, "2026-10-05", "2", job: "T")
    book.move("I2", "B", .issue, "2026-10-05", "2", job: "T")
    let worked = book.worked()
    #expect(worked.material("I1").cost == "30.00")
    #expect(worked.material("I2").standing == "no_cost")
    #expect(worked.material("I2").unitCost == .none)
    #expect(worked.codes.contains("no_cost"))
  }
}
