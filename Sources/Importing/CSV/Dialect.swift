/// How a file is written, as far as it is not found from the file itself.
struct Dialect: Sendable, Hashable {
  enum Encoding: String, Sendable, CaseIterable {
    case utf8 = "utf-8"
    case windows1252 = "windows-1252"
    case utf16 = "utf-16"
  }
  var encoding = Encoding.utf8
  var delimiter: UInt8?
  /// Column names of a file that has no header line.
  var header: [String]?
}
