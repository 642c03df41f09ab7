public import Ledger
public import Measures

/// The steps by which expected losses rise with the days past due (DOMAIN §5.7, [S64, S66, S67]).
///
/// A matrix gives each step's loss. Roll rates give what of a step rolls on into the next: the loss of a
/// step is the product of its own rate and all later ones, kept exactly.
///
/// A step begins at its days and ends before the next; the first holds what is not due too. Days that lie
/// before the matrix's first are a step of their own, without a loss.
public struct AllowanceMatrix: Sendable {
  public let steps: [Company.Allowance.Step]
  /// The share of each step that is expected to be lost.
  public let losses: [ExactShare]

  public init(_ allowance: Company.Allowance) {
    let rolls = !allowance.rollRates.isEmpty
    var steps = rolls ? allowance.rollRates : allowance.matrix
    var losses = steps.map { ExactShare($0.rate) }
    if rolls {
      for step in losses.indices.dropLast().reversed() {
        // Reading the rates has refused a product that cannot be kept.
        losses[step] = losses[step].of(losses[step + 1]) ?? losses[step]
      }
    }
    if let first = steps.first, first.days > 0 {
      steps.insert(Company.Allowance.Step(days: 0, rate: .zero), at: 0)
      losses.insert(ExactShare(.zero), at: 0)
    }
    (self.steps, self.losses) = (steps, losses)
  }

  /// The step of a document so many days past due; negative where it is not due yet.
  func step(of days: Int) -> Int {
    var step = 0
    while step + 1 < steps.count, steps[step + 1].days <= days { step += 1 }
    return step
  }

  /// `not_due`, `days_1_30`, `over_90`; `days_0_30` where one step holds both.
  public func key(_ step: Int) -> String {
    let first = steps[step].days
    guard step + 1 < steps.count else { return step == 0 ? "all" : "over_\(first - 1)" }
    let last = steps[step + 1].days - 1
    return step == 0 && last == 0 ? "not_due" : "days_\(step == 0 ? 0 : first)_\(last)"
  }
}
