public import Billing
public import Ledger
internal import Measures

/// Applications for payment: the summary (G702) and the continuation sheet (G703) of each, its columns by
/// name, and the summaries of all beside each other (DOMAIN §1 [S1, S2, S3]).
public enum DrawReport {
  /// Lines 1 to 9 of one application.
  public static func summary(of draw: Draw, _ book: Book) -> Sheet {
    Sheet(
      report: "g702", title: "G702 \(title(draw, book))", subtitle: subtitle(draw, book),
      emptySentence: "", columns: lineColumns,
      rows: [
        SummaryLine("1", "Original contract sum", draw.original),
        SummaryLine("2", "Net change by change orders", draw.changes),
        SummaryLine("3", "Contract sum to date (1 + 2)", draw.contractSum),
        SummaryLine("4", "Total completed and stored to date (G)", draw.completedAndStored),
        SummaryLine("5a", "Retainage of completed work", draw.retainageOnWork),
        SummaryLine("5b", "Retainage of stored material", draw.retainageOnStored),
        SummaryLine("5", "Total retainage (5a + 5b, total of I)", draw.retainage),
        SummaryLine("6", "Total earned less retainage (4 − 5)", draw.earnedLessRetainage),
        SummaryLine("7", "Less previous certificates for payment", draw.previousCertificates),
        SummaryLine("8", "Current payment due (6 − 7), without tax", draw.paymentDue),
        SummaryLine("9", "Balance to finish, including retainage (3 − 6)", draw.balanceToFinish),
      ])
  }

  struct SummaryLine: Sendable {
    let number: String
    let text: String
    let amount: Money

    init(_ number: String, _ text: String, _ amount: Money) {
      (self.number, self.text, self.amount) = (number, text, amount)
    }
  }

  static let lineColumns: [ReportColumn<SummaryLine>] = [
    .id("line", "Line") { $0.number },
    .text("what", "What", width: 48) { $0.text },
    .money("amount", "Amount", total: .none) { $0.amount },
  ]

  /// The lines of one application, columns A to I with the percentage beside G.
  public static func sheet(_ draw: Draw, _ book: Book) -> Sheet {
    Sheet(
      report: "g703", title: "G703 \(title(draw, book))", subtitle: subtitle(draw, book),
      emptySentence: "The schedule of values has no line.", columns: columns, rows: draw.lines)
  }

  private static func title(_ draw: Draw, _ book: Book) -> String {
    "\(book.jobID(draw.job)) no. \(draw.application)"
  }

  private static func subtitle(_ draw: Draw, _ book: Book) -> String {
    "\(book.jobName(draw.job)) · application \(draw.application) of \(draw.day.text)"
  }

  static let columns: [ReportColumn<DrawLine>] = [
    .id("line_no", "A Item") { $0.lineNumber },
    .text("description", "B Description of work", width: 40) { $0.description },
    .money("scheduled_value", "C Scheduled value") { $0.scheduled },
    .money(
      "previous", "D From previous applications",
      rule: "D + E of the application before; stored material is not carried into it."
    ) { $0.previous },
    .money(
      "this_period", "E This period", rule: "Stored material that became work is part of it."
    ) { $0.thisPeriod },
    .money("stored", "F Materials presently stored") { $0.stored },
    .money(
      "completed_and_stored", "G Completed and stored to date", rule: "D + E + F",
      formula: .sum("previous", "this_period", "stored")
    ) { $0.completedAndStored },
    .percentage(
      "pct", "% G ÷ C", total: .percentage(of: "completed_and_stored", in: "scheduled_value"),
      formula: .percentage(["completed_and_stored"], of: ["scheduled_value"])
    ) { $0.percentage },
    .money(
      "balance", "H Balance to finish", rule: "C − G",
      formula: .sum("scheduled_value", "-completed_and_stored")
    ) { $0.balance },
    .money("retainage", "I Retainage", rule: "To date, on work and on stored material.") {
      $0.retainage
    },
    .money("retainage_change", "Retainage this period") { $0.retainageChange },
  ]

  /// Lines 1 to 9 of every application that is drafted.
  public static func summary(_ drafts: Drafts, _ book: Book) -> Sheet {
    Sheet(
      report: "draws", title: "Applications for payment",
      subtitle: book.subtitle(asOf: drafts.asOf),
      emptySentence: "No draw is to be billed on this day.", columns: summaryColumns(book),
      rows: drafts.draws)
  }

  static func summaryColumns(_ book: Book) -> [ReportColumn<Draw>] {
    [
      .id("job_id", "Job") { book.jobID($0.job) },
      .text("job", "Job name") { book.jobName($0.job) },
      .integer("application_no", "Application") { Int($0.application) },
      .day("date", "Progress through") { $0.day },
      .money("line_1", "1 Original contract sum") { $0.original },
      .money("line_2", "2 Net change by change orders") { $0.changes },
      .money(
        "line_3", "3 Contract sum to date", rule: "Line 1 + line 2",
        formula: .sum("line_1", "line_2")
      ) { $0.contractSum },
      .money("line_4", "4 Completed and stored to date", rule: "Total of column G") {
        $0.completedAndStored
      },
      .money("line_5a", "5a Retainage of completed work") { $0.retainageOnWork },
      .money("line_5b", "5b Retainage of stored material") { $0.retainageOnStored },
      .money(
        "line_5", "5 Total retainage", rule: "5a + 5b, the total of column I",
        formula: .sum("line_5a", "line_5b")
      ) {
        $0.retainage
      },
      .money(
        "line_6", "6 Earned less retainage", rule: "Line 4 − line 5",
        formula: .sum("line_4", "-line_5")
      ) {
        $0.earnedLessRetainage
      },
      .money("line_7", "7 Previous certificates", rule: "As certified, without tax.") {
        $0.previousCertificates
      },
      .money(
        "line_8", "8 Current payment due", rule: "Line 6 − line 7, without tax.",
        formula: .sum("line_6", "-line_7")
      ) {
        $0.paymentDue
      },
      .money(
        "line_9", "9 Balance to finish with retainage", rule: "Line 3 − line 6",
        formula: .sum("line_3", "-line_6")
      ) {
        $0.balanceToFinish
      },
      .money("this_period", "Completed and stored this period", rule: "The invoice's subtotal.") {
        $0.thisPeriod
      },
      .money("retainage_change", "Retainage this period") { $0.retainageChange },
    ]
  }

  /// Each draw: line 4 less line 4 before against the draft's lines; 5a + 5b against column I.
  public static func tieOuts(_ drafts: Drafts) -> [TieOut] {
    let billed = drafts.drafts.filter { $0.application > 0 }
    return [
      TieOut(
        "Draws", drafts.draws.map(\.thisPeriod).sum(), "line 4 less line 4 of the one before",
        equals: billed.map(\.subtotal).sum(), "subtotals of the draft invoices"),
      TieOut(
        "Retainage of draws", drafts.draws.map(\.retainageChange).sum(),
        "line 5 less line 5 of the one before",
        equals: billed.map { $0.retainage - $0.retainageTax }.sum(),
        "retainage of the draft invoices without its tax"),
    ]
  }
}
