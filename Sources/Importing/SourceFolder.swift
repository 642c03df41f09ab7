import Crypto
import Foundation
import Ledger
import Measures

/// A folder of CSV files: which file feeds which table, the company's policies, and the way back from
/// a finding to the text of its line.
struct SourceFolder: Sendable {
  let path: String
  private(set) var company = Company()
  /// The sources of each table by its name.
  private(set) var sources: [String: [TableSource]] = [:]
  /// What was noticed before any table was read.
  private(set) var findings: [Finding] = []
  /// The digests of files that are read here and not by a table reader, where they are wanted.
  private(set) var digests: [(file: String, digest: [UInt8])] = []
  /// Files in the order of the tables, for sorting findings.
  private(set) var fileOrder: [String: Int] = [:]

  static let tableNames = tableImports.map { $0.table }

  init(_ request: ImportRequest) throws(ImportError) {
    path = request.folder
    let names = path.isEmpty ? [] : try Self.fileNames(in: path)
    var dates: [String: String] = [:]
    if let config = request.config
      ?? (names.contains("company.toml") ? "\(path)/company.toml" : nil)
    {
      let bytes = try readFile(config)
      let file = config.split(separator: "/").last.map(String.init) ?? config
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw .badRequest("\(config): is not UTF-8")
      }
      if request.wantsDigest { digests.append((file, Array(SHA256.hash(data: bytes)))) }
      dates = readPolicies(text, file: file)
      policies = (file, text)
    }
    if let profile = request.profile {
      let translation = try profile.translate(folder: path, names: names)
      sources = translation.sources
      findings += translation.findings
    } else {
      for table in Self.tableNames where names.contains("\(table).csv") {
        let file = "\(table).csv"
        let source = TableSource(
          file: file, bytes: .file(path: "\(path)/\(file)"), path: "\(path)/\(file)")
        if let form = dates[table] {
          let profile = Profile.datesOnly(table: table, file: file, form: form)
          let translation = try profile.translate(folder: path, names: [file])
          sources[table] = translation.sources[table] ?? []
          findings += translation.findings
        } else {
          sources[table] = [source]
        }
      }
      for name in names where name.hasSuffix(".csv") && sources[String(name.dropLast(4))] == nil {
        findings.append(
          Finding(
            .note, "unknown_file", at: Place(file: name), "is no table of ours and is ignored",
            expected: Self.tableNames.map { "\($0).csv" }.joined(separator: ", ")))
      }
    }
    guard !sources.isEmpty || !request.kept.tables.isEmpty else { throw .noTables(folder: path) }
    if request.wantsDigest {
      for source in Set(sources.values.joined().filter { $0.originalLines != nil }.map(\.path)) {
        let name = source.split(separator: "/").last.map(String.init) ?? source
        digests.append((name, Array(SHA256.hash(data: try readFile(source)))))
      }
    }
    orderFiles()
  }

  /// The company's policies as they were read; nil without any.
  private(set) var policies: (file: String, text: String)?

  private mutating func readPolicies(_ text: String, file: String) -> [String: String] {
    let reading = readCompany(text, file: file)
    company = reading.company
    findings += reading.findings
    return reading.dates
  }

  private mutating func orderFiles() {
    fileOrder = ["company.toml": -1]
    for (place, table) in Self.tableNames.enumerated() {
      for source in sources[table] ?? [] where fileOrder[source.file] == nil {
        fileOrder[source.file] = place
      }
    }
  }

  /// The folder with what a book keeps of earlier imports behind its own files.
  func adding(_ kept: KeptInput) -> SourceFolder {
    var folder = self
    for table in kept.tables {
      folder.sources[table.table, default: []].append(
        TableSource(
          file: table.file, bytes: .bytes(table.text), path: "", originalLines: table.lines,
          originalColumns: table.originals))
    }
    if policies == nil, let company = kept.company {
      _ = folder.readPolicies(company.text, file: company.file)
    }
    folder.orderFiles()
    return folder
  }

  /// The names in a folder, sorted by bytes.
  private static func fileNames(in folder: String) throws(ImportError) -> [String] {
    guard let directory = opendir(folder) else {
      throw .unreadable(path: folder, reason: errnoText())
    }
    defer { closedir(directory) }
    var names = [String]()
    while let entry = readdir(directory) {
      // Unsafe: the name is a C string in a fixed array that readdir(3) has filled.
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  /// Whether the header of a table's file names all of these columns.
  func hasColumns(_ columns: [String], in table: String) -> Bool {
    guard let source = sources[table]?.first,
      let top = try? topOfFile(source.bytes),
      let header = HeaderLine.find(in: top, known: Set(columns))
    else { return false }
    let names = Set(header.names.map(\.asciiLowercased))
    return columns.allSatisfy(names.contains)
  }

  /// A finding with the name that the original file has for its column.
  func original(_ finding: Finding) -> Finding {
    var finding = finding
    for table in Self.tableNames {
      guard let source = sources[table]?.first, source.file == finding.place.file,
        let name = source.originalColumns[finding.place.column]
      else { continue }
      finding.place.column = name
      break
    }
    return finding
  }

  func originalPlace(_ place: Place, table: String) -> Place {
    var place = place
    if let name = sources[table]?.first?.originalColumns[place.column] { place.column = name }
    return place
  }

  /// Any source that was read from this file.
  private func source(of file: String) -> (table: String, source: TableSource)? {
    for table in Self.tableNames {
      if let source = sources[table]?.first(where: { $0.file == file }) { return (table, source) }
    }
    return nil
  }
}

// MARK: - Back to the text of a line

extension SourceFolder {
  /// Gives every finding the column, counted in Unicode scalars, and the line of text it is about.
  func addExcerpts(to findings: inout [Finding]) throws(ImportError) {
    var wanted: [String: Set<UInt32>] = [:]
    for finding in findings where finding.place.line > 0 && finding.excerpt.isEmpty {
      wanted[finding.place.file, default: []].insert(finding.place.line)
    }
    var records: [Place: RawRecord] = [:]
    for (file, lines) in wanted {
      guard let (_, source) = source(of: file) else { continue }
      for (line, record) in try RawRecords(source).records(at: lines) {
        records[Place(file: file, line: line)] = record
      }
    }
    for place in findings.indices where findings[place].place.line > 0 {
      let at = findings[place].place
      guard let record = records[Place(file: at.file, line: at.line)] else { continue }
      let field = record.field(named: at.column)
      findings[place].column = field.column
      findings[place].fieldLine = at.line + field.lineOffset
      findings[place].excerpt = field.lineText
      if findings[place].value.isEmpty { findings[place].value = String(field.text.prefix(64)) }
    }
  }

  /// The files of rows that were set aside: each original row with its reasons behind it.
  func rejectFiles(
    _ reasons: [Place: [String]], controls: inout [ControlTotal]
  ) throws(ImportError) -> [RejectFile] {
    var files = [RejectFile]()
    for file in Set(reasons.keys.map(\.file)).sorted() {
      guard let (_, source) = source(of: file) else { continue }
      let lines = reasons.keys.filter { $0.file == file }.map(\.line)
      let raw = RawRecords(source)
      let records = try raw.records(at: Set(lines))
      let delimiter = String(UnicodeScalar(try raw.header().delimiter))
      var text = try raw.header().names.map(csvField).joined(separator: delimiter)
      text += "\(delimiter)line\(delimiter)reason\n"
      var total = LeftOut()
      for line in lines.sorted() {
        guard let record = records[line] else { continue }
        let why = reasons[Place(file: file, line: line)] ?? []
        let seen = NSOrderedSet(array: why).array.compactMap { $0 as? String }
        text += record.text + "\(delimiter)\(line)\(delimiter)"
        text += csvField(seen.joined(separator: "; ")) + "\n"
        total.add(record, columns: source.originalColumns)
      }
      files.append(RejectFile(file: file, rows: lines.count, text: text))
      for place in controls.indices where controls[place].file == file {
        controls[place].leftOut = controls[place].sums.map { sum in
          ControlTotal.Sum(column: sum.column, total: total.sums[sum.column] ?? .zero)
        }
      }
    }
    return files
  }
}

/// Rows of one file that were set aside, as the text of `rejects/<file>`.
public struct RejectFile: Sendable, Hashable {
  public var file: String
  public var rows: Int
  public var text: String
}

private func csvField(_ text: String) -> String {
  let needsQuotes = text.unicodeScalars.contains { "\",;\t\r\n|".unicodeScalars.contains($0) }
  return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
}

/// What the amount columns of rows that were set aside add up to, as far as they can be read.
private struct LeftOut {
  var sums: [String: Money] = [:]

  mutating func add(_ record: RawRecord, columns: [String: String]) {
    for (place, name) in record.names.enumerated() where place < record.fields.count {
      guard let amount = Money(record.fields[place].text) else { continue }
      let column = columns.first { $0.value == name }?.key ?? name.asciiLowercased
      let (sum, overflow) = (sums[column] ?? .zero).cents.addingReportingOverflow(amount.cents)
      if !overflow { sums[column] = Money(cents: sum) }
    }
  }
}
