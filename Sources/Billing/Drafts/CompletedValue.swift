import Ledger
import Measures

extension Book {
  /// Completed work to date of a schedule line as a progress row says it, stored material not included:
  /// an amount, a percentage of the scheduled value, or a quantity at the line's price, rounded once
  /// (DESIGN §3, progress).
  func completedValue(ofLine line: Int, progress row: Int) -> Money {
    let (schedule, rounding) = (scheduleOfValues, company.rounding)
    if let quantity = progress.completedQuantity[row].orNil {
      if let price = schedule.unitPrice[line].orNil {
        return price.times(quantity, rounding) ?? .zero
      }
      guard let whole = schedule.quantity[line].orNil else { return .zero }
      return schedule.scheduledValue[line].scaled(quantity.units, of: whole.units, rounding)
        ?? .zero
    }
    if let amount = progress.completedAmount[row].orNil { return amount }
    guard let percentage = progress.percentComplete[row].orNil else { return .zero }
    return schedule.scheduledValue[line].times(percentage, rounding) ?? .zero
  }
}
