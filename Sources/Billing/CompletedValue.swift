internal import Ledger
internal import Measures

/// Work completed to date on a line of the schedule by one row of progress: a share of the scheduled
/// value, an amount, or a quantity at the line's price (without one, that share of the value). In
/// cents, rounded once; stored material is not in it (DOMAIN §1.3, [S1]).
///
/// Nil where it has more than ten digits before the point (RELIABILITY D12).
func completedValue(_ book: Book, line: Int, progress row: Int) -> Money? {
  let rounding = book.company.rounding
  let value = book.scheduleOfValues.scheduledValue[line]
  if let quantity = book.progress.completedQuantity[row].orNil {
    if let price = book.scheduleOfValues.unitPrice[line].orNil {
      return fitting(price.times(quantity, rounding))
    }
    // Import refuses a quantity on a line that has neither price nor quantity.
    guard let whole = book.scheduleOfValues.quantity[line].orNil, !whole.isZero else {
      return .zero
    }
    return fitting(value.scaled(quantity.units, of: whole.units, rounding))
  }
  if let amount = book.progress.completedAmount[row].orNil { return fitting(amount) }
  guard let percentage = book.progress.percentComplete[row].orNil else { return .zero }
  return fitting(value.times(percentage, rounding))
}
