import Dispatch
public import Ledger
public import Measures
import Synchronization

/// A rule across lines or tables: one file each, with its message and its remedy beside it.
///
/// Rows under suspicion have a wrong cell already and are left out, so that one wrong cell stays
/// one finding. A check reads millions of rows: one pass over columns, arrays by row number, and
/// text only for what is found.
protocol Check: SendableMetatype {
  /// `asOf` is nil where the command has no day; checks that need one then find nothing.
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding]
}

/// Every check, the errors first; findings come in this order.
var allChecks: [any Check.Type] {
  [
    DuplicateIDs.self, EffectiveDays.self, RepeatedFigures.self,
    InvoiceIdentity.self, InvoiceShape.self, StatusDays.self,
    ApplicationSources.self, OverappliedSources.self, DeadSources.self, Reversals.self,
    ParentCycles.self, ProgressMeasures.self, ScheduleChangeOrders.self,
    PercentRanges.self,
    KnownTerms.self, OpeningBalanceRows.self, AdjustmentValues.self, AdjustmentTargets.self,
    NegativeHours.self, LongDays.self, OverpaidInvoices.self, EarlyApplications.self,
    MissingInvoices.self, ClosedJobWork.self, LateEntries.self, OtherJobs.self,
    OtherCustomers.self, LineSums.self, MarkupTiers.self, MarkupCategories.self,
    RetainageCaps.self, RetainageHeld.self, DayOrder.self, FarDays.self,
  ]
}

/// Runs every check over a book that was just imported.
///
/// `suspects` are the rows whose own cells are wrong. Checks run on all cores; the findings are in
/// the order of the checks, then of the tables and rows, on any machine.
public func runChecks(_ book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
  let checks = allChecks
  let results = Mutex<[Int: [Finding]]>([:])
  DispatchQueue.concurrentPerform(iterations: checks.count) { number in
    let findings = checks[number].findings(in: book, suspects: suspects, asOf: asOf)
    if !findings.isEmpty { results.withLock { $0[number] = findings } }
  }
  let found = results.withLock { $0 }
  return checks.indices.flatMap { found[$0] ?? [] }
}
