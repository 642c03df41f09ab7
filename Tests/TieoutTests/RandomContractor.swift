import Measures

/// A year of a contractor drawn from a seed: contracts with schedules, retainage and deposits, unit
/// prices, time and material, cost plus, agreements; and what each job comes to in the end, worked out by
/// the generator itself.
struct RandomContractor {
  var files: [String: String] = [:]
  /// What a job has been billed for when all is done, in cents.
  var billed: [String: Int] = [:]
  /// Deposits asked for, by job.
  var deposits: [String: Int] = [:]
  /// Whether deposits come back on invoices without a person.
  let appliesDeposits: Bool
  private var random: SplitMix64
  private var jobs = [[String: String]]()
  private var orders = [[String: String]]()
  private var schedule = [[String: String]]()
  private var progress = [[String: String]]()
  private var times = [[String: String]]()
  private var moves = [[String: String]]()
  private var costs = [[String: String]]()
  private var adjustments = [[String: String]]()

  init(seed: UInt64) {
    random = SplitMix64(state: seed)
    let apply = ["full", "proportional", "manual"][Int.random(in: 0...2, using: &random)]
    appliesDeposits = apply != "manual"
    policies(apply)
    masters()
    for (place, policy) in ["cumulative", "stop_at", "per_application"].enumerated() {
      draws("D\(place)", policy)
    }
    unitPrice("U0")
    timeAndMaterial("T0", isCapped: false)
    timeAndMaterial("T1", isCapped: true)
    costPlus("C0")
    fixedPrice("F0")
    agreement("S0")
    write()
  }

