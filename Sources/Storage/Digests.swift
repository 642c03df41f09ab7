import Crypto
public import Foundation

/// Bytes on their way into a digest: every number has eight bytes, every text its length in front, so
/// that no two contents have the same bytes (RELIABILITY D16).
struct DigestBytes {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ number: Int64) {
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func add(_ text: String?) {
    guard let text else { return add(Int64(-1)) }
    add(Int64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  mutating func add(_ text: UnsafeRawBufferPointer?) {
    guard let text else { return add(Int64(-1)) }
    add(Int64(text.count))
    bytes.append(contentsOf: text)
  }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}

/// What the rows of one table add to an entry's digest, and a mark for each that tells where it was
/// changed.
struct RowDigest {
  private var hash = SHA256()
  private var pending: [UInt8] = []
  /// Eight bytes a row, in the order of versions.
  private(set) var marks: [UInt8] = []

  mutating func add(_ row: DigestBytes) {
    pending += row.bytes
    marks += withUnsafeBytes(of: fingerprint(row.bytes).bigEndian, Array.init)
    if pending.count > 1 << 16 { flush() }
  }

  private mutating func flush() {
    hash.update(data: pending)
    pending.removeAll(keepingCapacity: true)
  }

  mutating func finish() -> [UInt8] {
    flush()
    return Array(hash.finalize())
  }
}

/// FNV-1a of 64 bits: not proof against a forger, which the chain is, but enough to name a row.
private func fingerprint(_ bytes: [UInt8]) -> UInt64 {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  return hash
}

/// SHA-256 of a file's bytes, as hexadecimal digits.
public func digest(of bytes: Data) -> String { hexadecimal(SHA256.hash(data: bytes)) }

func sha256(_ bytes: DigestBytes) -> [UInt8] { Array(SHA256.hash(data: bytes.bytes)) }

/// Lower-case digits, two a byte.
public func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
