internal import Billing
internal import Ledger
internal import Measures

/// `unbilled-rollforward`: unbilled work of every job from before the period to its end, entry by entry
/// (DESIGN §6; DOMAIN §4.7 [S54]).
enum UnbilledRollForwardReport {
  static let name = "unbilled-rollforward"

  private typealias Row = (job: RowID<Jobs>, moved: UnbilledRollForward.Movements)

  private static func rolled(_ reports: Reports) -> UnbilledRollForward {
    UnbilledRollForward(reports.book, reports.work, before: reports.neededOpening.work)
  }

  /// The jobs that bill their entries and had unbilled work or a movement, by job id.
  static func sheet(_ reports: Reports) -> Sheet {
    let (book, rolled) = (reports.book, rolled(reports).jobs)
    let columns: [ReportColumn<Row>] = [
      .id("job_id", "Job", in: book.jobs.id, rule: ColumnRule.jobID) { $0.job.row },
      .id("customer_id", "Customer", rule: ColumnRule.customerID) {
        book.customerID(book.jobs.customer[$0.job.row])
      },
      .money("opening", "Opening", rule: "Total in unbilled of the day before the period.") {
        $0.moved.opening
      },
      .money(
        "worked", "Worked",
        rule:
          "Entries dated in the period, at their price on its last day; those dated earlier and "
          + "entered since are in Opening."
      ) { $0.moved.worked },
      .money(
        "billed", "Billed",
        rule: "Put on documents of the period; above zero where a void gives entries back."
      ) { $0.moved.billed },
      .money(
        "repriced", "Repriced",
        rule: "Entries of earlier periods at another price than before it: a rate, a cost or an "
          + "adjustment changed."
      ) { $0.moved.repriced },
      .money(
        "excluded", "Excluded",
        rule: "Waived by adjustments; above zero where an entry is to be billed again."
      ) { $0.moved.excluded },
      .money(
        "closing", "Closing",
        rule: "Opening and all columns together; what lowers it is below zero.",
        formula: .sum("opening", "worked", "billed", "repriced", "excluded")
      ) { $0.moved.closing },
    ]
    let rows: [Row] = book.jobs.id.order.map { RowID<Jobs>($0) }
      .map { ($0, rolled[$0]) }.filter(\.moved.isListed)
    return Sheet(
      report: name, title: "Unbilled work roll-forward", subtitle: reports.periodSubtitle,
      emptySentence: "No job had unbilled work, and none was done in the period.",
      columns: columns, rows: rows)
  }

  /// Both ends against the sums of the days, job by job.
  static func tieOuts(_ reports: Reports) -> [TieOut] {
    let rolled = rolled(reports).jobs
    func tie(_ end: String, _ amount: (UnbilledRollForward.Movements) -> Money, _ work: Work)
      -> TieOut
    {
      let apart = rolled.ids.map { job in
        Money(units: abs((amount(rolled[job]) - work.jobs.unbilled(job).total).units))
      }
      return TieOut(
        "\(name): \(end) by job", apart.sum(), "differences of each job's entries", equals: .zero,
        "none from total in unbilled")
    }
    return [
      tie("opening", \.opening, reports.neededOpening.work),
      tie("closing", \.closing, reports.work),
    ]
  }
}

extension ReportKind {
  public static let unbilledRollForward = ReportKind(
    UnbilledRollForwardReport.name, "unbilled work of each job, from before the period to its end",
    rows: "each job that bills its entries, with unbilled work before the period or a "
      + "movement in it",
    tables: ["jobs", "timesheets", "inventory", "costs"], needs: [.work, .entries, .opening],
    sheet: UnbilledRollForwardReport.sheet, tieOuts: UnbilledRollForwardReport.tieOuts)
}
