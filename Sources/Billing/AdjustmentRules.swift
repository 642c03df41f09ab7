import Ledger
import Measures

/// What people changed about the billing of jobs, with their reasons, ready to be looked up for an
/// entry: adjustments dated on or before the day, in the order of their file (DESIGN §3, §5).
///
/// A target is the id of an entry, or `labor`, `material`, `other`, or a category: of items, or a kind
/// of cost. An adjustment counts for its own job only.
struct AdjustmentRules {
  private let adjustments: Adjustments
  private let texts: KeyIndex<Target>
  /// What labor, material and other are as targets.
  private let kinds: [RowID<Target>]
  /// Job and target of each adjustment, sorted, with its row.
  private let keys: [Key]
  private let values: [Int64]
  private let concerned: [Bool]
  private var isMatched: [Bool]
  /// Entries not billed yet that each adjustment changes.
  private var changed: [Int32]
  /// The adjustment that excludes or holds an entry.
  private(set) var decided: [EntryID: Int] = [:]
  /// All adjustments of each entry that has some.
  private(set) var applied: [EntryID: [Int]] = [:]

  private enum Target {}
  private struct Key: Comparable {
    var job: Int32
    var target: Int32
    var row: Int32
    static func < (a: Self, b: Self) -> Bool {
      (a.job, a.target, a.row) < (b.job, b.target, b.row)
    }
  }

  init(_ book: Book, asOf: Day, notes: inout WorkNotes) {
    adjustments = book.adjustments
    var texts = KeyIndex<Target>()
    var keys = [Key]()
    var values = [Int64](repeating: 0, count: adjustments.count)
    var concerned = [Bool](repeating: false, count: book.jobs.count)
    for row in adjustments.rows where adjustments.day[row] <= asOf {
      let job = adjustments.job[row]
      guard job.exists, adjustments.action[row] != .addLine,
        adjustments.target[row] != Adjustments.retainageTarget
      else { continue }
      if let value = parsedValue(adjustments, row) {
        values[row] = value
      } else {
        notes.add(unreadable(book, row))
        continue
      }
      let target = adjustments.target.withBytes(row) { texts.insert($0).id }
      keys.append(Key(job: job.number, target: target.number, row: Int32(row)))
      concerned[job.row] = true
    }
    self.texts = texts
    kinds = [EntryKind.labor, .material, .other].map { texts.find($0.rawValue) }
    self.keys = keys.sorted()
    self.values = values
    self.concerned = concerned
    isMatched = Array(repeating: false, count: adjustments.count)
    changed = Array(repeating: 0, count: adjustments.count)
  }

  /// Whether any adjustment names the job.
  func concern(_ job: Int) -> Bool { concerned[job] }

  /// Whether there is any that counts.
  var concernAny: Bool { !keys.isEmpty }

  /// The adjustments of one entry, as rows in file order.
  ///
  /// `category` is empty where it has none. A return that takes its issue's price inherits what was
  /// adjusted by kind and category, so only its own id counts for it (`ownIDOnly`).
  mutating func rows(
    for job: RowID<Jobs>, _ kind: EntryKind, id: ArraySlice<UInt8>, category: ArraySlice<UInt8>,
    ownIDOnly: Bool = false
  ) -> [Int] {
    var rows = [Int]()
    add(job, find(id), to: &rows, counts: true)
    add(job, kinds[kind.order], to: &rows, counts: !ownIDOnly)
    if !category.isEmpty {
      let target = find(category)
      if target != kinds[kind.order] { add(job, target, to: &rows, counts: !ownIDOnly) }
    }
    if rows.count > 1 { rows.sort() }
    return rows
  }

  private func find(_ text: ArraySlice<UInt8>) -> RowID<Target> { texts.find(text.span) }

