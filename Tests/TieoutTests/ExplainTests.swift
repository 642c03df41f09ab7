import Billing
import Foundation
import Importing
import Ledger
import Measures
import Testing

@Suite struct Explanations {
  /// Everything in a book that has an id.
  private func subjects(of book: Book) -> [ExplainedSubject] {
    var subjects: [ExplainedSubject] = []
    subjects += book.customers.ids.map { .customer($0) }
    subjects += book.jobs.ids.map { .job($0) }
    subjects += book.invoices.rows.map { .invoice(RowID($0)) }
    subjects += book.payments.rows.map { .payment(RowID($0)) }
    subjects += book.timesheets.rows.map { .entry(EntryID(.labor, $0)) }
    subjects += book.inventory.rows.map { .entry(EntryID(.material, $0)) }
    subjects += book.costs.rows.map { .entry(EntryID(.other, $0)) }
    subjects += (0..<book.items.index.count).map { .item(RowID($0)) }
    return subjects
  }

  private func check(_ book: Book, _ asOf: Day) {
    let explainer = Explainer(book, asOf: asOf)
    for subject in subjects(of: book) {
      let explanation = explainer.explain(subject)
      let faults = explanation.faults.map { "\($0.what) \($0.value)" }
      #expect(faults.isEmpty, "\(explanation.what) on \(asOf.text)")
    }
  }

  @Test func `every figure of the sample is what its rows come to`() throws {
    let folder = Tool.repository.appendingPathComponent("sample-data").path
    let book = try importFolder(ImportRequest(folder: folder)).book
    for text in ["2026-07-31", "2026-09-30", "2026-10-31"] {
      check(book, try #require(Day(text)))
    }
  }

  @Test(arguments: [1, 5, 21] as [UInt64])
  func `every figure of a random book is what its rows come to`(seed: UInt64) throws {
    for files in [RandomCompany(seed: seed).files, RandomContractor(seed: seed).files] {
      let scratch = try Scratch()
      try scratch.write(files)
      let book = try importFolder(ImportRequest(folder: scratch.folder.path)).book
      for number in [90, 222, 340] { check(book, try #require(Day(RandomCompany.day(number)))) }
    }
  }

  @Test func `a figure that its parts do not come to is a fault`() throws {
    let folder = Tool.repository.appendingPathComponent("sample-data").path
    let book = try importFolder(ImportRequest(folder: folder)).book
    let asOf = try #require(Day("2026-10-31"))
    let explainer = Explainer(book, asOf: asOf)
    var explanation = explainer.explain(try #require(explainer.subjects(named: "C-102").first))
    #expect(explanation.faults.isEmpty)
    let net = try #require(explanation.parts.firstIndex { $0.what == "net" })
    let open = try #require(explanation.parts[net].parts.firstIndex { $0.what == "open" })
    explanation.parts[net].parts[open].amount? += Money(cents: 1)
    #expect(explanation.faults.map(\.what) == ["open"])
  }

  @Test func `an hour is explained down to the lines of its rates`() throws {
    let outcome = try Tool.run([
      "explain", "sample-data", "TS-3096", "--as-of", "2026-10-31",
    ])
    #expect(outcome.status == 0)
    // 6.5 h at 124.00 of the standard card from July; cost 38.00 with 25 % of burden
    for text in ["806.00", "124.0000", "rates.csv:4", "308.75", "technicians.csv:4", "61.75"] {
      #expect(outcome.output.contains(text), "\(text)")
    }
    #expect(outcome.output.contains("in unbilled-detail"))
    #expect(outcome.output.contains("in draft-lines"))
  }

  @Test func `an application that does not count yet says from when it does`() throws {
    let scratch = try Scratch()
    for (name, text) in [
      "customers": "customer_id,name\nC,Corner Bakery\n",
      "invoices": "invoice_id,customer_id,type,date,subtotal,total\n"
        + "I-1,C,standard,2026-10-01,1000.00,1000.00\n",
      "payments": "payment_id,customer_id,date,amount\nP-1,C,2026-11-03,700.00\n",
      "applications": "application_id,date,source_id,invoice_id,amount\n"
        + "A-1,2026-10-20,P-1,I-1,700.00\n",
    ] {
      try Data(text.utf8).write(to: scratch.url("\(name).csv"))
    }
    let before = try Tool.run(["explain", scratch.folder.path, "I-1", "--as-of", "2026-10-31"])
    #expect(before.output.contains("700.00, only from 2026-11-03"))
    #expect(before.output.contains("applications.csv:2"))
    let after = try Tool.run([
      "explain", scratch.folder.path, "I-1", "--as-of", "2026-11-30", "--format", "json",
    ])
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(after.output.utf8)) as? [[String: Any]])
    let parts = try #require(json.first?["parts"] as? [[String: Any]])
    let open = try #require(parts.first { $0["what"] as? String == "open" })
    #expect(open["amount"] as? String == "300.00")
    let applied = try #require((open["parts"] as? [[String: Any]])?.last)
    #expect(applied["amount"] as? String == "-700.00")
    #expect(applied["file"] as? String == "applications.csv")
    #expect(applied["line"] as? Int == 2)
  }

  @Test func `an id that nothing has ends with 1, a missing day with 64`() throws {
    let unknown = try Tool.run(["explain", "sample-data", "NO-SUCH", "--as-of", "2026-10-31"])
    #expect(unknown.status == 1)
    #expect(unknown.errors.contains("NO-SUCH"))
    #expect(try Tool.run(["explain", "sample-data", "C-102"]).status == 64)
  }
}

extension Explainer {
  /// Of the month that ends with a day.
  init(_ book: Book, asOf: Day) {
    let period = Period(monthThrough: asOf)
    self.init(
      Closing(book, asOf: asOf, keepsRows: true),
      opening: Closing(book, asOf: period.opening, keepsRows: true), period)
  }
}
