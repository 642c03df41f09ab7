import Crypto
import Foundation
public import Ledger
public import Measures

/// A table that a book keeps, as CSV text with our columns' names.
public struct KeptTable: Sendable {
  public var table: String
  /// As messages name it.
  public var file: String
  /// What the file calls our columns, where that differs.
  public var originals: [String: String]
  public var text: [UInt8]
  /// For each line of the text below its header, the line of the file that its record came from.
  public var lines: [UInt32]

  public init(
    table: String, file: String, originals: [String: String], text: [UInt8], lines: [UInt32]
  ) {
    (self.table, self.file, self.originals) = (table, file, originals)
    (self.text, self.lines) = (text, lines)
  }
}

/// What a book keeps of earlier imports.
public struct KeptInput: Sendable {
  public var tables: [KeptTable] = []
  /// The company's policies, and what their file is called.
  public var company: (file: String, text: String)?
  /// The digest of each file, as hexadecimal digits.
  public var digests: [(file: String, digest: String)] = []

  public init() {}
}

/// What an import is asked to do.
public struct ImportRequest: Sendable {
  /// A folder of CSV files; empty where only `kept` is read.
  public var folder: String
  /// Read behind the folder's own files.
  public var kept = KeptInput()
  /// A `company.toml` elsewhere than in the folder.
  public var config: String?
  /// A profile's text and name, where the files are another system's.
  public var profile: Profile?
  /// Sets rows with errors aside and goes on.
  public var allowsRejects = false
  /// Whether the files' digests are wanted (`month-end`); reports do without.
  public var wantsDigest = false
  /// Days that lie far after it are worth a warning.
  public var asOf: Day?
  /// Whether ids, notes and descriptions of hours, parts and costs are wanted, which only some reports
  /// print. All are checked either way.
  public var keepsEntryTexts = true
  /// Whether a table is left unread, and unchecked, given the masters read before it: what no chosen
  /// report needs. `check` and `month-end` leave nothing out.
  public var leavesOut: @Sendable (_ table: String, _ soFar: Book) -> Bool = { _, _ in false }
  /// Reads every record byte by byte: the second road that tests compare with.
  public var scansPlainly = false
  /// Threads that parse; nil for one a core.
  public var workers: Int?
  /// Called as rows come in, from any thread.
  public var progress: @Sendable (_ table: String, _ rows: Int) -> Void = { _, _ in }

  /// Called as a stage ends, with its name.
  public var stage: @Sendable (String) -> Void = { _ in }

  public init(folder: String) { self.folder = folder }
}

/// What was read of one file, to compare with what the other system says.
public struct ControlTotal: Sendable, Hashable {
  public var file: String
  public var table: String
  public var rowsRead: Int
  public var rowsUsed: Int
  public var rowsRefused: Int
  /// The sums of the amount columns over the rows used, in the order of the columns.
  public var sums: [Sum]
  /// What the same columns add up to in the rows refused, as far as they can be read.
  public var leftOut: [Sum] = []

  public struct Sum: Sendable, Hashable {
    public var column: String
    /// Nil where the sum does not fit.
    public var total: Money?
  }
}

/// A book, and everything there is to say about how it came in.
public struct ImportResult: Sendable {
  public var book: Book
  public var findings: [Finding]
  public var controls: [ControlTotal]
  public var rejects: [RejectFile]
  /// The lines of rows that were set aside, by file.
  public var leftOut: [String: Set<UInt32>]
  /// SHA-256 over the name and SHA-256 of every file read, as hexadecimal digits; nil unless asked for.
  public var digest: String?
  /// SHA-256 of each of them; empty unless asked for.
  public var digests: [(file: String, digest: String)]

  public var errorCount: Int { findings.count { $0.severity == .error } }
  public var warningCount: Int { findings.count { $0.severity == .warning } }
}

/// Reads a folder of CSV files into a book.
///
/// Every wrong cell is one finding; with an error among them the book must not be used, unless
/// `allowsRejects` set the rows aside. Findings come with their place and the text of the line.
///
/// - Throws: `ImportError` where the folder or a file cannot be read, or holds no table at all.
public func importFolder(_ request: ImportRequest) throws(ImportError) -> ImportResult {
  try importSource(ImportSource(request), request)
}

/// Reads a source that was opened before, by the same request but for what is kept.
public func importSource(
  _ source: ImportSource, _ request: ImportRequest
) throws(ImportError) -> ImportResult {
  let folder = source.folder.adding(request.kept)
  var skip: [String: Set<UInt32>] = [:]
  var reasons: [Place: [String]] = [:]
  while true {
    var pass = ImportPass(folder: folder, request: request, skip: skip)
    try pass.run()
    let errors = pass.findings.filter { $0.severity == .error }
    let refused = errors.filter { $0.place.line > 1 }
    // Rows are set aside until no more fall with them: a refused job takes its timesheets along.
    if request.allowsRejects, !refused.isEmpty, refused.count == errors.count {
      for finding in errors {
        skip[finding.place.file, default: []].insert(finding.place.line)
        reasons[Place(file: finding.place.file, line: finding.place.line), default: []]
          .append("\(finding.place.column): \(finding.message)")
      }
      continue
    }
    var findings = pass.findings
    try folder.addExcerpts(to: &findings)
    let rejects = try folder.rejectFiles(reasons, controls: &pass.controls)
    var digests = request.wantsDigest ? request.kept.digests : []
    for (file, digest) in folder.digests + pass.digests {
      digests.append((file, hexadecimal(digest)))
    }
    return ImportResult(
      book: pass.book, findings: findings.sortedByPlace(order: folder.fileOrder),
      controls: pass.controls, rejects: rejects, leftOut: skip,
      digest: request.wantsDigest ? digest(of: digests) : nil, digests: digests)
  }
}

extension [Finding] {
  /// Errors first, then by file in the order of import, line and column.
  func sortedByPlace(order: [String: Int]) -> [Finding] {
    enumerated().sorted { a, b in
      let (x, y) = (a.element, b.element)
      if x.severity != y.severity { return x.severity < y.severity }
      let (fileX, fileY) = (order[x.place.file] ?? .max, order[y.place.file] ?? .max)
      if fileX != fileY { return fileX < fileY }
      if x.place.file != y.place.file { return x.place.file < y.place.file }
      return (x.place.line, x.column, a.offset) < (y.place.line, y.column, b.offset)
    }.map(\.element)
  }
}

/// One digest for all files, whatever order they were read in.
private func digest(of files: [(file: String, digest: String)]) -> String {
  var all = SHA256()
  for (file, digest) in files.sorted(by: { $0.file < $1.file }) {
    all.update(data: Array("\(digest)  \(file)\n".utf8))
  }
  return hexadecimal(Array(all.finalize()))
}

private func hexadecimal(_ bytes: [UInt8]) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
