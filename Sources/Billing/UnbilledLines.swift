public import Ledger
public import Measures

/// An entry with all that its figures came from, for a detail report or an explanation.
public struct WorkLine: Sendable {
  public var entry: EntryID
  public var job: RowID<Jobs>
  public var day: Day
  /// Hours, or quantity, negative of a return; one of a cost.
  public var quantity: Quantity
  /// Burden included; `.none` where it is unknown.
  public var unitCost: UnitPrice
  /// Burden included.
  public var cost: Money
  public var unitPrice: UnitPrice
  public var price: Money
  public var state: EntryState
  public var reason: BlockedReason?
  /// The document it is on, whatever became of that; see `state`.
  public var invoice: RowID<Invoices>
}

/// A row of the unbilled detail: an entry, or one of the two parts of an entry that crosses a cap.
public struct UnbilledLine: Sendable {
  public enum Part: UInt8, Sendable {
    case whole
    /// What still fits under the cap; it has the quantity and the cost.
    case ready
    /// What lies beyond: an amount without quantity, so that hours are counted once.
    case beyond
  }
  public var entry: EntryID
  public var part: Part
}

extension Work {
  /// One entry, without regard to a cap that cuts it.
  public func line(_ entry: EntryID, in book: Book) -> WorkLine {
    precondition(hasRows, "lines are made of rows, so rows must have been kept")
    let row = entry.row
    let settled = entries(entry.kind)[row]
    let cost = settled.burdenedCost
    var line = WorkLine(
      entry: entry, job: .none, day: .none, quantity: Quantity(units: 1_0000), unitCost: .none,
      cost: cost, unitPrice: settled.unitPrice, price: settled.price, state: settled.state,
      reason: settled.reason, invoice: .none)
    switch entry.kind {
    case .labor:
      let lines = book.timesheets
      (line.job, line.day, line.invoice) = (lines.job[row], lines.day[row], lines.invoice[row])
      line.quantity = Quantity(units: lines.hours[row].units)
      line.unitCost = cost.perUnit(line.quantity.units)
    case .material:
      let lines = book.inventory
      (line.job, line.day, line.invoice) = (lines.job[row], lines.day[row], lines.invoice[row])
      line.quantity = lines.type[row] == .return ? -lines.quantity[row] : lines.quantity[row]
      line.unitCost = stock.unitCost[row]
    case .other:
      let lines = book.costs
      (line.job, line.day, line.invoice) = (lines.job[row], lines.day[row], lines.invoice[row])
      line.unitCost = cost.perUnit(line.quantity.units)
    }
    return line
  }

  /// A row of the detail report, its part of a cut entry only.
  public func line(_ unbilled: UnbilledLine, in book: Book) -> WorkLine {
    var line = line(unbilled.entry, in: book)
    let ready = readyParts[unbilled.entry] ?? .zero
    switch unbilled.part {
    case .whole: break
    case .ready:
      (line.state, line.reason, line.price) = (.ready, nil, ready)
    case .beyond:
      line.price -= ready
      (line.quantity, line.cost) = (.zero, .zero)
    }
    return line
  }

  /// Every entry through the day that is neither billed nor cost of a contract: what is unbilled, and
  /// what was waived or never to be billed, so that the reader sees the reason of each.
  ///
  /// In order of job id, then labor, material, other, then entry id, all by their bytes; or, for a sum
  /// that needs no order, as they come.
  public func unbilledLines(in book: Book, isOrdered: Bool = true) -> [UnbilledLine] {
    let rank = isOrdered ? ranks(of: book.jobs) : Array(repeating: 0, count: book.jobs.count)
    var keys = [(job: Int32, entry: EntryID)]()
    for kind in [EntryKind.labor, .material, .other] {
      let (entries, jobs) = (entries(kind), jobColumn(kind, book))
      for row in entries.rows where isListed(entries[row].state) {
        keys.append((rank[jobs[row].row], EntryID(kind, row)))
      }
    }
    if isOrdered { sort(&keys, book) }
    var lines = [UnbilledLine]()
    lines.reserveCapacity(keys.count + readyParts.count)
    for key in keys {
      if readyParts[key.entry] == nil {
        lines.append(UnbilledLine(entry: key.entry, part: .whole))
      } else {
        lines.append(UnbilledLine(entry: key.entry, part: .ready))
        lines.append(UnbilledLine(entry: key.entry, part: .beyond))
      }
    }
    return lines
  }

  private func sort(_ keys: inout [(job: Int32, entry: EntryID)], _ book: Book) {
    let ids = [book.timesheets.id, book.inventory.id, book.costs.id]
    keys.sort { a, b in
      if a.job != b.job { return a.job < b.job }
      if a.entry.kind != b.entry.kind { return a.entry < b.entry }
      let column = ids[a.entry.kind.order]
      if column.precedes(a.entry.row, b.entry.row) { return true }
      return !column.precedes(b.entry.row, a.entry.row) && a.entry.row < b.entry.row
    }
  }

  private func isListed(_ state: EntryState) -> Bool {
    state.isUnbilled || state == .excluded || state == .notBillable
  }

  private func jobColumn(_ kind: EntryKind, _ book: Book) -> [RowID<Jobs>] {
    switch kind {
    case .labor: book.timesheets.job
    case .material: book.inventory.job
    case .other: book.costs.job
    }
  }
}

/// The place of each job in the order of ids.
private func ranks(of jobs: Jobs) -> [Int32] {
  var rank = [Int32](repeating: 0, count: jobs.count)
  let order = jobs.rows.sorted { jobs.id.precedes($0, $1) }
  for (place, job) in order.enumerated() { rank[job] = Int32(place) }
  return rank
}
