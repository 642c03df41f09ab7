import Billing
import Ledger
import Measures
import Reporting
import Testing

struct AdjustmentTests {
  private func book() -> WorkBook {
    var book = WorkBook()
    book.rate("standard", "Plumber", "REG", "98")
    book.markup("standard", "Refrigerant", over: "0", "80")
    book.item("R", category: "Refrigerant", standard: "12")
    book.job("J")
    book.job("K")
    return book
  }

  @Test func `each action changes what it names, on its own job and from its day`() {
    var book = book()
    book.hours("T1", "J", "2026-10-05", "4", "DT")
    book.hours("T2", "J", "2026-10-05", "6")
    book.hours("T3", "K", "2026-10-05", "6")
    book.move("I1", "R", .issue, "2026-10-05", "8", job: "J")
    book.cost("K1", "J", "2026-10-05", "520.00", .subcontract)
    book.adjust("A1", "J", "T1", .setRate, "250")
    book.adjust("A2", "J", "T2", .discount, "10")
    book.adjust("A3", "J", "Refrigerant", .setMarkup, "50")
    book.adjust("A4", "J", "subcontract", .setAmount, "550.00")
    book.adjust("A5", "J", "T2", .exclude, on: "2026-11-04")
    let worked = book.worked()
    #expect(worked.time("T1").price == "1000.00")  // final: no multiplier
    #expect(worked.time("T2").price == "529.20")
    #expect(worked.time("T2").unitPrice == "88.2")
    #expect(worked.time("T2").standing == "ready")
    #expect(worked.time("T3").price == "588.00")
    #expect(worked.material("I1").price == "144.00")
    #expect(worked.cost("K1").price == "550.00")
    #expect(worked.codes.filter { $0.hasPrefix("adjustment") } == [])
    #expect(worked.failures == [])
  }

  @Test func `several apply in the order of the file and are rounded once`() {
    var book = book()
    book.hours("T1", "J", "2026-10-05", "0.25", rate: "33.33")
    book.adjust("A1", "J", "T1", .discount, "50")
    book.adjust("A2", "J", "labor", .discount, "50")
    book.hours("T2", "J", "2026-10-05", "1")
    book.adjust("A3", "J", "T2", .setRate, "80")
    let worked = book.worked()
    #expect(worked.time("T1").price == "2.08")  // 8.3325 ÷ 4; twice rounded it would be 2.09
    #expect(worked.time("T2").price == "80.00")  // the discount of the file came before
  }

  @Test func `a rate that is set takes the place of one that is missing`() {
    var book = book()
    book.technician("A", "Apprentice", "22", burden: "0")
    book.hours("T1", "J", "2026-10-05", "2", by: "A")
    book.adjust("A1", "J", "T1", .setRate, "70")
    #expect(book.worked().time("T1").standing == "ready")
    #expect(book.worked().time("T1").price == "140.00")
  }

  @Test func `one that names nothing is a warning at its line`() {
    var book = book()
    book.hours("T1", "J", "2026-10-05", "2")
    book.hours("T9", "K", "2026-10-05", "2")
    book.adjust("A1", "J", "T9", .hold)  // an entry of another job
    book.adjust("A2", "J", "Controls", .discount, "5")
    book.adjust("A3", "J", "other", .addLine, "75.00")
    book.adjust("A4", "J", "other", .setTaxCode, "NONE")
    book.adjust("A5", "J", "labor", .discount, "5")
    let findings = book.worked().work.findings
    #expect(findings.map(\.code) == Array(repeating: "adjustment_matches_nothing", count: 2))
    #expect(findings.map(\.place.line) == [2, 3])
    #expect(findings.map(\.place.file) == ["adjustments.csv", "adjustments.csv"])
  }

  @Test func `an excluded entry shows its reason and the price that was waived`() {
    var book = book()
    book.hours("T1", "J", "2026-10-05", "2")
    book.adjust("A1", "J", "T1", .exclude)
    let worked = book.worked()
    #expect(worked.detail("state") == [.text("excluded")])
    #expect(worked.detail("reason") == [.text("Reason of A1")])
    #expect(worked.detail("price") == [.money("196.00")])
    #expect(worked.job("J").unbilled.total == "0.00")
  }
}
