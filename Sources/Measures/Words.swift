// Digits eight at a time, in a word whose lowest byte is the first.

/// The number that eight ASCII digits write; nil-like -1 where a byte is no digit.
///
/// Two tests and three products instead of eight of each: a decimal takes 80 instructions, not 186.
@inlinable
@inline(__always)
public func eightDigits(_ word: UInt64) -> Int64 {
  let high = word & 0xF0F0_F0F0_F0F0_F0F0
  let carried = (word &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0
  guard high | carried &>> 4 == 0x3333_3333_3333_3333 else { return -1 }
  let digits = word &- 0x3030_3030_3030_3030
  let pairs = digits &* 10 &+ digits &>> 8
  let mask: UInt64 = 0x0000_00FF_0000_00FF
  let upper = (pairs & mask) &* 0x000F_4240_0000_0064
  let lower = (pairs &>> 16 & mask) &* 0x0000_2710_0000_0001
  return Int64(truncatingIfNeeded: (upper &+ lower) &>> 32)
}

/// The last `count` bytes of a word of digits, zeros before them; `count` is 1 to 8.
@inlinable
@inline(__always)
public func lastDigits(_ word: UInt64, _ count: Int) -> UInt64 {
  let mask = UInt64.max &<< (64 &- 8 &* UInt64(truncatingIfNeeded: count))
  return word & mask | 0x3030_3030_3030_3030 & ~mask
}

/// The units of a plain decimal number of one to eight bytes, digits and at most one point.
///
/// - Parameter word: eight bytes that end with the number's last.
/// - Returns: `Int64.min` for anything else: a sign, too many decimals, no number.
@inlinable
@inline(__always)
public func shortDecimal(_ word: UInt64, length: Int, decimals: Int) -> Int64 {
  var digits = lastDigits(word, length)
  // The lowest byte that is a point.
  let points = digits ^ 0x2E2E_2E2E_2E2E_2E2E
  let found = (points &- 0x0101_0101_0101_0101) & ~points & 0x8080_8080_8080_8080
  var missing = decimals
  if found != 0 {
    let shift = UInt64(truncatingIfNeeded: found.trailingZeroBitCount &- 7)
    missing &-= 7 &- Int(truncatingIfNeeded: shift &>> 3)
    guard missing >= 0, length > 1 else { return .min }
    let before = (1 &<< shift) &- 1
    let behind = (UInt64.max &<< shift) &<< 8
    digits = digits & behind | (digits & before) &<< 8 | 0x30
  }
  let value = eightDigits(digits)
  guard value >= 0 else { return .min }
  return value &* powerOfTen(missing)
}

/// 10 to a small power.
@inlinable
@inline(__always)
public func powerOfTen(_ exponent: Int) -> Int64 {
  switch exponent {
  case 0: 1
  case 1: 10
  case 2: 100
  case 3: 1000
  case 4: 1_0000
  default: (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}

/// The day that ten bytes write as `2026-10-31`; nil for anything else, or a day that does not exist.
///
/// - Parameters:
///   - head: the first eight bytes.
///   - tail: the last eight.
@inlinable
public func isoDay(head: UInt64, tail: UInt64) -> Day? {
  // Four digits and a point in the first five bytes; of the rest all but the point in the middle.
  guard head &>> 32 & 0xFF == 0x2D, tail &>> 40 & 0xFF == 0x2D else { return nil }
  let month = tail &>> 24 & 0xFFFF
  let number = eightDigits(head & 0xFFFF_FFFF | month &<< 32 | (tail &>> 48) &<< 48)
  guard number >= 0 else { return nil }
  return Day(
    year: Int(number / 1_0000), month: Int(number / 100 % 100), day: Int(number % 100))
}
