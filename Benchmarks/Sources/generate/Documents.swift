/// Half away from zero, as the product rounds.
func roundedDivision(_ a: Int, by b: Int) -> Int {
  let half = b / 2
  return a >= 0 ? (a + half) / b : -((-a + half) / b)
}

extension Company {
  /// What a job of fixed price was estimated at and sold for, out of what it has cost so far.
  func contract(of j: Int) -> (estimate: Int, amount: Int) {
    var random = SplitMix64(seed: seed &+ UInt64(j), stream: "contract")
    let job = jobs[j]
    let days = max(job.end - job.start, 1)
    let share = max(15, min(100, (job.lastWork - job.start) * 100 / days))
    let estimate = max(job.cost, 400_00) * 100 / share * random.between(92, 108) / 100
    let amount = estimate * random.between(112, 148) / 100
    return (estimate, (amount + 49_99) / 50_00 * 50_00)
  }

  /// The amounts of all invoices, the deposits and credits applied, then what customers paid.
  mutating func settleInvoices() {
    var random = SplitMix64(seed: seed, stream: "amounts")
    for j in jobs.indices { settle(job: j, &random) }
    pay()
  }

  private mutating func settle(job j: Int, _ random: inout SplitMix64) {
    let job = jobs[j]
    let revenue = job.slots.count { invoices[$0].takesEntries }
    let contract = contract(of: j).amount
    let days = max(job.end - job.start, 1)
    let toBill =
      min(contract, contract * (job.lastWork - job.start) / days * random.between(85, 108) / 100)
    let depositRoad = random.below(10)
    var done = 0
    var held = 0  // retainage
    var deposit: (invoice: Int, left: Int, from: Int)?
    for i in job.slots {
      if invoices[i].kind == .release, held <= 0 { invoices[i].kind = .progress }
      switch invoices[i].kind {
      case .standard, .progress:
        if job.method.hasContract, invoices[i].voidDay == nil, done < revenue {
          done += 1
          invoices[i].subtotal = max(toBill * done / revenue - toBill * (done - 1) / revenue, 100)
        } else if invoices[i].entries > 0 {
          let fee = job.method == .costPlus ? 112 : 100
          invoices[i].subtotal = invoices[i].entries * fee / 100
        } else {
          invoices[i].subtotal = random.between(89_00, 640_00)
        }
        addTax(to: i, on: invoices[i].subtotal * 40 / 100)
        if job.retainagePct > 0, invoices[i].voidDay == nil {
          invoices[i].retainage = roundedDivision(
            invoices[i].subtotal * job.retainagePct, by: 100)
          held += invoices[i].retainage
        }
        if let from = deposit?.from, from <= invoices[i].day, invoices[i].voidDay == nil {
          apply(&deposit, to: i, by: depositRoad)
        }
        invoices[i].disputed = random.perMille(12)
      case .deposit:
        invoices[i].deposit = max(contract * job.depositPct / 100, 100_00)
        let day = invoices[i].day + random.between(2, 18)
        guard random.perMille(930), day <= Days.last else { continue }
        payments.append(
          Payment(customer: job.customer, day: day, amount: invoices[i].total, reverses: nil))
        put(.payment, payments.count - 1, to: i, invoices[i].total, on: day)
        deposit = (i, invoices[i].deposit, day)
      case .release:
        invoices[i].retainage = -held
        held = 0
      case .creditMemo: credit(i, &held, &random)
      case .writeOff: writeOff(i, &random)
      case .financeCharge: invoices[i].subtotal = random.between(12_00, 95_00)
      }
    }
  }

  private mutating func addTax(to i: Int, on base: Int) {
    let customer = customers[jobs[invoices[i].job].customer]
    guard !customer.exempt else { return }
    for part in Self.taxCodes[customer.taxCode].parts {
      invoices[i].tax += roundedDivision(base * part.1, by: 1_000_000)
    }
  }

