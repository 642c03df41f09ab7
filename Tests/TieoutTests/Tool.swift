import Foundation
import Testing

/// The built tool, run as a person would.
struct Tool {
  struct Outcome {
    var status: Int32
    var output: String
    var errors: String
  }

  static let executable = URL(fileURLWithPath: Bundle.main.bundlePath)
    .appendingPathComponent("tieout")

  /// The repository's top folder.
  static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// - Parameter prefix: a command that runs the tool, such as `taskset`, with its arguments.
  @discardableResult
  static func run(
    _ arguments: [String], in folder: URL = repository, prefix: [String] = []
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = prefix.isEmpty ? executable : URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = prefix.isEmpty ? arguments : prefix + [executable.path] + arguments
    process.currentDirectoryURL = folder
    let scratch = try Scratch()
    let (output, errors) = (scratch.url("out"), scratch.url("err"))
    for url in [output, errors] { try Data().write(to: url) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus,
      output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }
}

/// A folder that is removed with it.
final class Scratch {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "tieout-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func url(_ name: String) -> URL { folder.appendingPathComponent(name) }

  func names(in name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url(name).path).sorted()
  }

  /// A copy of the sample data that a test may spoil.
  func copyOfSample() throws -> URL {
    let copy = url("sample-data")
    try FileManager.default.copyItem(
      at: Tool.repository.appendingPathComponent("sample-data"), to: copy)
    return copy
  }
}

extension URL {
  /// Replaces one line of a file, counted from 1.
  func replaceLine(_ number: Int, _ change: (String) -> String) throws {
    var lines = try String(contentsOf: self, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines[number - 1] = change(lines[number - 1])
    try Data(lines.joined(separator: "\n").utf8).write(to: self)
  }
}
