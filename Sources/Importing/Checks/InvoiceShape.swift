import Ledger
import Measures

/// Each type of document carries what it may carry, with the right sign (DESIGN §4).
enum InvoiceShape: Check {
  static func findings(in book: Book, suspects: Suspects, asOf: Day?) -> [Finding] {
    var findings = RowFindings(book.invoices, in: book, suspects)
    let taxesDeposits = book.company.deposits.tax == .onReceipt
    let rows = book.invoices
    for row in rows.rows {
      var document = Document(rows, row)
      document.check(taxesDeposits: taxesDeposits)
      for fault in document.faults {
        findings.add(
          .error, "wrong_shape", row, fault.column, value: fault.value.text, fault.message,
          expected: fault.expected, remedy: "correct the amount or the type of the document",
          amount: fault.value)
      }
    }
    return findings.list
  }

  private struct Fault {
    var column: String
    var value: Money
    var message: String
    var expected: String
  }

  private struct Document {
    let type: InvoiceType
    let subtotal: Money
    let tax: Money
    let deposit: Money
    let retainage: Money
    let retainageTax: Money
    let writeOff: Money
    let total: Money
    var faults: [Fault] = []

    init(_ rows: borrowing Invoices, _ row: Int) {
      type = rows.type[row]
      subtotal = rows.subtotal[row]
      tax = rows.tax[row]
      deposit = rows.deposit[row]
      retainage = rows.retainage[row]
      retainageTax = rows.retainageTax[row]
      writeOff = rows.writeOff[row]
      total = rows.total[row]
    }

    private mutating func fault(
      _ column: String, _ value: Money, _ message: String, _ expected: String
    ) {
      faults.append(Fault(column: column, value: value, message: message, expected: expected))
    }

    private mutating func mustBeZero(_ column: String, _ value: Money) {
      guard !value.isZero else { return }
      fault(column, value, "does not belong on a \(type.rawValue)", "zero or blank")
    }

    mutating func check(taxesDeposits: Bool) {
      switch type {
      case .standard, .progress: work()
      case .deposit: depositRequest(taxesDeposits)
      case .retainageRelease: release()
      case .creditMemo: creditMemo()
      case .writeOff: giveUp()
      case .financeCharge: charge()
      case .depositForfeit: forfeit()
      }
      retainedTax()
    }

    private mutating func work() {
      mustBeZero("write_off", writeOff)
      if deposit > .zero {
        fault(
          "deposit", deposit, "is positive on a \(type.rawValue) document",
          "zero, or below zero where a deposit is applied on the document's face; a request is a "
            + "document of type deposit")
      }
    }

    private mutating func depositRequest(_ taxesDeposits: Bool) {
      if deposit <= .zero { fault("deposit", deposit, "is no request", "more than zero") }
      mustBeZero("subtotal", subtotal)
      if !taxesDeposits { mustBeZero("tax", tax) }
      mustBeZero("retainage", retainage)
      mustBeZero("write_off", writeOff)
    }

    private mutating func release() {
      if retainage >= .zero {
        fault("retainage", retainage, "releases nothing", "below zero: the amount released")
      }
      mustBeZero("subtotal", subtotal)
      mustBeZero("tax", tax)
      mustBeZero("write_off", writeOff)
      if deposit > .zero { mustBeZero("deposit", deposit) }
    }

    private mutating func creditMemo() {
      for (column, value) in [("subtotal", subtotal), ("tax", tax), ("retainage", retainage)]
      where value > .zero {
        fault(column, value, "is positive on a credit memo", "zero or below zero")
      }
      mustBeZero("write_off", writeOff)
    }

    /// With retainage it writes off retainage, and nothing is left to pay.
    private mutating func giveUp() {
      mustBeZero("subtotal", subtotal)
      mustBeZero("tax", tax)
      mustBeZero("deposit", deposit)
      if writeOff.isZero {
        fault("write_off", writeOff, "gives nothing up", "the amount, below zero for a recovery")
      }
      if !retainage.isZero, !total.isZero {
        fault(
          "retainage", retainage, "stands beside a total of \(total.text)",
          "a write-off of retainage, with total 0.00, or one of receivables, without retainage")
      }
    }

    private mutating func charge() {
      mustBeZero("tax", tax)
      mustBeZero("deposit", deposit)
      mustBeZero("retainage", retainage)
      mustBeZero("write_off", writeOff)
    }

    private mutating func forfeit() {
      if deposit >= .zero {
        fault("deposit", deposit, "forfeits nothing", "below zero: the deposit that is kept")
      }
      if !total.isZero { fault("total", total, "is not zero", "0.00: a forfeit asks for nothing") }
      mustBeZero("retainage", retainage)
      mustBeZero("write_off", writeOff)
    }

    /// retainage_tax is a part of retainage. On draws the two parts may move against each other,
    /// where the rate steps down and tax is withheld on, or given back; the tax of the document is
    /// its limit.
    private mutating func retainedTax() {
      guard !retainageTax.isZero else { return }
      let isSameWay = (retainageTax > .zero) == (retainage > .zero) && !retainage.isZero
      let isWithin = retainageTax.units.magnitude <= retainage.units.magnitude
      let mayDiffer = type == .standard || type == .progress
      if isSameWay ? !isWithin : !mayDiffer {
        fault(
          "retainage_tax", retainageTax, "is not within the retainage of \(retainage.text)",
          "the tax that the retainage includes")
      } else if retainageTax > .zero, retainageTax > tax {
        fault(
          "retainage_tax", retainageTax, "is more than the tax of \(tax.text)",
          "the part of the document's tax that is withheld")
      }
    }
  }
}