  private mutating func add(
    _ job: RowID<Jobs>, _ target: RowID<Target>, to rows: inout [Int], counts: Bool
  ) {
    guard target.exists else { return }
    var (low, high) = (0, keys.count)
    while low < high {
      let middle = (low + high) / 2
      let key = keys[middle]
      if (key.job, key.target) < (job.number, target.number) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    while low < keys.count, keys[low].job == job.number, keys[low].target == target.number {
      let row = Int(keys[low].row)
      isMatched[row] = true
      if counts { rows.append(row) }
      low += 1
    }
  }

  /// The first of the adjustments that excludes, and the first that holds.
  func decision(_ rows: [Int]) -> (excluded: Int?, held: Int?) {
    (
      rows.first { adjustments.action[$0] == .exclude },
      rows.first { adjustments.action[$0] == .hold }
    )
  }

  mutating func note(_ entry: EntryID, decidedBy row: Int) { decided[entry] = row }

  mutating func note(_ entry: EntryID, changedBy rows: [Int], isBilled: Bool) {
    applied[entry] = rows
    guard !isBilled else { return }
    for row in rows { changed[row] += 1 }
  }

  /// The price of an entry after its adjustments, one after the other; nil while it has none.
  ///
  /// - Parameters:
  ///   - base: the price before them; nil where a rate or a cost is missing.
  ///   - cost: what a markup is added to.
  ///   - units: hours or quantity with four decimals; one for a cost.
  func price(
    _ rows: [Int], base: ExactAmount?, cost: ExactAmount?, units: Int64,
    markupMeans: Company.Billing.MarkupMeans
  ) -> ExactAmount? {
    var price = base
    for row in rows {
      let value = values[row]
      switch adjustments.action[row] {
      case .setRate:
        price = ExactAmount(UnitPrice(units: value), times: units)
      case .setMarkup:
        price = cost
        if markupMeans == .margin, value < 100_0000 {
          price?.multiply(by: 100_0000, over: 100_0000 - value)
        } else {
          price?.multiply(by: 100_0000 + value, over: 100_0000)
        }
      case .discount:
        price?.multiply(by: 100_0000 - value, over: 100_0000)
      case .setAmount:
        price = ExactAmount(Money(units: value))
      case .exclude, .hold, .setTaxCode, .addLine:
        break
      }
    }
    return price
  }

  /// Adjustments that do not do what somebody meant: they name no entry, or entries that have no price
  /// of their own, or give one amount to several.
  func reportUnmatched(_ book: Book, notes: inout WorkNotes) {
    for key in keys.sorted(by: { $0.row < $1.row }) {
      let row = Int(key.row)
      let job = adjustments.job[row].row
      let (id, jobID) = (adjustments.id[row], book.jobs.id[job])
      let method = book.jobs.method[job]
      let isTaxOfKind =
        adjustments.action[row] == .setTaxCode
        && EntryKind(rawValue: adjustments.target[row]) != nil
      if !method.billsEntries, !isTaxOfKind {
        notes.add(
          finding(
            .warning, "adjustment_without_effect", row, "action", book,
            "\(id) changes nothing: entries of \(jobID), \(method.rawValue), have no price of their own",
            expected: "an adjustment of a time-and-material or cost-plus job",
            remedy: "change the contract by a change order, or take the adjustment out"))
      } else if !isMatched[row], !isTaxOfKind {
        notes.add(
          finding(
            .warning, "adjustment_matches_nothing", row, "target", book,
            "\(id) names no entry of job \(jobID)",
            expected: "the id of an entry of that job, labor, material, other or a category",
            remedy: "correct the target or the job, or take the adjustment out"))
      } else if adjustments.action[row] == .setAmount, changed[row] > 1 {
        notes.add(
          finding(
            .error, "amount_for_several", row, "target", book,
            "\(id) gives one amount to \(changed[row]) entries of \(jobID), each of which would bill it",
            expected: "the id of one entry",
            remedy: "name one entry and exclude the others, or use discount_pct or add_line"))
      }
    }
  }

  private func finding(
    _ severity: Severity, _ code: String, _ row: Int, _ column: String, _ book: Book,
    _ message: String, expected: String, remedy: String
  ) -> Finding {
    let place = Place(
      file: book.file(Adjustments.self), line: adjustments.line[row], column: column)
    let value = column == "target" ? adjustments.target[row] : adjustments.action[row].rawValue
    return Finding(
      severity, code, at: place, value: value, message, expected: expected, remedy: remedy)
  }
}

/// The value of an adjustment in units of its measure; nil where it is not a number, zero where the
/// action takes none.
private func parsedValue(_ adjustments: Adjustments, _ row: Int) -> Int64? {
  let text = adjustments.value[row]
  return switch adjustments.action[row] {
  case .setRate: UnitPrice(text)?.units
  case .setMarkup, .discount: Percentage(text)?.units
  case .setAmount: Money(text)?.units
  case .exclude, .hold, .setTaxCode, .addLine: 0
  }
}

private func unreadable(_ book: Book, _ row: Int) -> Finding {
  let action = book.adjustments.action[row].rawValue
  return Finding(
    .error, "adjustment_value",
    at: Place(
      file: book.file(Adjustments.self), line: book.adjustments.line[row], column: "value"),
    value: book.adjustments.value[row], "\(action) needs a number",
    expected: "a rate, a percentage or an amount such as 95 or 12.5",
    remedy: "correct the value")
}
