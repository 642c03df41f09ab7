public import Ledger
internal import Measures

/// A report of the catalogue: what it is called, what it needs, how it is laid out and proved (DESIGN §6).
///
/// Each report declares its own beside its columns; `all` names them in the order of the pack.
public struct ReportKind: Sendable {
  /// The stem of its file: `ar-aging`.
  public let name: String
  /// What the report shows, for `report --list`.
  public let summary: String
  /// What has a row of its own: "each job".
  public let rows: String
  /// Tables without which it lacks something; where one is missing its sheet says so.
  public let tables: [String]
  public let needs: ReportNeeds
  let sheet: @Sendable (Reports) -> Sheet
  /// Its totals by other roads.
  let tieOuts: @Sendable (Reports) -> [TieOut]

  init(
    _ name: String, _ summary: String, rows: String, tables: [String],
    needs: ReportNeeds = .work,
    sheet: @escaping @Sendable (Reports) -> Sheet,
    tieOuts: @escaping @Sendable (Reports) -> [TieOut] = { _ in [] }
  ) {
    self.name = name
    self.summary = summary
    self.rows = rows
    self.tables = tables
    self.needs = needs
    self.sheet = sheet
    self.tieOuts = tieOuts
  }

  /// Whether the report needs hours, parts and costs.
  public func needsWork(_ customers: Customers) -> Bool {
    needs.contains(.work)
      || needs.contains(.workForLimits) && customers.creditLimit.contains { !$0.isNone }
  }

  /// The report of a name, as it is given on the command line.
  public static func named(_ name: String) -> ReportKind? { all.first { $0.name == name } }

  /// The reports there are, in the order of the pack.
  public static let all: [ReportKind] = [
    .aging,
    .agingDetail,
    .contractStatus,
    .unbilled,
    .unbilledDetail,
    .wip,
    .wipCompleted,
    .retainage,
    .retainageRollForward,
    .deposits,
    .depositRollForward,
    .receivableRollForward,
    .unbilledRollForward,
    .contractRollForward,
    .invoiceRegister,
    .cashReceipts,
    .salesTax,
    .jobCost,
    .collections,
    .collectionsCustomers,
    .allowance,
    .inventory,
    .borrowingBase,
    .journal,
    .drafts,
    .draftLines,
    .lateEntries,
    .closedFigures,
    .findings,
    .tieOuts,
  ]
}

/// What must be worked out for a report.
public struct ReportNeeds: OptionSet, Sendable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// Hours, parts and costs.
  public static let work = Self(rawValue: 1)
  /// The same, only where a customer has a credit limit, against which unbilled work counts.
  public static let workForLimits = Self(rawValue: 2)
  /// Hours, parts and costs one by one, with their ids and texts.
  public static let entries = Self(rawValue: 4)
  /// What can be billed.
  public static let drafts = Self(rawValue: 8)
  /// The closing of the day before the period.
  public static let opening = Self(rawValue: 16)
  /// The entries of the period; whoever needs them needs the opening and entries too.
  public static let journal = Self(rawValue: 32)
  /// The work-in-progress schedule of the period; asks for the opening too.
  public static let wip = Self(rawValue: 64)
}
