/// Text as an XLSX cell can hold it.
///
/// Control characters, which XML forbids, are left out; CR LF and CR become LF; `_x0041_`, which Excel
/// would read as "A", keeps its looks; text above Excel's 32,767 characters is cut and says so. Import
/// lets none of these in; this keeps the file whole should one come another way.
func cellText(_ text: String) -> String {
  var text = text
  let isPlain = text.withUTF8 { bytes in
    var last: UInt8 = 0
    for byte in bytes {
      if byte < 0x20 && byte != 0x0A && byte != 0x09 { return false }
      if byte == UInt8(ascii: "x") && last == UInt8(ascii: "_") { return false }
      if byte >= 0xBE && last == 0xBF { return false }  // perhaps U+FFFE or U+FFFF
      last = byte
    }
    return bytes.count <= longestCell
  }
  return isPlain ? text : cleaned(text)
}

private let longestCell = 32_767

private func cleaned(_ text: String) -> String {
  var out = String.UnicodeScalarView()
  let scalars = Array(text.unicodeScalars)
  for (place, scalar) in scalars.enumerated() {
    switch scalar {
    case "\r":
      if place + 1 == scalars.count || scalars[place + 1] != "\n" { out.append("\n") }
    case "\n", "\t": out.append(scalar)
    case "_" where isEscape(scalars[place...]): out.append(contentsOf: "_x005F_".unicodeScalars)
    case "\u{0}"..<" ", "\u{FFFE}", "\u{FFFF}": continue
    default: out.append(scalar)
    }
  }
  return clippedText(String(out), longestCell, ending: " … (cut; whole in the CSV file)")
}

/// Whether the scalars begin like `_x0041_`.
private func isEscape(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
  let start = Array(scalars.prefix(7))
  return start.count == 7 && start[1] == "x" && start[6] == "_"
    && start[2...5].allSatisfy { $0.properties.isASCIIHexDigit }
}

/// The text, or its beginning and an ending where it has more than so many UTF-16 units, which is
/// what Excel counts. No character is cut in two.
func clippedText(_ text: String, _ limit: Int, ending: String = "…") -> String {
  guard text.utf8.count > limit, text.utf16.count > limit else { return text }
  var kept = ""
  var units = ending.utf16.count
  for character in text {
    units += character.utf16.count
    guard units <= limit else { break }
    kept.append(character)
  }
  return kept + ending
}
