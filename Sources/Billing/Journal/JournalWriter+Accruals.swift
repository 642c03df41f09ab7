internal import Ledger
internal import Measures

extension JournalWriter {
  /// The accruals of a month's end, and on the next day their reversal (DOMAIN §3.11, [S34, S35]): a pair
  /// a job, so that nothing is accrued twice. Provision and allowance move by their change.
  ///
  /// - Parameter before: the month's end, or the opening, before it.
  mutating func addAccruals(_ standing: JobStandings, since before: JobStandings) {
    let (day, book) = (standing.day, book)
    for job in book.jobs.rows {
      let (customer, id) = (book.jobs.customer[job], { book.jobs.id[job] })
      let accrual = standing.accrual(of: job, book)
      post(day, .accrual, accrual, customer: customer) {
        (
          "accrual \(id()) \(day.text)", id(),
          "\(standing.memo(of: job, book)), reversed the next day"
        )
      }
      post(day + 1, .accrualReversal, accrual.negated, customer: customer) {
        (
          "accrual \(id()) \(day.text) reversed", id(),
          "\(standing.memo(of: job, book)) on \(day.text)"
        )
      }
      var provision = Postings()
      let change = standing.lossProvision[job] - before.lossProvision[job]
      provision.debit(.lossExpense, change)
      provision.credit(.lossProvision, change)
      post(day, .lossProvision, provision, customer: customer) {
        (
          "provision \(id()) \(day.text)", id(),
          "loss still to come \(standing.lossProvision[job].text)"
        )
      }
    }
    addAllowance(standing, since: before)
  }

  /// Takes back on the period's first day what had been accrued on the day before.
  mutating func addReversal(of opening: JobStandings) {
    let book = book
    for job in book.jobs.rows {
      post(
        period.first, .accrualReversal, opening.accrual(of: job, book).negated,
        customer: book.jobs.customer[job]
      ) {
        let id = book.jobs.id[job]
        return (
          "accrual \(id) \(opening.day.text) reversed", id,
          "\(opening.memo(of: job, book)) on \(opening.day.text)"
        )
      }
    }
  }

  /// Expense = required − (opening − write-offs + recoveries) (DOMAIN §5.7, [S64, S65]).
  private mutating func addAllowance(_ standing: JobStandings, since before: JobStandings) {
    guard let required = standing.allowance else { return }
    let used = entries.lazy
      .filter { $0.day > before.day && $0.day <= standing.day && $0.event != .allowance }
      .flatMap(\.lines).filter { $0.role == .allowance }.map(\.amount).sum()
    let expense = required - ((before.allowance ?? .zero) - used)
    var postings = Postings()
    postings.debit(.badDebt, expense)
    postings.credit(.allowance, expense)
    post(standing.day, .allowance, postings) {
      ("allowance \(standing.day.text)", "", "allowance required \(required.text)")
    }
  }

  /// What jobs and customers brought along in the period, against opening balances: no income of it
  /// (DESIGN §3, opening_balances).
  ///
  /// What was billed above what was earned by then is in the month's accrual; here it is taken out of
  /// revenue again. Contracts had earned what the row `earned` says, else what the job has earned on the
  /// day; jobs that bill their entries what they had billed.
  ///
  /// - Parameter standings: by day, the opening's and the closing's too.
  /// - Returns: what had been earned before.
  mutating func addOpeningBalances(_ standings: [JobStandings]) -> Money {
    let (book, rows) = (book, book.openingBalances)
    var revenue: [Day: [RowID<Jobs>: (billed: Money, earned: Money?)]] = [:]
    for row in rows.rows where period.contains(rows.day[row]) {
      let (day, amount, job) = (rows.day[row], rows.amount[row], rows.job[row].orNil ?? .none)
      let customer = rows.customer[row].orNil ?? (job.exists ? book.jobs.customer[job.row] : .none)
      var postings = Postings()
      switch rows.measure[row] {
      case .unapplied: postings.debit(.receivable, amount)
      case .retainage: postings.debit(.retainageReceivable, amount)
      case .deposit: postings.credit(.customerDeposits, amount)
      case .billed: revenue[day, default: [:]][job, default: (.zero, nil)].billed += amount
      case .earned:
        let earned = revenue[day]?[job]?.earned ?? .zero
        revenue[day, default: [:]][job, default: (.zero, nil)].earned = earned + amount
      case .costLabor, .costMaterial, .costOther, .certified, .received: break
      }
      postings.credit(.openingBalances, postings.lines.map(\.amount).sum())
      post(day, .openingBalance, postings, customer: customer) {
        let measure = rows.measure[row].rawValue
        let what =
          job.exists
          ? book.jobs.id[job.row] : customer.exists ? book.customers.id[customer.row] : ""
        return ("opening \(measure) \(what)", what, "\(measure) from before")
      }
    }
    var brought = Money.zero
    for (day, jobs) in revenue.sorted(by: { $0.key < $1.key }) {
      let standing = standings.first { $0.day == day }
      for (job, amounts) in jobs.sorted(by: { $0.key < $1.key }) {
        let earned = earned(job, amounts, standing)
        brought += earned
        guard job.exists else { continue }
        var postings = Postings()
        postings.credit(
          book.jobs.method[job.row].billsEntries ? .revenue : .overUnder, amounts.billed - earned)
        postings.debit(.openingBalances, amounts.billed - earned)
        post(day, .openingBalance, postings, customer: book.jobs.customer[job.row]) {
          let id = book.jobs.id[job.row]
          return ("opening billed \(id)", id, "billed before, less earned before")
        }
      }
    }
    return brought
  }

  private func earned(
    _ job: RowID<Jobs>, _ amounts: (billed: Money, earned: Money?), _ standing: JobStandings?
  ) -> Money {
    guard job.exists, !book.jobs.method[job.row].billsEntries else { return amounts.billed }
    return amounts.earned ?? standing?.earned[job.row] ?? amounts.billed
  }
}

extension JobStandings {
  /// What is earned and not billed, or billed and not earned. Jobs that bill their entries accrue as
  /// unbilled receivable against revenue ([S93]), contracts as over- and underbilling (DOMAIN §3.4).
  fileprivate func accrual(of job: Int, _ book: Book) -> Postings {
    let billsEntries = book.jobs.method[job].billsEntries
    var postings = Postings()
    postings.debit(billsEntries ? .unbilledReceivable : .underbillings, underbilled[job])
    postings.credit(.overbillings, overbilled[job])
    postings.credit(
      billsEntries ? .revenue : .overUnder, underbilled[job] - overbilled[job])
    return postings
  }

  fileprivate func memo(of job: Int, _ book: Book) -> String {
    if overbilled[job] > .zero { return "overbilled" }
    return book.jobs.method[job].billsEntries ? "unbilled work" : "underbilled"
  }
}
