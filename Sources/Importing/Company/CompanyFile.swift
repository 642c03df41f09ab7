public import Ledger

/// What `company.toml` says: the policies, how other files write their days, and what is wrong.
public struct CompanyFile: Sendable {
  /// Every policy that the file names, the others at their default.
  public var company = Company()
  /// The form of the days in a table's file, by table name: `["invoices": "M/d/yyyy"]`.
  public var dates: [String: String] = [:]
  /// Every fault of the file, in the order of its lines; all are errors.
  public var findings: [Finding] = []
  public init() {}
}

/// Reads the text of `company.toml`; `file` is its name in messages.
///
/// Every key has a default, so an empty text is a company with all of them. An unknown section, key
/// or value, an amount that is no number, a number with a point and without quotes: each is an
/// error with its line, and reading goes on to the next. Where the text is no TOML at all, that is
/// the one error.
public func readCompany(_ text: String, file: String) -> CompanyFile {
  var result = CompanyFile()
  do {
    let root = try Setting(toml: text)
    var reading = CompanyReading()
    reading.read(root)
    result.company = reading.company
    result.dates = reading.dates
    result.findings = reading.faults.map { $0.finding(in: file) }
      .sorted { ($0.place.line, $0.place.column) < ($1.place.line, $1.place.column) }
  } catch {
    result.findings = [
      Finding(
        .error, "toml_syntax", at: Place(file: file, line: error.line), error.message,
        expected: "TOML: [section], key = \"value\", # comment", remedy: "correct the line")
    ]
  }
  return result
}

/// The walk over the sections and keys of the file.
private struct CompanyReading {
  var company = Company()
  var dates: [String: String] = [:]
  var faults: [SettingFault] = []
  private let keys = CompanyKey.all

  private var sections: [String] {
    var names = [String]()
    for key in keys where !key.section.isEmpty && !names.contains(key.section) {
      names.append(key.section)
    }
    return names + ["accounts", "dates"]
  }

  mutating func read(_ root: Setting) {
    guard case .table(let rows) = root.value else { return }
    let sections = sections
    for (name, setting) in rows {
      guard sections.contains(name) else {
        if case .table = setting.value {
          unknownSection(name, setting, sections)
        } else {
          readKey(section: "", name, setting)
        }
        continue
      }
      guard case .table(let members) = setting.value else {
        var reader = SettingReader(name, setting)
        reader.fault(
          "wrong_type", "is \(setting.kind), and \(name) is a section",
          expected: "[\(name)] on a line of its own, its keys below it")
        faults += reader.faults
        continue
      }
      for (key, member) in members { readMember(of: name, key, member) }
    }
  }

  private mutating func readMember(of section: String, _ key: String, _ setting: Setting) {
    switch section {
    case "accounts":
      let (account, wrong) = NamedSection.account(key, setting)
      if let account { company.accounts[account.role] = account.name }
      faults += wrong
    case "dates":
      let (form, wrong) = NamedSection.dateForm(key, setting)
      if let form { dates[key] = form }
      faults += wrong
    default: readKey(section: section, key, setting)
    }
  }

  private mutating func readKey(section: String, _ name: String, _ setting: Setting) {
    if let key = keys.first(where: { $0.section == section && $0.name == name }) {
      var reader = SettingReader(key.path, setting)
      key.read(&reader, &company)
      faults += reader.faults
      return
    }
    let known = keys.filter { $0.section == section }.map(\.name)
    let elsewhere = keys.first { $0.name == name }.map { key in
      key.section.isEmpty
        ? "write it above the first section" : "it is a key of [\(key.section)]: move it there"
    }
    var reader = SettingReader(section.isEmpty ? name : "\(section).\(name)", setting)
    reader.fault(
      "unknown_key",
      section.isEmpty ? "is no key above the first section" : "is no key of [\(section)]",
      expected: known.joined(separator: ", "),
      remedy: elsewhere ?? didYouMean(name, in: known, otherwise: "remove it"))
    faults += reader.faults
  }

  private mutating func unknownSection(_ name: String, _ setting: Setting, _ sections: [String]) {
    var reader = SettingReader(name, setting)
    reader.fault(
      "unknown_section", "is no section of company.toml",
      expected: sections.map { "[\($0)]" }.joined(separator: ", "),
      remedy: didYouMean(name, in: sections, otherwise: "remove it with its keys"))
    faults += reader.faults
  }
}
