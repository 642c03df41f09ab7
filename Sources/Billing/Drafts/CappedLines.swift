import Ledger
import Measures

/// Brings the lines of a draft under a not-to-exceed amount or a guaranteed maximum (DESIGN §5; DOMAIN
/// §6.7 [S75, S76, S77]): a draft is `min(cap, value to date) − billed`.
///
/// `adjust` shows all lines and one negative line; the tax bases are cut pro rata, see `taxBases`.
/// `block` keeps lines as far as there is room, in their order, the last of them in part.
struct CappedLines {
  private(set) var lines: [DraftLine]
  /// What the negative line takes away; zero where nothing is above the cap, or lines were left out.
  private(set) var cut = Money.zero

  /// - Parameters:
  ///   - cap: with the changes approved by the day; `.none` without one.
  ///   - billed: subtotals billed to date.
  init(
    _ lines: [DraftLine], cap: Money, billed: Money, policy: Company.Billing.NotToExceed
  ) {
    self.lines = lines
    guard let cap = cap.orNil else { return }
    let room = max(.zero, cap - billed)
    let value = lines.map(\.amount).sum()
    guard value > room else { return }
    switch policy {
    case .adjust:
      cut = value - room
      var line = DraftLine(.other, "Above the not-to-exceed amount of \(cap.grouped)", -cut)
      line.isTaxable = false
      self.lines.append(line)
    case .block:
      self.lines = []
      var left = room
      for line in lines {
        var line = line
        if line.amount > left {
          line.description += ", in part: not to exceed \(cap.grouped)"
          line.amount = left
          (line.quantity, line.unitPrice) = (.none, .none)
        }
        left -= line.amount
        if !line.amount.isZero { self.lines.append(line) }
      }
    }
  }

  /// The lines with the amounts that tax is taken of: each of those above zero bears its part of the
  /// cut, exactly; the negative line is not taxed.
  var taxBases: [DraftLine] {
    guard !cut.isZero else { return lines }
    var bases = lines
    let parts = cut.split(by: lines.dropLast().map { max(0, $0.amount.units) })
    for place in parts.indices { bases[place].amount -= parts[place] }
    return bases
  }
}
