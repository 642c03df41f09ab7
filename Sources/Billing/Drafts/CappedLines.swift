import Ledger
import Measures

/// Brings the lines of a draft under a not-to-exceed amount or a guaranteed maximum (DESIGN §5; DOMAIN
/// §6.7 [S75, S76, S77]): a draft is `min(cap, value to date) − billed`, where the value to date has what
/// earlier invoices held back.
///
/// What is above it is one negative line; the tax bases are cut pro rata. Under `adjust` all entries are
/// shown, under `block` those that fit and the one that crosses the cap.
struct CappedLines {
  private(set) var lines: [DraftLine]
  /// What the negative line takes away; zero where nothing is above the cap.
  private(set) var cut = Money.zero
  /// What earlier invoices held back and there is still no room for.
  private(set) var stillHeldBack: Money

  /// - Parameters:
  ///   - cap: with the changes approved by the day; `.none` without one.
  ///   - billed: subtotals billed to date.
  ///   - heldBack: by earlier invoices.
  init(_ lines: [DraftLine], cap: Money, billed: Money, heldBack: Money) {
    self.lines = lines
    stillHeldBack = heldBack
    guard let cap = cap.orNil else { return }
    let room = max(.zero, cap - billed)
    let earlier = min(heldBack, room)
    if !earlier.isZero {
      var line = DraftLine(.other, "Held back on earlier invoices", earlier)
      line.reference = DraftLine.notToExceed
      self.lines.insert(line, at: 0)
      stillHeldBack -= earlier
    }
    let value = self.lines.map(\.amount).sum()
    guard value > room else { return }
    cut = value - room
    var line = DraftLine(.other, "Above the not-to-exceed amount of \(cap.grouped)", -cut)
    line.isTaxable = false
    line.reference = DraftLine.notToExceed
    self.lines.append(line)
  }

  /// The lines with the amounts that tax is taken of: each of those above zero bears its part of the
  /// cut, exactly; the negative line is not taxed.
  var taxBases: [DraftLine] {
    var bases = lines
    bases.take(cut)
    return bases
  }
}
