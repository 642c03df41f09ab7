internal import Measures

extension Draw {
  /// What its invoice bills and withholds, a line of the schedule each: column G less that of the
  /// application before, and the change of column I. Lines on which neither moved are left out; one
  /// whose retainage alone moved bills nothing and withholds or gives back.
  public func draftLines() -> [DraftLine] {
    lines.compactMap { line in
      guard !line.amountThisPeriod.isZero || !line.retainageChange.isZero else { return nil }
      var draft = DraftLine(line.kind, line.description, line.amountThisPeriod)
      draft.retainage = line.retainageChange
      draft.scheduleLine = line.lineNumber
      let units = line.quantityThisPeriod
      if !line.unitPrice.isNone, !units.isNone, !units.isZero {
        (draft.quantity, draft.unitPrice) = (units, line.unitPrice)
      }
      return draft
    }
  }
}
