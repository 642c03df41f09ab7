internal import Billing
internal import Ledger
internal import Measures

/// `sales-tax`: what was sold in the period and the tax on it, by code and jurisdiction (DESIGN §6).
public enum SalesTaxReport {
  public static let name = "sales-tax"

  /// By tax code, sales without one first, then by component in the order of the file.
  public static func sheet(_ reports: Reports) -> Sheet {
    let keys = reports.book.taxCodes.index.keys
    let ranks = keys.ranks
    let sums = SalesTax(reports.book, reports.period).rows
    let rows = sums.indices.sorted { a, b in
      func key(_ row: Int) -> (Int32, Int) {
        let code = sums[row].code
        return (code.exists ? ranks[code.row] : -1, row)
      }
      return key(a) < key(b)
    }.map { sums[$0] }
    return Sheet(
      report: name, title: "Sales tax", subtitle: reports.periodSubtitle,
      emptySentence: "Nothing was sold in the period, and no tax fell due.",
      columns: columns(keys), rows: rows)
  }

  static func columns(_ codes: TextColumn) -> [ReportColumn<SalesTaxRow>] {
    [
      .id(
        "tax_code", "Tax code", in: codes,
        rule: "The code in tax_codes.csv; empty for sales that no code covers."
      ) { $0.code.row },
      .text(
        "component", "Component",
        rule: "The jurisdiction that takes this part of the tax; empty where the code has none in "
          + "force."
      ) { $0.component },
      .percentage("rate_pct", "Rate %", rule: "The component's rate on the day of the documents.") {
        $0.rate
      },
      .money(
        "taxable", "Taxable", total: .none,
        rule: "Sales that the component taxes, by line; where no line says so, those that give the "
          + "tax of the document at the rates."
      ) { $0.taxable },
      .money(
        "exempt", "Exempt", total: .none,
        rule: "Sales under the code that the component does not tax."
      ) { $0.exempt },
      .money(
        "tax", "Tax",
        rule: "Tax due in the period, negative of credit memos and voids; what is withheld with "
          + "retainage counts when a release bills it."
      ) { $0.tax },
    ]
  }

  /// The tax of all rows against the documents of both days: that of revenue by the control account, that
  /// of others and what is withheld by the documents that stand.
  public static func tieOuts(_ reports: Reports) -> [TieOut] {
    let (book, period) = (reports.book, reports.period)
    let change =
      DocumentStanding(book, on: period.last) - DocumentStanding(book, on: period.opening)
    let control = ControlTotals.documents(
      book, from: reports.openingControl, to: reports.position.control, period)
    let other = DocumentRegister(book, period).entries
      .filter { !book.invoices.type[$0.row].billsRevenue }
      .map { $0.signed(book.invoices.tax[$0.row]) }.sum()
    return [
      TieOut(
        "sales-tax: tax", SalesTax(book, period).rows.map(\.tax).sum(), "all codes and components",
        equals: control.tax + other - change.retainedTax,
        "tax billed in the period less withheld with retainage, released added")
    ]
  }
}

extension ReportKind {
  public static let salesTax = ReportKind(
    SalesTaxReport.name, "sales of the period and the tax on them, by code and jurisdiction",
    rows: "each component of a tax code and each of its rates",
    tables: ["invoices", "tax_codes"], needs: [],
    sheet: SalesTaxReport.sheet, tieOuts: SalesTaxReport.tieOuts)
}
