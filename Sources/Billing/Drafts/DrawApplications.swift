import Ledger
import Measures

/// The progress of one application for payment.
struct DrawApplication {
  var number: Int32
  /// Its rows of progress, in order of day, then file.
  var rows: [Int] = []
  var day = Day.none
  /// Net, what its rows add up to; nil where all are blank.
  var certified: Money?
  var invoice = RowID<Invoices>.none
  /// `billed` where `invoice` is live on the as-of day, `billedLater` where it is dated after it.
  var state = EntryState.ready
  /// The day through which approvals of change orders count in it.
  var changesThrough = Day.none
}

/// The applications of a job in order of their number.
struct DrawApplications {
  let book: Book
  let asOf: Day
  /// Empty where no progress names an invoice.
  private let standings: [InvoiceStanding]

  init(_ book: Book, asOf: Day) {
    self.book = book
    self.asOf = asOf
    standings =
      book.progress.invoice.contains(where: \.exists)
      ? invoiceStandings(book.invoices, asOf: asOf) : []
  }

  func callAsFunction(_ rows: some Sequence<Int>) -> [DrawApplication] {
    let progress = book.progress
    let rows = rows.sorted { (progress.day[$0], $0) < (progress.day[$1], $1) }
    let numbers = numbered(rows)
    let order = rows.indices.sorted { (numbers[$0], $0) < (numbers[$1], $1) }
    var applications = [DrawApplication]()
    for place in order {
      if applications.last?.number != numbers[place] {
        applications.append(DrawApplication(number: numbers[place]))
      }
      add(rows[place], to: &applications[applications.count - 1])
    }
    limitChanges(&applications)
    return applications
  }

  /// The application of each row; `rows` are in order of day.
  ///
  /// Rows without a number belong to the one after the latest that was numbered on an earlier day;
  /// a later day goes on with it until a row of it is certified or names an invoice, and then opens
  /// the next, unless it names the same invoice.
  private func numbered(_ rows: [Int]) -> [Int32] {
    let progress = book.progress
    var numbers = rows.map { progress.applicationNumber[$0] }
    var latest: Int32 = 0
    var closing = RowID<Invoices>.none
    var start = 0
    while start < rows.count {
      let day = progress.day[rows[start]]
      let end = rows[start...].firstIndex { progress.day[$0] != day } ?? rows.count
      let blanks = (start..<end).filter { numbers[$0] < 1 }
      let given = numbers[start..<end].max() ?? 0
      let invoice = blanks.lazy.map { progress.invoice[rows[$0]] }.first { $0 != .none } ?? .none
      let continues = invoice != .none && invoice == closing
      let number = continues ? latest : latest < .max ? latest + 1 : latest
      for place in blanks { numbers[place] = number }
      if !blanks.isEmpty,
        invoice != .none || blanks.contains(where: { !progress.certifiedAmount[rows[$0]].isNone })
      {
        (latest, closing) = (number, invoice)
      }
      if given > latest { (latest, closing) = (given, .none) }
      start = end
    }
    return numbers
  }

  private func add(_ row: Int, to application: inout DrawApplication) {
    application.rows.append(row)
    application.day = max(application.day, book.progress.day[row])
    if let amount = book.progress.certifiedAmount[row].orNil {
      application.certified = (application.certified ?? .zero) + amount
    }
    let invoice = book.progress.invoice[row]
    guard application.state != .billed, invoice != .none else { return }
    if !invoice.exists {
      // On a document that is not in the input: taken as billed, so that it is never billed twice.
      (application.invoice, application.state) = (.missing, .billed)
    } else if standings[invoice.row] == .bills {
      (application.invoice, application.state) = (invoice, .billed)
    } else if standings[invoice.row] == .billsLater {
      application.state = .billedLater
    }
  }

  /// A change order counts from the application that is billed on its approval or after it, so that
  /// an application stays as it was billed: through the day of its invoice; without one its own day
  /// where it is certified and another follows, else the as-of day; never later than in the next.
  private func limitChanges(_ applications: inout [DrawApplication]) {
    var through = asOf
    for place in applications.indices.reversed() {
      let application = applications[place]
      if application.invoice.exists {
        let billed = book.invoices.day[application.invoice.row]
        through = min(through, max(application.day, billed))
      } else if application.certified != nil, place < applications.count - 1 {
        through = min(through, application.day)
      }
      applications[place].changesThrough = through
    }
  }
}
