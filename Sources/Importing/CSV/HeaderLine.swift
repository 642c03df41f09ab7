/// Where a file's rows begin and what its columns are called.
struct HeaderLine: Sendable {
  var delimiter: UInt8
  var names: [String]
  /// Bytes before the first row: byte order mark, titles, the header itself.
  var length: Int
  /// Lines before the first row.
  var lines: Int

  static let delimiters: [UInt8] = [
    UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|"),
  ]

  /// Finds the header at the top of a file: the delimiter under which most of its names are known.
  ///
  /// - Parameters:
  ///   - known: the names a column may have; ASCII letters compare without case.
  ///   - lookAhead: lines above the header that may be titles; 0 for our own files.
  /// - Returns: nil for an empty file.
  static func find(
    in top: [UInt8], known: Set<String>, delimiter: UInt8? = nil, lookAhead: Int = 0,
    needed: Set<String> = []
  ) -> HeaderLine? {
    var offset = top.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var line = 0
    var best: (header: HeaderLine, score: Int)?
    while line <= lookAhead, offset < top.count {
      for candidate in delimiter.map({ [$0] }) ?? delimiters.dropLast(lookAhead == 0 ? 1 : 0) {
        let end = recordEnd(in: top, from: offset, delimiter: candidate)
        let block = RecordScanner(delimiter: candidate, width: 0).scan(Array(top[offset..<end]))
        guard block.rows == 1 || (line == 0 && lookAhead == 0 && block.rows > 0) else { continue }
        let names = block.starts.indices.map { place in
          String(
            decoding: block.bytes[Int(block.starts[place])..<Int(block.ends[place])],
            as: UTF8.self)
        }
        var score = names.filter { known.contains($0.asciiLowercased) }.count * 1000
        if needed.isSubset(of: names.map(\.asciiLowercased)) { score += 500_000 }
        if best.map({ score + names.count > $0.score }) ?? true {
          let header = HeaderLine(
            delimiter: candidate, names: names, length: end,
            lines: line + Int(block.lineCount))
          best = (header, score + (score > 0 || lookAhead == 0 ? names.count : 0))
        }
      }
      let end = recordEnd(in: top, from: offset, delimiter: UInt8(ascii: ","))
      line += Int(
        RecordScanner(delimiter: UInt8(ascii: ","), width: 0)
          .scan(Array(top[offset..<end])).lineCount)
      offset = end
      if lookAhead == 0 { break }
    }
    return best?.header
  }

  /// Where the record that begins at a place ends, its line end included.
  private static func recordEnd(in bytes: [UInt8], from begin: Int, delimiter: UInt8) -> Int {
    var isQuoted = false
    var place = begin
    var isFieldStart = true
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: "\"") {
        if isQuoted || isFieldStart { isQuoted.toggle() }
        isFieldStart = false
      } else if !isQuoted, byte == UInt8(ascii: "\n") {
        return place
      } else if !isQuoted, byte == UInt8(ascii: "\r") {
        return place < bytes.count && bytes[place] == UInt8(ascii: "\n") ? place + 1 : place
      } else {
        isFieldStart = byte == delimiter || (isFieldStart && byte == 32)
      }
    }
    return place
  }
}

extension String {
  /// ASCII letters made small; no locale.
  var asciiLowercased: String {
    String(decoding: utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
  }
}
