/// A piece of Tieout's work that is measured by itself.
public struct Kernel: Sendable {
  public typealias Round = @Sendable () throws -> Void

  public let name: String
  /// What a round's cost is divided by: cells, ids, lines of timesheets, rows of a report.
  public let unit: String
  /// Makes what the rounds work on: how many units a round has, and the round.
  public let prepare: @Sendable () throws -> (units: Int, round: Round)

  init(
    _ name: String, per unit: String,
    _ prepare: @escaping @Sendable () throws -> (units: Int, round: Round)
  ) {
    self.name = name
    self.unit = unit
    self.prepare = prepare
  }

  /// All of them; those on files read the folder of generated files that is given.
  public static func all(input: String) -> [Kernel] {
    cellKernels + keyKernels + importKernels(input) + billingKernels(input)
      + writingKernels(input)
  }
}

/// Keeps a result from being left out as unused: the optimizer does not see that nothing is done.
@_optimize(none)
func keep<Value>(_ value: Value) {}
