import Ledger
import Measures

/// Documents of every type with tax, retainage and deposits, drawn from a seed, and the cash on them, as
/// CSV files. Some rows cannot be; import sets those aside.
struct RandomDocuments {
  private(set) var files: [String: String] = [:]
  private var random: SplitMix64
  private var invoices =
    "invoice_id,customer_id,job_id,type,date,subtotal,tax,deposit,retainage,retainage_tax,"
    + "write_off,total,credits_invoice_id,status,void_date"
  private var lines =
    "invoice_id,line_no,job_id,kind,description,amount,tax_code,taxable,tax,retainage"
  private var payments = "payment_id,customer_id,date,type,job_id,reverses,amount"
  private var applications =
    "application_id,date,source_type,source_id,invoice_id,amount,discount_taken"
  /// The documents of each customer so far, with their days.
  private var ids = [[(id: String, type: InvoiceType, day: Int)]](repeating: [], count: 4)

  init(seed: UInt64) {
    random = SplitMix64(state: seed)
    files["customers.csv"] = """
      customer_id,name,tax_code,tax_exempt
      C0,A,A,no
      C1,B,B,no
      C2,C,,no
      C3,D,A,yes
      """
    files["jobs.csv"] =
      "job_id,customer_id,name,billing_method,contract_amount,status,completion_date,tax_code"
      + (0..<8).map {
        "\nJ\($0),C\($0 % 4),Job,fixed_price,9000,complete,2026-0\($0 + 2)-15,\($0 == 5 ? "A" : "")"
      }
      .joined()
    files["tax_codes.csv"] = """
      tax_code,component,rate_pct,labor,material,other,effective_from
      A,State,6.25,no,yes,yes,2025-01-01
      A,City,2.25,no,yes,no,2025-01-01
      A,City,2.5,no,yes,no,2026-07-01
      B,All,10,yes,yes,yes,2025-01-01
      """
    files["opening_balances.csv"] = """
      date,customer_id,job_id,measure,amount
      2025-12-31,C0,J0,retainage,432.10
      2026-03-15,C1,J1,deposit,77.70
      2026-03-15,C1,J1,billed,1000
      2026-02-10,C2,,unapplied,-55.05
      """
    for number in 0..<150 { document(number) }
    for number in 0..<110 { payment(number) }
    files["invoices.csv"] = invoices
    files["invoice_lines.csv"] = lines
    files["payments.csv"] = payments
    files["applications.csv"] = applications
  }

