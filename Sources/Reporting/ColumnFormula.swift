/// How a column follows from others of its row, so that a worksheet shows it as a live formula and a
/// reviewer can recompute it. The writer computes it too, and refuses a row where it is not the figure.
///
///     .sum("original_contract", "approved_changes")
///     .aboveZero("earned", "-billed")
///     .percentage(["open", "-not_due"], of: ["open"])
///
/// All columns of a formula have the same decimals, and an empty cell counts as zero.
public struct ColumnFormula: Hashable, Sendable {
  /// A column by its key, added or taken away.
  public struct Term: Hashable, Sendable {
    public let key: String
    public let isMinus: Bool

    init(_ text: String) {
      isMinus = text.hasPrefix("-")
      key = isMinus ? String(text.dropFirst()) : text
    }
  }

  public enum Kind: Hashable, Sendable {
    case sum
    /// The sum where it is above zero, else zero.
    case aboveZero
    /// The sum as a percentage of another, with four decimals, half away from zero; empty where that
    /// is zero.
    case percentage(of: [Term])
  }

  public let kind: Kind
  public let terms: [Term]

  public static func sum(_ terms: String...) -> Self { sum(terms) }

  public static func sum(_ terms: [String]) -> Self {
    Self(kind: .sum, terms: terms.map(Term.init))
  }

  public static func aboveZero(_ terms: String...) -> Self {
    Self(kind: .aboveZero, terms: terms.map(Term.init))
  }

  public static func percentage(_ terms: [String], of whole: [String]) -> Self {
    Self(kind: .percentage(of: whole.map(Term.init)), terms: terms.map(Term.init))
  }
}
