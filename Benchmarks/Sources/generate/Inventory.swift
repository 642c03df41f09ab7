/// An issue that a return may still undo.
private struct Issue {
  var number: Int
  var item: Int
  var job: Int
  var quantity: Int
}

extension Company {
  /// Receipts, issues and returns in order of day; an item is issued only while it is in stock.
  mutating func writeMovements(_ file: inout CSVFile) {
    var random = SplitMix64(seed: seed, stream: "inventory")
    let active = ActiveJobs(jobs)
    let until = Days.cumulative(sizes.movements)
    var stock = [Int](repeating: 0, count: items.count)
    var received: [Int] = []
    var issues: [Issue] = []
    var number = 0
    for day in Days.first...Days.last {
      while number < until[day - Days.first] {
        number += 1
        let kind = random.below(1000)
        if kind >= 950, let issue = takeBack(&issues, day, &random) {
          let back = random.perMille(600) ? issue.quantity : random.between(1, issue.quantity)
          stock[issue.item] += back
          book(issue.item, -back, on: issue.job)
          movement(
            number, day, issue.item, back, job: issue.job, reverses: issue.number, &random, &file)
          continue
        }
        if kind >= 200, let item = inStock(stock, received, &random) {
          let quantity = min(1 + random.below(5), stock[item])
          let job = active.pick(on: day, from: jobs, &random)
          stock[item] -= quantity
          book(item, quantity, on: job)
          issues.append(Issue(number: number, item: item, job: job, quantity: quantity))
          if issues.count > 8192 { issues.removeFirst(4096) }
          movement(number, day, item, quantity, job: job, reverses: nil, &random, &file)
          continue
        }
        let item = random.below(items.count)
        let quantity = random.between(6, 24)
        stock[item] += quantity
        received.append(item)
        receipt(number, day, item, quantity, &random, &file)
      }
    }
  }

  /// An issue to a job that is still at work, out of the list.
  private func takeBack(
    _ issues: inout [Issue], _ day: Int, _ random: inout SplitMix64
  ) -> Issue? {
    for _ in 0..<12 where !issues.isEmpty {
      let i = random.below(issues.count)
      guard jobs[issues[i].job].lastWork >= day else { continue }
      issues.swapAt(i, issues.count - 1)
      return issues.removeLast()
    }
    return nil
  }

  private func inStock(
    _ stock: [Int], _ received: [Int], _ random: inout SplitMix64
  ) -> Int? {
    for _ in 0..<24 where !received.isEmpty {
      let item = received[random.below(received.count)]
      if stock[item] > 0 { return item }
    }
    return nil
  }

  private mutating func book(_ item: Int, _ quantity: Int, on job: Int) {
    jobs[job].cost += items[item].cost * quantity / 100
  }

  private mutating func movement(
    _ number: Int, _ day: Int, _ item: Int, _ quantity: Int, job: Int, reverses: Int?,
    _ random: inout SplitMix64, _ file: inout CSVFile
  ) {
    head(number, day, item, reverses == nil ? "issue" : "return", quantity, &file)
    file.comma()  // unit_cost: the costing method's
    file.id("J", job + 1, 7)
    file.comma()
    if let reverses { file.id("MV", reverses, 8) }
    file.comma()
    let billable = !random.perMille(40)
    file.yesNo(billable)
    file.comma()
    let price = items[item].list / 100
    let ownPrice = random.perMille(80)
    if ownPrice { file.money(price) }
    file.comma()
    if billable {
      let signed =
        (ownPrice ? price : items[item].cost * 140 / 10_000)
        * (reverses == nil ? quantity : -quantity)
      jobs[job].value += signed
      let found = invoice(for: job, onOrAfter: day)
      if let found, random.perMille(billedPerMille) {
        invoices[found].entries += signed
        file.id("INV", invoices[found].number, 7)
      }
    }
    file.endRow()
  }

  private func receipt(
    _ number: Int, _ day: Int, _ item: Int, _ quantity: Int, _ random: inout SplitMix64,
    _ file: inout CSVFile
  ) {
    head(number, day, item, "receipt", quantity, &file)
    let cost = items[item].cost * random.between(94, 109) / 100
    file.integer(cost / 10_000)
    file.byte(0x2E)
    for divisor in [1000, 100, 10, 1] { file.integer(cost / divisor % 10) }
    file.comma()
    file.comma()
    file.comma()
    file.comma()
    file.comma()
    file.endRow()
  }

  private func head(
    _ number: Int, _ day: Int, _ item: Int, _ type: StaticString, _ quantity: Int,
    _ file: inout CSVFile
  ) {
    file.id("MV", number, 8)
    file.comma()
    file.day(day)
    file.comma()
    file.id("PART-", item + 1, 5)
    file.comma()
    file.word(type)
    file.comma()
    file.integer(quantity)
    file.comma()
  }
}