  private mutating func pick(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  private mutating func chance(_ percent: Int) -> Bool { pick(1...100) <= percent }

  private func amount(_ cents: Int) -> String { Money(cents: Int64(cents)).text }

  /// A job of the customer, or none.
  private mutating func job(of customer: Int) -> String {
    chance(80) ? "J\(customer + 4 * pick(0...1))" : ""
  }

  private mutating func document(_ number: Int) {
    let (customer, date) = (pick(0...3), pick(0...330))
    let type = InvoiceType.allCases[[0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 7][pick(0...13)]]
    let size = pick(1...90_000)
    var (subtotal, tax, deposit, retainage, retainageTax, writeOff) = (0, 0, 0, 0, 0, 0)
    switch type {
    case .standard, .progress:
      subtotal = size * 10
      tax = chance(60) ? pick(0...size) : 0
      if chance(40) { (retainage, retainageTax) = (size, chance(30) ? tax / 10 : 0) }
      if type == .progress, chance(20) { retainage = -size / 2 }
      if chance(20) { deposit = -pick(1...size) }
    case .deposit: deposit = size
    case .retainageRelease: (retainage, retainageTax) = (-size, chance(20) ? -size / 11 : 0)
    case .creditMemo:
      (subtotal, tax) = (-size, chance(50) ? -pick(0...size / 9) : 0)
      if chance(30) { retainage = -size / 10 }
    case .writeOff:
      writeOff = chance(80) ? size / 5 + 1 : -size / 9 - 1
      if chance(40) { (writeOff, retainage) = (size / 3 + 1, -size / 3 - 1) }
    case .financeCharge: subtotal = size / 20
    case .depositForfeit: (deposit, subtotal, tax) = (-size, size - size / 11, size / 11)
    }
    let total = subtotal + tax + deposit - retainage - writeOff
    let credited = type == .creditMemo || type == .retainageRelease || type == .depositForfeit
    let credits =
      credited && chance(60) ? ids[customer].randomElement(using: &random)?.id ?? "" : ""
    let job = job(of: customer)
    let cells = [subtotal, tax, deposit, retainage, retainageTax, writeOff, total].map(amount)
    invoices += "\nV\(number),C\(customer),\(job),\(type.rawValue),\(RandomCompany.day(date)),"
    invoices += cells.joined(separator: ",") + ",\(credits),"
    invoices += chance(15) ? "void,\(RandomCompany.day(date + pick(0...90)))" : "issued,"
    ids[customer].append(("V\(number)", type, date))
    if type.billsRevenue, chance(50) { line(number, customer, subtotal, tax, retainage) }
  }

  /// One line or two that take the document apart, now and then not all of it.
  private mutating func line(
    _ number: Int, _ customer: Int, _ subtotal: Int, _ tax: Int, _ retainage: Int
  ) {
    let (part, ownTax) = (subtotal / pick(1...4), chance(70))
    let parts = chance(80) ? [part, subtotal - part] : [part]
    for (place, amount) in parts.enumerated() where amount != 0 {
      let share = place == 0 ? tax / parts.count : tax - tax / parts.count
      let held = place == 0 ? retainage / parts.count : retainage - retainage / parts.count
      lines += "\nV\(number),\(place + 1),\(job(of: customer)),"
      lines += "\(EntryKind.allCases[pick(0...2)].rawValue),Work,\(self.amount(amount)),"
      lines += "\(["", "A", "B"][pick(0...2)]),\(["", "yes", "no"][pick(0...2)]),"
      lines += "\(ownTax ? self.amount(share) : ""),\(chance(70) ? self.amount(held) : "")"
    }
  }

  private mutating func payment(_ number: Int) {
    let (customer, date, size) = (pick(0...3), pick(0...330), pick(1...200_000))
    let type = [PaymentType.payment, .payment, .payment, .deposit, .refund][pick(0...4)]
    payments += "\nP\(number),C\(customer),\(RandomCompany.day(date)),\(type.rawValue),"
    payments += "\(type == .deposit ? job(of: customer) : ""),,\(amount(size))"
    if type == .deposit, chance(40) {
      payments += "\nF\(number),C\(customer),\(RandomCompany.day(date + pick(0...60))),refund,,"
      payments += "P\(number),\(amount(pick(1...size)))"
    }
    if chance(12) {
      payments += "\nR\(number),C\(customer),\(RandomCompany.day(date + pick(0...60))),reversal,,"
      payments += "P\(number),\(amount(size))"
    }
    guard chance(80) else { return }
    for part in 0..<pick(1...2) {
      guard let target = ids[customer].randomElement(using: &random) else { continue }
      applications += "\nA\(number)-\(part),\(RandomCompany.day(date + pick(0...60))),"
      applications += "\(type.rawValue),P\(number),\(target.id),\(amount(pick(1...size / 2 + 1))),"
      applications += chance(20) ? amount(pick(1...200)) : ""
    }
    guard let source = ids[customer].randomElement(using: &random),
      let target = ids[customer].randomElement(using: &random), source.id != target.id
    else { return }
    let sources: [InvoiceType: String] = [
      .deposit: "deposit", .creditMemo: "credit_memo", .writeOff: "write_off",
    ]
    guard let name = sources[source.type] else { return }
    applications += "\nB\(number),\(RandomCompany.day(max(source.day, target.day) + pick(0...40))),"
    applications += "\(name),\(source.id),\(target.id),\(amount(pick(1...30_000))),"
  }
}
