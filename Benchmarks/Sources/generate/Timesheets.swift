extension Company {
  /// The first invoice of the job on or after the day that takes work.
  func invoice(for job: Int, onOrAfter day: Int) -> Int? {
    for i in jobs[job].slots where invoices[i].day >= day && invoices[i].takesEntries { return i }
    return nil
  }

  mutating func writeTimesheets(_ file: inout CSVFile) {
    var random = SplitMix64(seed: seed, stream: "timesheets")
    let active = ActiveJobs(jobs)
    let until = Days.cumulative(sizes.timesheets)
    let crew = technicians.count
    var number = 0
    for day in Days.first...Days.last {
      let lines = until[day - Days.first] - number
      for t in 0..<crew {
        let count = lines * (t + 1) / crew - lines * t / crew
        let technician = (t + day * 7) % crew
        let usual = max(2, min(30, 30 / max(count, 1)))
        var worked = 0
        var job = 0
        for k in 0..<count {
          // Never beyond 16 hours a technician and day, and a quarter left for each line to come.
          let room = max(1, 64 - worked - (count - k - 1))
          let quarters = min(1 + random.below(2 * usual), room)
          if k == 0 || !random.perMille(250) { job = active.pick(on: day, from: jobs, &random) }
          number += 1
          timesheet(
            number, day, technician, job, quarters, overtime: worked >= 32, &random, &file)
          worked += quarters
        }
      }
    }
  }

  private mutating func timesheet(
    _ number: Int, _ day: Int, _ technician: Int, _ job: Int, _ quarters: Int, overtime: Bool,
    _ random: inout SplitMix64, _ file: inout CSVFile
  ) {
    file.id("TS", number, 8)
    file.comma()
    file.day(day)
    file.comma()
    file.id("T", technician + 1, 5)
    file.comma()
    file.id("J", job + 1, 7)
    file.comma()
    var percent = 100
    if Days.weekday(day) == 6 {
      percent = 200
      file.word("DT")
    } else if overtime || Days.weekday(day) == 5 {
      percent = 150
      file.word("OT")
    } else if random.perMille(25) {
      file.word("TRAVEL")
    } else {
      file.word("REG")
    }
    file.comma()
    file.quarters(quarters)
    file.comma()

    let person = technicians[technician]
    let cost = person.costRate * quarters * percent / 400
    jobs[job].cost += cost + person.costRate * quarters * Self.burdenPercent * percent / 40_000
    let billable = !random.perMille(40)
    let found = billable ? invoice(for: job, onOrAfter: day) : nil
    let billed = random.perMille(billedPerMille) ? found : nil
    if billable {
      let card = jobs[job].rateCard ?? customers[jobs[job].customer].rateCard ?? 0
      let price = Self.billRate(card: card, role: person.role) * quarters * percent / 400
      jobs[job].value += price
      if let billed { invoices[billed].entries += price }
    }
    let recent = day > Days.last - 45
    let approved = billed != nil || !random.perMille(recent ? 400 : 50)
    file.yesNo(billable)
    file.comma()
    file.yesNo(approved)
    file.comma()
    if let billed { file.id("INV", invoices[billed].number, 7) }
    file.comma()
    if approved, random.perMille(500) {
      file.day(min(day + random.between(0, 6), billed.map { invoices[$0].day } ?? Days.last))
    }
    file.comma()
    if random.perMille(20) {
      file.text(random.perMille(5) ? "first line\nsecond line" : random.pick(Names.notes))
    }
    file.endRow()
  }
}
