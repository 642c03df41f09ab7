extension Company {
  func writeCustomers(_ file: inout CSVFile) {
    var random = SplitMix64(seed: seed, stream: "customer details")
    for (c, customer) in customers.enumerated() {
      let city = random.pick(Names.cities)
      let business = random.pick(Names.businesses)
      file.id("C", c + 1, 5)
      file.comma()
      file.text(business + random.pick(Names.suffixes))
      file.comma()
      if c > 20, random.perMille(40) { file.id("C", random.below(20) + 1, 5) }
      file.comma()
      file.text(Self.termsList[customer.terms].name)
      file.comma()
      file.text(Self.taxCodes[customer.taxCode].code)
      file.comma()
      file.yesNo(customer.exempt)
      file.comma()
      if let card = customer.rateCard { file.text(Self.rateCards[card]) }
      file.comma()
      if random.perMille(300) { file.money(random.between(5, 200) * 1000_00) }
      file.comma()
      file.yesNo(random.perMille(10))
      file.comma()
      file.text(city.1)
      file.comma()
      file.text("ap\(c + 1)@example.com")
      file.comma()
      file.text("(555) 01\(10 + c % 90)-\(1000 + c % 9000)")
      file.comma()
      file.text("\(random.between(1, 9800)) \(random.pick(Names.streets))")
      file.comma()
      file.text(city.0)
      file.comma()
      file.text(city.2)
      file.comma()
      file.word("US")
      file.endRow()
    }
  }

  func writeJobs(_ file: inout CSVFile) {
    var random = SplitMix64(seed: seed, stream: "job details")
    for (j, job) in jobs.enumerated() {
      let contract = contract(of: j)
      file.id("J", j + 1, 7)
      file.comma()
      file.id("C", job.customer + 1, 5)
      file.comma()
      file.text(random.pick(Names.works))
      file.comma()
      file.word(job.method.word)
      file.comma()
      if job.method.hasContract { file.money(contract.amount) }
      file.comma()
      if job.method != .noCharge, job.method.hasContract || random.perMille(200) {
        file.money(contract.estimate)
      }
      file.comma()
      let capped = job.method == .timeAndMaterials || job.method == .costPlus
      if capped, random.perMille(180) {
        file.money(max(job.value * random.between(85, 160) / 100, 500_00) / 100_00 * 100_00)
      }
      file.comma()
      if job.method == .costPlus { file.integer(random.between(10, 15)) }
      file.comma()
      if job.depositPct > 0 { file.integer(job.depositPct) }
      file.comma()
      if job.retainagePct > 0 { file.integer(job.retainagePct) }
      file.comma()
      writeStatus(of: job, &file, &random)
      if random.perMille(200) { file.text(Self.taxCodes[customers[job.customer].taxCode].code) }
      file.comma()
      if let card = job.rateCard { file.text(Self.rateCards[card]) }
      file.comma()
      file.text(random.pick(Names.cities).1)
      file.comma()
      file.text(["Main", "North", "West"][random.below(3)])
      file.comma()
      file.text(random.pick(Names.managers))
      file.comma()
      if random.perMille(350) { file.id("PO-", random.between(1000, 99_999), 5) }
      file.endRow()
    }
  }

  /// status to photos_on_file.
  private func writeStatus(of job: Job, _ file: inout CSVFile, _ random: inout SplitMix64) {
    let ended = job.status == .complete || job.status == .closed
    switch job.status {
    case .open: file.word("open")
    case .complete: file.word("complete")
    case .closed: file.word("closed")
    case .onHold: file.word("on_hold")
    case .cancelled: file.word("cancelled")
    }
    file.comma()
    file.day(job.start - random.between(3, 30))
    file.comma()
    file.day(job.start)
    file.comma()
    file.day(job.end)
    file.comma()
    if ended { file.day(job.lastWork) }
    file.comma()
    if job.status == .closed, let day = job.closedDay { file.day(day) }
    file.comma()
    if job.status == .onHold, let day = job.closedDay { file.day(day) }
    file.comma()
    if job.status == .cancelled, let day = job.closedDay { file.day(day) }
    file.comma()
    file.yesNo(ended && !random.perMille(60))
    file.comma()
    file.yesNo(ended && !random.perMille(80))
    file.comma()
  }

  func writeChangeOrders(_ file: inout CSVFile) {
    var random = SplitMix64(seed: seed, stream: "change orders")
    var number = 0
    for (j, job) in jobs.enumerated() where job.method != .noCharge && random.perMille(104) {
      number += 1
      let base = max(job.value, 2_000_00)
      let percent = random.between(-3, 12)
      let amount = base * (percent == 0 ? 2 : percent) / 100
      let day = random.between(job.start, job.lastWork)
      let status = random.weighted([75, 15, 10])
      file.id("CH", number, 7)
      file.comma()
      file.day(day)
      file.comma()
      if status == 0 { file.day(min(day + random.between(0, 21), Days.last)) }
      file.comma()
      file.id("J", j + 1, 7)
      file.comma()
      file.text("Change: " + random.pick(Names.works))
      file.comma()
      file.money(amount)
      file.comma()
      file.money(amount * 70 / 100)
      file.comma()
      file.text(["approved", "pending", "rejected"][status])
      file.endRow()
    }
  }

  func writeEstimates(_ file: inout CSVFile) {
    var random = SplitMix64(seed: seed, stream: "estimates")
    for (j, job) in jobs.enumerated() where job.method.hasContract && random.perMille(680) {
      var day = job.start
      var estimate = contract(of: j).estimate
      for _ in 0..<random.between(1, 2) where day <= job.lastWork {
        file.id("J", j + 1, 7)
        file.comma()
        file.day(day)
        file.comma()
        file.money(estimate)
        file.endRow()
        day += random.between(15, 90)
        estimate = max(estimate * random.between(94, 115) / 100, 1_00)
      }
    }
  }

  func writeTechnicians(_ file: inout CSVFile) {
    for (t, person) in technicians.enumerated() {
      for (day, percent) in t % 3 == 0 ? [(19_723, 100), (20_454, 103)] : [(19_723, 100)] {
        file.id("T", t + 1, 5)
        file.comma()
        file.text(Names.people[t % Names.people.count])
        file.comma()
        file.text(Self.roles[person.role].name)
        file.comma()
        file.money(person.costRate * percent / 100)
        file.comma()
        file.integer(Self.burdenPercent)
        file.comma()
        file.day(day)  // 2024-01-01, 2026-01-01
        file.endRow()
      }
    }
  }

  func writeRates(_ file: inout CSVFile) {
    for (card, name) in Self.rateCards.enumerated() {
      for role in Self.roles.indices {
        for overtime in [false, true] {
          let rate = Self.billRate(card: card, role: role) * (overtime ? 150 : 100) / 100
          file.text(name)
          file.comma()
          file.text(Self.roles[role].name)
          file.comma()
          file.text(overtime ? "OT" : "REG")
          file.comma()
          file.day(19_723)
          file.comma()
          file.money(rate)
          file.endRow()
        }
      }
    }
  }

  func writeItems(_ file: inout CSVFile) {
    var random = SplitMix64(seed: seed, stream: "item details")
    for (i, item) in items.enumerated() {
      file.id("PART-", i + 1, 5)
      file.comma()
      file.text(random.pick(Names.parts))
      file.comma()
      file.text(Names.categories[item.category].name)
      file.comma()
      file.text(random.pick(Names.units))
      file.comma()
      file.money(item.list / 100)
      file.comma()
      file.money(item.cost / 100)
      file.comma()
      file.yesNo(!random.perMille(50))
      file.endRow()
    }
  }

  func writeMarkups(_ file: inout CSVFile) {
    for (category, over, percent) in [
      ("", 0, 50), ("", 50, 40), ("", 250, 30), ("", 1000, 20), ("Equipment", 0, 25),
    ] {
      file.word("standard")
      file.comma()
      file.text(category)
      file.comma()
      file.integer(over)
      file.comma()
      file.integer(percent)
      file.endRow()
    }
  }

  func writeTaxCodes(_ file: inout CSVFile) {
    for tax in Self.taxCodes {
      for part in tax.parts {
        file.text(tax.code)
        file.comma()
        file.text(part.0)
        file.comma()
        file.money(part.1 / 100)
        for digit in [part.1 / 10 % 10, part.1 % 10] { file.integer(digit) }
        file.endRow()
      }
    }
  }
}
