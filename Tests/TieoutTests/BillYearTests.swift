import Foundation
import Measures
import Testing

/// A year of month ends: each month's drafts are entered and deposits are paid, and in the end every job
/// has been billed for what its contract and work come to, with nothing withheld or held.
@Suite struct BilledYears {
  /// More with TIEOUT_SEEDS=200.
  static let seeds: [UInt64] = {
    let count = ProcessInfo.processInfo.environment["TIEOUT_SEEDS"].flatMap(UInt64.init) ?? 4
    return Array(1...count)
  }()

  @Test(arguments: seeds)
  func `a year of drafts bills every job for what it comes to`(seed: UInt64) throws {
    let contractor = RandomContractor(seed: seed)
    var files = contractor.files
    var drafts = [[String: String]]()
    var received: [String: Int] = [:]
    var payments = [[String: String]]()
    for month in 1...15 {
      let day = Month(year: 2026, month: 1).advanced(by: month - 1).last.text
      let comment: Comment = "seed \(seed), \(day)"
      let run = try BillRun(asOf: day, files)
      try #require(run.outcome.status == 0, "seed \(seed), \(day): \(run.outcome.errors)")
      try checkDrafts(run, comment)
      drafts += try run.drafts().rows
      files = try run.filesWithDraftsEntered()
      let again = try BillRun(asOf: day, files)
      let more = try again.table("draft-lines").text
      #expect(try again.drafts().rows.isEmpty, "\(comment): \(more)")
      checkBalances(drafts, received, comment)
      // Deposits that were asked for are paid on the fifth of the next month.
      for request in try run.drafts().rows where request["type"] == "deposit" {
        let paid = Month(year: 2026, month: 1).advanced(by: month).day(5).text
        payments.append([
          "payment_id": "P-\(payments.count)", "customer_id": request["customer_id"] ?? "",
          "date": paid, "amount": request["total"] ?? "", "invoice": request["invoice_id"] ?? "",
        ])
        received[request["job_id"] ?? "", default: 0] += cents(request["deposit"])
      }
      files["payments.csv"] =
        CSVTable(keys: ["payment_id", "customer_id", "date", "amount"], rows: payments).text
      files["applications.csv"] =
        "application_id,date,source_id,invoice_id,amount\n"
        + payments.map {
          "A\($0["payment_id"] ?? ""),\($0["date"] ?? ""),\($0["payment_id"] ?? ""),"
            + "\($0["invoice"] ?? ""),\($0["amount"] ?? "")"
        }.joined(separator: "\n")
    }
    try checkTheEnd(contractor, drafts, received, "seed \(seed)")
  }

  /// Never more released than withheld, nor more applied of a deposit than received.
  private func checkBalances(
    _ drafts: [[String: String]], _ received: [String: Int], _ comment: Comment
  ) {
    for (job, own) in Dictionary(grouping: drafts, by: { $0["job_id"] ?? "" }) {
      #expect(cents(own.map { $0["retainage"] ?? "" }) >= 0, "\(comment), \(job)")
      let applied = own.filter { $0["type"] != "deposit" }.map { $0["deposit"] ?? "" }
      #expect((received[job] ?? 0) + cents(applied) >= 0, "\(comment), \(job)")
    }
  }

  private func checkTheEnd(
    _ contractor: RandomContractor, _ drafts: [[String: String]], _ received: [String: Int],
    _ comment: Comment
  ) throws {
    #expect(received == contractor.deposits, comment)
    for (job, value) in contractor.billed {
      let own = drafts.filter { $0["job_id"] == job }
      let work = own.filter { $0["type"] != "finance_charge" }
      #expect(cents(work.map { $0["subtotal"] ?? "" }) == value, "\(comment), \(job)")
      for key in ["retainage", "retainage_tax"] {
        #expect(cents(own.map { $0[key] ?? "" }) == 0, "\(comment), \(job): \(key) is left")
      }
      guard contractor.appliesDeposits else { continue }
      let applied = own.filter { $0["type"] != "deposit" }.map { $0["deposit"] ?? "" }
      #expect(cents(applied) == -(received[job] ?? 0), "\(comment), \(job): deposit is left")
    }
  }
}
