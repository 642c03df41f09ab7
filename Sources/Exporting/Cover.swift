public import Measures
public import Reporting

/// The first sheet of a workbook: whose figures these are, as of when, from what, and whether they
/// tie out. The list of sheets is added by the writer.
public struct Cover: Sendable {
  public var company: String
  /// "Month-end pack".
  public var title: String
  public var asOf: Day
  /// The digest of the inputs as text, `SHA-256 9f86d081…`; empty for none.
  public var digest: String
  public var keyFigures: [KeyFigure]
  public var controlTotals: [ControlTotal]
  public var tieOuts: [TieOut]
  /// Drawn on a sheet of their own behind the cover; none where empty.
  public var charts: [Chart]
  /// Sentences a reader must know: rows set aside, tables that were missing.
  public var notes: [String]

  public init(
    company: String, title: String, asOf: Day, digest: String = "", keyFigures: [KeyFigure] = [],
    controlTotals: [ControlTotal] = [], tieOuts: [TieOut] = [], charts: [Chart] = [],
    notes: [String] = []
  ) {
    self.company = company
    self.title = title
    self.asOf = asOf
    self.digest = digest
    self.keyFigures = keyFigures
    self.controlTotals = controlTotals
    self.tieOuts = tieOuts
    self.charts = charts
    self.notes = notes
  }
}

/// A figure a person wants at once: "Past due", 12,840.00.
///
/// In a workbook it has a name, `Past_due`, and is a formula where it is the sum of columns of its sheets.
public struct KeyFigure: Hashable, Sendable {
  /// A column of a report whose rows are summed, or taken away.
  public struct Term: Hashable, Sendable {
    public var report: String
    public var key: String
    public var isMinus = false

    public init(_ report: String, _ key: String, isMinus: Bool = false) {
      (self.report, self.key, self.isMinus) = (report, key, isMinus)
    }
  }

  public var label: String
  public var value: Cell
  /// What it is the sum of; empty where no sheet shows that.
  public var terms: [Term]
  /// When it is shown in red.
  public var alert: Alert

  public init(_ label: String, _ value: Cell, _ terms: [Term] = [], alert: Alert = .never) {
    self.label = label
    self.value = value
    self.terms = terms
    self.alert = alert
  }
}

/// What was read from one file, and the sum of one of its amount columns.
///
/// A file with several amount columns has several, one after the other; its counts are shown once.
public struct ControlTotal: Hashable, Sendable {
  public var file: String
  public var read: Int
  public var used: Int
  public var refused: Int
  /// The amount column; empty where the file has none.
  public var column: String
  public var sum: Cell

  public init(
    file: String, read: Int, used: Int, refused: Int, column: String = "", sum: Cell = .empty
  ) {
    self.file = file
    self.read = read
    self.used = used
    self.refused = refused
    self.column = column
    self.sum = sum
  }
}
