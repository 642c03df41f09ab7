/// The names of a workbook's sheets: short enough, clean and no two alike for Excel, which does not
/// tell capitals from small letters.
struct SheetNames {
  private var taken: Set<String> = ["history"]  // Excel keeps this one for itself

  /// A name for a sheet with this title, numbered where it is taken: "Unbilled (2)".
  mutating func name(for title: String) -> String {
    let clean = Self.cleaned(title)
    var name = clippedText(clean, Self.longest)
    var number = 2
    while !taken.insert(name.lowercased()).inserted {
      let suffix = " (\(number))"
      name = clippedText(clean, Self.longest - suffix.utf16.count) + suffix
      number += 1
    }
    return name
  }

  private static let longest = 31

  private static func cleaned(_ title: String) -> String {
    let scalars = title.unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar {
      case "[", "]", ":", "*", "?", "/", "\\", "\u{0}"..<" ", "\u{FFFE}", "\u{FFFF}": " "
      default: scalar
      }
    }
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    let words = text.split(separator: " ").joined(separator: " ")
    let trimmed = words.drop { $0 == "'" }
    let name = String(trimmed.reversed().drop { $0 == "'" }.reversed())
    return name.isEmpty ? "Sheet" : name
  }
}

/// A sheet's name as formulas and links write it: `'Owner''s draws'`.
func quotedSheetName(_ name: String) -> String {
  "'" + name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
}

/// A column's letters: 0 is A, 26 is AA.
func columnLetters(_ column: Int) -> String {
  var letters = ""
  var rest = column
  repeat {
    letters = String(UnicodeScalar(UInt8(65 + rest % 26))) + letters
    rest = rest / 26 - 1
  } while rest >= 0
  return letters
}

/// A cell as formulas write it; rows count from 0 here and from 1 there.
func cellName(_ row: Int, _ column: Int) -> String { "\(columnLetters(column))\(row + 1)" }
