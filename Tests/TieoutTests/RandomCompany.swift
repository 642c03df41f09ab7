import Ledger
import Measures

/// A small random generator with a seed, so that a failure can be run again.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// A contractor drawn from a seed: every method and status, work of every state, as CSV files; and
/// what the generator itself knows of it.
struct RandomCompany {
  var files: [String: String] = [:]
  /// Hours of each day of the year, in quarters.
  var quarters: [Int: Int] = [:]
  private var random: SplitMix64

  init(seed: UInt64) {
    random = SplitMix64(state: seed)
    masters()
    let invoices = documents()
    work(invoices)
  }

  static func day(_ number: Int) -> String {
    ((Day("2026-01-01") ?? .none) + number).text
  }

  private mutating func pick(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  private mutating func chance(_ percent: Int) -> Bool { pick(1...100) <= percent }

  private func amount(_ cents: Int) -> String { Money(cents: Int64(cents)).text }

  private mutating func masters() {
    files["customers.csv"] = "customer_id,name,on_hold\nC0,A,no\nC1,B,yes\nC2,C,no\nC3,D,no"
    files["technicians.csv"] = """
      technician_id,name,role,cost_rate,burden_pct,effective_from
      T0,A,Technician,41.37,18.25,2026-01-01
      T0,A,Technician,43.11,18.25,2026-06-01
      T1,B,Helper,22.5,0,
      """
    files["rates.csv"] = """
      rate_card,role,pay_type,effective_from,bill_rate
      standard,Technician,REG,2026-01-01,118.75
      standard,Technician,DT,2026-03-01,260
      """
    files["items.csv"] = "item_id,description\nI0,Pipe\nI1,Valve\nI2,Never received"
    files["markups.csv"] = """
      markup_schedule,category,cost_over,markup_pct
      standard,,0,55
      standard,,20,35
      """
    var jobs =
      "job_id,customer_id,name,billing_method,contract_amount,estimated_cost,not_to_exceed,"
    jobs += "status,start_date,end_date,completion_date,closed_date,hold_from,cancelled_date,"
    jobs += "signature_on_file,photos_on_file"
    for job in 0..<14 {
      let method = BillingMethod.allCases[job % BillingMethod.allCases.count]
      let status = JobStatus.allCases[pick(0...4)]
      let end = Self.day(pick(60...300))
      jobs += "\nJ\(job),C\(pick(0...3)),Job,\(method.rawValue),"
      jobs += method == .fixedPrice || method == .serviceAgreement ? "25000.00," : ","
      jobs += chance(60) ? "18000.00," : ","
      jobs += method == .timeAndMaterials && chance(50) ? "\(pick(500...4000))," : ","
      jobs += "\(status.rawValue),2026-01-01,2026-12-31,"
      jobs += status == .complete || status == .closed ? "\(end)," : ","
      jobs += status == .closed ? "\(end)," : ","
      jobs += status == .onHold ? "\(end)," : ","
      jobs += status == .cancelled ? "\(end)," : ","
      jobs += chance(50) ? "yes,yes" : "no,yes"
    }
    files["jobs.csv"] = jobs
  }

  /// Invoices of each job, paid in part by payments of which a rest is left.
  private mutating func documents() -> [[String]] {
    var invoices = "invoice_id,customer_id,job_id,type,date,terms,subtotal,tax,retainage,total,"
    invoices += "status,void_date"
    var payments = "payment_id,customer_id,date,type,job_id,reverses,amount"
    var applications = "application_id,date,source_id,invoice_id,amount,discount_taken"
    let jobs = (files["jobs.csv"] ?? "").split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    var byJob = [[String]](repeating: [], count: jobs.count)
    for number in 0..<60 {
      let job = pick(0...jobs.count - 1)
      let customer = jobs[job][1]
      let (subtotal, tax) = (pick(1...900_000), pick(0...9_000))
      let retainage = chance(30) ? subtotal / 10 : 0
      let date = pick(0...330)
      let isVoid = chance(15)
      invoices += "\nV\(number),\(customer),J\(job),\(chance(50) ? "standard" : "progress"),"
      invoices += "\(Self.day(date)),Net \(pick(0...60)),\(amount(subtotal)),\(amount(tax)),"
      invoices += "\(amount(retainage)),\(amount(subtotal + tax - retainage)),"
      invoices += isVoid ? "void,\(Self.day(date + pick(1...60)))" : "issued,"
      byJob[job].append("V\(number)")
      let paid = pick(1...subtotal + tax)
      payments += "\nP\(number),\(customer),\(Self.day(date + pick(0...50))),"
      let isDeposit = chance(10)
      payments += isDeposit ? "deposit,J\(job),," : "payment,,,"
      payments += amount(paid)
      if !isDeposit, chance(70) {
        applications += "\nA\(number),\(Self.day(date + pick(0...90))),P\(number),V\(number),"
        applications += "\(amount(pick(1...paid))),\(amount(pick(0...500)))"
      }
      if chance(10) {
        payments += "\nR\(number),\(customer),\(Self.day(date + pick(100...150))),reversal,,"
        payments += "P\(number),\(amount(paid))"
      }
    }
    files["invoices.csv"] = invoices
    files["payments.csv"] = payments
    files["applications.csv"] = applications
    return byJob
  }

  private mutating func work(_ invoices: [[String]]) {
    var times = "timesheet_id,date,technician_id,job_id,pay_type,hours,billable,approved,"
    times += "approved_date,invoice_id"
    var moves =
      "movement_id,date,item_id,type,quantity,unit_cost,job_id,reverses,billable,invoice_id"
    var costs = "cost_id,date,job_id,kind,amount,billable,invoice_id"
    for number in 0..<400 {
      let job = pick(0...invoices.count - 1)
      let day = pick(0...320)
      let invoice = chance(40) ? invoices[job].randomElement(using: &random) ?? "" : ""
      let hours = pick(-8...40)
      quarters[day, default: 0] += hours
      times += "\nTS\(number),\(Self.day(day)),T\(pick(0...1)),J\(job),"
      times += "\(["REG", "OT", "DT", "TRAVEL"][pick(0...3)]),"
      times += "\(Hours(units: Int64(hours) * 2500).text),\(chance(90) ? "yes" : "no"),"
      times += "\(chance(85) ? "yes" : "no"),\(chance(30) ? Self.day(day + 20) : ""),\(invoice)"
      guard number % 3 == 0 else { continue }
      moves += "\nM\(number),\(Self.day(pick(0...100))),I\(pick(0...1)),receipt,\(pick(1...50)),"
      moves += "\(UnitPrice(units: Int64(pick(1...900_000))).text),,,yes,"
      moves += "\nN\(number),\(Self.day(day)),I\(pick(0...2)),issue,\(pick(1...9)).25,,J\(job),,"
      moves += "yes,\(invoice)"
      costs += "\nK\(number),\(Self.day(day)),J\(job),\(CostKind.allCases[pick(0...5)].rawValue),"
      costs += "\(amount(pick(-20_000...90_000))),yes,\(invoice)"
    }
    files["timesheets.csv"] = times
    files["inventory.csv"] = moves
    files["costs.csv"] = costs
  }
}
