import Billing
import Ledger
import Measures
import Testing

/// Laws of the journal that hold for any book, between any two days.
struct JournalLawTests {
  @Test(arguments: 0..<80)
  func `entries balance and lead from the accounts before to those after`(seed: UInt64) {
    var random = SplitMix(seed)
    let made = book(&random)
    for _ in 1...3 {
      let first = ("2026-01-02" as Day) + random.next(120)
      let journal = journal(made, first, first + random.next(90))
      for entry in journal.entries {
        #expect(entry.imbalance.isZero, "seed \(seed), \(entry)")
        #expect(journal.period.contains(entry.day))
      }
      for role in journal.closing.roles {
        #expect(
          journal.opening[role] + journal.change(role) == journal.closing[role],
          "seed \(seed), \(role), \(journal.period.first.text) to \(journal.period.last.text)")
      }
      let revenue = -(journal.change(.revenue) + journal.change(.overUnder))
      #expect(revenue == journal.earned, "seed \(seed), from \(first.text)")
      #expect(Set(journal.entries.map(\.id)).count == journal.entries.count, "an id used twice")
    }
  }

  /// The months' journals together move every account as the journal of all of them does.
  @Test(arguments: 0..<20)
  func `months one after the other are the whole`(seed: UInt64) {
    var random = SplitMix(seed &+ 1000)
    let made = book(&random)
    let whole = journal(made, "2026-01-01", "2026-06-30")
    let months = (1...6).map { number in
      let month = Month(year: 2026, month: number)
      return journal(made, month.first, month.last)
    }
    for role in AccountRole.allCases {
      #expect(
        whole.change(role) == months.map { $0.change(role) }.sum(), "seed \(seed), \(role)")
    }
    #expect(whole.entries.map(\.id) == months.flatMap(\.entries).map(\.id))
    #expect(whole.entries.count > 60)
  }

  private func journal(_ made: DocumentsBook, _ first: Day, _ last: Day) -> Journal {
    /// Two jobs cost more every day: one of them may be a loss.
    func position(_ day: Day) -> Position {
      let days = Int64(max(0, day - ("2026-01-01" as Day)))
      return made.position(
        day, cost: ["J-1": Money(cents: days * 1_234), "J-2": Money(cents: days * 777)])
    }
    guard let period = Period(from: first, through: last) else {
      preconditionFailure("the first day comes first")
    }
    return Journal(
      position(last), opening: position(period.opening), work: nil, period: period,
      standings: Journal.days(in: made.book, period).map { JobStandings(position($0)) })
  }

  /// A random book with what it lacks: requests that are taxed on receipt, refunds of direct deposits,
  /// retained tax, an allowance.
  private func book(_ random: inout SplitMix) -> DocumentsBook {
    var made = BalanceLawTests().randomBook(&random)
    made.book.company.discounts.tax = random.next(2) == 0 ? .never : .onEarlyPayment
    if random.next(2) == 0 {
      made.book.company.allowance.matrix = [
        .init(days: 0, rate: Percentage(units: 1_0000)),
        .init(days: 31, rate: Percentage(units: 12_5000)),
      ]
      made.book.company.allowance.retainage = Percentage(units: 2_0000)
    }
    func day(_ random: inout SplitMix) -> Day { ("2026-01-01" as Day) + random.next(150) }
    for number in 1...8 {
      let issued = day(&random)
      made.invoice(
        "T-\(number)", "C-\(random.next(4) + 1)", issued, .deposit,
        tax: Money(cents: Int64(random.next(900))),
        deposit: Money(cents: Int64(random.next(9_000) + 1)),
        voided: random.next(6) == 0 ? issued + random.next(50) : .none)
      made.invoice(
        "X-\(number)", "C-\(random.next(4) + 1)", job: "J-\(random.next(5) + 1)", day(&random),
        .progress, subtotal: "400.00", tax: "33.00", retainage: "43.30", retainedTax: "3.30")
      made.payment(
        "F-\(number)", "C-1", day(&random), Money(cents: Int64(random.next(5_000) + 1)), .refund,
        reverses: "P-\(random.next(25) + 1)")
    }
    for _ in 1...40 {
      let sources = [
        "P-\(random.next(25) + 1)", "D-\(random.next(40) + 1)", "T-\(random.next(8) + 1)",
        "F-\(random.next(8) + 1)",
      ]
      let targets = [
        "T-\(random.next(8) + 1)", "T-\(random.next(8) + 1)", "D-\(random.next(40) + 1)",
      ]
      made.apply(
        sources[random.next(4)], to: targets[random.next(3)], day(&random),
        Money(cents: Int64(random.next(4_000) + 1)),
        discount: random.next(4) == 0 ? "1.11" : .zero)
    }
    return made
  }
}
