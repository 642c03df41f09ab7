import Ledger
import Measures

/// Lines of a draft for the hours, parts and costs of a job (DESIGN §5).
///
/// Grouped for the customer: hours by role, pay type and rate, parts by item and price; each cost is a
/// line of its own, and so is an entry that an adjustment changed. A line's amount is the sum of its
/// entries, each rounded once, so that it ties to the unbilled report.
struct EntryLines {
  private let book: Book
  private let work: Work
  /// The same work without adjustments, for what a line would have been; nil where there are none.
  private let plain: Work?
  private let taxes: TaxRates

  /// What entries have in common that stand on one line.
  private struct Key: Hashable {
    var kind: EntryKind
    var what: String
    var unitPrice: UnitPrice
    var taxCode: RowID<TaxCodes>
    var isTaxable: Bool
    /// The entry itself where it stands alone.
    var own: EntryID?
  }

  /// Entries on one line; more go on on a next one.
  private static let mostEntries = 1_000

  init(_ book: Book, _ work: Work, plain: Work?, _ taxes: TaxRates) {
    (self.book, self.work, self.plain, self.taxes) = (book, work, plain, taxes)
  }

  func lines(_ entries: [DraftEntries.Entry], job: RowID<Jobs>) -> [DraftLine] {
    let isCostPlus = book.jobs.method[job.row] == .costPlus
    let code = taxes.taxCode(of: job, book)
    var places: [Key: Int] = [:]
    var lines: [DraftLine] = []
    for entry in entries {
      let rules = work.adjustments(of: entry.id)
      let unitPrice = isCostPlus ? .none : work.entries(entry.id.kind)[entry.id.row].unitPrice
      // The ids of a line stand with blanks between, and a cell holds only so many.
      let isAlone =
        !book.company.billing.groupLines || entry.id.kind == .other || !rules.isEmpty
        || book.id(of: entry.id).contains(" ")
      let key = Key(
        kind: entry.id.kind, what: subject(entry.id, isAlone: isAlone),
        unitPrice: unitPrice, taxCode: taxCode(rules) ?? code,
        isTaxable: isTaxable(entry.id, job), own: isAlone ? entry.id : nil)
      if let place = places[key], lines[place].entries.count < Self.mostEntries {
        lines[place].quantity += entry.quantity
        lines[place].amount += entry.price
        lines[place].entries.append(entry.id)
        continue
      }
      places[key] = lines.count
      var line = DraftLine(key.kind, key.what, entry.price)
      line.quantity = entry.quantity
      line.unitPrice = key.unitPrice
      (line.taxCode, line.isTaxable) = (key.taxCode, key.isTaxable)
      line.entries = [entry.id]
      line.adjustments = rules
      if !rules.isEmpty, let plain {
        line.before = plain.entries(entry.id.kind)[entry.id.row].price
      }
      lines.append(line)
    }
    return lines
  }

  /// The code that the last adjustment of tax gives.
  private func taxCode(_ rules: [Int]) -> RowID<TaxCodes>? {
    rules.last { book.adjustments.action[$0] == .setTaxCode }.map {
      book.adjustments.value.withBytes($0) { book.taxCodes.index.find($0) }
    }
  }

  private func isTaxable(_ entry: EntryID, _ job: RowID<Jobs>) -> Bool {
    if taxes.isExempt(book.jobs.customer[job.row], book) { return false }
    guard entry.kind == .material, let item = book.inventory.item[entry.row].orNil else {
      return true
    }
    let version = book.items.versions.row(of: RowID(item.row), on: book.inventory.day[entry.row])
    return version.map { book.items.isTaxable[$0] } ?? true
  }

  private func subject(_ entry: EntryID, isAlone: Bool) -> String {
    let row = entry.row
    switch entry.kind {
    case .labor:
      let lines = book.timesheets
      let (day, payType) = (lines.day[row], lines.payType[row])
      let person = lines.technician[row].orNil
      let version = person.flatMap { book.technicians.versions.row(of: RowID($0.row), on: day) }
      var text = version.map { book.technicians.roleName[$0] } ?? "Labor"
      if payType.exists, book.payTypes.index[payType] != "REG" {
        text += ", \(book.payTypes.index[payType])"
      }
      guard isAlone else { return text }
      let name = version.map { book.technicians.technicianName[$0] } ?? ""
      return name.isEmpty ? "\(text), \(day.text)" : "\(text), \(name), \(day.text)"
    case .material:
      guard let item = book.inventory.item[row].orNil else { return "Material" }
      let version = book.items.versions.row(of: RowID(item.row), on: book.inventory.day[row])
      let text = version.map { book.items.description[$0] } ?? book.items.index.keys[item.row]
      return isAlone ? "\(text), \(book.inventory.day[row].text)" : text
    case .other:
      let text = book.costs.description[row]
      let kind = book.costs.kind[row].rawValue
      return (text.isEmpty ? kind.prefix(1).uppercased() + kind.dropFirst() : text)
        + ", \(book.costs.day[row].text)"
    }
  }
}
