import Billing
import Ledger
import Measures
import Testing

struct MaterialPriceTests {
  /// Tiers of the sample's schedule, and one category of its own.
  private func book() -> WorkBook {
    var book = WorkBook()
    book.markup("standard", over: "0", "60")
    book.markup("standard", over: "50", "45")
    book.markup("standard", over: "250", "30")
    book.markup("standard", "Refrigerant", over: "0", "75")
    book.markup("standard", "Refrigerant", over: "0", "80", from: "2026-07-01")
    book.markup("lakeside", over: "0", "25")
    book.item("A", list: "70")
    book.item("R", category: "Refrigerant", list: "21")
    book.job("J")
    return book
  }

  @Test(
    arguments: [
      ("50", "80.0000"), ("50.0001", "72.5001"), ("250", "362.5000"), ("250.01", "325.0130"),
    ] as [(UnitPrice, UnitPrice)])
  func `the whole unit cost takes the percentage of its tier`(cost: UnitPrice, price: UnitPrice) {
    var book = book()
    book.move("I1", "A", .issue, "2026-10-01", "1", cost: cost, job: "J")
    #expect(book.worked().material("I1").unitPrice == price)
  }

  @Test func `a schedule's own category comes before its rows for all, from its day on`() {
    var book = book()
    book.customer("L", schedule: "lakeside")
    book.job("K", customer: "L")
    book.move("I1", "R", .issue, "2026-06-30", "6", cost: "12", job: "J")
    book.move("I2", "R", .issue, "2026-07-01", "6", cost: "12", job: "J")
    book.move("I3", "R", .issue, "2026-07-01", "6", cost: "12", job: "K")
    let worked = book.worked()
    #expect(
      ["I1", "I2", "I3"].map { worked.material($0).price } == ["126.00", "129.60", "90.00"])
  }

  /// DOMAIN §6.5 [S73]: 20 % on 100.00 is 120.00 as a markup and 125.00 as a margin.
  @Test func `a margin is of the price, a markup of the cost`() {
    var book = WorkBook()
    book.markup("standard", over: "0", "20")
    book.item("A")
    book.job("J")
    book.move("I1", "A", .issue, "2026-10-01", "3", cost: "100", job: "J")
    #expect(book.worked().material("I1").price == "360.00")
    book.book.company.billing.markupMeans = .margin
    #expect(book.worked().material("I1").price == "375.00")
    #expect(book.worked().material("I1").unitPrice == "125")
  }

  @Test(
    arguments: [
      (.markup, "160.00", "112.50"), (.list, "140.00", "42.00"), (.higherOf, "160.00", "112.50"),
    ] as [(Company.Billing.MaterialPricing, Money, Money)])
  func `the policy takes markup, list price or the higher`(
    policy: Company.Billing.MaterialPricing, dear: Money, own: Money
  ) {
    var book = book()
    book.book.company.billing.materialPricing = policy
    book.move("I1", "A", .issue, "2026-10-01", "2", cost: "50", job: "J")
    book.move("I2", "A", .issue, "2026-10-01", "2", cost: "10", job: "J", price: "295")
    let worked = book.worked()
    #expect(worked.material("I1").price == dear)
    #expect(worked.material("I2").price == "590.00")  // its own price, whatever the policy
  }

  @Test func `without a markup material is billed at cost and is a finding`() {
    var book = WorkBook()
    book.item("A")
    book.job("J")
    book.move("I1", "A", .issue, "2026-10-01", "2", cost: "10", job: "J")
    #expect(book.worked().material("I1").price == "20.00")
    #expect(book.worked().codes == ["negative_stock", "no_markup"])
  }

  @Test func `a return bills what its issue did, negative, with its adjustments`() {
    var book = book()
    book.move("I1", "A", .issue, "2026-10-01", "3", cost: "10", job: "J")
    book.move("B1", "A", .return, "2026-10-02", "1", job: "J", undoing: "I1")
    book.adjust("A1", "J", "material", .discount, "10")
    let worked = book.worked()
    #expect(worked.material("I1").price == "43.20")  // 48.00 less 10 %
    #expect(worked.material("B1").price == "-14.40")  // not discounted twice
    #expect(worked.material("B1").quantity == "-1")
    #expect(worked.job("J").unbilled.total == "28.80")
  }

  @Test func `costs take the markup of their kind`() {
    var book = book()
    book.book.company.billing.costMarkup = "15"
    book.book.company.billing.costMarkupByKind = [.subcontract: "10", .permit: "0"]
    for (id, kind) in [("K1", .subcontract), ("K2", .permit), ("K3", .freight)]
      as [(String, CostKind)]
    {
      book.cost(id, "J", "2026-10-05", "100.00", kind)
    }
    let worked = book.worked()
    #expect(["K1", "K2", "K3"].map { worked.cost($0).price } == ["110.00", "100.00", "115.00"])
    #expect(worked.job("J").cost.subcontract == "100.00")
    #expect(worked.job("J").cost.other == "200.00")
  }
}
