public import Ledger
public import Measures

/// Sales tax by code, component, the jurisdiction, and day (DESIGN §5, "Tax"; DOMAIN §6.8–9 [S39, S40,
/// S78]).
///
/// A component taxes the kinds of lines that its row says; the row in force on the day of the document
/// counts. Per invoice, the exact tax of a component over the whole document is rounded once, whatever
/// codes name it, and shared out to lines and codes so that all of it adds up; per line each line and
/// component is rounded by itself: 45.30 at 5 % and 33.45 at 10 % are 5.61 and 5.62 (worked example
/// tm-08). Lines with their signs turned are taxed as their mirror.
public struct TaxRates: Sendable {
  /// A row of `tax_codes`.
  struct Version: Sendable {
    var from: Day
    var rate: Percentage
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

  /// The rows of one component of a code, the earliest first.
  struct Component: Sendable {
    let name: String
    fileprivate(set) var versions: [Version] = []

    func inForce(on day: Day) -> Version? { versions.last { $0.from <= day } }
  }

  /// The components of each code, in the order of their first days and rows.
  private let components: [[Component]]
  private let policy: Company.TaxRounding
  private let rounding: Rounding

  public init(_ book: Book) {
    let table = book.taxCodes
    var components = [[Component]](repeating: [], count: table.index.count)
    let rows = table.rows.sorted { (table.effectiveFrom[$0], $0) < (table.effectiveFrom[$1], $1) }
    for row in rows {
      let code = table.id.withBytes(row) { table.index.find($0) }
      guard code.exists else { continue }
      let name = table.component[row]
      let known = components[code.row].firstIndex { $0.name == name }
      let place = known ?? components[code.row].count
      if known == nil { components[code.row].append(Component(name: name)) }
      components[code.row][place].versions.append(
        Version(
          from: table.effectiveFrom[row], rate: table.rate[row].orZero,
          labor: table.taxesLabor[row], material: table.taxesMaterial[row],
          other: table.taxesOther[row]))
    }
    self.components = components
    policy = book.company.taxRounding
    rounding = book.company.rounding
  }

  /// The code of a job's work: its own, else its customer's; `.none` without either.
  public func taxCode(of job: RowID<Jobs>, _ book: Book) -> RowID<TaxCodes> {
    if book.jobs.taxCode[job.row].exists { return book.jobs.taxCode[job.row] }
    guard let customer = book.jobs.customer[job.row].orNil else { return .none }
    return book.customers.taxCode[customer.row].orNil ?? .none
  }

  public func isExempt(_ customer: RowID<Customers>, _ book: Book) -> Bool {
    customer.exists && book.customers.isTaxExempt[customer.row]
  }

  /// Whether a code has a component that taxes a kind of line on a day, whatever its rate.
  public func taxes(_ kind: EntryKind, _ code: RowID<TaxCodes>, on day: Day) -> Bool {
    components(of: code).contains { $0.inForce(on: day)?.taxes(kind) ?? false }
  }

  /// Fills the tax of the lines; what it comes to by component and code adds up to it exactly.
  ///
  /// Rounded as the company says, once a component or once a line; the bases are cents, each rounded
  /// once where a discount is taken off. A component of 0 % is listed with its base.
  ///
  /// - Parameter discount: taken off the base, where early payment always lowers the tax (DOMAIN §6.11
  ///   [S38]).
  public func tax(
    _ lines: inout [DraftLine], on day: Day, discount: Percentage? = nil
  ) -> [DraftTax] {
    let left = Percentage.whole.units - discount.orZero.units
    var parts: [Part] = []
    for place in lines.indices {
      lines[place].tax = .zero
      let line = lines[place]
      guard line.isTaxable else { continue }
      for component in components(of: line.taxCode) {
        guard let version = component.inForce(on: day), version.taxes(line.kind) else { continue }
        parts.append(
          Part(
            line: place, code: line.taxCode, component: component.name, rate: version.rate,
            base: Int128(line.amount.units) * Int128(left)))
      }
    }
    round(&parts)
    for part in parts { lines[part.line].tax += part.tax }
    return summary(parts)
  }

  /// The tax that is withheld with the retainage of the lines (DOMAIN §2.6 [S14, S20]): the same rates
  /// and rounding, on the same days and bases.
  public func retained(
    _ lines: [DraftLine], on day: Day, discount: Percentage? = nil
  ) -> Money {
    var held = lines
    for place in held.indices { held[place].amount = held[place].retainage }
    return tax(&held, on: day, discount: discount).map(\.tax).sum()
  }

  /// The tax of one component on one line.
  private struct Part {
    let line: Int
    let code: RowID<TaxCodes>
    let component: String
    let rate: Percentage
    /// What it is taken of, in cents × `Percentage.whole`.
    let base: Int128
    var tax = Money.zero

    /// The tax in cents × `Percentage.whole` twice.
    var exact: Int128 { base * Int128(rate.units) }
    static let whole = Int128(Percentage.whole.units)
  }

  private func round(_ parts: inout [Part]) {
    switch policy {
    case .line:
      for place in parts.indices {
        parts[place].tax = rounded(parts[place].exact, Part.whole * Part.whole)
      }
    case .invoice:
      for places in Dictionary(grouping: parts.indices, by: { parts[$0].component }).values {
        let shares = roundedShares(
          places.map { parts[$0].exact }, per: Part.whole * Part.whole, rounding)
        for (place, share) in zip(places, shares) { parts[place].tax = share }
      }
    }
  }

  /// By code and component, in the order of the lines.
  private func summary(_ parts: [Part]) -> [DraftTax] {
    var found: [(tax: DraftTax, base: Int128)] = []
    for part in parts {
      let known = found.firstIndex {
        $0.tax.component == part.component && $0.tax.code == part.code
      }
      if let known {
        found[known].tax.tax += part.tax
        found[known].base += part.base
      } else {
        let tax = DraftTax(
          code: part.code, component: part.component, rate: part.rate, base: .zero, tax: part.tax)
        found.append((tax, part.base))
      }
    }
    return found.map { tax, base in
      var tax = tax
      tax.base = rounded(base, Part.whole)
      return tax
    }
  }

  private func rounded(_ exact: Int128, _ denominator: Int128) -> Money {
    roundedQuotient(exact, denominator, rounding).map(Money.init(cents:)) ?? .zero
  }

  /// The jurisdictions of a code; none of `.none`.
  func components(of code: RowID<TaxCodes>) -> [Component] {
    code.exists && code.row < components.count ? components[code.row] : []
  }
}

extension Percentage {
  /// An empty cell counts as nothing.
  fileprivate var orZero: Percentage { isNone ? .zero : self }
}

extension Percentage? {
  fileprivate var orZero: Percentage { self?.orZero ?? .zero }
}
