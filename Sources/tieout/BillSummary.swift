import Billing
import Ledger
import Measures

/// The last lines of `tieout bill`.
struct BillSummary {
  private let drafts: Drafts
  private let tieOuts: Int

  init(_ drafts: Drafts, tieOuts: Int) {
    (self.drafts, self.tieOuts) = (drafts, tieOuts)
  }

  static func figures(_ drafts: Drafts) -> [(label: String, amount: Money)] {
    func total(_ types: InvoiceType...) -> Money {
      drafts.drafts.filter { types.contains($0.type) }.map(\.total).sum()
    }
    return [
      ("Invoices and draws", total(.standard, .progress, .creditMemo)),
      ("Deposit requests", total(.deposit)),
      ("Retainage releases", total(.retainageRelease)),
      ("Finance charges", total(.financeCharge)),
      ("Total of all drafts", drafts.drafts.map(\.total).sum()),
      (
        "Retainage withheld",
        drafts.drafts.filter { $0.type != .retainageRelease }
          .map(\.retainage).sum()
      ),
      ("Not billed", drafts.notBilled.map(\.amount).sum()),
      ("Cash to be applied", drafts.applications.map(\.amount).sum()),
    ]
  }

  func text(wrote target: String) -> String {
    let figures = Self.figures(drafts)
    let width = figures.map { $0.amount.grouped.count }.max() ?? 0
    var text = "Drafts".padded(to: 28) + "\(drafts.drafts.count)\n"
    for figure in figures {
      text +=
        figure.label.padded(to: 28) + figure.amount.grouped.padded(to: width, atStart: true)
        + "\n"
    }
    text += "Tie-outs passed".padded(to: 28) + "\(tieOuts) of \(tieOuts)\n"
    return text + "Wrote \(target)/: drafts.csv, draft-lines.csv, not-billed.csv and drafts.xlsx\n"
  }
}
