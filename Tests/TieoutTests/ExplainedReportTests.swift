import Billing
import Foundation
import Importing
import Ledger
import Measures
import Testing

/// Explanations beside the committed reports: the same figures, each worked out again from its rows.
@Suite struct ExplainedReports {
  private let explainer: Explainer

  init() throws {
    let folder = Tool.repository.appendingPathComponent("sample-data").path
    let book = try importFolder(ImportRequest(folder: folder)).book
    explainer = Explainer(book, asOf: try #require(Day("2026-10-31")))
  }

  private func rows(_ report: String) throws -> [[String: String]] {
    let url = Tool.repository.appendingPathComponent("reports/2026-10/\(report).csv")
    return CSVTable(try String(contentsOf: url, encoding: .utf8)).rows
  }

  private func explanation(_ id: String?) throws -> Explanation {
    let id = try #require(id)
    return explainer.explain(try #require(explainer.subjects(named: id).first))
  }

  /// An explained figure is the cell of the report, and was worked out again.
  private func check(_ figure: Explanation?, _ cell: String?, _ what: String, minus: Bool = false) {
    let units = figure?.amount.map { minus ? -$0.units : $0.units }
    #expect(units == Int64(cents(cell)), "\(what)")
    #expect(figure?.recomputed == figure?.amount, "\(what)")
  }

  @Test(arguments: [("wip", "work in progress"), ("wip-completed", "completed contract")])
  func `every figure of the schedules is explained`(report: String, node: String) throws {
    let rows = try rows(report)
    #expect(!rows.isEmpty)
    for row in rows {
      let job = try explanation(row["job_id"])
      let line = try #require(job.part(node), "\(row["job_id"] ?? "")")
      let top = [
        ("revised_contract", "revised contract"), ("billed_to_date", "billed"),
        ("cost_to_date", "cost to date"), ("earned_to_date", "earned"),
        ("retainage_held", "retainage held"),
      ]
      for (key, name) in top { check(job.part(name), row[key], "\(job.what): \(key)") }
      let own = [
        "cost_this_period", "earned_this_period", "billed_this_period", "underbilled", "overbilled",
        "loss_provision", "loss_provision_change", "gross_profit_to_date",
        "gross_profit_this_period", "contract_asset", "contract_liability",
      ]
      for key in own {
        check(line.part(key.replacing("_", with: " ")), row[key], "\(job.what): \(key)")
      }
      var some = [("estimated_cost", "estimated cost"), ("fade_amount", "fade")]
      some.append(("original_estimated_gross_profit", "original estimated gross profit"))
      if report == "wip" {
        some.append(("cost_to_complete", "cost to complete"))
        if row["original_contract"] != "0.00" { some.append(("backlog", "backlog")) }
      }
      for (key, name) in some where row[key]?.isEmpty == false {
        check(line.part(name), row[key], "\(job.what): \(key)")
      }
    }
  }

  @Test func `every kind of job cost is explained`() throws {
    let rows = try rows("job-cost")
    #expect(!rows.isEmpty)
    for row in rows {
      let cost = try #require(try explanation(row["job_id"]).part("cost to date"))
      check(cost, row["total_cost"], "\(row["job_id"] ?? "")")
      for key in ["labor", "burden", "material", "subcontract", "equipment", "other"] {
        // A kind that comes to nothing is not listed.
        guard row[key] != "0.00" else { continue }
        check(cost.part(key), row[key], "\(row["job_id"] ?? ""): \(key)")
      }
    }
  }

  @Test func `stock on hand is explained movement by movement`() throws {
    let rows = try rows("inventory")
    #expect(!rows.isEmpty)
    for row in rows {
      check(try explanation(row["item_id"]).part("value"), row["value"], row["item_id"] ?? "")
    }
  }

  @Test func `what a lender takes and what may be lost are explained`() throws {
    let lent = try rows("borrowing-base")
    #expect(!lent.isEmpty)
    for row in lent {
      let base = try explanation(row["customer_id"]).part("eligible")
      check(base, row["eligible"], "eligible")
      for (key, name) in [
        ("over_90", "less over 90"), ("contra", "less contra"),
        ("retainage", "less retainage released"),
        ("concentration_excess", "less concentration excess"),
      ] { check(base?.part(name), row[key], "\(row["customer_id"] ?? ""): \(key)", minus: true) }
    }
    for row in try rows("collections-customers") {
      let customer = try explanation(row["customer_id"])
      check(customer.part("allowance"), row["allowance"], "\(customer.what): allowance")
      check(customer.part("net", "open"), row["open"], "\(customer.what): open")
    }
  }

  /// The rows of a report by customer, and the parts of an explanation, as amounts of what is held.
  @Test(arguments: [("deposits", "deposits held"), ("retainage", "retainage held")])
  func `what is held is explained row by row`(report: String, node: String) throws {
    let byCustomer = Dictionary(grouping: try rows(report)) { $0["customer_id"] ?? "" }
    #expect(byCustomer.count > 3)
    for (id, rows) in byCustomer {
      let held = try explanation(id).part(node)
      let parts = try #require(held).parts
      #expect(
        parts.compactMap { $0.amount?.units }.sorted()
          == rows.map { Int64(cents($0["held"])) }
          .sorted(), "\(id)")
      #expect(parts.allSatisfy { $0.recomputed == $0.amount })
    }
  }

  /// wip-13: a price of 300,000.00 estimated at 320,000.00 with 96,000.00 spent has earned 90,000.00; of
  /// the loss of 20,000.00 it shows 6,000.00, and 14,000.00 are still to come.
  @Test func `a loss still to come is explained by price, estimate, cost and earned`() throws {
    let scratch = try Scratch()
    try scratch.write([
      "customers.csv": "customer_id,name\nC,Owner",
      "jobs.csv": """
      job_id,customer_id,name,billing_method,contract_amount,estimated_cost
      2,C,Bad,fixed_price,300000.00,320000.00
      """,
      "costs.csv": "cost_id,date,job_id,kind,amount\nK2,2026-12-01,2,other,96000.00",
    ])
    let outcome = try Tool.run(["explain", scratch.folder.path, "2", "--as-of", "2026-12-31"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map {
      $0.split(separator: " ").joined(separator: " ")
    }
    let start = try #require(lines.firstIndex(of: "loss provision 14,000.00"))
    #expect(
      lines[(start + 2)...].prefix(4) == [
        "estimated cost 320,000.00", "less price -300,000.00", "less cost to date -96,000.00",
        "earned 90,000.00",
      ])
    #expect(lines.contains("K2 of 2026-12-01 96,000.00 costs.csv:2"))
  }
}
