public import Ledger
public import Measures

/// An application for payment against a schedule of values: lines 1 to 9 of the G702, its lines those
/// of the G703 (DOMAIN §1.6, [S3]). Amounts in cents, without tax.
public struct Draw: Sendable {
  public var job: RowID<Jobs>
  /// The application's number, which its rows of progress carry.
  public var application: Int32
  /// The latest day of its progress.
  public var day: Day
  /// The schedule in the order of its file, change orders at the end (DOMAIN §1.9).
  public var lines: [DrawLine] = []
  /// Line 1, the contract amount; without one, what the lines of no change order add up to.
  public var original = Money.zero
  /// Line 2: change orders approved by `changesThrough`, net.
  public var changes = Money.zero
  /// The day through which approvals count: that of its invoice, or the as-of day until it has one.
  public var changesThrough = Day.none
  /// Line 7: net of the earlier applications as certified, not as paid; of one without a certificate
  /// what it applied for; with what was certified before the input begins (DOMAIN §1.8, [S4]).
  public var previousCertificates = Money.zero
  /// What was certified of it, net; nil while no row of its progress says so. What it applied for is
  /// `paymentDue`.
  public var certified: Money?
  /// The document that bills it on the as-of day: `.missing` for one that is not in the input, `.none`
  /// without one, void or dated later.
  public var invoice = RowID<Invoices>.none
  /// `billed` on that document, `billedLater` on one dated after the day, else `ready`.
  public var state = EntryState.ready
  /// Line 4 and line 5 of the application before, or what the opening balances say was billed and
  /// withheld.
  var before = (completed: Money.zero, retainage: Money.zero)

  init(_ job: RowID<Jobs>, application: Int32, day: Day) {
    self.job = job
    self.application = application
    self.day = day
  }

  /// Line 3.
  public var contractSum: Money { original + changes }
  /// Line 4, the total of column G.
  public var completedAndStored: Money { lines.lazy.map(\.completedAndStored).sum() }
  /// Line 5a, what is withheld on completed work.
  public var retainageOnWork: Money { lines.lazy.map(\.retainageOnWork).sum() }
  /// Line 5b, what is withheld on stored material.
  public var retainageOnStored: Money { lines.lazy.map(\.retainageOnStored).sum() }
  /// Line 5 = 5a + 5b = the total of column I (DOMAIN §1.10).
  public var retainage: Money { retainageOnWork + retainageOnStored }
  /// Line 6.
  public var earnedLessRetainage: Money { completedAndStored - retainage }
  /// Line 8, what it applies for.
  public var paymentDue: Money { earnedLessRetainage - previousCertificates }
  /// Line 9, retainage in it (DOMAIN §1.7).
  public var balanceToFinish: Money { contractSum - earnedLessRetainage }

  /// Line 4 less that of the application before: the subtotal of its invoice.
  public var thisPeriod: Money { completedAndStored - before.completed }
  /// Line 5 less that of the application before: the retainage of its invoice.
  public var retainageChange: Money { retainage - before.retainage }
  /// What line 8 asks for beyond its own period: net of earlier applications that nobody certified;
  /// below zero where more was certified than applied for.
  public var uncertified: Money { paymentDue - (thisPeriod - retainageChange) }
}

/// A line of the G703 (DOMAIN §1.1–5, [S1], [S2]). Amounts in cents; gross, so that retainage is in
/// none but its own.
public struct DrawLine: Sendable {
  /// `.none` for a change order without a line of its own.
  public var scheduleLine = RowID<ScheduleOfValues>.none
  /// `.none` for a line of the original contract.
  public var changeOrder = RowID<ChangeOrders>.none
  /// Column A; of a change order without a line its id.
  public var lineNumber = ""
  /// Column B.
  public var description = ""
  /// What it is for tax.
  public var kind = EntryKind.other
  /// Column C, the scheduled value.
  public var scheduled = Money.zero
  /// Column D: D + E of the application before; what was stored then is not in it.
  public var previous = Money.zero
  /// Column E: work of the period, material that was stored before and is now built in among it;
  /// below zero where an earlier application said too much.
  public var thisPeriod = Money.zero
  /// Column F: everything presently stored.
  public var stored = Money.zero
  /// What progress says above 100 % of the line; `completedAndStored` has it only where the company
  /// allows it, or where the line has no unit price, which is an error.
  public var over = Money.zero
  /// The units done to date as reported; `.none` where progress is by percentage or amount.
  public var quantity = Quantity.none
  /// Units among them that `previous` and `thisPeriod` pay; `.none` where no number of units does.
  public var quantityPaid = Quantity.none
  /// The contract's price; `.none` where the line has none.
  public var unitPrice = UnitPrice.none
  /// The parts of column I.
  public var retainageOnWork: Money { withheld.work }
  public var retainageOnStored: Money { withheld.stored }

  /// Column G.
  public var completedAndStored: Money { previous + thisPeriod + stored }
  /// C − G.
  public var balance: Money { scheduled - completedAndStored }
  /// G ÷ C for display, four decimals of a percent; nil where C is zero.
  public var percentage: Percentage? { completedAndStored.percentage(of: scheduled) }
  /// Column I: what is withheld to date.
  public var retainage: Money { withheld.total }
  /// Column I less that of the application before.
  public var retainageChange: Money { withheld.total - before.withheld.total }
  /// Column G less that of the application before: what the draw's invoice bills.
  public var amountThisPeriod: Money { completedAndStored - before.work - before.stored }
  /// Units that it bills; `.none` where they do not tell the amount.
  public var quantityThisPeriod: Quantity {
    guard let paid = quantityPaid.orNil, let earlier = before.quantityPaid.orNil,
      stored == before.stored
    else { return .none }
    return paid - earlier
  }

  /// What is withheld to date.
  var withheld = Withheld()
  /// The figures of the application before.
  var before = Before()

  /// D + E.
  var work: Money { previous + thisPeriod }

  struct Before {
    var work = Money.zero
    var stored = Money.zero
    var withheld = Withheld()
    var quantityPaid = Quantity.zero
  }

  /// Begins the next application where this one ended.
  mutating func carryOn() {
    before = Before(
      work: work, stored: stored, withheld: withheld,
      quantityPaid: work.isZero ? .zero : quantityPaid)
    (previous, thisPeriod) = (work, .zero)
  }
}

/// Retainage on work and on stored material, kept apart (DOMAIN §1.6).
struct Withheld: Equatable {
  var work = Money.zero
  var stored = Money.zero
  var total: Money { work + stored }
}
