import Foundation
import Testing

/// What books and packs are after a call that failed and after a power cut (RELIABILITY G1, G3,
/// E12–E16). `TIEOUT_POINTS=200` tries as many faults of each command, `TIEOUT_CUTS=3000` as many cuts.
@Suite struct BookPower {
  /// Runs a script of Tests/faults on the built tool, which ends its command line.
  private func run(
    _ script: String, _ option: String, _ variable: String, else count: String,
    _ more: String...
  ) throws -> Tool.Outcome {
    let given = ProcessInfo.processInfo.environment[variable] ?? count
    let path = Tool.repository.appendingPathComponent("Tests/faults/\(script)").path
    return try Tool.run(
      [], prefix: ["python3", path, option, given] + more + ["--tool"])
  }

  @Test func `a call that fails leaves what was before or what comes after`() throws {
    let outcome = try run("faults.py", "--points", "TIEOUT_POINTS", else: "6")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains(" faults, 0 bad"))
  }

  @Test func `a power cut loses nothing that was acknowledged`() throws {
    let outcome = try run(
      "power_cuts.py", "--cuts", "TIEOUT_CUTS", else: "100", "--verified", "4", "--self-check")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains(" power cuts over "))
  }
}
