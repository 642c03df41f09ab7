import Ledger
import Measures

/// What each document sold, and its tax, by code and component.
struct TaxedDocuments {
  private let book: Book
  private let rates: TaxRates
  private let lines: LinesByDocument

  init(_ book: Book) {
    self.book = book
    rates = TaxRates(book)
    lines = LinesByDocument(book)
  }

  /// The sales of a document by code; nothing where it sold nothing and no tax is due on it.
  func sales(of row: Int) -> [TaxedSale] {
    let invoices = book.invoices
    let held = invoices.type[row] == .writeOff ? .zero : invoices.retainageTax[row].orZero
    let tax = invoices.tax[row].orZero
    guard !base(row).isZero || !tax.isZero || !held.isZero else { return [] }
    var parts = parts(row)
    share(tax, to: &parts, on: invoices.day[row])
    if !held.isZero { hold(held, invoices.retainage[row].orZero, &parts) }
    var sales: [TaxedSale] = []
    for part in parts {
      let known = sales.firstIndex { $0.code == part.code }
      if known == nil { sales.append(TaxedSale(code: part.code, on: invoices.day[row], rates)) }
      sales[known ?? sales.count - 1].add(part, rates, on: invoices.day[row])
    }
    for place in sales.indices { sales[place].shareTax() }
    return sales
  }

  /// What counts as sold, before retainage.
  private func base(_ row: Int) -> Money {
    let invoices = book.invoices
    switch invoices.type[row] {
    case .standard, .progress, .creditMemo, .depositForfeit: return invoices.subtotal[row].orZero
    case .deposit: return invoices.tax[row].orZero.isZero ? .zero : invoices.deposit[row].orZero
    case .retainageRelease, .writeOff, .financeCharge: return .zero
    }
  }

  /// The lines, and what they leave of the document.
  private func parts(_ row: Int) -> [TaxedPart] {
    let (invoices, columns) = (book.invoices, book.invoiceLines)
    let customer = invoices.customer[row].orNil ?? .none
    let isExempt = rates.isExempt(customer, book)
    var rest = base(row)
    var parts: [TaxedPart] = []
    if invoices.type[row].billsRevenue {
      for line in lines.of(row) {
        let job = columns.job[line].orNil ?? invoices.job[row]
        let amount = columns.amount[line].orZero
        parts.append(
          TaxedPart(
            code: columns.taxCode[line].orNil ?? code(job, customer), kind: columns.kind[line],
            base: amount, tax: columns.tax[line].orZero,
            says: isExempt ? false : columns.isTaxable[line]))
        rest -= amount
      }
    }
    if !rest.isZero || parts.isEmpty {
      parts.append(
        TaxedPart(
          code: code(invoices.job[row], customer), base: rest, says: isExempt ? false : nil))
    }
    return parts
  }

  private func code(_ job: RowID<Jobs>, _ customer: RowID<Customers>) -> RowID<TaxCodes> {
    if job.exists, let code = rates.taxCode(of: job, book).orNil { return code }
    return customer.exists ? book.customers.taxCode[customer.row].orNil ?? .none : .none
  }

  /// Gives the parts the document's tax: their own where it adds up to it, else by base and rate.
  private func share(_ tax: Money, to parts: inout [TaxedPart], on day: Day) {
    let weights = parts.map { part in
      part.says == false
        ? 0 : weight(part.base, at: rates.rate(part.code, part.kind, on: day))
    }
    let isOwn = parts.map(\.tax).sum() == tax
    if !isOwn {
      // Tax that no code explains is on all of it.
      let isExplained = weights.contains { $0 != 0 }
      let shares = split(tax, by: isExplained ? weights : parts.map { Int128($0.base.units) })
      for place in parts.indices { parts[place].tax = shares[place] }
    }
    for place in parts.indices {
      let isMeant = weights[place] != 0 && (!isOwn || parts[place].says == true)
      parts[place].isTaxed = !parts[place].tax.isZero || (isMeant && !tax.isZero)
    }
  }

