/// Text kept as the bytes that were read, one after the other; decoded only when it is printed.
public struct TextColumn: Sendable {
  @usableFromInline var bytes: [UInt8] = []
  /// Where each text ends in `bytes`.
  @usableFromInline var ends: [UInt32] = []

  public init() {}

  public init(_ texts: some Sequence<String>) {
    for text in texts { append(text) }
  }

  /// A column of known size, for which each row gives its text once.
  ///
  /// Unsafe: texts are copied to where the one before ended, which stays within `size`.
  @inlinable
  public init(
    rows: Int, bytes size: Int,
    _ text: (_ row: Int, _ put: (UnsafeBufferPointer<UInt8>) -> Void) -> Void
  ) {
    precondition(size <= Int(UInt32.max), "a text column holds 4 GiB at most")
    var ends = [UInt32]()
    bytes = Array(unsafeUninitializedCapacity: size) { bytes, count in
      ends = Array(unsafeUninitializedCapacity: rows) { ends, rowCount in
        for row in 0..<rows {
          text(row) { text in
            precondition(count + text.count <= size, "the texts have the size that was said")
            if let from = text.baseAddress, let to = bytes.baseAddress {
              (to + count).update(from: from, count: text.count)
            }
            count += text.count
          }
          ends[row] = UInt32(truncatingIfNeeded: count)
        }
        rowCount = rows
      }
    }
    self.ends = ends
  }

  /// A column of empty texts.
  public init(blanks count: Int) { ends = Array(repeating: 0, count: count) }

  /// Columns one after the other.
  public init(joining columns: [TextColumn]) {
    reserveCapacity(
      rows: columns.reduce(0) { $0 + $1.count }, bytes: columns.reduce(0) { $0 + $1.bytes.count })
    for column in columns { append(contentsOf: column) }
  }

  @inlinable public var count: Int { ends.count }
  @inlinable public var indices: Range<Int> { 0..<ends.count }

  @inlinable
  public func range(_ row: Int) -> Range<Int> {
    (row == 0 ? 0 : Int(ends[row - 1]))..<Int(ends[row])
  }

  /// The text of a row; bytes were validated as UTF-8 when they were read.
  public subscript(_ row: Int) -> String {
    let range = range(row)
    return String(decoding: bytes[range], as: UTF8.self)
  }

  @inlinable
  public func isEmpty(_ row: Int) -> Bool { range(row).isEmpty }

  @inlinable
  public func slice(_ row: Int) -> ArraySlice<UInt8> { bytes[range(row)] }

  @inlinable
  public mutating func append(_ text: Span<UInt8>) {
    for place in text.indices { bytes.append(text[place]) }
    endText()
  }

  public mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    endText()
  }

  /// The bytes of a text that stands somewhere else.
  @inlinable
  public mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: text)
    endText()
  }

  @inlinable
  public mutating func append(_ text: ArraySlice<UInt8>) {
    bytes.append(contentsOf: text)
    endText()
  }

  /// The rows of another column after those of this one.
  public mutating func append(contentsOf other: TextColumn) {
    let base = bytes.count
    bytes.append(contentsOf: other.bytes)
    precondition(bytes.count <= Int(UInt32.max), "a text column holds 4 GiB at most")
    ends.reserveCapacity(ends.count + other.ends.count)
    for end in other.ends { ends.append(UInt32(base + Int(end))) }
  }

  public mutating func reserveCapacity(rows: Int, bytes size: Int) {
    ends.reserveCapacity(rows)
    bytes.reserveCapacity(size)
  }

  @inlinable
  mutating func endText() {
    precondition(bytes.count <= Int(UInt32.max), "a text column holds 4 GiB at most")
    ends.append(UInt32(truncatingIfNeeded: bytes.count))
  }

  /// Whether the row holds just these bytes.
  @inlinable
  public func equals(_ row: Int, _ text: Span<UInt8>) -> Bool {
    let range = range(row)
    guard range.count == text.count else { return false }
    let own = bytes.span
    var place = range.lowerBound
    for other in text.indices {
      if own[unchecked: place] != text[unchecked: other] { return false }
      place += 1
    }
    return true
  }

  /// Calls the body with the words of each row: its first eight bytes, its last eight, and how many
  /// there are; what lies around a row where it is shorter.
  func forEachWords(_ body: (_ head: UInt64, _ tail: UInt64, _ length: Int) -> Bool) {
    // Unsafe: a word is taken only where the column has eight bytes from or to its place.
    bytes.withUnsafeBytes { bytes in
      var start = 0
      for end in ends {
        let end = Int(end)
        defer { start = end }
        if end >= 8, start + 8 <= bytes.count {
          let head = bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self)
          let tail = bytes.loadUnaligned(fromByteOffset: end - 8, as: UInt64.self)
          guard body(UInt64(littleEndian: head), UInt64(littleEndian: tail), end - start) else {
            return
          }
        } else {
          let words = keyWords(self.bytes.span.extracting(start..<end))
          guard body(words.head, words.tail, end - start) else { return }
        }
      }
    }
  }

  /// Whether one row comes before another, by bytes.
  public func precedes(_ a: Int, _ b: Int) -> Bool {
    slice(a).lexicographicallyPrecedes(slice(b))
  }

  /// Calls the body with the bytes of a row.
  @inlinable
  public func withBytes<Result>(_ row: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    let range = range(row)
    return body(bytes.span.extracting(range))
  }
}