  /// Six jobs in ten set the deposit off on the face of the invoice, two by an application, the
  /// rest keep it.
  private mutating func apply(
    _ deposit: inout (invoice: Int, left: Int, from: Int)?, to i: Int, by road: Int
  ) {
    guard let held = deposit, road < 8 else { return }
    let amount = min(held.left, invoices[i].total)
    guard amount > 0 else { return }
    if road < 6 {
      invoices[i].deposit = -amount
    } else {
      put(.deposit, held.invoice, to: i, amount, on: invoices[i].day)
    }
    deposit?.left -= amount
    if held.left == amount { deposit = nil }
  }

  /// A credit of 10 to 60 % of the invoice before; most are applied to it on the same day.
  private mutating func credit(_ i: Int, _ held: inout Int, _ random: inout SplitMix64) {
    guard let j = invoices[i].credits else { return }
    let percent = random.between(10, 60)
    let old = invoices[j]
    invoices[i].subtotal = -max(old.subtotal * percent / 100, 1)
    invoices[i].tax = -(old.tax * percent / 100)
    invoices[i].retainage = -(old.retainage * percent / 100)
    held += invoices[i].retainage
    let amount = min(-invoices[i].total, old.open)
    guard amount > 0, random.perMille(750) else { return }
    put(.creditMemo, i, to: j, amount, on: invoices[i].day)
  }

  /// Gives up what is open of the invoice before, or a small charge where nothing is.
  private mutating func writeOff(_ i: Int, _ random: inout SplitMix64) {
    let open = invoices[i - 1].open
    guard open > 0, invoices[i - 1].voidDay == nil else {
      invoices[i].kind = .financeCharge
      invoices[i].subtotal = random.between(12_00, 95_00)
      return
    }
    invoices[i].writeOff = open
    put(.writeOff, i, to: i - 1, open, on: invoices[i].day)
  }

  private mutating func put(
    _ source: Source, _ from: Int, to invoice: Int, _ amount: Int, discount: Int = 0, on day: Int
  ) {
    applications.append(
      Application(
        day: day, source: source, from: from, to: invoice, amount: amount, discount: discount))
    invoices[invoice].applied += amount + discount
  }

  /// Each customer pays several invoices at a time, late and not all of them.
  private mutating func pay() {
    var random = SplitMix64(seed: seed, stream: "payments")
    var owed = [[Int]](repeating: [], count: customers.count)
    for i in inOrderOfDay(invoices.map(\.day)) where invoices[i].open > 0 {
      guard invoices[i].voidDay == nil, invoices[i].kind != .deposit else { continue }
      if random.perMille(invoices[i].day < Days.last - 120 ? 830 : 520), !invoices[i].disputed {
        owed[jobs[invoices[i].job].customer].append(i)
      }
    }
    for (c, list) in owed.enumerated() {
      var rest = list[...]
      while !rest.isEmpty {
        let batch = rest.prefix(random.between(1, 7))
        rest = rest.dropFirst(batch.count)
        guard let last = batch.last else { continue }
        let day = invoices[last].day + random.between(3, 48)
        if day <= Days.last { pay(batch, customer: c, on: day, &random) }
      }
    }
  }

  private mutating func pay(
    _ batch: ArraySlice<Int>, customer: Int, on day: Int, _ random: inout SplitMix64
  ) {
    let number = payments.count
    payments.append(Payment(customer: customer, day: day, amount: 0, reverses: nil))
    var sum = 0
    for i in batch {
      let open = invoices[i].open
      let early = customers[customer].terms == 4 && day <= invoices[i].day + 10
      let discount = early ? min(roundedDivision(invoices[i].subtotal * 2, by: 100), open - 1) : 0
      let part = random.perMille(30) ? max(open * random.between(20, 90) / 100, 1) : 0
      let amount = part > 0 ? part : open - max(discount, 0)
      put(
        .payment, number, to: i, amount, discount: part > 0 ? 0 : max(discount, 0), on: day)
      sum += amount
    }
    payments[number].amount = sum + (random.perMille(10) ? random.between(1_00, 250_00) : 0)
    // A cheque that bounced; its applications fall with it on the reversal's day.
    if random.perMille(3), day + 9 <= Days.last {
      payments.append(
        Payment(
          customer: customer, day: day + random.between(2, 9), amount: payments[number].amount,
          reverses: number))
    }
  }
}
