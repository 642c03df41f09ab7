import Ledger
import Measures

/// What the as-of day makes of jobs and documents, decided once for each and looked up for each
/// entry.
struct WorkTerms {
  let asOf: Day
  let rounding: Rounding
  let jobs: [JobTerms]
  let invoices: [InvoiceStanding]
  /// What `JobTerms.pricing` points at: of cost-plus jobs the fee, of others cards and schedules.
  let fees: [Fee]
  let lists: [PriceLists]
  /// How many jobs bill entries.
  let billing: Int
  /// Whether entries are kept one by one, with what only a reader wants of them.
  let keepsRows: Bool

  /// - Parameter cap: the not-to-exceed amount of each job; `.none` without one.
  init(
    _ book: Book, asOf: Day, adjustments: AdjustmentRules, cap: PerRow<Jobs, Money>,
    keepsRows: Bool
  ) {
    self.asOf = asOf
    self.keepsRows = keepsRows
    rounding = book.company.rounding
    invoices = invoiceStandings(book.invoices, asOf: asOf)
    // Tables, not the book: a value of the whole book is costly to pass a thousand times.
    let (table, customers) = (book.jobs, book.customers)
    let needsCloseout = book.company.billing.closeout == .require && table.hasCloseoutColumns
    let company = PriceLists(company: book)
    var fees = [Fee]()
    var lists = [PriceLists]()
    var places: [PriceLists: Int32] = [:]
    var (latest, place, billing) = (company, Int32(0), Int32(0))
    var jobs = [JobTerms]()
    jobs.reserveInLargePages(table.count)
    for job in table.rows {
      var terms = JobTerms(table, job, customers, asOf: asOf, needsCloseout: needsCloseout)
      if adjustments.concern(job) { terms.flags.insert(.adjusted) }
      if !cap.values[job].isNone { terms.flags.insert(.limited) }
      if terms.billsEntries {
        terms.place = billing
        billing += 1
      }
      if terms.isCostPlus {
        terms.pricing = Int32(fees.count)
        fees.append(Fee(table, job))
      } else if terms.billsEntries {
        let own = PriceLists(table, job, customers, company)
        // Most jobs have the lists of the one before: no look-up then.
        if lists.isEmpty || own != latest {
          latest = own
          place = places[own] ?? Int32(lists.count)
          if places.updateValue(place, forKey: own) == nil { lists.append(own) }
        }
        terms.pricing = place
      }
      jobs.append(terms)
    }
    self.billing = Int(billing)
    self.jobs = jobs
    (self.fees, self.lists) = (fees, lists)
  }

  /// The state that a document, the entry's own flag or the job's method gives it; nil where it is to
  /// be billed, if nothing blocks it.
  @inline(__always)
  func state(_ invoice: RowID<Invoices>, isBillable: Bool, _ term: JobTerms) -> EntryState? {
    if invoice.exists {
      switch invoices[invoice.row] {
      case .frees: break
      case .bills: return .billed
      case .billsLater: return .billedLater
      }
    } else if invoice == .missing {
      // On an invoice that is not in the input: taken as billed, so that it is never billed twice.
      return .billed
    }
    if !isBillable || term.isNoCharge { return .notBillable }
    return term.billsEntries ? nil : .inContract
  }
}

/// The cards and schedules of a job: its own, its customer's, the company's.
struct PriceLists: Hashable {
  var cards = InlineTriple<RateCard>()
  var schedules = InlineTriple<MarkupSchedule>()

  init(company book: Book) {
    cards.last = book.rates.cards.find(book.company.rateCard)
    schedules.last = book.markups.schedules.find(book.company.markupSchedule)
  }

  init(
    _ jobs: borrowing Jobs, _ job: Int, _ customers: borrowing Customers, _ company: PriceLists
  ) {
    self = company
    cards.first = jobs.rateCard[job]
    schedules.first = jobs.markupSchedule[job]
    guard let customer = jobs.customer[job].orNil?.row else { return }
    cards.second = customers.rateCard[customer]
    schedules.second = customers.markupSchedule[customer]
  }
}

/// Three rows of a table, asked one after the other.
struct InlineTriple<Table>: Hashable {
  var first = RowID<Table>.none
  var second = RowID<Table>.none
  var last = RowID<Table>.none
}

/// How a job's entries are priced and what stands in the way of all of them: twelve bytes, so that the
/// terms of all jobs stay in the cache while entries of any job follow one another.
struct JobTerms {
  struct Flags: OptionSet {
    var rawValue: UInt8
    /// Time and material, or cost plus.
    static let billsEntries = Flags(rawValue: 1)
    static let costPlus = Flags(rawValue: 2)
    static let noCharge = Flags(rawValue: 4)
    /// Adjustments name the job, so that its entries' ids must be compared.
    static let adjusted = Flags(rawValue: 8)
    /// Complete on the day, without signature or photos where the policy asks for them.
    static let lacksCloseout = Flags(rawValue: 16)
    /// Has a not-to-exceed amount.
    static let limited = Flags(rawValue: 32)
  }
  var flags: Flags = []
  /// The job's or customer's own state, the first that blocks.
  var block: BlockedReason?
  /// Where its fee, or its cards and schedules, stand in `WorkTerms`.
  var pricing: Int32 = 0
  /// Where the sums of its unbilled work stand; -1 where it does not bill entries.
  var place: Int32 = -1

  var billsEntries: Bool { flags.contains(.billsEntries) }
  var isCostPlus: Bool { flags.contains(.costPlus) }
  var isNoCharge: Bool { flags.contains(.noCharge) }
  var isLimited: Bool { flags.contains(.limited) }
  var isAdjusted: Bool { flags.contains(.adjusted) }
  var lacksCloseout: Bool { flags.contains(.lacksCloseout) }

  init() {}

  init(
    _ jobs: borrowing Jobs, _ job: Int, _ customers: borrowing Customers, asOf: Day,
    needsCloseout: Bool
  ) {
    let method = jobs.method[job]
    if method.billsEntries { flags.insert(.billsEntries) }
    if method == .costPlus { flags.insert(.costPlus) }
    if method == .noCharge { flags.insert(.noCharge) }
    block = JobStanding(jobs, job, on: asOf).block
    if block == nil, let customer = jobs.customer[job].orNil?.row, customers.isOnHold[customer] {
      block = .customerOnHold
    }
    if needsCloseout, let completed = jobs.completionDate[job].orNil, completed <= asOf,
      !jobs.hasSignature[job] || !jobs.hasPhotos[job]
    {
      flags.insert(.lacksCloseout)
    }
  }

  /// What blocks an entry, the first that applies (DESIGN §5).
  @inline(__always)
  func blocks(isHeld: Bool, isApproved: Bool, missing: BlockedReason?) -> BlockedReason? {
    if let block { return block }
    if isHeld { return .held }
    if !isApproved { return .notApproved }
    if let missing { return missing }
    return lacksCloseout ? .closeoutIncomplete : nil
  }
}
