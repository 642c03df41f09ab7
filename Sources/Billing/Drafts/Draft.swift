public import Ledger
public import Measures

/// A document that is proposed: an invoice, a draw, a deposit request, a release of retainage, a finance
/// charge. `total = subtotal + tax + deposit − retainage` as of every document (DESIGN §4).
public struct Draft: Sendable {
  /// Names it until it is issued; the same inputs give the same name.
  public var id = ""
  public var type: InvoiceType
  public var customer: RowID<Customers>
  /// `.none` where it is on no job.
  public var job: RowID<Jobs>
  public var day: Day
  public var dueDate = Day.none
  public var terms = ""
  public var lines: [DraftLine] = []
  /// Tax by code and component; adds up to the tax of the lines.
  public var taxes: [DraftTax] = []
  /// Above zero on a request, below where a held deposit is applied on the document's face.
  public var deposit = Money.zero
  /// The part of the tax that is withheld with the retainage; below zero where it is released with it.
  public var retainageTax = Money.zero
  /// The application for payment that a draw bills; 0 on every other document.
  public var application: Int32 = 0
  /// Why it is proposed, in a sentence.
  public var why = ""

  public init(
    _ type: InvoiceType, customer: RowID<Customers>, job: RowID<Jobs> = .none, on day: Day
  ) {
    self.type = type
    self.customer = customer
    self.job = job
    self.day = day
  }

  /// The work billed, gross of retainage; zero on a request and on a release.
  public var subtotal: Money {
    type == .deposit || type == .retainageRelease ? .zero : lines.map(\.amount).sum()
  }
  public var tax: Money { lines.map(\.tax).sum() }
  /// What is withheld, its tax included; below zero on a release.
  public var retainage: Money {
    type == .retainageRelease
      ? retainageTax - lines.map(\.amount).sum() : lines.map(\.retainage).sum() + retainageTax
  }
  public var total: Money { subtotal + tax + deposit - retainage }
}

/// A line of a draft as the customer reads it, with what stands behind it.
public struct DraftLine: Sendable {
  /// What it is for tax.
  public var kind: EntryKind
  public var description: String
  /// Hours, parts or units; `.none` where the line is an amount.
  public var quantity = Quantity.none
  /// To four decimals, for the reader: the amount is the sum of the entries, each rounded once.
  public var unitPrice = UnitPrice.none
  /// Of a release what is released, of a request what is asked for.
  public var amount: Money
  /// The code in force; `.none` where there is none.
  public var taxCode = RowID<TaxCodes>.none
  /// Whether the customer, and of material the item, can be taxed; the code says the rest by kind.
  public var isTaxable = true
  /// Its share of the document's tax.
  public var tax = Money.zero
  /// The change of what is withheld on it, without tax.
  public var retainage = Money.zero
  /// The line of the schedule of values that it draws against; empty on every other line.
  public var scheduleLine = ""
  /// The entries that it bills.
  public var entries: [EntryID] = []
  /// What else it bills, by an id that later runs look for: the invoice of a finance charge,
  /// `notToExceed`, `fixedFee`; empty on most lines.
  public var reference = ""
  /// Rows of `adjustments` that changed it.
  public var adjustments: [Int] = []
  /// What it would have been without them; `.none` where nothing changed it.
  public var before = Money.none

  /// The reference of what lies beyond a cap.
  static let notToExceed = "not_to_exceed"
  /// The reference of what brings a fixed fee to its amount.
  static let fixedFee = "fixed_fee"

  public init(_ kind: EntryKind, _ description: String, _ amount: Money) {
    self.kind = kind
    self.description = description
    self.amount = amount
  }
}

/// The tax of a document by code and component, the jurisdiction.
public struct DraftTax: Sendable {
  public var code: RowID<TaxCodes>
  public var component: String
  public var rate: Percentage
  /// What it was taken of.
  public var base: Money
  public var tax: Money

  public init(
    code: RowID<TaxCodes>, component: String, rate: Percentage, base: Money, tax: Money
  ) {
    self.code = code
    self.component = component
    self.rate = rate
    self.base = base
    self.tax = tax
  }
}

/// Something that could be billed and is not, and why.
public struct NotBilled: Sendable {
  public var job: RowID<Jobs>
  public var customer: RowID<Customers>
  /// What it is: an entry, a schedule line, an application, retainage.
  public var what: String
  /// A short name that never changes: `not_approved`, `over_schedule`.
  public var reason: String
  public var amount: Money
  /// How many entries it stands for; zero where it is no entry.
  public var entries = 0
  /// Who can clear it, or what to do.
  public var remedy: String

  public init(
    job: RowID<Jobs>, customer: RowID<Customers>, what: String, reason: String, amount: Money,
    remedy: String
  ) {
    self.job = job
    self.customer = customer
    self.what = what
    self.reason = reason
    self.amount = amount
    self.remedy = remedy
  }
}
