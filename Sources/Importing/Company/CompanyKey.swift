import Ledger
import Measures

/// A key of `company.toml` and where its value goes: the file is a list of these.
struct CompanyKey {
  /// Empty for the keys above the first section.
  let section: String
  let name: String
  let read: (inout SettingReader, inout Company) -> Void

  /// `billing.closeout`.
  var path: String { section.isEmpty ? name : "\(section).\(name)" }
}

extension CompanyKey {
  private static func key<Value>(
    _ path: String, _ target: WritableKeyPath<Company, Value>,
    read: @escaping (inout SettingReader) -> Value?
  ) -> Self {
    let parts = path.split(separator: ".").map(String.init)
    return Self(section: parts.count > 1 ? parts[0] : "", name: parts.last ?? path) {
      reader, company in
      if let value = read(&reader) { company[keyPath: target] = value }
    }
  }

  static func text(_ path: String, _ target: WritableKeyPath<Company, String>) -> Self {
    key(path, target) { $0.text() }
  }

  static func flag(_ path: String, _ target: WritableKeyPath<Company, Bool>) -> Self {
    key(path, target) { $0.flag() }
  }

  static func word<C: RawRepresentable<String> & CaseIterable>(
    _ path: String, _ target: WritableKeyPath<Company, C>
  ) -> Self {
    key(path, target) { reader in
      reader.word(of: C.allCases.map(\.rawValue)).flatMap(C.init(rawValue:))
    }
  }

  static func integer(
    _ path: String, _ target: WritableKeyPath<Company, Int>, _ range: ClosedRange<Int>
  ) -> Self {
    key(path, target) { reader in
      reader.integer(
        range, "a whole number from \(range.lowerBound) to \(range.upperBound), without quotes")
    }
  }

  /// An amount of zero or more.
  static func money(_ path: String, _ target: WritableKeyPath<Company, Money>) -> Self {
    key(path, target) { reader in
      reader.number(.zero...Money(units: .max), "an amount in quotes, such as \"45.00\"")
    }
  }

  static func percentage(
    _ path: String, _ target: WritableKeyPath<Company, Percentage>,
    upTo limit: Percentage = .whole
  ) -> Self {
    key(path, target) { $0.percentage(upTo: limit) }
  }

  static func hours(_ path: String, _ target: WritableKeyPath<Company, Hours>) -> Self {
    key(path, target) { reader in
      reader.number(.zero...Hours.fullDay, "hours in quotes, \"0\" to \"24\", such as \"1.5\"")
    }
  }

  static func custom<Value>(
    _ path: String, _ target: WritableKeyPath<Company, Value>,
    _ read: @escaping (inout SettingReader) -> Value?
  ) -> Self {
    key(path, target, read: read)
  }
}

extension SettingReader {
  mutating func percentage(upTo limit: Percentage) -> Percentage? {
    number(
      .zero...limit, "a percentage in quotes, \"0\" to \"\(limit.shortText())\", such as \"8.25\"")
  }
}
