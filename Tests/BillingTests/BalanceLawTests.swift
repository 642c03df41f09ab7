import Billing
import Ledger
import Measures
import Reporting
import Testing

/// Laws that hold for any book: every total by two roads, on every day.
struct BalanceLawTests {
  @Test(arguments: 0..<60)
  func `every figure ties out on every day`(seed: UInt64) {
    var random = SplitMix(seed)
    let made = randomBook(&random)
    for day in stride(from: 0, through: 160, by: 20) {
      let position = made.position(("2026-01-01" as Day) + day, cost: ["J-1": "1234.56"])
      #expect(position.failures == [], "seed \(seed), day \(day)")
      let aging = AgingReport.sheet(position)
      let buckets = aging.columns.map(\.key).filter { $0 == "not_due" || $0.contains("_") }
        .filter { $0.hasPrefix("not_") || $0.hasPrefix("days_") || $0 == "over_90" }
      #expect(buckets.map { aging.total(of: $0) }.reduce(0, +) == aging.total(of: "open"))
    }
  }

  /// RELIABILITY §4.1: a payment and its reversal leave the aging as it was.
  @Test(arguments: 0..<20)
  func `a payment and its reversal change nothing`(seed: UInt64) {
    var random = SplitMix(seed)
    var made = randomBook(&random)
    let before = made.position("2026-06-30")
    made.payment("PX", "C-1", "2026-03-01", "77.77")
    made.apply("PX", to: "D-1", "2026-03-01", "50.00")
    made.payment("PY", "C-1", "2026-05-01", "77.77", .reversal, reverses: "PX")
    let after = made.position("2026-06-30")
    let (a, b) = (AgingReport.sheet(before), AgingReport.sheet(after))
    #expect(
      (0..<a.rowCount).map { a.row($0).dropLast() } == (0..<b.rowCount).map { b.row($0).dropLast() }
    )
  }

  /// Documents of every type, payments, applications, voids, reversals and lines over several jobs,
  /// as no accountant would make them.
  func randomBook(_ random: inout SplitMix) -> DocumentsBook {
    var made = DocumentsBook()
    made.book.company.aging.depositRequests = random.next(2) == 0
    for customer in 1...4 {
      made.customer("C-\(customer)", terms: ["", "Net 30", "EOM"][random.next(3)])
    }
    for job in 1...5 {
      made.job(
        "J-\(job)", "C-\(random.next(4) + 1)",
        [.fixedPrice, .timeAndMaterials, .costPlus, .noCharge][random.next(4)],
        contract: Money(cents: Int64(random.next(500_000))), estimate: Money(cents: 200_000))
    }
    func day(_ random: inout SplitMix) -> Day { ("2026-01-01" as Day) + random.next(150) }
    func amount(_ random: inout SplitMix) -> Money { Money(cents: Int64(random.next(100_000) + 1)) }
    for number in 1...40 {
      let type = InvoiceType.allCases[random.next(InvoiceType.allCases.count)]
      let size = amount(&random)
      let issued = day(&random)
      made.invoice(
        "D-\(number)", "C-\(random.next(4) + 1)",
        job: random.next(4) == 0 ? "" : "J-\(random.next(5) + 1)",
        issued, type,
        subtotal: type == .creditMemo ? -size : type.bills ? size : .zero,
        tax: type.bills ? Money(cents: size.cents / 12) : .zero,
        deposit: type == .deposit ? size : type.bills && random.next(4) == 0 ? "-5.00" : .zero,
        retainage: type.bills
          ? Money(cents: size.cents / 10) : type == .retainageRelease ? -size : .zero,
        writeOff: type == .writeOff ? size : .zero,
        voided: random.next(8) == 0 ? issued + random.next(40) : .none)
      guard random.next(3) == 0 else { continue }
      for _ in 0...random.next(3) {
        made.line(
          "D-\(number)", job: "J-\(random.next(5) + 1)", Money(cents: size.cents / 3),
          retainage: random.next(2) == 0 ? .none : "1.00")
      }
    }
    for number in 1...25 {
      let type = [PaymentType.payment, .payment, .deposit, .refund][random.next(4)]
      let (customer, received, size) = ("C-\(random.next(4) + 1)", day(&random), amount(&random))
      made.payment(
        "P-\(number)", customer, received, size, type, job: random.next(2) == 0 ? "" : "J-1")
      if random.next(6) == 0 {
        made.payment(
          "R-\(number)", customer, received + random.next(30), size, .reversal,
          reverses: "P-\(number)")
      }
    }
    for _ in 1...60 {
      let source = random.next(2) == 0 ? "P-\(random.next(25) + 1)" : "D-\(random.next(40) + 1)"
      made.apply(
        source, to: "D-\(random.next(40) + 1)", day(&random), amount(&random),
        discount: random.next(5) == 0 ? "3.21" : .zero)
    }
    made.opening("2026-02-01", .unapplied, "-12.00", customer: "C-2")
    made.opening("2026-02-01", .retainage, "99.00", job: "J-2")
    made.opening("2026-02-01", .deposit, "50.00", job: "J-2")
    made.opening("2026-02-01", .billed, "990.00", job: "J-2")
    made.opening("2026-02-01", .received, "500.00", job: "J-2")
    made.change("J-1", "2026-02-01", "100.00", approved: "2026-04-01")
    return made
  }
}

extension InvoiceType {
  fileprivate var bills: Bool { self == .standard || self == .progress }
}

/// A generator of numbers that are the same in every run.
struct SplitMix {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }

  mutating func next(_ below: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(below))
  }
}
