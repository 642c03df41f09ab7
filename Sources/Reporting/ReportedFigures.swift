public import Billing
internal import Ledger
internal import Measures

/// A row of a report, cell by cell, for whoever asks where a figure stands.
public struct ReportedRow: Sendable {
  public struct Figure: Sendable {
    public let column: SheetColumn
    public let cell: Cell
  }
  public let report: String
  public let title: String
  /// The cells that are not empty.
  public let figures: [Figure]
}

extension Reports {
  /// The rows of reports in which an id stands: of customers and jobs those that begin with it, of
  /// documents, payments and entries all that name it.
  public func rows(of subject: ExplainedSubject, id: String, in kinds: [ReportKind])
    -> [ReportedRow]
  {
    kinds.flatMap { kind -> [ReportedRow] in
      let sheet = kind.sheet(self)
      guard let place = sheet.columns.firstIndex(where: { $0.key == subject.key }),
        place == 0 || !subject.leads
      else { return [] }
      var rows = [ReportedRow]()
      sheet.forEachRow(0..<sheet.rowCount) { _, cells in
        guard cells[place].names(id) else { return }
        rows.append(
          ReportedRow(
            report: sheet.report, title: sheet.title,
            figures: zip(sheet.columns, cells).filter { $1 != .empty }
              .map { ReportedRow.Figure(column: $0, cell: $1) }))
      }
      return rows
    }
  }
}

extension ExplainedSubject {
  /// Whether its reports begin with it.
  fileprivate var leads: Bool {
    switch self {
    case .customer, .job, .item: true
    case .invoice, .payment, .entry: false
    }
  }
}

extension Cell {
  /// Whether it is the id, or names it among others.
  fileprivate func names(_ id: String) -> Bool {
    guard case .id(let text) = self else {
      if case .text(let text) = self { return text.split(separator: " ").contains(id[...]) }
      return false
    }
    return text == id || text.split(separator: " ").contains(id[...])
  }

  /// As a person reads it; a blank text for none.
  public var shown: String {
    switch self {
    case .empty: ""
    case .id(let text), .text(let text): text
    case .money(let amount): amount.grouped
    case .unitPrice(let price): price.text
    case .quantity(let quantity): quantity.text
    case .hours(let hours): hours.text
    case .percentage(let share): "\(share.text) %"
    case .integer(let number): "\(number)"
    case .day(let day): day.text
    case .flag(let value): value ? "yes" : "no"
    }
  }
}
