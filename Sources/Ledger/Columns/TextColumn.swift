/// Text kept as the bytes that were read, one after the other; decoded only when it is printed.
public struct TextColumn: Sendable {
  @usableFromInline var bytes: [UInt8] = []
  /// Where each text ends in `bytes`.
  @usableFromInline var ends: [UInt32] = []

  public init() {}

  public init(_ texts: some Sequence<String>) {
    for text in texts { append(text) }
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
