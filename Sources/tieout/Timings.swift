import Glibc
import Synchronization

/// What each stage of a run took, and the most memory that was held by its end, for `--timings`.
final class Timings: Sendable {
  private let isShown: Bool
  private let start = ContinuousClock.now
  private let laps = Mutex<[(name: String, end: ContinuousClock.Instant, memory: Int)]>([])

  init(isShown: Bool) { self.isShown = isShown }

  /// Notes that a stage has ended.
  func lap(_ name: String) {
    guard isShown else { return }
    let memory = Self.peakMemory()
    laps.withLock { $0.append((name, .now, memory)) }
  }

  /// Prints the stages in their order: milliseconds of wall time, and MB of memory.
  func print() {
    guard isShown else { return }
    var before = start
    for (name, end, memory) in laps.withLock({ $0 }) {
      complain(
        "\(Self.milliseconds(end - before))\("\(memory)".padded(to: 7, atStart: true)) MB  \(name)\n"
      )
      before = end
    }
    complain("\(Self.milliseconds(.now - start))            all\n")
  }

  private static func milliseconds(_ duration: Duration) -> String {
    "\(Int64(duration / .milliseconds(1)))".padded(to: 8, atStart: true) + " ms"
  }

  /// The most memory that the process has held so far, in MB.
  private static func peakMemory() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Int(usage.ru_maxrss) / 1000
  }
}
