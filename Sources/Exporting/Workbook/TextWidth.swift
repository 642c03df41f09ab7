/// About how wide text is on a worksheet, in widths of a digit, the unit of column widths.
///
/// Of each character the wider one of Calibri and Arial, a tenth of a digit rounded up, so that what fits
/// here fits in Excel and LibreOffice: some seven parts in a hundred above what English text takes.
func textWidth(_ text: String) -> Double {
  var widest = 0
  var width = 0
  for byte in text.utf8 {
    switch byte {
    case 0x0A:
      widest = max(widest, width)
      width = 0
    case 0..<0x80: width += Int(asciiWidths[Int(byte)])
    case 0x80..<0xC0: continue  // the later bytes of a scalar
    case 0xC0..<0xE0: width += 12
    case 0xE2: width += 13  // dashes, minus, quotation marks
    default: width += 22  // East Asian and pictures: two digits wide
    }
  }
  return Double(max(widest, width)) / 10
}

/// How many lines text takes in a column of this width.
func lineCount(_ text: String, width: Double) -> Int {
  let most = Double(text.utf8.count) * 1.8  // no byte is wider
  let breaks = text.utf8.contains(0x0A)
  guard breaks || most > width && textWidth(text) > width else { return 1 }
  return wrappedLines(text, width: width).count
}

/// Text in lines of at most this width, broken at blanks; a word that is wider alone is counted for the
/// lines it will take.
func wrappedLines(_ text: String, width: Double) -> [String] {
  var lines = [String]()
  for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
    var line = ""
    for word in paragraph.split(separator: " ") {
      let longer = line.isEmpty ? String(word) : "\(line) \(word)"
      if textWidth(longer) <= width || line.isEmpty {
        line = longer
      } else {
        lines.append(line)
        line = String(word)
      }
      for _ in 1..<max(1, Int((textWidth(line) / max(1, width)).rounded(.up))) { lines.append("") }
    }
    lines.append(line)
  }
  return lines
}

/// The widths of ASCII in tenths of a digit.
private let asciiWidths: [UInt8] = (0..<128).map { (code: UInt8) in
  switch UnicodeScalar(code) {
  case " ", "'", ",", ".", "I", "i", "j", "l": 5
  case "(", ")", "-", ":", ";", "`", "f": 6
  case "!", "[", "]", "r", "t", "{", "}": 7
  case "\"", "/", "\\": 8
  case "J", "c", "k", "s", "v", "x", "y", "z": 9
  case "+", "<", "=", ">", "~", "F", "T", "Z", "b", "d", "h", "n", "o", "p", "q", "u": 11
  case "A", "B", "E", "K", "P", "S", "V", "X", "Y": 12
  case "C", "D", "H", "N", "R", "U": 13
  case "&", "G", "O", "Q": 14
  case "w": 15
  case "%", "m": 16
  case "M": 17
  case "W", "@": 19
  default: 10
  }
}

/// How wide a number is when it is shown with separators and, as a credit, in parentheses.
func numberWidth(_ units: Int128, decimals: Int) -> Double {
  var digits = 1
  var rest = units.magnitude
  for _ in 0..<decimals { rest /= 10 }
  while rest >= 10 {
    rest /= 10
    digits += 1
  }
  let fraction = decimals > 0 ? decimals + 1 : 0
  return Double(digits + (digits - 1) / 3 + fraction) + 2
}

/// How wide a column must be for its header: its longest word, and about a third of the whole, with
/// room for the filter's arrow on both sides.
func headerWidth(_ title: String) -> Double {
  let words = title.split { $0 == " " || $0 == "-" }.map { textWidth(String($0)) }
  return max(words.max() ?? 0, textWidth(title) / 3) * 1.08 + 5
}
