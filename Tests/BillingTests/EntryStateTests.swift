import Billing
import Ledger
import Measures
import Reporting
import Testing

struct EntryStateTests {
  private func book() -> WorkBook {
    var book = WorkBook()
    book.rate("standard", "Plumber", "REG", "100")
    return book
  }

  @Test func `every hour is in exactly one state`() {
    var book = book()
    book.job("J")
    book.job("F", .fixedPrice)
    book.job("N", .noCharge)
    book.invoice("I-OCT", "2026-10-20")
    book.invoice("I-NOV", "2026-11-05")
    book.hours("billed", "J", "2026-10-05", "1", on: "I-OCT")
    book.hours("elsewhere", "J", "2026-10-05", "1", on: "I-UNKNOWN")
    book.hours("billed_later", "J", "2026-10-05", "1", on: "I-NOV")
    book.hours("ready", "J", "2026-10-05", "1")
    book.hours("flag", "J", "2026-10-05", "1", billable: false)
    book.hours("warranty", "N", "2026-10-05", "1")
    book.hours("in_contract", "F", "2026-10-05", "1")
    book.hours("excluded", "J", "2026-10-05", "1")
    book.hours("not_yet", "J", "2026-11-01", "1")
    book.adjust("A1", "J", "excluded", .exclude)
    let worked = book.worked()
    let states: [(String, EntryState)] = [
      ("billed", .billed), ("elsewhere", .billed), ("billed_later", .billedLater),
      ("ready", .ready), ("flag", .notBillable), ("warranty", .notBillable),
      ("in_contract", .inContract), ("excluded", .excluded), ("not_yet", .notYet),
    ]
    for (id, state) in states { #expect(worked.time(id).state == state, "\(id)") }
    #expect(worked.job("J").unbilled.total == "200.00")
    #expect(worked.job("J").unbilled.approved == "200.00")
    #expect(worked.failures == [])
  }

  @Test func `what blocks is the first of ten reasons, each with who clears it`() {
    var book = book()
    book.customer("H", onHold: true)
    book.item("X")
    book.job("job_cancelled", status: .cancelled, cancelled: "2026-10-31")
    book.job("job_closed", status: .closed, closed: "2026-10-31")
    book.job("job_on_hold", status: .onHold, hold: ("2026-10-12", .none))
    book.job("customer_on_hold", customer: "H")
    book.job("held")
    book.job("not_approved")
    book.job("no_rate")
    book.job("no_cost")
    book.job("closeout_incomplete", status: .complete, completed: "2026-10-31")
    book.job("not_to_exceed", cap: "50.00", billed: "60.00")
    for reason in BlockedReason.allCases {
      let payType = reason == .noRate ? "OT" : "REG"
      if reason == .noRate { book.technician("A", "Apprentice", "22", burden: "0") }
      if reason == .noCost {
        book.move(reason.name, "X", .issue, "2026-10-05", "1", job: reason.name)
      } else {
        book.hours(
          reason.name, reason.name, "2026-10-05", "1", payType, by: reason == .noRate ? "A" : "T",
          approved: reason != .notApproved)
      }
    }
    book.adjust("A1", "held", "held", .hold)
    let worked = book.worked()
    for reason in BlockedReason.allCases {
      let line = reason == .noCost ? worked.material(reason.name) : worked.time(reason.name)
      #expect(line.standing == reason.name)
      #expect(worked.job(reason.name).unbilled.blocked(reason) == line.price)
    }
    #expect(worked.job("not_approved").unbilled.approved == "0.00")
    #expect(worked.job("held").unbilled.approved == "100.00")
    let clearing = worked.detail("cleared_by")
    #expect(clearing.filter { $0 == .text("M. Webb") }.count == 2)
    #expect(clearing.filter { $0 == .text("D. Kowalski") }.count == 1)
    #expect(worked.failures == [])
  }

  @Test(
    arguments: [
      ("2026-10-30", .open), ("2026-10-31", .cancelled),
    ] as [(Day, JobStatus)])
  func `a job is cancelled from its day`(asOf: Day, status: JobStatus) {
    var book = book()
    book.job("J", status: .cancelled, cancelled: "2026-10-31")
    #expect(JobStanding(book.book.jobs, 0, on: asOf).status == status)
  }

  @Test func `a hold that has ended still counts for the days between its dates`() {
    var book = book()
    book.job("J", hold: ("2026-10-12", "2026-10-20"))
    book.hours("T1", "J", "2026-10-05", "1")
    #expect(book.worked("2026-10-11").time("T1").standing == "ready")
    #expect(book.worked("2026-10-20").time("T1").standing == "job_on_hold")
    #expect(book.worked("2026-10-21").time("T1").standing == "ready")
  }

  @Test func `time approved after the day was not approved on it`() {
    var book = book()
    book.job("J")
    book.hours("T1", "J", "2026-10-22", "4", approvedOn: "2026-11-03")
    #expect(book.worked().time("T1").standing == "not_approved")
    #expect(book.worked("2026-11-03").time("T1").standing == "ready")
  }

  @Test func `a void frees its entries from its day`() {
    var book = book()
    book.job("J")
    book.invoice("I1", "2026-10-14", voided: "2026-11-04")
    book.hours("T1", "J", "2026-10-06", "5", on: "I1")
    #expect(book.worked("2026-10-13").time("T1").standing == "ready")
    #expect(book.worked("2026-11-03").time("T1").standing == "billed")
    #expect(book.worked("2026-11-04").time("T1").standing == "ready")
  }

  @Test func `a credit memo with rebill puts entries back, another does not`() {
    var book = book()
    book.job("J")
    book.invoice("I1", "2026-09-30")
    book.invoice("I2", "2026-09-30")
    book.invoice("CM1", "2026-10-19", .creditMemo, credits: "I1", rebill: true)
    book.invoice("CM2", "2026-10-19", .creditMemo, credits: "I2")
    book.invoice(
      "CM3", "2026-10-19", .creditMemo, voided: "2026-10-20", credits: "I2", rebill: true)
    book.hours("T1", "J", "2026-09-14", "8", on: "I1")
    book.hours("T2", "J", "2026-09-14", "8", on: "I2")
    #expect(book.worked("2026-10-18").time("T1").standing == "billed")
    #expect(book.worked().time("T1").standing == "ready")
    #expect(book.worked().time("T2").standing == "billed")
  }

  @Test func `a return of what was never to be billed gives nothing back`() {
    var book = book()
    book.item("A", standard: "10")
    book.job("J")
    book.move("I1", "A", .issue, "2026-10-05", "2", job: "J")
    book.move("B1", "A", .return, "2026-10-06", "1", job: "J", undoing: "I1")
    book.adjust("A1", "J", "I1", .exclude)
    let worked = book.worked()
    #expect(worked.material("B1").standing == "excluded")
    #expect(worked.job("J").unbilled.total == "0.00")
    #expect(worked.job("J").cost.material == "10.00")
  }
}
