import Reporting

/// The names of a journal's accounts in a program that has rules for them: no two are the same.
struct AccountNames {
  private let names: [String]

  /// - Parameter name: the name of an account under its root, as the program takes it.
  init(_ journal: LedgerFile, _ name: (String) -> String) {
    var taken = Set<String>()
    names = journal.accounts.map { account in
      let base = "\(account.root):\(name(account.name))"
      var unique = base
      var number = 2
      while !taken.insert(unique).inserted {
        unique = "\(base)-\(number)"
        number += 1
      }
      return unique
    }
  }

  var all: [String] { names }
  subscript(_ account: Int) -> String { names[account] }
}

extension String {
  /// The text with each scalar that does not fit as a blank, in one line, blanks next to each other as
  /// one and none at the ends; at most so many scalars.
  func fitted(limit: Int = 200, _ fits: (Unicode.Scalar) -> Bool) -> String {
    let scalars = unicodeScalars.map { scalar in
      scalar.isControl || scalar.properties.isWhitespace || !fits(scalar) ? " " : scalar
    }
    let words = String(String.UnicodeScalarView(scalars)).split(separator: " ")
    return String(
      String.UnicodeScalarView(words.joined(separator: " ").unicodeScalars.prefix(limit)))
  }
}

extension Unicode.Scalar {
  /// A control or a format scalar, such as one that turns the direction of text.
  fileprivate var isControl: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
    default: false
    }
  }
}
