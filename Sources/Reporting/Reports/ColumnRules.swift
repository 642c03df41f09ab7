internal import Ledger

/// The rules of columns that several reports have, in one wording.
enum ColumnRule {
  static let jobID = "The job's id in jobs.csv."
  static let jobName = "The job's name in jobs.csv."
  static let manager = "The job's manager in jobs.csv."
  static let billingMethod = "How the job is billed: \(BillingMethod.words)."
  static let status = "The job's status on the as-of day: \(JobStatus.words)."
  static let customerID = "The customer's id in customers.csv."
  static let customerName = "The customer's name in customers.csv."
  static let averageDaysToPay =
    "From invoice to application of cash over the last twelve months, weighted by amount, in whole "
    + "days; empty where nothing was paid."
  static let originalContract =
    "The contract amount, or the not-to-exceed amount where there is none."
  static let approvedChanges = "Change orders approved on or before the as-of day."
  static let revisedContract = "Original plus approved changes."
  static let billed =
    "Subtotals of invoices, draws and credit memos to date, retainage included, tax and deposits not."
  static let retainageHeld = "Withheld, not released or written off."
  static let estimatedCost =
    "Total cost at completion as last estimated by the day, with the estimated cost of changes "
    + "approved since."
  static let costToDate =
    "Labor with burden, material and other costs through the day, opening balances among them."
  static let completePercentage =
    "Cost to date as a part of the estimate, uninstalled cost left out of both, at most 100; empty "
    + "without an estimate."
}

extension Choice {
  /// All its words: "open, complete, closed, on_hold or cancelled".
  static var words: String {
    let words = allCases.map(\.rawValue)
    return words.dropLast().joined(separator: ", ") + (words.count > 1 ? " or " : "")
      + (words.last ?? "")
  }
}
