import Ledger
import Measures

extension Explainer {
  /// An item of stock: what is on hand is worth, movement by movement (DOMAIN §8).
  func explain(_ item: RowID<Item>) -> Explanation {
    let level = closing.work.stock.levels[item]
    let versions = book.items.versions
    let id = RowID<Items>(item.row)
    let version = versions.row(of: id, on: asOf) ?? versions.rows(of: id).first
    let name = version.map { "\(book.items.id[$0]) \(book.items.description[$0])" } ?? ""
    let rest: [Explanation] = [
      .amount("counted", level.adjusted, rule: "adjustments of stock, at cost"),
      .amount(
        "less variance", -level.variance,
        rule:
          "receipts that cover negative stock, purchases beside the standard"
      ),
    ].filter { $0.amount?.isZero == false }
    return .fact(
      "item \(name)", "as of \(asOf.text)", at: version.map { place(book.items, $0) },
      [
        .fact("quantity", level.quantity.text),
        .sum(
          "value", level.value,
          rule: "received − issued + returned, issues at \(book.company.costing.rawValue)",
          movements(of: item) + rest),
      ])
  }

  private func movements(of item: RowID<Item>) -> [Explanation] {
    let inventory = book.inventory
    return inventory.rows.filter {
      inventory.item[$0] == item && inventory.day[$0] <= asOf && inventory.type[$0] != .adjustment
    }.map { row in
      let what =
        "\(inventory.id[row]) \(inventory.type[row].rawValue) of \(inventory.day[row].text)"
      let units = inventory.quantity[row].units
      guard inventory.type[row] == .receipt else {
        return .amount(what, -closing.work.material[row].cost, at: place(inventory, row))
      }
      let cost = inventory.unitCost[row].orNil.flatMap {
        ExactAmount($0, times: units).rounded(book.company.rounding)
      }
      return .amount(what, cost ?? .zero, at: place(inventory, row, "unit_cost"))
    }
  }
}
