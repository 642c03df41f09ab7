public import Billing
public import Ledger
import Measures

/// The reports there are, by the names of their files.
public enum ReportName: String, CaseIterable, Sendable {
  case aging = "ar-aging"
  case agingDetail = "ar-aging-detail"
  case contractStatus = "contract-status"
  case unbilled
  case unbilledDetail = "unbilled-detail"
  case drafts
  case draftLines = "draft-lines"
  case findings
  case tieOuts = "tie-outs"

  /// What the report shows, for `report --list`.
  public var summary: String {
    switch self {
    case .aging: "what each customer owes, by days past due"
    case .agingDetail: "every open document with its age"
    case .contractStatus:
      "every job: contract, billed, received, cost, earned, over- and underbilled"
    case .unbilled: "work on no invoice, by job, reason and age"
    case .unbilledDetail: "every hour, part and cost on no invoice, with its state and reason"
    case .drafts: "what can be billed on the day, as documents"
    case .draftLines: "the lines of the drafts, with the entries behind them and every adjustment"
    case .findings: "what was noticed about the input and the figures"
    case .tieOuts: "every total reached by two roads"
    }
  }

  /// Whether hours, parts and costs stand in it one by one, with their ids and texts.
  public var printsEntries: Bool { self == .unbilledDetail || needsDrafts }

  /// Whether it shows what can be billed.
  public var needsDrafts: Bool { self == .drafts || self == .draftLines }

  /// Whether the report needs hours, parts and costs: the aging only where a customer has a credit limit,
  /// against which unbilled work counts.
  public func needsWork(_ customers: Customers) -> Bool {
    switch self {
    case .aging: customers.creditLimit.contains { !$0.isNone }
    case .agingDetail: false
    default: true
    }
  }

  /// Tables without which the report lacks something.
  var tables: [String] {
    switch self {
    case .aging, .agingDetail: ["customers", "invoices", "payments", "applications"]
    case .contractStatus: ["jobs", "invoices", "timesheets", "inventory", "costs"]
    case .unbilled, .unbilledDetail, .drafts, .draftLines:
      ["jobs", "timesheets", "inventory", "costs"]
    case .findings, .tieOuts: []
    }
  }
}

/// The sheets and tie-outs of one book on one day.
public struct Reports: Sendable {
  public let position: Position
  public let work: Work
  /// Nil where no report shows them.
  public let drafts: Drafts?
  /// Those of the import and those of billing.
  public let findings: [Finding]

  public init(position: Position, work: Work, drafts: Drafts? = nil, findings: [Finding]) {
    self.position = position
    self.work = work
    self.drafts = drafts
    self.findings = findings
  }

  /// The tie-outs of the given reports.
  public func tieOuts(of names: [ReportName]) -> [TieOut] {
    let book = position.book
    return names.flatMap { name -> [TieOut] in
      switch name {
      case .aging: AgingReport.tieOuts(position)
      case .agingDetail: AgingDetailReport.tieOuts(position)
      case .contractStatus: ContractStatusReport.tieOuts(position)
      case .unbilled: UnbilledReport.tieOuts(work, book)
      case .unbilledDetail: UnbilledDetailReport.tieOuts(work, book)
      case .drafts:
        drafts.map { DraftsReport.tieOuts($0) + DrawReport.tieOuts($0) } ?? []
      case .draftLines: []
      case .findings, .tieOuts: []
      }
    }
  }

  private var neededDrafts: Drafts {
    guard let drafts else { preconditionFailure("who asks for drafts has made them") }
    return drafts
  }

  /// One report laid out; tables that the source lacks are named in its second line.
  public func sheet(_ name: ReportName, tieOuts: [TieOut]) -> Sheet {
    let book = position.book
    let subtitle = [book.company.name, "as of \(position.asOf.text)"]
      .filter { !$0.isEmpty }.joined(separator: " · ")
    let sheet =
      switch name {
      case .aging: AgingReport.sheet(position)
      case .agingDetail: AgingDetailReport.sheet(position)
      case .contractStatus: ContractStatusReport.sheet(position)
      case .unbilled: UnbilledReport.sheet(work, book)
      case .unbilledDetail: UnbilledDetailReport.sheet(work, book)
      case .drafts: DraftsReport.sheet(neededDrafts, book)
      case .draftLines: DraftLinesReport.sheet(neededDrafts, book)
      case .findings: FindingsReport.sheet(findings, subtitle: subtitle)
      case .tieOuts: TieOutsReport.sheet(tieOuts, subtitle: subtitle)
      }
    let missing = name.tables.filter(book.missingTables.contains)
    guard !missing.isEmpty else { return sheet }
    return sheet.noting(
      "the input has no " + missing.map { "\($0).csv" }.joined(separator: ", no "))
  }
}

extension Sheet {
  /// The sheet with a remark behind its second line.
  func noting(_ remark: String) -> Sheet {
    Sheet(
      report: report, title: title, subtitle: subtitle + " · " + remark,
      emptySentence: emptySentence, columns: columns, rowCount: rowCount, fill: fill)
  }
}
