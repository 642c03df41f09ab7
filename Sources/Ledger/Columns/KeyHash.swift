/// The first eight bytes of a key and the last eight, zeros where it is shorter.
public func keyWords(_ key: Span<UInt8>) -> (head: UInt64, tail: UInt64) {
  var (head, tail): (UInt64, UInt64) = (0, 0)
  for place in 0..<min(8, key.count) {
    head |= UInt64(key[place]) << (8 * UInt64(place))
    tail |= UInt64(key[key.count - 1 - place]) << (56 - 8 * UInt64(place))
  }
  return (head, tail)
}

/// A 64-bit hash of a key's bytes, the same in every run: eight bytes at a time, multiplied and
/// folded (as wyhash does).
@inlinable
public func hashOfKey(_ key: Span<UInt8>) -> UInt64 {
  var hash = KeyHash(length: key.count)
  var place = 0
  while place < key.count {
    var word: UInt64 = 0
    var shift: UInt64 = 0
    let end = min(place + 8, key.count)
    while place < end {
      word |= UInt64(key[unchecked: place]) &<< shift
      shift &+= 8
      place += 1
    }
    hash.add(word)
  }
  return hash.value
}

/// The hash of a key that is given word by word: eight bytes each, the last with zeros behind.
public struct KeyHash {
  @usableFromInline var hash: UInt64

  @inlinable
  public init(length: Int) {
    hash = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: length)
  }

  @inlinable
  @inline(__always)
  public mutating func add(_ word: UInt64) {
    let product = (hash ^ word).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    hash = product.high ^ product.low
  }

  @inlinable public var value: UInt64 {
    let last = (hash ^ 0xE703_7ED1_A0B4_28DB).multipliedFullWidth(by: 0x8EBC_6AF0_9C88_C6E3)
    return last.high ^ last.low
  }
}
