import Measures

/// `late-entries`: what came after a period was closed and is dated in it.
enum LateEntriesReport {
  static func sheet(_ reports: Reports) -> Sheet {
    let closed = reports.closed
    return Sheet(
      report: "late-entries", title: "Late entries", subtitle: reports.subtitle,
      emptySentence: closed.map {
        "Nothing dated in \($0.period) or before came after it was closed."
      } ?? "No period before was closed in a book.",
      columns: columns(closed?.period ?? ""), rows: closed?.late ?? [])
  }

  private static func columns(_ period: String) -> [ReportColumn<LateEntry>] {
    [
      .text("period", "Period", rule: "The last period that was closed before the as-of day.") {
        _ in period
      },
      .text(
        "group", "Group",
        rule: "Late work, payment or document, a void, a changed estimate or rate.",
        width: 18
      ) { $0.group },
      .text("table", "Table", rule: "The table of the row.", width: 16) { $0.table },
      .id("row", "Row", rule: "The row by its id.") { $0.row },
      .text("file", "File", rule: "The file that it came from.", width: 20) { $0.file },
      .integer("line", "Line", rule: "The line of that file.") { $0.line },
      .day(
        "date", "Date",
        rule: "The day from which it counts: in the closed period or before; empty where it has "
          + "none, such as a customer's terms."
      ) { $0.day },
      .text("change", "Change", rule: "What is new, or what it was and what it is.", width: 60) {
        $0.change
      },
      .integer("entry", "Entry", rule: "The entry of the book's log that brought it.") { $0.entry },
    ]
  }
}

extension ReportKind {
  public static let lateEntries = ReportKind(
    "late-entries", "rows of a closed period that came after it was closed",
    rows: "each row that came, changed or ended", tables: [], needs: [],
    sheet: LateEntriesReport.sheet)
}
