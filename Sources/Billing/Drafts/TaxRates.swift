import Ledger
import Measures

/// Sales tax by code, component, the jurisdiction, and day (DESIGN §5, "Tax"; DOMAIN §6.8–9 [S39, S40,
/// S78]).
///
/// A component taxes the kinds of lines that its row says; the row in force on the day of the document
/// counts. Per invoice, the exact tax of a component over the whole document is rounded once, whatever
/// codes name it, and shared out to lines and codes so that all of it adds up; per line each line and
/// component is rounded by itself: 45.30 at 5 % and 33.45 at 10 % are 5.61 and 5.62 (worked example
/// tm-08).
struct TaxRates {
  /// A row of `tax_codes` that is in force.
  private struct Rate {
    var component: String
    var percentage: Percentage
    var labor: Bool
    var material: Bool
    var other: Bool

    func taxes(_ kind: EntryKind) -> Bool {
      switch kind {
      case .labor: labor
      case .material: material
      case .other: other
      }
    }
  }

  private let table: TaxCodes
  /// By code: the rows of each of its components, the earliest first.
  private let components: [[[Int]]]
  private let policy: Company.TaxRounding
  private let rounding: Rounding

  init(_ book: Book) {
    let table = book.taxCodes
    var components = [[[Int]]](repeating: [], count: table.index.count)
    let rows = table.rows.sorted { (table.effectiveFrom[$0], $0) < (table.effectiveFrom[$1], $1) }
    for row in rows {
      let code = table.id.withBytes(row) { table.index.find($0) }
      guard code.exists else { continue }
      let name = table.component[row]
      let place = components[code.row].firstIndex { table.component[$0[0]] == name }
      if let place {
        components[code.row][place].append(row)
      } else {
        components[code.row].append([row])
      }
    }
    self.table = table
    self.components = components
    policy = book.company.taxRounding
    rounding = book.company.rounding
  }

  /// The code of a job's work: its own, else its customer's; `.none` without either.
  func taxCode(of job: RowID<Jobs>, _ book: Book) -> RowID<TaxCodes> {
    if book.jobs.taxCode[job.row].exists { return book.jobs.taxCode[job.row] }
    guard let customer = book.jobs.customer[job.row].orNil else { return .none }
    return book.customers.taxCode[customer.row].orNil ?? .none
  }

  func isExempt(_ customer: RowID<Customers>, _ book: Book) -> Bool {
    customer.exists && book.customers.isTaxExempt[customer.row]
  }

  /// Fills the tax of the lines; what it comes to by component and code adds up to it.
  ///
  /// - Parameter discount: taken off the base, where early payment always lowers the tax.
  func tax(
    _ lines: inout [DraftLine], on day: Day, discount: Percentage? = nil
  ) -> [DraftTax] {
    let left = Percentage.whole.units - (discount ?? .zero).units
    var found: [Part] = []
    for place in lines.indices {
      lines[place].tax = .zero
      let line = lines[place]
      guard line.isTaxable, line.taxCode.exists else { continue }
      for rate in rates(line.taxCode, on: day) where rate.taxes(line.kind) {
        let exact =
          Int128(line.amount.units) * Int128(rate.percentage.units) * Int128(left)
        found.append(
          Part(
            line: place, code: line.taxCode, component: rate.component, rate: rate.percentage,
            exact: exact))
      }
    }
    round(&found)
    var taxes: [DraftTax] = []
    for part in found {
      lines[part.line].tax += part.tax
      let place = taxes.firstIndex {
        $0.component == part.component && $0.code == part.code && $0.rate == part.rate
      }
      if let place {
        taxes[place].base += lines[part.line].amount
        taxes[place].tax += part.tax
      } else {
        taxes.append(
          DraftTax(
            code: part.code, component: part.component, rate: part.rate,
            base: lines[part.line].amount, tax: part.tax))
      }
    }
    return taxes
  }

  /// The tax that is withheld with the retainage of the lines (DOMAIN §2.6 [S14, S20]).
  func retained(
    _ lines: [DraftLine], on day: Day, discount: Percentage? = nil
  ) -> Money {
    var held = lines
    for place in held.indices { held[place].amount = held[place].retainage }
    return tax(&held, on: day, discount: discount).map(\.tax).sum()
  }

  /// The tax of one component on one line, in hundredths of a cent of a percent of a percent until it is
  /// rounded.
  private struct Part {
    let line: Int
    let code: RowID<TaxCodes>
    let component: String
    let rate: Percentage
    let exact: Int128
    var tax = Money.zero
  }

  private static var denominator: Int128 { 100_0000 * 100_0000 }

  private func round(_ parts: inout [Part]) {
    guard policy == .invoice else {
      for place in parts.indices { parts[place].tax = rounded(parts[place].exact) }
      return
    }
    for component in Set(parts.map(\.component)) {
      let places = parts.indices.filter { parts[$0].component == component }
      let sum = places.reduce(Int128(0)) { $0 + parts[$1].exact }
      let shares = largestRemainders(places.map { parts[$0].exact }, total: rounded(sum))
      for (place, share) in zip(places, shares) { parts[place].tax = share }
    }
  }

  private func rounded(_ exact: Int128) -> Money {
    roundedQuotient(exact, Self.denominator, rounding).map(Money.init(cents:)) ?? .zero
  }

  /// Whole cents for each share that add up to the total, which is their sum rounded: cents left over go
  /// to the largest remainders, the earlier first; a negative total is split as its mirror.
  private func largestRemainders(_ shares: [Int128], total: Money) -> [Money] {
    if total < .zero { return largestRemainders(shares.map { -$0 }, total: -total).map { -$0 } }
    var cents: [Money] = []
    var remainders: [(place: Int, remainder: Int128)] = []
    for (place, share) in shares.enumerated() {
      var (quotient, remainder) = share.quotientAndRemainder(dividingBy: Self.denominator)
      if remainder < 0 {
        quotient -= 1
        remainder += Self.denominator
      }
      cents.append(Money(cents: Int64(truncatingIfNeeded: quotient)))
      remainders.append((place, remainder))
    }
    var left = (total - cents.sum()).units
    for (place, _) in remainders.sorted(by: { ($1.remainder, $0.place) < ($0.remainder, $1.place) })
    {
      guard left > 0 else { break }
      cents[place].units += 1
      left -= 1
    }
    return cents
  }

  /// What is in force on a day, component by component.
  private func rates(_ code: RowID<TaxCodes>, on day: Day) -> [Rate] {
    guard code.row < components.count else { return [] }
    return components[code.row].compactMap { rows in
      guard let row = rows.last(where: { table.effectiveFrom[$0] <= day }) else { return nil }
      return Rate(
        component: table.component[row], percentage: table.rate[row].orNil ?? .zero,
        labor: table.taxesLabor[row], material: table.taxesMaterial[row],
        other: table.taxesOther[row])
    }
  }
}
