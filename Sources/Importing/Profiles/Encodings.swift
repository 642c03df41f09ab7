extension [UInt8] {
  /// The bytes as UTF-8, from the encoding that the profile names. Bytes that mean nothing in it become
  /// U+FFFD, which the importer then refuses with its place.
  func decoded(as encoding: Dialect.Encoding) -> [UInt8] {
    switch encoding {
    case .utf8: return self
    case .windows1252:
      var out = [UInt8]()
      out.reserveCapacity(count + count / 16)
      for byte in self {
        if byte < 0x80 {
          out.append(byte)
        } else {
          let scalar =
            (0x80...0x9F).contains(byte)
            ? Self.windows1252[Int(byte) - 0x80] : UInt32(byte)
          out += String(UnicodeScalar(scalar) ?? "\u{FFFD}").utf8
        }
      }
      return out
    case .utf16:
      var isBig = false
      var start = 0
      if starts(with: [0xFE, 0xFF]) { (isBig, start) = (true, 2) }
      if starts(with: [0xFF, 0xFE]) { start = 2 }
      let units = stride(from: start, to: count - 1, by: 2).map { (place: Int) -> UInt16 in
        let (first, second) = (UInt16(self[place]), UInt16(self[place + 1]))
        return isBig ? first << 8 | second : second << 8 | first
      }
      return Array(String(decoding: units, as: UTF16.self).utf8)
    }
  }

  /// What Windows-1252 has at 0x80 to 0x9F; 0xFFFD where nothing.
  private static let windows1252: [UInt32] = [
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
  ]
}
