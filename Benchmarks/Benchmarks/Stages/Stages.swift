import Benchmark
import Foundation
import Kernels

/// Every kernel by the clock. The folder of generated files is `TIEOUT_INPUT`, or where `measure.py`
/// puts it.
let benchmarks: @Sendable () -> Void = {
  let input =
    ProcessInfo.processInfo.environment["TIEOUT_INPUT"] ?? "Benchmarks/.build/inputs/100000"
  for kernel in Kernel.all(input: input) {
    Benchmark(
      kernel.name,
      configuration: .init(
        metrics: [.wallClock, .cpuTotal, .peakMemoryResident], maxDuration: .seconds(3))
    ) { benchmark in
      let (_, round) = try kernel.prepare()
      benchmark.startMeasurement()
      try round()
      benchmark.stopMeasurement()
    }
  }
}
