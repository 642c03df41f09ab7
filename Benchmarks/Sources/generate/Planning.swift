extension Company {
  /// Customers, jobs, technicians, items and the days and kinds of all invoices; no amounts yet.
  init(scale: Int, seed: UInt64) {
    sizes = Sizes(timesheets: scale)
    self.seed = seed
    planCustomers()
    planJobs()
    planPeopleAndParts()
    planInvoices()
  }

  private mutating func planCustomers() {
    var random = SplitMix64(seed: seed, stream: "customers")
    for _ in 0..<sizes.customers {
      let card = random.perMille(300) ? random.below(Self.rateCards.count) : nil
      customers.append(
        Customer(
          terms: random.weighted([52, 10, 8, 10, 8, 5, 4, 3]),
          taxCode: random.below(Self.taxCodes.count), exempt: random.perMille(60), rateCard: card))
    }
  }

  private mutating func planJobs() {
    var random = SplitMix64(seed: seed, stream: "jobs")
    // One agreement runs throughout, so that every day has a job.
    jobs.append(
      Job(
        customer: 0, method: .service, start: Days.first, end: Days.last + 30, status: .open,
        rateCard: nil))
    while jobs.count < sizes.jobs {
      let method = Method(rawValue: random.weighted(Method.shares)) ?? .fixed
      let length =
        switch method {
        case .timeAndMaterials, .noCharge:
          random.perMille(300) ? random.between(1, 12) : random.between(20, 240)
        case .fixed, .costPlus, .unitPrice: random.between(40, 330)
        case .service: 364
        }
      let start = max(
        Days.first, Days.first - length / 2 + random.below(Days.count - 5 + length / 2))
      let card = random.perMille(150) ? random.below(Self.rateCards.count) : nil
      var job = Job(
        customer: random.below(sizes.customers), method: method, start: start,
        end: start + length, status: .open, rateCard: card)
      settle(&job, &random)
      if method == .fixed {
        if random.perMille(320) { job.retainagePct = random.perMille(600) ? 10 : 5 }
        if random.perMille(180) { job.depositPct = random.pick([10, 20, 25, 30]) }
      }
      jobs.append(job)
    }
  }

  /// What became of the job by the last day.
  private func settle(_ job: inout Job, _ random: inout SplitMix64) {
    let fate = random.below(1000)
    if fate < 15 {
      job.status = .onHold
      job.closedDay = min(job.end, Days.last)
    } else if fate < 25 {
      job.status = .cancelled
      job.end = job.start + (job.end - job.start) / 3
      job.closedDay = min(job.end + 1, Days.last)
    } else if job.end <= Days.last, fate < 950 {
      let closed = job.end + random.between(20, 80)
      job.status = closed <= Days.last && fate < 800 ? .closed : .complete
      job.closedDay = job.status == .closed ? closed : nil
    }
  }

  private mutating func planPeopleAndParts() {
    var random = SplitMix64(seed: seed, stream: "technicians")
    for i in 0..<sizes.technicians {
      let role = i < Self.roles.count ? i : random.weighted([20, 30, 18, 14, 12, 6])
      technicians.append(
        Technician(role: role, costRate: Self.roles[role].cost + random.between(-20, 30) * 10))
    }
    for _ in 0..<sizes.items {
      let cost = [120_00, 900_00, 6_000_00, 40_000_00][random.weighted([40, 35, 20, 5])]
      let unitCost = random.between(cost / 4, cost * 2)
      items.append(
        Item(
          category: random.weighted(Names.categories.map(\.weight)), cost: unitCost,
          list: unitCost * random.between(135, 190) / 100))
    }
  }

  /// The days and kinds of a job's documents; a longer job has more of them.
  private mutating func planInvoices() {
    var random = SplitMix64(seed: seed, stream: "invoices")
    let weights = jobs.map { $0.method == .noCharge ? 0 : 12 + $0.lastWork - $0.start }
    let sum = max(weights.reduce(0, +), 1)
    var before = 0
    for j in jobs.indices {
      let count = (before + weights[j]) * sizes.invoices / sum - before * sizes.invoices / sum
      before += weights[j]
      let first = invoices.count
      let job = jobs[j]
      let bound = min(job.lastWork + random.between(0, 9), Days.last)
      for k in 0..<count {
        let day = job.start + (bound - job.start) * (k + 1) / count
        invoices.append(
          Invoice(job: j, day: day, kind: job.method == .fixed ? .progress : .standard))
      }
      jobs[j].slots = first..<invoices.count
      chooseKinds(of: jobs[j], &random)
    }
    for (number, i) in inOrderOfDay(invoices.map(\.day)).enumerated() {
      invoices[i].number = number + 1
    }
  }

  private mutating func chooseKinds(of job: Job, _ random: inout SplitMix64) {
    for i in job.slots {
      let isFirst = i == job.slots.lowerBound
      let isLast = i == job.slots.upperBound - 1
      let ended = job.status == .complete || job.status == .closed
      if isFirst, job.depositPct > 0, job.slots.count > 2 {
        invoices[i].kind = .deposit
        invoices[i].day = job.start
      } else if isLast, job.retainagePct > 0, job.slots.count > 2, ended, random.perMille(800) {
        invoices[i].kind = .release
        invoices[i].day = max(invoices[i].day, min(job.end + random.between(10, 40), Days.last))
      } else if !isFirst, invoices[i - 1].takesEntries, invoices[i - 1].credits == nil {
        switch random.below(1000) {
        case 0..<14:
          invoices[i].kind = .creditMemo
          invoices[i].credits = i - 1
        case 14..<17: invoices[i].kind = .writeOff
        case 17..<20: invoices[i].kind = .financeCharge
        default: maybeVoid(i, job, &random)
        }
      } else {
        maybeVoid(i, job, &random)
      }
    }
  }

  private mutating func maybeVoid(_ i: Int, _ job: Job, _ random: inout SplitMix64) {
    let day = invoices[i].day + random.between(1, 20)
    guard random.perMille(10), day <= Days.last else { return }
    invoices[i].voidDay = day
  }
}
