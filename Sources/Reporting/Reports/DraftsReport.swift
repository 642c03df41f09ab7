public import Billing
public import Ledger
internal import Measures

/// The proposed documents, in the columns of `invoices.csv`, so that they can be entered as they are.
public enum DraftsReport {
  public static let name = "drafts"

  public static func sheet(_ drafts: Drafts, _ book: Book) -> Sheet {
    Sheet(
      report: name, title: "Draft invoices", subtitle: book.subtitle(asOf: drafts.asOf),
      emptySentence: "Nothing can be billed on this day.", columns: columns(book),
      rows: drafts.drafts)
  }

  static func columns(_ book: Book) -> [ReportColumn<Draft>] {
    [
      .id(
        "invoice_id", "Draft",
        rule: "A name for it until it is issued; the same input gives the same names.", width: 36
      ) { $0.id },
      .id("customer_id", "Customer", rule: ColumnRule.customerID) { book.customerID($0.customer) },
      .text("customer", "Name", rule: ColumnRule.customerName) { book.customerName($0.customer) },
      .id("job_id", "Job", rule: "The job it bills; empty where it is on none.") {
        book.jobID($0.job)
      },
      .text("job", "Job name", rule: ColumnRule.jobName) { book.jobName($0.job) },
      .text(
        "type", "Type",
        rule: "What it would be in invoices.csv, such as standard, progress, deposit or "
          + "retainage_release.",
        width: 14
      ) { $0.type.rawValue },
      .integer(
        "application_no", "Application",
        rule: "The application for payment that a draw bills; empty on other documents."
      ) { $0.application > 0 ? Int($0.application) : nil },
      .day("date", "Date", rule: "The as-of day.") { $0.day },
      .day("due_date", "Due", rule: "By the terms of the job, else of the customer.") {
        $0.dueDate
      },
      .text(
        "terms", "Terms",
        rule: "Payment terms of the job, else of the customer; due on receipt where it is empty.",
        width: 16
      ) { $0.terms },
      .money("subtotal", "Subtotal", rule: "Work billed, gross of retainage, without tax.") {
        $0.subtotal
      },
      .money("tax", "Tax", rule: "All tax on its lines, with what is withheld with retainage.") {
        $0.tax
      },
      .money("deposit", "Deposit", rule: "Requested; below zero where a held deposit is applied.") {
        $0.deposit
      },
      .money("retainage", "Retainage", rule: "Withheld with its tax; below zero where released.") {
        $0.retainage
      },
      .money(
        "retainage_tax", "Tax retained",
        rule: "The tax in Retainage; below zero where it is released."
      ) { $0.retainageTax },
      .money(
        "total", "Total", rule: "Subtotal + tax + deposit − retainage.",
        formula: .sum("subtotal", "tax", "deposit", "-retainage")
      ) { $0.total },
      .integer("lines", "Lines", rule: "How many lines it has in draft-lines.") { $0.lines.count },
      .text("why", "Why", rule: "What it bills and why now.", width: 60) { $0.why },
    ]
  }

  /// Totals by header against totals by line; what entries bill against the unbilled report.
  public static func tieOuts(_ drafts: Drafts) -> [TieOut] {
    let all = drafts.drafts
    var byLine = Money.zero
    for draft in all {
      byLine += draft.lines.map { $0.amount + $0.tax - $0.retainage }.sum() - draft.retainageTax
      if draft.type != .deposit { byLine += draft.deposit }
    }
    return [
      TieOut(
        "Drafts", all.map(\.total).sum(), "subtotal + tax + deposit − retainage", equals: byLine,
        "lines with their tax and retainage, deposits applied"),
      TieOut(
        "Tax on drafts", all.map(\.tax).sum(), "by line",
        equals: all.flatMap(\.taxes).map(\.tax).sum(), "by code and component"),
      TieOut(
        "Entries", drafts.entryValue + drafts.waitingEntries,
        "hours, parts and costs on drafts and those not billed", equals: drafts.unbilledEntries,
        "unbilled report: ready, blocked and billed later"),
    ]
  }
}

extension Book {
  func jobName(_ job: RowID<Jobs>) -> String { job.exists ? jobs.jobName[job.row] : "" }

  /// The second line of a sheet: "Cedar Ridge · as of 2026-10-31".
  func subtitle(asOf: Day) -> String {
    [company.name, "as of \(asOf.text)"].filter { !$0.isEmpty }.joined(separator: " · ")
  }
}

extension ReportKind {
  public static let drafts = ReportKind(
    DraftsReport.name, "what can be billed on the day, as documents",
    rows: "each document that is proposed",
    tables: ["jobs", "timesheets", "inventory", "costs"], needs: [.work, .entries, .drafts],
    sheet: { DraftsReport.sheet($0.neededDrafts, $0.book) },
    tieOuts: { DraftsReport.tieOuts($0.neededDrafts) + DrawReport.tieOuts($0.neededDrafts) })
}
