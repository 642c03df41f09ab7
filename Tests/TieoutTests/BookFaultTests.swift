import Foundation
import Testing

/// What a book is after a command died, a disk was full, or several came at once (RELIABILITY G2, G4,
/// G17). `TIEOUT_KILLS=200` runs as many kills.
@Suite struct BookFaults {
  private func run(_ command: [String]) throws -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  @Test func `a book is whole after its command was killed`() throws {
    let kills = ProcessInfo.processInfo.environment["TIEOUT_KILLS"] ?? "12"
    let script = Tool.repository.appendingPathComponent("Tests/kills.py").path
    let (status, text) = try run([
      "python3", script, "--runs", kills, "--tool", Tool.executable.path,
    ])
    #expect(status == 0, "\(text)")
    #expect(text.contains("\(kills) kills"))
  }

  /// `TIEOUT_CHANGES=534` or more makes every change there is.
  @Test func `a value or row that other hands changed is found`() throws {
    let changes = ProcessInfo.processInfo.environment["TIEOUT_CHANGES"] ?? "40"
    let script = Tool.repository.appendingPathComponent("Tests/tamper.py").path
    let (status, text) = try run([
      "python3", script, "--changes", changes, "--tool", Tool.executable.path,
    ])
    #expect(status == 0, "\(text)")
    #expect(text.contains(": 0 not found"), "\(text)")
  }

  /// On a disk of a fixed size, from too small for anything to large enough.
  @Test func `a full disk leaves the book as it was, and says so`() throws {
    let scratch = try Scratch()
    let disk = scratch.url("disk").path
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
    guard try run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]).status == 0 else {
      return  // only root may mount
    }
    defer { _ = try? run(["umount", disk]) }
    let sample = Tool.repository.appendingPathComponent("sample-data").path
    var statuses: [Int32] = []
    for size in [64, 160, 256, 384, 512, 1024, 4096] {
      try #require(try run(["mount", "-o", "remount,size=\(size)k", disk]).status == 0)
      let outcome = try Tool.run(["import", sample, "--book", "\(disk)/b.tieout", "--quiet"])
      statuses.append(outcome.status)
      let names = try FileManager.default.contentsOfDirectory(atPath: disk).sorted()
      if outcome.status == 0 {
        #expect(try Tool.run(["verify", "--book", "\(disk)/b.tieout"]).status == 0)
        break
      }
      #expect(outcome.status == 74, "\(outcome.errors)")
      #expect(
        outcome.errors.contains("full") || outcome.errors.contains("space"), "\(outcome.errors)")
      #expect(names == ["b.tieout.lock"] || names.isEmpty, "\(names)")
    }
    #expect(statuses.last == 0 && statuses.first == 74, "\(statuses)")
  }

  @Test func `imports and documents at once come one after the other`() async throws {
    let scratch = try Scratch()
    let book = scratch.url("b.tieout").path
    let files = (1...6).map { number in
      (
        scratch.url("part \(number)"),
        "cost_id,date,job_id,kind,amount\nN\(number),2026-11-02,J-1001,permit,80\n"
      )
    }
    for (folder, text) in files {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: folder.appendingPathComponent("costs.csv"))
    }
    let sample = Tool.repository.appendingPathComponent("sample-data").path
    #expect(try Tool.run(["import", sample, "--book", book]).status == 0)
    let statuses = try await withThrowingTaskGroup(of: Int32.self) { group in
      for (folder, _) in files {
        group.addTask {
          try Tool.run(["import", folder.path, "--book", book, "--wait", "60"]).status
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(statuses == Array(repeating: 0, count: files.count))
    // Documents at once take numbers one after the other: none twice, none left out (G17).
    let numbers = try await withThrowingTaskGroup(of: String.self) { group in
      for place in 1...6 {
        group.addTask {
          try Tool.run([
            "deposit", "J-1026", "--amount", "\(place)00.00", "--on", "2026-11-02", "--reason", "x",
            "--series", "INV-", "--book", book, "--wait", "60",
          ]).output
        }
      }
      return try await group.reduce(into: []) { $0.append(String($1.prefix(8))) }
    }
    #expect(numbers.sorted() == (2115...2120).map { "INV-\($0)" })
    let whole = try Tool.run(["verify", "--book", book])
    #expect(whole.output.contains("13 entries, 726 versions: whole"), "\(whole.errors)")
  }
}
