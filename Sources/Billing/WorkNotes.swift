import Ledger
import Measures

/// What pricing and costing found wrong: one finding a cause, not one a row, so that a missing rate
/// on a thousand lines reads as one sentence with the hours and money behind it.
struct WorkNotes {
  private(set) var findings: [Finding] = []

  mutating func add(_ finding: Finding) { findings.append(finding) }

  /// A product that does not fit: the row has no amount, and the run is refused (RELIABILITY D12).
  mutating func overflow<T: Table>(_ book: Book, _ table: T.Type, line: UInt32, what: String) {
    add(
      Finding(
        .error, "overflow", at: Place(file: book.file(table), line: line),
        "the \(what) of this line has more than ten digits before the point",
        expected: "amounts below 10,000,000,000.00",
        remedy: "correct the quantity, rate or price that is too large"))
  }

  /// Those of one kind of entry, in the order of the file.
  mutating func add(_ overflows: [Overflow], of kind: EntryKind, _ book: Book) {
    for found in overflows where found.entry.kind == kind {
      let row = found.entry.row
      switch kind {
      case .labor:
        overflow(book, Timesheets.self, line: book.timesheets.line[row], what: found.what)
      case .material:
        overflow(book, Inventory.self, line: book.inventory.line[row], what: found.what)
      case .other: overflow(book, Costs.self, line: book.costs.line[row], what: found.what)
      }
    }
  }

  /// Rows of one cause as one finding, at the first of them.
  mutating func add(
    _ tally: RowTally, _ code: String, _ book: Book, column: String = "", remedy: String,
    message: (_ rows: String, _ hours: String) -> String
  ) {
    guard tally.rows > 0 else { return }
    var place = book.place(of: tally.first)
    place.column = column
    let rows = tally.rows == 1 ? "1 line" : "\(tally.rows) lines"
    add(
      Finding(
        .warning, code, at: place, message(rows, tally.hours.shortText()), remedy: remedy,
        amount: tally.amount))
  }

  mutating func addUnknownTechnicians(_ tallies: [Int32: RowTally], _ book: Book) {
    for (number, tally) in tallies.sorted(by: { $0.value.first < $1.value.first }) {
      let subject = number >= 0 ? book.technicians.index.keys[Int(number)] : "the technician"
      add(
        tally, "no_technician", book, column: "technician_id",
        remedy: "add a row to technicians.csv that is effective on or before the day of the work"
      ) { rows, hours in
        "\(subject) has no row on the day of \(rows): \(hours) hours lack cost or burden"
      }
    }
  }

  /// Missing rates and costs, a finding a job with the hours and cost at stake (DOMAIN §7).
  mutating func addMissing(_ tallies: [MissingCause: RowTally], _ book: Book) {
    let sorted = tallies.sorted { $0.value.first < $1.value.first }
    for (cause, tally) in sorted where cause.reason == .noRate {
      add(
        tally, cause.reason.name, book,
        remedy: "add the rate to rates.csv, or a bill_rate to the lines"
      ) { rows, hours in
        "\(book.jobs.id[cause.job]) has \(rows) without a rate, \(hours) hours; "
          + "the amount is their cost"
      }
    }
    for (cause, tally) in sorted where cause.reason == .noCost {
      add(
        tally, cause.reason.name, book,
        remedy: "enter the receipt, the item's standard_cost or the line's own cost"
      ) { rows, _ in
        "\(book.jobs.id[cause.job]) has \(rows) whose price needs a cost, and there is none"
      }
    }
  }
}

extension Book {
  /// Where an entry stands in its file.
  func place(of entry: EntryID) -> Place {
    switch entry.kind {
    case .labor: Place(file: file(Timesheets.self), line: timesheets.line[entry.row])
    case .material: Place(file: file(Inventory.self), line: inventory.line[entry.row])
    case .other: Place(file: file(Costs.self), line: costs.line[entry.row])
    }
  }
}
