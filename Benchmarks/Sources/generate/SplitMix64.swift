/// Steele, Lea and Flood's SplitMix64: the same seed gives the same company on any machine.
struct SplitMix64 {
  private var state: UInt64

  /// One stream a table, so that a change to one table leaves the others as they were.
  init(seed: UInt64, stream: StaticString) {
    state = seed
    for i in 0..<stream.utf8CodeUnitCount {
      state = (state ^ UInt64(stream.utf8Start[i])) &* 0x0000_0100_0000_01B3
    }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number from 0 to `bound` − 1.
  mutating func below(_ bound: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A number from `low` to `high`, both included.
  mutating func between(_ low: Int, _ high: Int) -> Int { low + below(high - low + 1) }

  /// True `n` times in a thousand.
  mutating func perMille(_ n: Int) -> Bool { below(1000) < n }

  mutating func pick<T>(_ list: [T]) -> T { list[below(list.count)] }

  /// The index of a weight, each as often as its weight says.
  mutating func weighted(_ weights: [Int]) -> Int {
    var rest = below(weights.reduce(0, +))
    for (i, weight) in weights.enumerated() {
      if rest < weight { return i }
      rest -= weight
    }
    return weights.count - 1
  }
}
