import Foundation
import Testing

/// The nine jobs of sample-data/policies under three sets of policies, as its README says.
@Suite struct PolicySample {
  private static let totals: [(config: String, totals: [String: String])] = [
    (
      "company.toml",
      [
        "P-1": "230.00", "P-2": "425.00", "P-3": "1000.00", "P-4": "92.00", "P-5": "325.00",
        "P-6": "200.00", "P-8": "100.00", "P-9": "22.57",
      ]
    ),
    (
      "company-b.toml",
      [
        "P-1": "490.00", "P-2": "410.00", "P-3": "1000.00", "P-4": "268.80", "P-5": "337.50",
        "P-6": "240.00", "P-7": "90.00", "P-8": "100.00", "P-9": "22.58",
      ]
    ),
    (
      "company-c.toml",
      [
        "P-1": "200.00", "P-2": "435.00", "P-3": "1000.00", "P-4": "392.00", "P-5": "325.00",
        "P-6": "200.00", "P-7": "90.00", "P-8": "108.00", "P-9": "22.54",
      ]
    ),
  ]

  @Test(arguments: totals.indices)
  func `a policy of the company changes what a job bills`(_ place: Int) throws {
    let (config, totals) = Self.totals[place]
    let scratch = try Scratch()
    let outcome = try Tool.run([
      "bill", "sample-data/policies", "--config", "sample-data/policies/\(config)",
      "--as-of", "2026-10-31", "--out", scratch.url("out").path, "--quiet",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let table = { (name: String) in
      CSVTable(try String(contentsOf: scratch.url("out/\(name).csv"), encoding: .utf8))
    }
    let drafts = try table("drafts")
    let billed = zip(drafts.column("job_id"), drafts.column("total"))
    #expect(Dictionary(uniqueKeysWithValues: Array(billed)) == totals)
    let isBlocked = config == "company-b.toml"
    let entries = try table("draft-lines").column("entry_id", where: "job_id", is: "P-3")
    #expect(entries.contains("CST-2") && entries.contains("CST-3") != isBlocked)
    let waiting = try table("not-billed").column("amount", where: "reason", is: "not_to_exceed")
    #expect(waiting == (isBlocked ? ["200.00"] : []))
  }
}
