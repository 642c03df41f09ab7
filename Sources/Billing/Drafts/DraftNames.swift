import Ledger
import Measures

/// Names drafts by day and job, so that the same inputs give the same names, and none is that of an
/// invoice: `DRAFT-2026-10-31-J-1010`, of a draw with its application, of the others with what they are.
struct DraftNames {
  private let book: Book
  private let day: String
  private var taken = Set<String>()

  init(_ book: Book, asOf: Day) {
    self.book = book
    day = asOf.text
  }

  mutating func name(_ draft: Draft) -> String {
    let subject =
      draft.job.exists
      ? book.jobs.id[draft.job.row]
      : draft.customer.exists ? book.customers.id[draft.customer.row] : ""
    let ending =
      switch draft.type {
      case .deposit: "-DEPOSIT"
      case .retainageRelease: "-RELEASE"
      case .financeCharge: "-CHARGE"
      default: draft.application > 0 ? "-APP-\(draft.application)" : ""
      }
    let base = "DRAFT-\(day)-\(subject)\(ending)"
    var name = base
    var number = 2
    while book.invoices.index.find(name).exists || !taken.insert(name).inserted {
      name = "\(base)-\(number)"
      number += 1
    }
    return name
  }
}
