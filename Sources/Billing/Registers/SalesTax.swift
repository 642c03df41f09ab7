public import Ledger
public import Measures

/// What a jurisdiction's share of the sales of a period was, under one tax code at one rate.
public struct SalesTaxRow: Sendable {
  /// `.none`: sales that no code covers.
  public let code: RowID<TaxCodes>
  /// Empty where the code has no component in force.
  public let component: String
  /// Nil without a component.
  public let rate: Percentage?
  public var taxable = Money.zero
  /// Sales under the code that the component did not tax.
  public var exempt = Money.zero
  public var tax = Money.zero
}

/// Sales tax of the documents of a period, by code and component (DESIGN §5, §6; DOMAIN §6.8 [S78]).
///
/// Tax counts when it is due: `tax − retainage_tax`, so that tax withheld with retainage counts with the
/// release that bills it, and so do the sales under it (DOMAIN §2.6 [S20]); a write-off bills no tax.
/// Sales are subtotals of revenue and forfeited deposits, and deposits that are taxed on receipt. Voids and
/// credit memos are negative.
///
/// The tax is the documents' own. A document is split by the codes of its lines, each with its tax where
/// the lines' tax adds up to the document's, else with its part by base and rate; what the lines leave is
/// under the code of the job or customer. Components of a code share its tax by base and rate, exactly
/// (largest remainders). Where no line says what was taxed, the taxable part is the one that gives the tax
/// at the rates of the code, to the cent.
public struct SalesTax: Sendable {
  /// By code in the order of their first rows, `.none` first, then by component and rate.
  public let rows: [SalesTaxRow]

  public init(_ book: Book, _ period: Period) {
    let documents = TaxedDocuments(book)
    var sums = SalesTaxSums(codes: book.taxCodes.index.count)
    for entry in DocumentRegister(book, period).entries {
      for sale in documents.sales(of: entry.row) { sums.add(sale, entry) }
    }
    rows = sums.rows
  }
}

/// What a document sold under one code.
struct TaxedSale {
  /// What a component took of it.
  struct Share {
    let component: Int
    let name: String
    let rate: Percentage
    var taxable = Money.zero
    var tax = Money.zero
  }

  let code: RowID<TaxCodes>
  var base = Money.zero
  var tax = Money.zero
  /// The components in force on the day.
  var shares: [Share] = []
}

private struct SalesTaxSums {
  /// By code, `.none` first.
  private var byCode: [[(component: Int, row: SalesTaxRow)]]

  init(codes: Int) { byCode = Array(repeating: [], count: codes + 1) }

  mutating func add(_ sale: TaxedSale, _ entry: RegisterEntry) {
    for share in sale.shares {
      add(
        SalesTaxRow(
          code: sale.code, component: share.name, rate: share.rate,
          taxable: entry.signed(share.taxable), exempt: entry.signed(sale.base - share.taxable),
          tax: entry.signed(share.tax)), share.component)
    }
    let unshared = sale.tax - sale.shares.map(\.tax).sum()
    guard sale.shares.isEmpty || !unshared.isZero else { return }
    let base = sale.shares.isEmpty ? entry.signed(sale.base) : .zero
    add(
      SalesTaxRow(
        code: sale.code, component: "", rate: nil, taxable: unshared.isZero ? .zero : base,
        exempt: unshared.isZero ? base : .zero, tax: entry.signed(unshared)), -1)
  }

  private mutating func add(_ row: SalesTaxRow, _ component: Int) {
    let code = row.code.row + 1
    let place = byCode[code].firstIndex { $0.component == component && $0.row.rate == row.rate }
    guard let place else { return byCode[code].append((component, row)) }
    byCode[code][place].row.taxable += row.taxable
    byCode[code][place].row.exempt += row.exempt
    byCode[code][place].row.tax += row.tax
  }

  var rows: [SalesTaxRow] {
    byCode.flatMap { rows in
      rows.sorted {
        ($0.component, $0.row.rate?.units ?? 0) < ($1.component, $1.row.rate?.units ?? 0)
      }.map(\.row)
    }
  }
}
