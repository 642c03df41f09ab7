import Foundation
import Testing

/// What the sample's jobs that each show a rule must bill on 2026-10-31, worked out by hand from their rows.
/// The sums stand beside them; sample-data/README.md names the rules.
@Suite struct SampleDrafts {
  private static let folder = Tool.repository.appendingPathComponent("reports/drafts-2026-10-31")

  private static func table(_ name: String) throws -> CSVTable {
    CSVTable(
      try String(contentsOf: folder.appendingPathComponent("\(name).csv"), encoding: .utf8))
  }

  private struct Expected {
    let job: String
    let type: String
    /// Subtotal, tax, deposit, retainage and total.
    let amounts: [String]
  }

  private static let expected = [
    // 9.5 h at 142 with 84 minutes as 90, 2 h at 205, 2 h at 88 × 1.5, 2 h at 88 of 126 minutes
    Expected(
      job: "J-1025", type: "standard", amounts: ["2199.00", "0.00", "0.00", "0.00", "2199.00"]),
    // 744.00 + 2 × 355.25 − 355.25 + 338.00 + 24.00 + 440.00; 5 % of 1,437.25 and 0.5 % of 693.25
    Expected(
      job: "J-1026", type: "standard", amounts: ["1901.25", "75.33", "0.00", "0.00", "1976.58"]),
    // 4 h at 100, 3 h at 98 less 10 %, 355.25 without tax, 338.00 with 21.13 + 8.45, 200.00 + 15 %
    Expected(
      job: "J-1027", type: "standard", amounts: ["1587.85", "29.58", "0.00", "0.00", "1617.43"]),
    // 8,500.00 with a tenth of fee, 9,350.00; the fee ends at 800.00, the whole at 8,800.00
    Expected(
      job: "J-1028", type: "progress", amounts: ["8800.00", "0.00", "0.00", "0.00", "8800.00"]),
    // 304 days of 10.00, 273 of them billed
    Expected(
      job: "J-1029", type: "standard", amounts: ["310.00", "0.00", "0.00", "0.00", "310.00"]),
    // 10 poles and 5 of the change order at 150.00, 100 ft of 140 at 5.00
    Expected(
      job: "J-1030", type: "progress", amounts: ["2750.00", "0.00", "0.00", "0.00", "2750.00"]),
    // 14,000.00 less 8,000.00; 5 % of 14,000.00 less 800.00
    Expected(
      job: "J-1031", type: "progress", amounts: ["6000.00", "0.00", "0.00", "-100.00", "6100.00"]),
    // 10 % of half of 20,000.00 less 800.00
    Expected(
      job: "J-1032", type: "progress", amounts: ["6000.00", "0.00", "0.00", "200.00", "5800.00"]),
    // 5 % of 6,000.00
    Expected(
      job: "J-1033", type: "progress", amounts: ["6000.00", "0.00", "0.00", "300.00", "5700.00"]),
    // 6 % of 20,000.00 less 800.00
    Expected(
      job: "J-1034", type: "progress", amounts: ["6000.00", "0.00", "0.00", "400.00", "5600.00"]),
    // 10 % of 6,000.00
    Expected(
      job: "J-1035", type: "progress", amounts: ["6000.00", "0.00", "0.00", "600.00", "5400.00"]),
    Expected(
      job: "J-1036", type: "retainage_release",
      amounts: ["0.00", "0.00", "0.00", "-1200.00", "1200.00"]),
    Expected(
      job: "J-1037", type: "retainage_release",
      amounts: ["0.00", "0.00", "0.00", "-800.00", "800.00"]),
    // 30 % of 8,000.00
    Expected(
      job: "J-1038", type: "deposit", amounts: ["0.00", "0.00", "2400.00", "0.00", "2400.00"]),
    Expected(
      job: "J-1039", type: "deposit", amounts: ["0.00", "0.00", "2000.00", "0.00", "2000.00"]),
    Expected(
      job: "J-1040", type: "standard",
      amounts: ["5200.00", "0.00", "-1500.00", "0.00", "3700.00"]),
    // 30 % less 7.5 % of 20,000.00; a quarter of it
    Expected(
      job: "J-1041", type: "progress",
      amounts: ["4500.00", "0.00", "-1125.00", "0.00", "3375.00"]),
  ]

  @Test func `each job bills what its rule says, in one document`() throws {
    let drafts = try Self.table("drafts")
    for job in Self.expected {
      #expect(drafts.column("type", where: "job_id", is: job.job) == [job.type], "\(job.job)")
      #expect(
        drafts.cells(
          "subtotal", "tax", "deposit", "retainage", "total", where: "job_id", is: job.job)
          == job.amounts, "\(job.job)")
    }
    #expect(Self.expected.map(\.job) == drafts.column("job_id").filter { $0 >= "J-1025" })
  }

  @Test func `lines have their own rates, tiers, shares and documents`() throws {
    let lines = try Self.table("draft-lines")
    let amounts = { (job: String) in lines.column("amount", where: "job_id", is: job).sorted() }
    #expect(amounts("J-1025") == ["1349.00", "176.00", "264.00", "410.00"])
    #expect(amounts("J-1026") == ["24.00", "338.00", "355.25", "440.00", "744.00"])
    #expect(amounts("J-1027") == ["230.00", "264.60", "338.00", "355.25", "400.00"])
    #expect(amounts("J-1028") == ["-50.00", "-500.00", "3850.00", "5500.00"])
    #expect(amounts("J-1036") == ["500.00", "700.00"])
    #expect(amounts("J-1037") == ["400.00", "400.00"])
    #expect(amounts("J-1039") == ["1632.65", "367.35"])
  }

  @Test func `what is not billed is named, and an application certified lower is asked for again`()
    throws
  {
    let notBilled = try Self.table("not-billed")
    #expect(
      notBilled.cells("reason", "amount", where: "job_id", is: "J-1030")
        == ["over_schedule", "200.00"])
    #expect(
      try Self.table("draws").cells(
        "line_1", "line_2", "line_4", "line_5", "line_6", "line_7", "line_8", "line_9",
        where: "job_id", is: "J-1035") == [
          "20000.00", "1000.00", "14000.00", "1400.00", "12600.00", "7000.00", "5600.00",
          "8400.00",
        ])
    let schedule = try Self.table("draws/J-1035-2-g703")
    #expect(
      schedule.cells("scheduled_value", "balance", where: "line_no", is: "CO-10")
        == ["1000.00", "1000.00"])
  }

  @Test func `a part payment earns its share of the discount`() throws {
    #expect(
      try Self.table("draft-applications").cells(
        "invoice_id", "amount", "discount_taken", where: "source_id", is: "PMT-541")
        == ["INV-2114", "980.00", "20.00"])
  }

  /// Cash is left out: some of it is applied in November already.
  @Test func `with the drafts entered nothing is proposed again`() throws {
    let sample = Tool.repository.appendingPathComponent("sample-data")
    var files: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: sample.path)
    where name.hasSuffix(".csv") || name.hasSuffix(".toml") {
      files[name] = try String(contentsOf: sample.appendingPathComponent(name), encoding: .utf8)
    }
    let run = try BillRun(asOf: "2026-10-31", files)
    #expect(try run.drafts().rows.count == 30)
    let again = try BillRun(asOf: "2026-10-31", try run.filesWithDraftsEntered())
    #expect(try again.drafts().rows.isEmpty)
  }
}
