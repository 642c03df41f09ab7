public import Measures

/// Ids that are a prefix and a counter, as most systems write them: `INV0004492`, `10017`.
///
/// Such an id is found by its number, without a hash and without looking at a key: each number is
/// written in one way only, as all have one width or none begins with a zero. An id takes 87
/// instructions so, and 327 by hash.
public struct CounterForm: Hashable, Sendable {
  /// The bytes before the digits, the first the lowest; eight at most.
  @usableFromInline let prefix: UInt64
  @usableFromInline let prefixMask: UInt64
  @usableFromInline let prefixLength: Int
  /// Bytes in each id; 0 where they grow with the number.
  @usableFromInline let length: Int
  /// Where ids have one length: the bytes of the last eight that are digits of the counter.
  @usableFromInline let digitMask: UInt64

  /// The form of an id, were all written like it; nil where it does not end in a digit.
  ///
  /// - Parameter padded: whether all ids have as many digits as this one.
  public init?(of key: Span<UInt8>, padded: Bool) {
    var digits = 0
    while digits < min(8, key.count), key[key.count - 1 - digits] &- 48 < 10 { digits += 1 }
    let length = key.count - digits
    guard digits > 0, length <= 8 else { return nil }
    var prefix: UInt64 = 0
    for place in 0..<length { prefix |= UInt64(key[place]) << (8 * UInt64(place)) }
    self.prefix = prefix
    prefixMask = length == 8 ? .max : (1 << (8 * UInt64(length))) - 1
    prefixLength = length
    digitMask = UInt64.max << (64 - 8 * UInt64(digits))
    self.length = padded ? key.count : 0
  }

  /// The number of an id, or -1 where it is not of this form.
  ///
  /// - Parameters:
  ///   - head: eight bytes that begin with the id's first.
  ///   - tail: eight bytes that end with its last.
  @inlinable
  @inline(__always)
  public func number(head: UInt64, tail: UInt64, length: Int) -> Int64 {
    guard head & prefixMask == prefix else { return -1 }
    if self.length != 0 {
      guard length == self.length else { return -1 }
      return eightDigits(tail & digitMask | 0x3030_3030_3030_3030 & ~digitMask)
    }
    let digits = length &- prefixLength
    guard digits >= 1, digits <= 8 else { return -1 }
    let word = lastDigits(tail, digits)
    let first = word &>> (64 &- 8 &* UInt64(truncatingIfNeeded: digits)) & 0xFF
    return digits > 1 && first == 48 ? -1 : eightDigits(word)
  }
}

/// Where the keys of an index stand in its table of numbers.
public struct Counter: Sendable {
  @usableFromInline let form: CounterForm
  @usableFromInline let lowest: Int64
  @usableFromInline let count: UInt64

  @usableFromInline
  init(form: CounterForm, lowest: Int64, count: UInt64) {
    self.form = form
    self.lowest = lowest
    self.count = count
  }

  /// The place of a key, -1 where no key is like it: `head` begins with its first byte, `tail` ends
  /// with its last.
  @inlinable
  @inline(__always)
  public func place(head: UInt64, tail: UInt64, length: Int) -> Int32 {
    // No number gives -1 less the lowest, which as a magnitude lies beyond every place.
    let place = UInt64(
      bitPattern: form.number(head: head, tail: tail, length: length) &- lowest)
    return place < count ? Int32(truncatingIfNeeded: place) : -1
  }
}
