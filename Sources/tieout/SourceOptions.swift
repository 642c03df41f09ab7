public import ArgumentParser
import Exporting
import Foundation
import Importing
import Ledger
public import Measures
import Reporting

/// The options of every command that reads a folder or a book.
struct SourceOptions: ParsableArguments {
  @Option(help: "A company.toml elsewhere than in the source folder.")
  var config: String?

  @Option(help: "A profile (a .toml file) that maps another system's files.")
  var profile: String?

  @Option(
    name: .customLong("known-as-of"),
    help: ArgumentHelp(
      "What a book had been told by then: an entry of its log, a period that was closed, or an "
        + "instant in UTC.", valueName: "known-as-of"))
  var knownAsOf: String?

  @Flag(help: "Set rows with errors aside in rejects/ and go on.")
  var allowRejects = false

  @Flag(help: "Warnings refuse the run like errors.")
  var strict = false

  @Flag(help: "Print errors only.")
  var quiet = false

  @Flag(help: "Print every control total and every warning in full.")
  var verbose = false

  @Flag(help: "Print what each stage took, on standard error.")
  var timings = false

  /// Opens the source: what a book holds is read.
  func source(_ path: String, asOf: Day?) throws -> Source {
    try Source(path, asOf: asOf, knownAsOf: knownAsOf)
  }

  /// Reads the source; its findings are printed by the caller.
  func importing(
    _ source: Source, asOf: Day?, for kinds: [ReportKind] = ReportKind.all,
    wantsDigest: Bool = false, timings: Timings = Timings(isShown: false)
  ) throws -> ImportResult {
    var request = try request(source.kept == nil ? source.path : "", asOf: asOf)
    if let kept = source.kept { request.kept = kept }
    request.wantsDigest = wantsDigest
    request.keepsEntryTexts = kinds.contains { $0.needs.contains(.entries) }
    request.leavesOut = { table, book in
      ["timesheets", "inventory", "costs", "adjustments"].contains(table)
        && !kinds.contains { $0.needsWork(book.customers) }
    }
    let progress = Progress(isShown: !quiet)
    request.progress = progress.rows
    request.stage = timings.lap
    defer { progress.clear() }
    let asked = request
    return try Self.translating { () throws(ImportError) in try importFolder(asked) }
  }

  /// What is asked of an import, whatever it is for.
  func request(_ source: String, asOf: Day?) throws -> ImportRequest {
    var request = ImportRequest(folder: source)
    request.config = config
    request.allowsRejects = allowRejects
    request.asOf = asOf
    if let profile {
      guard let data = FileManager.default.contents(atPath: profile),
        let text = String(data: data, encoding: .utf8)
      else { throw Failure(status: .usage, message: "\(profile): cannot be read as a profile") }
      let name = profile.split(separator: "/").last.map(String.init) ?? profile
      request.profile = try Self.translating { () throws(ImportError) in
        try Profile(text, name: name)
      }
    }
    return request
  }

  static func translating<Result>(
    _ body: () throws(ImportError) -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch {
      let status: Failure.Status =
        switch error {
        case .unreadable, .changedWhileRead: .surroundings
        case .noTables: .findings
        case .badRequest: .usage
        }
      throw Failure(status: status, message: error.message)
    }
  }
}

extension Day: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension Money: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }

  public var defaultValueDescription: String { grouped }
}
