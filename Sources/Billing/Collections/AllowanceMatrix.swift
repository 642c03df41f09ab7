public import Ledger
internal import Measures

/// The steps by which expected losses rise with the days past due (DOMAIN §5.7, [S64, S67]).
///
/// A step begins at its days and ends before the next; the first holds what is not due too. Days that lie
/// before the matrix's first are a step of their own, without a loss.
public struct AllowanceMatrix: Sendable {
  public let steps: [Company.Allowance.Step]

  public init(_ matrix: [Company.Allowance.Step]) {
    guard let first = matrix.first else {
      steps = []
      return
    }
    steps = first.days > 0 ? [Company.Allowance.Step(days: 0, rate: .zero)] + matrix : matrix
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
