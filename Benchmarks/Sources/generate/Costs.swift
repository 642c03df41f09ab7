extension Company {
  mutating func writeCosts(_ file: inout CSVFile) {
    var random = SplitMix64(seed: seed, stream: "costs")
    let active = ActiveJobs(jobs)
    let until = Days.cumulative(sizes.costs)
    let kinds = ["subcontract", "equipment", "permit", "freight", "expense", "other"]
    var number = 0
    for day in Days.first...Days.last {
      while number < until[day - Days.first] {
        number += 1
        let job = active.pick(on: day, from: jobs, &random)
        let kind = random.weighted([25, 25, 15, 15, 15, 5])
        let amount = random.between(25_00, kind == 0 ? 1_800_00 : 350_00)
        let billable = !random.perMille(120)
        let found = billable ? invoice(for: job, onOrAfter: day) : nil
        let billed = random.perMille(billedPerMille) ? found : nil
        jobs[job].cost += amount
        if billable { jobs[job].value += amount * 115 / 100 }
        if let billed { invoices[billed].entries += amount * 115 / 100 }
        file.id("CO", number, 8)
        file.comma()
        file.day(day)
        file.comma()
        file.id("J", job + 1, 7)
        file.comma()
        file.text(kinds[kind])
        file.comma()
        file.text(random.pick(Names.vendors))
        file.comma()
        file.text(kinds[kind] + " for " + random.pick(Names.works))
        file.comma()
        file.money(amount)
        file.comma()
        file.yesNo(billable)
        file.comma()
        if let billed { file.id("INV", invoices[billed].number, 7) }
        file.endRow()
      }
    }
  }
}
