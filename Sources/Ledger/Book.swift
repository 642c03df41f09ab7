/// The tables of one company.
///
/// Rows keep the order of their files; keys are rows (`RowID`) since import. What is in a book has
/// passed the checks of DESIGN §3: references exist, identities hold, or a finding says otherwise.
public struct Book: Sendable {
  public var company = Company()
  public var customers = Customers()
  public var jobs = Jobs()
  public var changeOrders = ChangeOrders()
  public var estimates = Estimates()
  public var scheduleOfValues = ScheduleOfValues()
  public var progress = Progress()
  public var technicians = Technicians()
  public var payTypes = PayTypes()
  public var rates = Rates()
  public var timesheets = Timesheets()
  public var items = Items()
  public var inventory = Inventory()
  public var costs = Costs()
  public var invoices = Invoices()
  public var invoiceLines = InvoiceLines()
  public var payments = Payments()
  public var applications = Applications()
  public var openingBalances = OpeningBalances()
  public var taxCodes = TaxCodes()
  public var markups = Markups()
  public var terms = TermsTable()
  public var adjustments = Adjustments()
  public var retainageRules = RetainageRules()
  public var glBalances = GLBalances()
  /// Entries that invoice lines name, in the order of the lines of each.
  public var entryBillings: [EntryBilling] = []
  /// Tables that the source does not have, by name; they are empty, and reports say so.
  public var missingTables: Set<String> = []
  /// Tables of the source that were not read, as nothing asked needs them; empty too.
  public var tablesLeftOut: Set<String> = []
  public init() {}

  /// The file a table came from, as messages name it.
  public func file(_ table: any Table.Type) -> String {
    files[table.name] ?? "\(table.name).csv"
  }
  /// The file names of tables that came from another name, through a profile.
  public var files: [String: String] = [:]
}
