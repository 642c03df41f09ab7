public import Billing
public import Ledger
public import Measures

/// What the reports of one run are made of: a book closed on a day, and where a report needs it the
/// closing of the day before its period.
public struct Reports: Sendable {
  public let position: Position
  public let work: Work
  /// What period reports cover; its last day is the as-of day.
  public let period: Period
  /// As of the day before the period; nil where no report needs it.
  public let opening: Closing?
  /// Nil where no report shows them.
  public let drafts: Drafts?
  /// Nil where no report shows it.
  public let journal: Journal?
  /// Nil where no report shows it.
  public let wip: WipSchedule?
  /// The last period that was closed before; nil where none was, or the source is no book.
  public let closed: ClosedMonth?
  /// Those of the import, those of billing and those of the schedule.
  public let findings: [Finding]
  /// Of all chosen reports.
  public private(set) var tieOuts: [TieOut] = []

  /// - Parameters:
  ///   - period: the month of the as-of day where it is left out.
  ///   - kinds: the chosen reports; their tie-outs are worked out at once.
  public init(
    position: Position, work: Work, period: Period? = nil, opening: Closing? = nil,
    drafts: Drafts? = nil, journal: Journal? = nil, closed: ClosedMonth? = nil,
    findings: [Finding], of kinds: [ReportKind]
  ) {
    self.position = position
    self.work = work
    self.period = period ?? Period(monthThrough: position.asOf)
    self.opening = opening
    self.drafts = drafts
    self.journal = journal
    self.closed = closed
    var schedule: WipSchedule?
    if let opening, kinds.contains(where: { $0.needs.contains(.wip) }) {
      schedule = WipSchedule(position, work, opening: opening, self.period)
    }
    wip = schedule
    self.findings = findings + (schedule?.findings ?? [])
    tieOuts = kinds.flatMap { $0.tieOuts(self) }
  }

  var book: Book { position.book }

  /// Of a report that says it needs them.
  var neededDrafts: Drafts {
    guard let drafts else { preconditionFailure("who asks for drafts has made them") }
    return drafts
  }

  /// Of a report that says it needs it.
  var neededOpening: Closing {
    guard let opening else { preconditionFailure("who asks for the opening has made it") }
    return opening
  }

  /// Of a report that says it needs it.
  public var neededJournal: Journal {
    guard let journal else { preconditionFailure("who asks for the journal has made it") }
    return journal
  }

  /// Of a report that says it needs it.
  var neededWip: WipSchedule {
    guard let wip else { preconditionFailure("who asks for the schedule has made it") }
    return wip
  }

  /// "Cedar Ridge · as of 2026-10-31".
  var subtitle: String { book.subtitle(asOf: position.asOf) }

  /// "Cedar Ridge · 2026-10-01 to 2026-10-31".
  var periodSubtitle: String {
    [book.company.name, "\(period.first.text) to \(period.last.text)"].filter { !$0.isEmpty }
      .joined(separator: " · ")
  }

  /// One report laid out; tables that the source lacks are named in its second line.
  public func sheet(_ kind: ReportKind) -> Sheet {
    let missing = kind.tables.filter(book.missingTables.contains)
    guard !missing.isEmpty else { return kind.sheet(self) }
    return kind.sheet(self).noting(
      "the input has no " + missing.map { "\($0).csv" }.joined(separator: ", no "))
  }
}

extension Sheet {
  /// The sheet with a remark behind its second line.
  fileprivate func noting(_ remark: String) -> Sheet {
    Sheet(
      report: report, title: title, subtitle: subtitle + " · " + remark,
      emptySentence: emptySentence, columns: columns, rowCount: rowCount, fill: fill)
  }
}