  /// Takes the withheld tax off, and the sales it is withheld on.
  private func hold(_ tax: Money, _ retainage: Money, _ parts: inout [TaxedPart]) {
    let taxes = split(tax, by: parts.map { Int128($0.tax.units) })
    let bases = split(retainage - tax, by: parts.map { Int128($0.base.units) })
    for place in parts.indices {
      parts[place].tax -= taxes[place]
      parts[place].base -= bases[place]
      if !parts[place].tax.isZero { parts[place].isTaxed = true }
    }
  }
}

/// A line of a document, or what the lines leave of it.
struct TaxedPart {
  let code: RowID<TaxCodes>
  /// Nil where nobody says what was sold.
  var kind: EntryKind?
  var base: Money
  var tax = Money.zero
  /// Whether it is said to be taxed; nil where nothing is said.
  let says: Bool?
  var isTaxed = false
}

extension TaxRates {
  /// The rates together that tax a kind of line on a day; of no kind, those that tax any.
  fileprivate func rate(_ code: RowID<TaxCodes>, _ kind: EntryKind?, on day: Day) -> Percentage {
    components(of: code).compactMap { $0.inForce(on: day) }.filter { $0.taxes(kind) }
      .map(\.rate).sum()
  }
}

extension TaxRates.Version {
  fileprivate func taxes(_ kind: EntryKind?) -> Bool {
    kind.map { taxes($0) } ?? (labor || material || other)
  }
}

extension TaxedSale {
  fileprivate init(code: RowID<TaxCodes>, on day: Day, _ rates: TaxRates) {
    self.code = code
    for (place, component) in rates.components(of: code).enumerated() {
      guard let version = component.inForce(on: day) else { continue }
      shares.append(Share(component: place, name: component.name, rate: version.rate))
    }
  }

  fileprivate mutating func add(_ part: TaxedPart, _ rates: TaxRates, on day: Day) {
    base += part.base
    tax += part.tax
    guard part.isTaxed else { return }
    let taxable = part.taxable(at: rates.rate(code, part.kind, on: day))
    for place in shares.indices {
      let component = rates.components(of: code)[shares[place].component]
      guard component.inForce(on: day)?.taxes(part.kind) == true else { continue }
      shares[place].taxable += taxable
    }
  }

  /// Shares the tax by what each component takes of its base, exactly.
  fileprivate mutating func shareTax() {
    let weights = shares.map { weight($0.taxable, at: $0.rate) }
    guard weights.contains(where: { $0 != 0 }) else { return }
    for (place, part) in split(tax, by: weights).enumerated() { shares[place].tax = part }
  }
}

extension TaxedPart {
  /// The taxed part of it: all of a line; of what nobody describes, as much as gives the tax.
  fileprivate func taxable(at rate: Percentage) -> Money {
    guard kind == nil, !rate.isZero,
      let derived = tax.scaled(Percentage.whole.units, of: rate.units, .halfAwayFromZero)
    else { return base }
    // Rounded tax may stand for some cents more than was sold.
    let isAbove = base.units.magnitude < derived.units.magnitude
    return isAbove && (base < .zero) == (derived < .zero) ? base : derived
  }
}

private func weight(_ amount: Money, at rate: Percentage) -> Int128 {
  Int128(amount.units) * Int128(rate.units)
}

/// Splits an amount by weights of either sign, exactly, by largest remainders; evenly where they cancel out.
private func split(_ amount: Money, by weights: [Int128]) -> [Money] {
  let sum = weights.reduce(0, +)
  guard sum != 0 else { return amount.split(by: weights.map { _ in 1 }) }
  let sign: Int128 = sum < 0 ? -1 : 1
  return roundedShares(
    weights.map { $0 * Int128(amount.units) * sign }, per: sum * sign, .halfAwayFromZero)
}
