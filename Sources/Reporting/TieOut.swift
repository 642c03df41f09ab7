public import Measures

/// One total reached by two roads: the report's own, and another that shares no sum with it.
public struct TieOut: Hashable, Sendable {
  public let name: String
  public let left: Money
  public let right: Money
  /// How each side was reached, for the person who must find the difference.
  public let leftRoad: String
  public let rightRoad: String

  public init(
    _ name: String, _ left: Money, _ leftRoad: String, equals right: Money, _ rightRoad: String
  ) {
    self.name = name
    self.left = left
    self.leftRoad = leftRoad
    self.right = right
    self.rightRoad = rightRoad
  }

  public var difference: Money { left - right }
  public var passed: Bool { left == right }
}
