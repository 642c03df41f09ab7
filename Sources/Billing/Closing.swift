public import Ledger
public import Measures

/// A book billed on a day: what was worked, and where the company stands.
///
/// Documents, customers and control accounts are summed on whatever core is free while stock is costed
/// and timesheet lines are priced.
public struct Closing: Sendable {
  /// With every entry on the document that bills it on the day.
  public let book: Book
  public let work: Work
  public let position: Position

  /// - Parameter keepsRows: whether entries are kept one by one, for a report that lists them.
  public init(_ book: Book, asOf: Day, keepsRows: Bool) {
    let book = book.linked(asOf: asOf)
    self.book = book
    let contracts = contractValues(book, asOf: asOf)
    let (documents, customers) = (Later<Documents>(), Later<CustomerBalances>())
    let control = Later<ControlTotals>()
    work = Work(
      book: book, asOf: asOf, cap: contracts.cap, keepsRows: keepsRows, cores: nil,
      beside: [
        {
          let made = Documents(book, asOf: asOf, contracts: contracts)
          documents.set(made)
          customers.set(CustomerBalances(book, made.balances))
        },
        { control.set(ControlTotals(book, asOf: asOf)) },
      ], billed: { documents.value.billed })
    position = Position(book, work.jobs, documents.value, customers.value, control.value)
  }
}
