extension Company {
  func writeInvoices(_ file: inout CSVFile) {
    var random = SplitMix64(seed: seed, stream: "invoice details")
    for i in inOrderOfDay(invoices.map(\.day)) {
      let invoice = invoices[i]
      let terms = Self.termsList[customers[jobs[invoice.job].customer].terms]
      file.id("INV", invoice.number, 7)
      file.comma()
      file.id("C", jobs[invoice.job].customer + 1, 5)
      file.comma()
      file.id("J", invoice.job + 1, 7)
      file.comma()
      file.word(invoice.kind.word)
      file.comma()
      file.day(invoice.day)
      file.comma()
      if let days = terms.days, !random.perMille(100) { file.day(invoice.day + days) }
      file.comma()
      file.text(terms.name)
      file.comma()
      for amount in [
        invoice.subtotal, invoice.tax, invoice.deposit, invoice.retainage, invoice.writeOff,
      ] {
        file.money(amount)
        file.comma()
      }
      file.money(invoice.total)
      file.comma()
      if invoice.voidDay == nil { file.word("issued") } else { file.word("void") }
      file.comma()
      if let day = invoice.voidDay { file.day(day) }
      file.comma()
      file.yesNo(invoice.disputed)
      file.comma()
      if invoice.disputed { file.day(min(invoice.day + 10, Days.last)) }
      file.comma()
      if let credited = invoice.credits, invoice.kind == .creditMemo {
        file.id("INV", invoices[credited].number, 7)
      }
      file.comma()
      if random.perMille(120) { file.text("Work order \(random.between(10_000, 99_999))") }
      file.endRow()
    }
  }

  /// Both in order of day; the numbers of the payments follow that order.
  func writePayments(_ payment: inout CSVFile, _ application: inout CSVFile) {
    var random = SplitMix64(seed: seed, stream: "payment details")
    var numbers = [Int](repeating: 0, count: payments.count)
    let order = inOrderOfDay(payments.map(\.day))
    for (n, p) in order.enumerated() { numbers[p] = n + 1 }
    for p in order {
      payment.id("PAY", numbers[p], 7)
      payment.comma()
      payment.id("C", payments[p].customer + 1, 5)
      payment.comma()
      payment.day(payments[p].day)
      payment.comma()
      payment.word(payments[p].reverses == nil ? "payment" : "reversal")
      payment.comma()
      payment.text(["Check", "ACH", "Card", "Wire"][random.weighted([45, 35, 15, 5])])
      payment.comma()
      payment.text(random.perMille(700) ? "\(random.between(1000, 99_999))" : "")
      payment.comma()
      if let reversed = payments[p].reverses { payment.id("PAY", numbers[reversed], 7) }
      payment.comma()
      payment.money(payments[p].amount)
      payment.endRow()
    }
    for (n, a) in inOrderOfDay(applications.map(\.day)).enumerated() {
      let line = applications[a]
      application.id("AP", n + 1, 8)
      application.comma()
      application.day(line.day)
      application.comma()
      application.word(line.source.word)
      application.comma()
      if line.source == .payment {
        application.id("PAY", numbers[line.from], 7)
      } else {
        application.id("INV", invoices[line.from].number, 7)
      }
      application.comma()
      application.id("INV", invoices[line.to].number, 7)
      application.comma()
      application.money(line.amount)
      application.comma()
      if line.discount > 0 { application.money(line.discount) }
      application.endRow()
    }
  }
}
