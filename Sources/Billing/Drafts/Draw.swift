public import Ledger
public import Measures

/// An application for payment against a schedule of values: lines 1 to 9 of the summary (G702) and the
/// columns A to I of its lines (G703), by name, as DOMAIN §1 has them [S1, S2, S3, S5].
///
/// Amounts are to the cent, gross of retainage in the lines. What was certified may differ from what was
/// applied for; both are kept, and "previous" in the summary is what was certified (§1.8 [S4]).
public struct Draw: Sendable {
  public let job: RowID<Jobs>
  /// The number of the application.
  public let application: Int32
  /// The last day of its progress.
  public let day: Day
  public internal(set) var lines: [DrawLine]
  /// Line 1: the contract without changes.
  public let original: Money
  /// Line 2: changes approved by the as-of day.
  public let changes: Money
  /// Line 7: what earlier applications were certified at, net of retainage and without tax; of one that
  /// nobody certified what it applied for.
  public internal(set) var previousCertificates = Money.zero
  /// What this one was certified at; nil where nobody has yet.
  public internal(set) var certified: Money?
  /// Line 4 and line 5 of the application before.
  public internal(set) var completedBefore = Money.zero
  public internal(set) var retainageBefore = Money.zero
  /// The live invoice that its progress names; `.none` where it is on none.
  public internal(set) var invoice = RowID<Invoices>.none

  /// Line 3.
  public var contractSum: Money { original + changes }
  /// Line 4: the total of column G, as far as it may be billed.
  public var completedAndStored: Money { lines.map(\.billable).sum() }
  /// Line 5a: retainage of completed work.
  public var retainageOnWork: Money { lines.map(\.retainageOnWork).sum() }
  /// Line 5b: retainage of stored material.
  public var retainageOnStored: Money { lines.map(\.retainageOnStored).sum() }
  /// Line 5: the total of column I.
  public var retainage: Money { retainageOnWork + retainageOnStored }
  /// Line 6.
  public var earnedLessRetainage: Money { completedAndStored - retainage }
  /// Line 8.
  public var paymentDue: Money { earnedLessRetainage - previousCertificates }
  /// Line 9, retainage included (§1.7).
  public var balanceToFinish: Money { contractSum - earnedLessRetainage }

  /// Completed and stored since the application before: the subtotal of its invoice.
  public var thisPeriod: Money { completedAndStored - completedBefore }
  /// The change of line 5 since the application before.
  public var retainageChange: Money { retainage - retainageBefore }

  /// The lines of its invoice: what changed since the application before.
  func draftLines() -> [DraftLine] {
    lines.compactMap { line in
      guard !line.amountThisPeriod.isZero || !line.retainageChange.isZero else { return nil }
      var draft = DraftLine(line.kind, line.description, line.amountThisPeriod)
      draft.retainage = line.retainageChange
      draft.scheduleLine = line.number
      return draft
    }
  }
}

/// A line of a schedule of values in one application: the columns of a G703.
public struct DrawLine: Sendable {
  /// Column A.
  public let number: String
  /// Column B.
  public let description: String
  /// Column C.
  public let scheduled: Money
  /// Column D: work completed in earlier applications; stored material is not carried into it.
  public internal(set) var previous = Money.zero
  /// Column E: work of this period, stored material that became work among it.
  public internal(set) var thisPeriod = Money.zero
  /// Column F: material presently stored.
  public internal(set) var stored = Money.zero
  /// Column I: retainage to date, on work and on stored material apart.
  public internal(set) var retainageOnWork = Money.zero
  public internal(set) var retainageOnStored = Money.zero
  /// Of the application before: column F, what was billable and the retainage.
  var storedBefore = Money.zero
  var billableBefore = Money.zero
  var retainageBefore = Money.zero
  /// What the line is for tax.
  public let kind: EntryKind
  /// The quantity and price of a unit-price line; `.none` on every other.
  public internal(set) var quantity = Quantity.none
  public let unitPrice: UnitPrice
  /// Whether what exceeds column C is not to be billed.
  let isLimited: Bool

  init(
    number: String, description: String, scheduled: Money, kind: EntryKind, unitPrice: UnitPrice,
    isLimited: Bool
  ) {
    self.number = number
    self.description = description
    self.scheduled = scheduled
    self.kind = kind
    self.unitPrice = unitPrice
    self.isLimited = isLimited
  }

  /// D + E.
  public var completed: Money { previous + thisPeriod }
  /// Column G: D + E + F.
  public var completedAndStored: Money { completed + stored }
  /// G ÷ C with four decimals, for the eye; nil where C is zero.
  public var percentage: Percentage? { completedAndStored.percentage(of: scheduled) }
  /// C − G: retainage is no part of it.
  public var balance: Money { scheduled - completedAndStored }
  public var retainage: Money { retainageOnWork + retainageOnStored }

  /// G above C; zero where there is none.
  public var over: Money {
    scheduled >= .zero ? max(.zero, completedAndStored - scheduled) : .zero
  }
  /// G as far as it may be billed.
  public var billable: Money { isLimited ? completedAndStored - over : completedAndStored }
  public var amountThisPeriod: Money { billable - billableBefore }
  public var retainageChange: Money { retainage - retainageBefore }
}
