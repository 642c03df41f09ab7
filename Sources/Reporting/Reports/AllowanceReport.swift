internal import Billing
internal import Ledger
internal import Measures

/// `allowance`: the allowance for credit losses that is required, and what the period charges for it
/// (DOMAIN §5.7).
enum AllowanceReport {
  static let name = "allowance"

  /// The steps of the matrix, the retainage pool, and the account from the day before the period on.
  static func sheet(_ reports: Reports) -> Sheet {
    let hasMatrix = reports.book.company.allowance.hasSteps
    return Sheet(
      report: name, title: "Allowance for credit losses", subtitle: reports.periodSubtitle,
      emptySentence:
        "company.toml has neither a matrix nor roll rates under [allowance], so no allowance "
        + "is worked out.",
      columns: columns, rows: hasMatrix ? rows(change(reports)) : [])
  }

  private struct Row: Sendable {
    let bucket: String
    var open = Money.none
    var rate: Percentage?
    let required: Money
  }

  private static func rows(_ change: AllowanceChange) -> [Row] {
    let pools = (change.closing.steps + [change.closing.retainage]).map { pool in
      Row(bucket: pool.key, open: pool.open, rate: pool.loss.percentage, required: pool.required)
    }
    return pools + [
      Row(bucket: "opening", required: change.opening.required),
      Row(bucket: "write_offs", required: change.writeOffs),
      Row(bucket: "recoveries", required: change.recoveries),
      Row(bucket: "expense", required: change.expense),
    ]
  }

  private static let columns: [ReportColumn<Row>] = [
    .id(
      "bucket", "Bucket",
      rule: "A step of the matrix by days past due, then retainage_pool; below them the account: "
        + "opening, write_offs, recoveries and expense."
    ) { $0.bucket },
    .money(
      "open", "Open",
      rule: "Open of ar-aging by days past due, from the due date; of the retainage pool the "
        + "retainage held."
    ) { $0.open },
    .percentage(
      "rate_pct", "Rate %",
      rule:
        "From the allowance matrix of company.toml; of its roll rates the product of the step's own "
        + "and all later ones, shown to four decimals."
    ) {
      $0.rate
    },
    .money(
      "required", "Required", total: .none,
      rule:
        "Open × rate: the balance the allowance must have. Below it the account: opening is what "
        + "was required on the day before the period; expense = required − (opening − write-offs "
        + "+ recoveries)."
    ) { $0.required },
  ]

  private static func change(_ reports: Reports) -> AllowanceChange {
    let position = reports.position
    return AllowanceChange(
      reports.book, reports.period, position.documents.balances, position.customers)
  }

  static func tieOuts(_ reports: Reports) -> [TieOut] {
    guard reports.book.company.allowance.hasSteps else { return [] }
    let change = change(reports)
    let before = ControlTotals(reports.book, asOf: reports.period.opening)
    return pools("allowance", change.closing, reports.position.control)
      + pools("allowance: opening", change.opening, before) + [
        TieOut(
          "allowance: write-offs", change.writeOffs - change.recoveries,
          "written off less recovered in the period",
          equals: writtenOff(reports.book, asOf: reports.period.last)
            - writtenOff(reports.book, asOf: reports.period.opening),
          "write-offs that stand on its last day less those of the day before it")
      ]
  }

  private static func pools(
    _ name: String, _ allowance: Allowance, _ control: ControlTotals
  ) -> [TieOut] {
    [
      TieOut(
        "\(name): open", allowance.steps.map(\.open).sum(), "open of all steps",
        equals: control.open, "documents issued less applications, credit memos apart"),
      TieOut(
        "\(name): retainage", allowance.retainage.open, "the retainage pool",
        equals: control.retainage, "retainage of all documents, less those void"),
    ]
  }

  private static func writtenOff(_ book: Book, asOf: Day) -> Money {
    book.invoices.rows
      .filter { book.invoices.type[$0] == .writeOff && book.invoices.isLive($0, on: asOf) }
      .map { book.invoices.writeOff[$0] }.sum()
  }
}

extension ReportKind {
  public static let allowance = ReportKind(
    AllowanceReport.name, "the allowance for credit losses, required and charged",
    rows: "each step of the matrix and the retainage pool, then for each movement of the "
      + "account",
    tables: ["invoices", "payments", "applications"], needs: [],
    sheet: AllowanceReport.sheet, tieOuts: AllowanceReport.tieOuts)
}