  private mutating func pick(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  private mutating func chance(_ percent: Int) -> Bool { pick(1...100) <= percent }

  private func day(_ month: Int, _ day: Int) -> String {
    Month(year: 2026, month: 1).advanced(by: month - 1).day(day).text
  }

  private mutating func policies(_ apply: String) {
    files["company.toml"] = """
      [billing]
      group_lines = \(chance(50))
      not_to_exceed = "\(chance(50) ? "adjust" : "block")"
      [rounding]
      tax = "\(chance(50) ? "line" : "invoice")"
      [retainage]
      tax = "\(chance(50) ? "at_billing" : "at_release")"
      [deposits]
      apply = "\(apply)"
      tax = "\(chance(50) ? "on_application" : "on_receipt")"
      recovery_base = "\(chance(50) ? "gross" : "net")"
      [finance_charges]
      rate_pct = "\(chance(50) ? "0" : "1.25")"
      grace_days = \(pick(0...20))
      """
  }

  private mutating func masters() {
    files["customers.csv"] = "customer_id,name,tax_code,terms\nA,Alder,T,Net 30\nB,Birch,,EOM"
    files["tax_codes.csv"] = """
      tax_code,component,rate_pct,labor,material,other,effective_from
      T,State,6.25,no,yes,yes,2026-01-01
      T,City,2.375,yes,yes,no,2026-01-01
      T,City,2.5,yes,yes,no,2026-06-15
      """
    files["technicians.csv"] = "technician_id,name,role,cost_rate\nK,Kim,Fitter,31"
    files["items.csv"] = "item_id,description\nI,Pipe"
  }

  private mutating func job(_ id: String, _ method: String, _ more: [String: String]) {
    var row = ["job_id": id, "customer_id": chance(60) ? "A" : "B", "name": id]
    row["billing_method"] = method
    jobs.append(row.merging(more) { _, new in new })
  }

  /// Lines that grow to their full value by autumn, with material on the site meanwhile.
  private mutating func draws(_ id: String, _ policy: String) {
    let lines = pick(1...9)
    let values = (0..<lines).map { _ in pick(50_000...4_000_000) }
    let original = values.reduce(0, +)
    var total = original
    let last = pick(6...10)
    for line in 0..<lines {
      schedule.append([
        "job_id": id, "line_no": "\(line)", "description": "Line \(line)",
        "scheduled_value": amountText(values[line]),
        "tax_kind": ["labor", "material", "other"][line % 3],
        "retainage_pct": chance(15) ? "7.5" : "",
      ])
    }
    // One change that has a line of its own, one that never is approved.
    let change = pick(10_000...900_000)
    orders.append([
      "change_order_id": "\(id)-1", "job_id": id, "date": day(2, 3), "approved_date": day(3, 9),
      "amount": amountText(change), "status": "approved",
    ])
    orders.append([
      "change_order_id": "\(id)-2", "job_id": id, "date": day(2, 5), "amount": "777.77",
      "status": chance(50) ? "pending" : "rejected",
    ])
    schedule.append([
      "job_id": id, "line_no": "CO", "description": "Change", "scheduled_value": amountText(change),
      "tax_kind": "other", "change_order_id": "\(id)-1",
    ])
    total += change
    var done = [Int](repeating: 0, count: lines + 1)
    for application in 1...last {
      for line in 0...lines {
        if line == lines, application < 4 { continue }
        let isLast = application == last
        done[line] = isLast ? 100 : min(100, done[line] + pick(0...35))
        let value = line == lines ? change : values[line]
        var row = [
          "job_id": id, "line_no": line == lines ? "CO" : "\(line)", "date": day(application, 25),
          "application_no": "\(application)",
          "stored_materials": !isLast && done[line] < 60 && chance(30)
            ? amountText(value * pick(1...20) / 100) : "",
        ]
        if chance(50) || isLast {
          row["percent_complete"] = "\(done[line])"
        } else {
          row["completed_amount"] = amountText(value * done[line] / 100)
        }
        if !isLast, policy != "per_application", chance(5) {
          row["retainage"] = amountText(value * done[line] / 100 * 6 / 100)
        }
        progress.append(row)
      }
    }
    var more = [
      "contract_amount": amountText(original), "retainage_pct": "10",
      "retainage_stored_pct": chance(40) ? "5" : "", "retainage_policy": policy,
      "status": "complete", "completion_date": day(last, 26),
    ]
    if policy == "stop_at" || chance(50) { more["retainage_step_at_pct"] = "50" }
    if policy != "stop_at", more["retainage_step_at_pct"] != nil {
      more["retainage_step_to_pct"] = "5"
    }
    if chance(25) { more["retainage_cap_pct"] = "4" }
    if chance(60) {
      more["deposit_pct"] = "12.5"
      // Of the contract as it is when the deposit is asked for, in January.
      deposits[id] = (original * 125 + 500) / 1000
      if chance(50) {
        more["deposit_recovery_pct"] = "25"
        more["deposit_recovery_start_pct"] = "10"
      }
    }
    job(id, "fixed_price", more)
    billed[id] = total
  }

  /// Whole units at whole prices; sometimes more units than agreed, which are refused.
  private mutating func unitPrice(_ id: String) {
    let (price, agreed) = (pick(5...90) * 100, pick(40...200))
    schedule.append([
      "job_id": id, "line_no": "1", "description": "Units", "unit": "ft",
      "scheduled_value": amountText(price * agreed), "unit_price": amountText(price),
      "quantity": "\(agreed)",
    ])
    let last = chance(50) ? agreed : agreed + pick(1...20)
    for (place, month) in [2, 4, 7].enumerated() {
      progress.append([
        "job_id": id, "line_no": "1", "date": day(month, 20), "application_no": "\(place + 1)",
        "completed_quantity": "\(place == 2 ? last : agreed * (place + 1) / 4)",
      ])
    }
    job(
      id, "unit_price",
      [
        "contract_amount": amountText(price * agreed), "retainage_pct": "5", "status": "complete",
        "completion_date": day(7, 21),
      ])
    billed[id] = price * agreed
  }

  /// Hours at a rate of whole dollars, parts at prices of their own, costs as they are.
  private mutating func timeAndMaterial(_ id: String, isCapped: Bool) {
    var value = 0
    for number in 0..<pick(20...40) {
      let (day, quarters, rate) = (day(pick(1...11), pick(1...28)), pick(1...40), pick(40...180))
      let isApproved = chance(80)
      let isExcluded = !isCapped && chance(8)
      let isBillable = chance(92)
      times.append([
        "timesheet_id": "\(id)-T\(number)", "date": day, "technician_id": "K", "job_id": id,
        "hours": Hours(units: Int64(quarters) * 2500).text, "bill_rate": "\(rate)",
        "billable": isBillable ? "yes" : "no", "approved": "yes",
        "approved_date": isApproved ? "" : self.day(12, 2),
      ])
      if isExcluded {
        adjustments.append([
          "adjustment_id": "\(id)-A\(number)", "job_id": id, "target": "\(id)-T\(number)",
          "action": "exclude", "reason": "Goodwill", "by": "Kim", "date": day,
        ])
      }
      // Quarters of an hour at whole dollars are whole cents.
      if isBillable, !isExcluded { value += quarters * rate * 25 }
    }
    for number in 0..<pick(4...9) {
      let (day, cost, price) = (day(pick(1...11), pick(1...28)), pick(500...90_000), pick(1...900))
      costs.append([
        "cost_id": "\(id)-K\(number)", "date": day, "job_id": id, "kind": "permit",
        "amount": amountText(cost),
      ])
      moves.append([
        "movement_id": "\(id)-M\(number)", "date": day, "item_id": "I", "type": "issue",
        "quantity": "3", "unit_cost": "1.50", "job_id": id, "bill_price": "\(price)",
      ])
      value += cost + price * 300
    }
    guard isCapped else {
      job(id, "time_and_materials", [:])
      billed[id] = value
      return
    }
    let (cap, more) = (value / 3, value / 5)
    orders.append([
      "change_order_id": "\(id)-1", "job_id": id, "date": day(8, 1), "amount": amountText(more),
      "status": "approved",
    ])
    job(id, "time_and_materials", ["not_to_exceed": amountText(cap)])
    billed[id] = cap + more
  }

  private mutating func costPlus(_ id: String) {
    var value = 0
    for number in 0..<pick(5...12) {
      let cost = pick(-3_000...200_000)
      costs.append([
        "cost_id": "\(id)-K\(number)", "date": day(pick(1...11), pick(1...28)), "job_id": id,
        "kind": "subcontract", "amount": amountText(cost),
      ])
      // 12.5 % more, half away from zero.
      let exact = cost * 1125
      value += (exact + (exact < 0 ? -500 : 500)) / 1000
    }
    job(id, "cost_plus", ["fee_pct": "12.5"])
    billed[id] = value
  }

  private mutating func fixedPrice(_ id: String) {
    let price = pick(100_000...5_000_000)
    let deposit = price / 4
    job(
      id, "fixed_price",
      [
        "contract_amount": amountText(price), "deposit_amount": amountText(deposit),
        "status": "complete", "completion_date": day(pick(4...10), 17),
      ])
    deposits[id] = deposit
    billed[id] = price
  }

  private mutating func agreement(_ id: String) {
    let price = pick(100_000...900_000)
    job(
      id, "service_agreement",
      [
        "contract_amount": amountText(price), "start_date": day(1, 1), "end_date": day(11, 30),
      ])
    billed[id] = price
  }

  private mutating func write() {
    for (name, rows) in [
      ("jobs", jobs), ("change_orders", orders), ("schedule_of_values", schedule),
      ("progress", progress), ("timesheets", times), ("inventory", moves), ("costs", costs),
      ("adjustments", adjustments),
    ] where !rows.isEmpty {
      let keys = Set(rows.flatMap(\.keys)).sorted()
      files["\(name).csv"] = CSVTable(keys: keys, rows: rows).text
    }
  }
}
