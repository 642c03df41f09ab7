internal import Billing
internal import Ledger
internal import Measures

extension Reports {
  /// The reports of a company without a row, under the default policies: their titles and columns, for
  /// a page that explains them.
  public static var ofEmptyBook: Reports {
    // Whatever the day, nothing is dated before or after it.
    let period = Period(monthThrough: Day(number: 0))
    let closing = Closing(Book(), asOf: period.last, keepsRows: true)
    let opening = Closing(Book(), asOf: period.opening, keepsRows: true)
    return Reports(
      position: closing.position, work: closing.work, period: period, opening: opening,
      drafts: Drafts(closing),
      journal: Journal(
        closing.position, opening: opening.position, work: closing.work, period: period),
      findings: [], of: ReportKind.all)
  }
}
